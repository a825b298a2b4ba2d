"""A paper's first page: which lines are the title, the authors, the abstract, the arXiv stamp."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from paperreader import text
from paperreader.formats.common.dates import iso_date
from paperreader.papers.identifiers import arxiv_id, doi
from paperreader.papers.titles import fold

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
_ABSTRACT = re.compile(
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
    r"|arxiv:.*|doi:.*|.*\btemplate\b.*|[\W\d_]*|pii:.*|layout \d+|proof.*|slide \d+"
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
_MARKS = re.compile(r"[∗*†‡§¶⋆♠♣♥♦✉]|(?<=[^\W\d])\s?\d(?:\s?,\s?\d)*(?=$|[\s,∗*†‡§])")
_PLACE = re.compile(
    r"univ|institut|department|dept|school|college|laborator|\blabs?\b|research|center|centre|google"
    r"|microsoft|facebook|\bmeta\b|openai|deepmind|\binc\b|\bltd\b|corporation|academy|faculty|@"
    r"|\bbrain\b|technolog|science|hospital|company|group|division|\busa\b|china|germany|france"
    r"|kingdom|canada|street|avenue|abstract|introduction|copyright|figure|\d",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|van|von|de|der|den|da|di|la|le|bin|al|el)){1,4}"
)
_GAP = re.compile(r"\s{3,}")
_BETWEEN_NAMES = re.compile(r",|;|&|\band\b|\s{2,}")
_TITLES_OF_PEOPLE = (
    "IEEE",
    "Member",
    "Senior Member",
    "Student Member",
    "Fellow",
    "PhD",
    "MD",
    "Jr.",
)
# Words of a name that are no initials.
_LONGEST_NAME = 3
_PROGRAM = re.compile(
    r"\b(?:admin|administrator|user|owner|default|unknown|author|latex|acrobat|word|windows)\b",
    re.IGNORECASE,
)
# Titles are shorter, and stand among so many of the first lines.
_LONGEST_TITLE = 300
_TOP = 25
_LONGEST_ABSTRACT = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page and the size of its letters in points."""

    text: str
    size: float


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
        told = _GAP.sub("  ", plain("".join(piece for piece, _ in self._pieces)).strip())
        if told:
            longest = max(self._pieces, key=lambda piece: len(piece[0].strip()))
            self._lines.append(Line(told, round(longest[1], 1)))
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
    top = [line for line in lines[:_TOP] if _is_title_line(line.text)]
    largest = max((line.size for line in top), default=0.0)
    start = next((n for n, line in enumerate(lines) if line in top and line.size == largest), -1)
    if start < 0:
        return ""
    same = takewhile(lambda line: abs(line.size - largest) < 0.6, lines[start:_TOP])
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
    return letters >= 4 and letters > len(told) / 2 and not _BANNER.search(told)


def authors(lines: Sequence[Line], found_title: str) -> tuple[str, ...]:
    """Return the names in the lines under the title, as far as they can be nothing else."""
    wanted = set(fold(found_title).split())
    places = [n for n, line in enumerate(lines[:_TOP]) if set(fold(line.text).split()) <= wanted]
    if not places:
        return ()
    start = next(n for n in range(places[0], len(lines) + 1) if n not in places)
    found: list[str] = []
    for number, line in enumerate(lines[start : start + 15]):
        if _ABSTRACT.match(line.text):
            break
        people = _people(line.text)
        is_marked = _MARKS.search(line.text) is not None
        if people and (number == 0 or is_marked or (found and len(people) > 1)):
            found += people
        elif not found and number > 0:
            break
    return tuple(found)


def _people(line: str) -> list[str]:
    if _PLACE.search(_MARKS.sub(" ", line)):
        return []
    parts = _BETWEEN_NAMES.split(_MARKS.sub(", ", line))
    people = [" ".join(part.split()) for part in parts]
    people = [name for name in people if name and name not in _TITLES_OF_PEOPLE]
    return people if all(map(_is_person, people)) else []


def _is_person(name: str) -> bool:
    """Whether these can be the words of one name, and not of two names side by side."""
    long = [word for word in name.split() if len(word.rstrip(".")) > 1 and word[0].isupper()]
    return len(long) <= _LONGEST_NAME and _PERSON.fullmatch(name) is not None


def abstract(page: str) -> str:
    """Return what stands between "Abstract" and the introduction, or nothing if unclear."""
    start = _ABSTRACT.search(page)
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
    """Return what arXiv's stamp in the margin tells; ids in the running text do not count."""
    match = _STAMP.search(page)
    if not match:
        return Stamp()
    identifier, version, category, date = match.groups()
    day = iso_date(date) if date else ""
    is_first = version in (None, "1")
    return Stamp(
        arxiv_id(identifier), day if is_first else "", "" if is_first else day, (category,)
    )


def doi_on(page: str) -> str:
    """Return the DOI that a page tells: the labelled one where there are several."""
    found = list(_DOI.finditer(page))
    distinct = {m.group(1).rstrip(".,;:)]").lower() for m in found}
    if len(distinct) == 1:
        return doi(distinct.pop())
    labelled = [m.group(1) for m in found if m.group().lower().startswith("doi")]
    return doi(labelled[0].rstrip(".,;:)]")) if labelled else ""
