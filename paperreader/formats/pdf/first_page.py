"""A paper's first page: which lines are the title, the authors, the abstract, the arXiv stamp."""

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
# Stands for a superscript, which is so short and so much smaller than its line.
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
# Archives of data, whose DOIs are those of data sets.
_DATA = re.compile(r"10\.(?:5281|6084|5061|17632|7910)/|zenodo|figshare|dryad", re.IGNORECASE)
# So many lines are a page's head and its foot, and so many words stand beside its DOI there.
_HEAD, _FOOT, _BESIDE = 25, 12, 14
# Titles are shorter, and stand among so many of the first lines.
_LONGEST_TITLE = 300
TOP = 25
_LONGEST_ABSTRACT = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page and the size of its letters in points.

    `names` is the text with a mark in place of each superscript, which parts names of authors.
    """

    text: str
    size: float
    names: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What arXiv prints in the margin of a first page."""

    arxiv: str = ""
    published: str = ""
    updated: str = ""
    categories: tuple[str, ...] = ()


class Collector:
    """Takes the pieces of text that pypdf finds and makes lines with sizes of them."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._pieces: list[tuple[str, float]] = []

    def visit(
        self, told: str, matrix: list[float], text_matrix: list[float], _font: object, size: float
    ) -> None:
        """Take one piece; rotated text (the margin's stamp) is left out."""
        if abs(text_matrix[1]) > abs(text_matrix[0]) or abs(matrix[1]) > abs(matrix[0]):
            return
        scale = abs(text_matrix[3] or 1.0) * abs(matrix[3] or 1.0)
        first, *rest = told.split("\n")
        self._pieces.append((first, abs(float(size or 0)) * scale))
        for piece in rest:
            self._end_line()
            self._pieces.append((piece, abs(float(size or 0)) * scale))

    def lines(self) -> list[Line]:
        """Return the lines so far."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        # Wide gaps part the names of authors.
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


def plain(told: str) -> str:
    """Return text without the ligatures and soft hyphens of typesetting."""
    return text.clean(told.translate(_LIGATURES))


def could_be_title(told: str) -> bool:
    """Whether the metadata's title is one, and not what some program put there."""
    return len(told) > 3 and not _NO_TITLE.fullmatch(told) and any(map(str.isalpha, told))


def is_program(told: str) -> bool:
    """Whether the metadata's author is a program or an account."""
    return _PROGRAM.search(told) is not None


def title(lines: Sequence[Line]) -> str:
    """Return the lines in the largest letters near the top that can be a title."""
    top = [line for line in lines[:TOP] if _is_title_line(line.text)]
    largest = max((line.size for line in top), default=0.0)
    start = next((n for n, line in enumerate(lines) if line in top and line.size == largest), -1)
    if start < 0:
        return ""
    same = takewhile(lambda line: abs(line.size - largest) < 0.6, lines[start:TOP])
    pieces: list[str] = []
    for line in same:
        if largest == min(one.size for one in lines) and pieces:
            # All letters are of one size, which tells nothing: the first line has to do.
            break
        pieces.append(line.text)
    told = " ".join(_HYPHEN.sub("", "\n".join(pieces)).split()).strip(" ∗*†‡§¶")
    return told if len(told) <= _LONGEST_TITLE else ""


def _is_title_line(told: str) -> bool:
    letters = sum(map(str.isalpha, told))
    is_words = letters >= 4 and letters > len(told) / 2
    return is_words and not _BANNER.search(told) and not _PART.fullmatch(told)


def abstract(page: str) -> str:
    """Return what stands between "Abstract" and the introduction, or nothing if unclear."""
    start = ABSTRACT.search(page)
    if not start:
        return ""
    told = page[start.end() : start.end() + 2 * _LONGEST_ABSTRACT]
    end = _AFTER_ABSTRACT.search(told)
    told = told[: end.start()] if end else told
    if len(told) > _LONGEST_ABSTRACT:
        return ""
    told = " ".join(_HYPHEN.sub("", told).split())
    # "Abstract Syntax Notation" may begin a line too.
    is_headed = not start.group().rstrip(" \t")[-1:].isalpha()
    return told if len(told.split()) >= (10 if is_headed else 40) else ""


def stamp(page: str) -> Stamp:
    """Return what arXiv's stamp in the margin says; ids in the running text do not count.

    A list of references may name a category too, but no date.
    """
    found = [m for m in _STAMP.finditer(page) if m.group(4) or m.start() < body_end(page)]
    match = next((m for m in found if m.group(4)), found[0] if found else None)
    if not match:
        return Stamp()
    identifier, version, category, date = match.groups()
    day = iso_date(date) if date else ""
    is_first = version in (None, "1")
    return Stamp(
        arxiv_id(identifier), day if is_first else "", "" if is_first else day, (category,)
    )


def body_end(page: str) -> int:
    """Return where the list of references begins, or the page ends."""
    match = _REFERENCES.search(page)
    return match.start() if match else len(page)


def doi_on(page: str) -> str:
    """Return the DOI that a page gives as its paper's own, or an empty text.

    It stands in a line of the head or the foot, with few words beside it, none of which says that
    it is of another work; where several do, one with a label counts, else the first.
    """
    lines = page[: body_end(page)].split("\n")
    found = [
        pair for number, line in enumerate(lines) for pair in _dois_of(line, number, len(lines))
    ]
    labelled = [number for number, is_labelled in found if is_labelled]
    return (labelled or [number for number, _ in found] or [""])[0]


def _dois_of(line: str, number: int, count: int) -> Iterator[tuple[str, bool]]:
    """Yield the DOIs of a line, each with whether a label stands before it."""
    if not (number < _HEAD or number >= count - _FOOT or _LABEL.search(line)):
        return
    beside = _DOI.sub(" ", line)
    if len(beside.split()) > _BESIDE or speaks_of_another(beside) or _DATA.search(line):
        return
    for match in _DOI.finditer(line):
        identifier = doi(up_to_unopened_bracket(match.group(1)).rstrip(".,;:)]"))
        if identifier:
            yield identifier, match.group().lower().startswith("doi")
