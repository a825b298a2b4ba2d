"""The title, the abstract, the DOI and the arXiv stamp on a paper's first page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from paperreader import text
from paperreader.formats.common.dates import iso_date
from paperreader.formats.common.notes import speaks_of_another
from paperreader.papers.identifiers import arxiv_id, doi, up_to_unopened_bracket

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""}
)
_STAMP = re.compile(
    r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]{2,15}(?:\.[A-Z]{2})?/\d{7})(?:v(\d{1,3}))?"
    r"\s+\[([A-Za-z-]{2,15}(?:\.[A-Za-z-]{2,15})?)\](?:\s+(\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}))?"
)
_DOI = re.compile(
    r"\b(?:doi\s*[:=]?\s*|doi\.org/)?(10\.\d{4,9}/[^\s\"<>{}|]{2,200})", re.IGNORECASE
)
ABSTRACT = re.compile(
    r"(?:^|\n)[ \t]*(?:abstract|summary|a b s t r a c t)\b[ \t]*[.:—–-]*[ \t]*\n?", re.IGNORECASE
)
_AFTER_ABSTRACT = re.compile(
    r"\n[ \t]*(?:(?:\d{1,2}|I)?[.:]?[ \t]*introduction\b|key[ -]?words\b|index terms\b|ccs concepts"
    r"|categories and subject|general terms|acm reference|©|copyright\b|contents\b"
    r"|\d{0,2}[ \t]?[∗*†‡§¶][ \t]?\w|\d{1,2}[ \t]*\n)",
    re.IGNORECASE,
)
_ACM_REFERENCE = re.compile(
    r"ACM Reference Format:?\s*([^\W\d_][^0-9]{3,3000}?)\.\s+(?:19|20)\d\d\.\s", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_NO_TITLE = re.compile(
    r"(?:untitled|title|paper|main|manuscript|article|document\d*|template|draft|no ?title|unknown"
    r"|https?:.*|arxiv:.*|doi:.*|.*\btemplate\b.*|[\W\d_]*|pii:.*|layout \d+|proof.*|slide \d+"
    r"|(?:microsoft )?(?:word|powerpoint)\b.*|.*\.(?:docx?|tex|dvi|pdf|ps|indd|qxp?d?|rtf|odt)"
    r")",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"\b(?:journal of|proceedings of|transactions on|conference on|volume \d|vol\. ?\d|issn|www\."
    r"|https?:|published as|published by|accepted (?:at|to|by)|^under review|^preprint|arxiv:"
    r"|available online|contents lists|open access|research article|original (?:paper|article)"
    r"|doi\b)|^(?:technical report|nature|science|pnas|letter|article|review|report)s?$"
    r"|^(?:scientific reports|plos \w+|elife|frontiers in .*|open|short communication)$"
    r"|^(?:article in press|original research)$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s{3,}")
# Replaces superscripts: at most _RAISED characters, smaller than _SMALL times the line's size.
MARK = "∗"
_RAISED, _SMALL = 5, 0.8
_PROGRAM = re.compile(
    r"\b(?:admin|administrator|user|owner|default|unknown|author|latex|acrobat|word|windows)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\W*(?:abstract|summary|introduction|contents|overview)\W*", re.IGNORECASE)
_REFERENCES = re.compile(
    r"(?:^|\n)[ \t]*(?:\d{1,2}\.?|[IVX]{1,4}\.?)?[ \t]*(?:references|bibliography|literature cited"
    r"|works cited)[ \t]*(?=\n|$)|\n[ \t]*\[1\][ \t]+[A-Z]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\bdoi\s*[:=]|doi\.org/", re.IGNORECASE)
# Data archives, whose DOIs are those of data sets.
_DATA = re.compile(r"10\.(?:5281|6084|5061|17632|7910)/|zenodo|figshare|dryad", re.IGNORECASE)
# Lines of a page's head and foot, and most words beside the paper's own DOI there.
_HEAD, _FOOT, _BESIDE = 25, 12, 14
# Titles are no longer than this, and in the first TOP lines.
_LONGEST_TITLE = 300
TOP = 25
_LONGEST_ABSTRACT = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page and its font size in points.

    `names` is the text with MARK in place of each superscript, which separates authors' names, and
    with two blanks in place of each wide gap if `has_gaps`.
    """

    text: str
    size: float
    names: str = ""
    has_gaps: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """arXiv's stamp in the margin of the first page."""

    arxiv: str = ""
    published: str = ""
    updated: str = ""
    categories: tuple[str, ...] = ()


class Collector:
    """Builds lines with font sizes from pypdf's pieces of text."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[tuple[str, float]] = []

    def visit(
        self,
        content: str,
        matrix: list[float],
        text_matrix: list[float],
        _font: object,
        size: float,
    ) -> None:
        """Add a piece; rotated text, such as the stamp in the margin, is ignored."""
        if abs(text_matrix[1]) > abs(text_matrix[0]) or abs(matrix[1]) > abs(matrix[0]):
            return
        scale = abs(text_matrix[3] or 1.0) * abs(matrix[3] or 1.0)
        first, *rest = content.split("\n")
        self._pieces.append((first, abs(float(size or 0)) * scale))
        for piece in rest:
            self._end_line()
            self._pieces.append((piece, abs(float(size or 0)) * scale))

    def lines(self) -> list[Line]:
        """Return the lines."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        # Wide gaps separate authors' names.
        line = _GAP.sub("  ", plain("".join(piece for piece, _ in self._pieces)).strip())
        if line:
            size = max(self._pieces, key=lambda piece: len(piece[0].strip()))[1]
            marked = "".join(
                f" {MARK} "
                if 0 < len(piece.strip()) <= _RAISED and small < _SMALL * size
                else piece
                for piece, small in self._pieces
            )
            self._lines.append(Line(line, round(size, 1), _GAP.sub("  ", plain(marked).strip())))
        self._pieces = []


def plain(source: str) -> str:
    """Return `source` without ligatures and soft hyphens."""
    return text.clean(source.translate(_LIGATURES))


def could_be_title(metadata_title: str) -> bool:
    """Whether the metadata's title can be one, rather than a program's default."""
    return (
        len(metadata_title) > 3
        and not _NO_TITLE.fullmatch(metadata_title)
        and any(map(str.isalpha, metadata_title))
    )


def is_program(author: str) -> bool:
    """Whether the metadata's author is a program or an account."""
    return _PROGRAM.search(author) is not None


def title(lines: Sequence[Line]) -> str:
    """Return the title: the lines near the top in the largest font that can be one."""
    top = [line for line in lines[:TOP] if _is_title_line(line.text)]
    largest = max((line.size for line in top), default=0.0)
    start = next((n for n, line in enumerate(lines) if line in top and line.size == largest), -1)
    if start < 0:
        return ""
    same = takewhile(lambda line: abs(line.size - largest) < 0.6, lines[start:TOP])
    pieces: list[str] = []
    for line in same:
        if largest == min(any_line.size for any_line in lines) and pieces:
            # With a single font size, only the first line is taken.
            break
        pieces.append(line.text)
    joined = " ".join(_HYPHEN.sub("", "\n".join(pieces)).split()).strip(" ∗*†‡§¶")
    return joined if len(joined) <= _LONGEST_TITLE else ""


def _is_title_line(line: str) -> bool:
    letters = sum(map(str.isalpha, line))
    is_words = letters >= 4 and letters > len(line) / 2
    return is_words and not _BANNER.search(line) and not _PART.fullmatch(line)


def abstract(page: str) -> str:
    """Return the text between "Abstract" and the introduction, or '' if unclear."""
    start = ABSTRACT.search(page)
    if not start:
        return ""
    body = page[start.end() : start.end() + 2 * _LONGEST_ABSTRACT]
    end = _AFTER_ABSTRACT.search(body)
    body = body[: end.start()] if end else body
    if len(body) > _LONGEST_ABSTRACT:
        return ""
    body = " ".join(_HYPHEN.sub("", body).split())
    # A line may also start with "Abstract Syntax Notation".
    is_headed = not start.group().rstrip(" \t")[-1:].isalpha()
    return body if len(body.split()) >= (10 if is_headed else 40) else ""


def acm_authors(page: str) -> str:
    """Return the authors in "ACM Reference Format: Ann Bee. 2018. …", or ''."""
    match = _ACM_REFERENCE.search(page)
    return " ".join(_HYPHEN.sub("", match.group(1)).split()) if match else ""


def stamp(page: str) -> Stamp:
    """Return arXiv's stamp; ids in the running text are ignored.

    A list of references may contain an id with a category, but without a date.
    """
    stamps = [m for m in _STAMP.finditer(page) if m.group(4) or m.start() < body_end(page)]
    match = next((m for m in stamps if m.group(4)), stamps[0] if stamps else None)
    if not match:
        return Stamp()
    identifier, version, category, date = match.groups()
    day = iso_date(date) if date else ""
    is_first = version in (None, "1")
    return Stamp(
        arxiv_id(identifier), day if is_first else "", "" if is_first else day, (category,)
    )


def body_end(page: str) -> int:
    """Return the offset of the list of references, or of the page's end."""
    match = _REFERENCES.search(page)
    return match.start() if match else len(page)


def doi_on(page: str) -> str:
    """Return the paper's own DOI on a page, or ''.

    It is in a line of the head or foot, with few words beside it, none of which refers to another
    work. Of several, one with a label is preferred, else the first.
    """
    lines = page[: body_end(page)].split("\n")
    dois = [
        pair for number, line in enumerate(lines) for pair in _dois_of(line, number, len(lines))
    ]
    labelled = [number for number, is_labelled in dois if is_labelled]
    return (labelled or [number for number, _ in dois] or [""])[0]


def _dois_of(line: str, number: int, count: int) -> Iterator[tuple[str, bool]]:
    """Yield the DOIs of a line, each with whether it has a label."""
    if not (number < _HEAD or number >= count - _FOOT or _LABEL.search(line)):
        return
    beside = _DOI.sub(" ", line)
    if len(beside.split()) > _BESIDE or speaks_of_another(beside) or _DATA.search(line):
        return
    for match in _DOI.finditer(line):
        identifier = doi(up_to_unopened_bracket(match.group(1)).rstrip(".,;:)]"))
        if identifier:
            yield identifier, match.group().lower().startswith("doi")
