"""The authors between a paper's title and its abstract, in lines or columns, with affiliations.

A missing name is better than an affiliation taken for one: uncertain lines are left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from paperreader.formats.pdf.first_page import ABSTRACT, MARK, TOP, Line
from paperreader.papers.names import is_suffix
from paperreader.papers.titles import fold

_MARKS = re.compile(rf"[{MARK}∗*†‡§¶⋆♠♣♥♦✉]|(?<=[^\W\d])\s?\d(?:\s?,\s?\d)*(?=$|[\s,·•|∗*†‡§])")
_AFFILIATION = re.compile(
    r"univ|institut|department|dept|school|college|laborator|\blabs?\b|research|center|centre|google"
    r"|microsoft|facebook|\bmeta\b|openai|deepmind|\binc\b|\bltd\b|corporation|academy|faculty|@"
    r"|\bbrain\b|technolog|science|hospital|company|group|division|\busa\b|china|germany|france"
    r"|kingdom|canada|street|avenue|abstract|introduction|copyright|figure|\d|project|systems?\b"
    r"|society|foundation|consult|agency|ministry|\bmit\b|\bibm\b|\beth\b|\bepfl\b|informatics"
    r"|engineering|comput|council|network|association|bureau|office|campus|clinic|\bunit\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"\S@\S")
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_PERSON = re.compile(rf"{_WORD}(?:\s+(?:{_WORD}|van|von|de|der|den|da|di|la|le|bin|al|el)){{1,4}}")
_BETWEEN_NAMES = re.compile(r",|;|&|[·•∙⋅|]|\band\b|\bAND\b|\s{2,}")
_INITIAL = re.compile(r"\b[A-Z]\.")
_JOINS = re.compile(r"(?:,|;|\band|&)\s*$", re.IGNORECASE)
_TITLES_OF_PEOPLE = re.compile(
    r"(?:student |senior |life )?(?:IEEE|member|fellow|ph\.?d\.?|m\.?d\.?|dr\.?|prof\.?)"
    r"(?:, ?ieee)?",
    re.IGNORECASE,
)
# More words of several letters are two names side by side.
_LONGEST_NAME = 3
_LINES = 60
# Lines, such as a subtitle or a date, that may separate the title from the first author.
_BEFORE = 3
# TeX's fonts have accents as separate characters, before their letter.
_ACCENTS = {
    "´": "\u0301", "¨": "\u0308", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c",
    "˘": "\u0306", "¸": "\u0327", "˚": "\u030a", "˙": "\u0307", "˝": "\u030b",
}  # fmt: skip
_ACCENTED = re.compile(rf"(?:(?<=\w)\s)?([{''.join(_ACCENTS)}])\s?([^\W\d_])")


def authors(lines: Sequence[Line], title: str) -> tuple[str, ...]:
    """Return the names in the lines below the title, except uncertain ones."""
    block = _block(lines, title)
    if people := _with_affiliations(block):
        return tuple(people)
    first = next((n for n, line in enumerate(block[:_BEFORE]) if _people(line)), None)
    if first is None:
        return ()
    size = block[first].size
    # If affiliations are set in another size, the size distinguishes names.
    size_tells = any(_AFFILIATION.search(line.text) and line.size != size for line in block[first:])
    # If every line looks like names, there are no affiliations.
    is_bare = all(_people(line) for line in block)
    names = _people(block[first])
    for before, line in zip(block[first:], block[first + 1 :], strict=False):
        people = _people(line)
        if not people and _JOINS.search(before.text) and _people(before):
            # The affiliation follows the last name on its line.
            people = list(_names_before_affiliation(line.names))
        elif not (
            line.size == size and _continues(before, line, len(people), size_tells=size_tells)
        ):
            people = people if is_bare and line.size == size else []
        names += people
    return tuple(names)


def is_affiliation(name: str) -> bool:
    """Whether an item of a list of names is an affiliation."""
    return _AFFILIATION.search(name) is not None


def with_accents(text: str) -> str:
    """Return text with accents that precede their letters combined with them."""
    joined = _ACCENTED.sub(lambda m: f"{_letter(m[2])}{_ACCENTS[m[1]]}", text)
    return unicodedata.normalize("NFC", joined)


def _letter(letter: str) -> str:
    return "i" if letter == "ı" else letter


def _block(lines: Sequence[Line], title: str) -> list[Line]:
    """Return the lines between the title and the abstract."""
    wanted = set(fold(title).split())
    titled = [n for n, line in enumerate(lines[:TOP]) if set(fold(line.text).split()) <= wanted]
    if not titled:
        return []
    start = next(n for n in range(titled[0], len(lines) + 1) if n not in titled)
    block: list[Line] = []
    for line in lines[start : start + _LINES]:
        if ABSTRACT.match(line.text):
            break
        block.append(line)
    return block


def _continues(before: Line, line: Line, count: int, *, size_tells: bool) -> bool:
    """Whether a line continues the names of the line before it."""
    if not count:
        return False
    if _JOINS.search(before.text):
        return True
    if _people(before) and before.size == line.size:
        several = count > 1 or len(_people(before)) > 1
        return several or _is_marked(line) or _INITIAL.search(line.text) is not None
    return size_tells or _EMAIL.search(before.text) is not None or _is_marked(line)


def _is_marked(line: Line) -> bool:
    return _MARKS.search(line.names) is not None


def _people(line: Line) -> list[str]:
    """Return the names of a line that holds only names."""
    names = with_accents(_MARKS.sub(", ", line.names))
    if _AFFILIATION.search(names):
        return []
    return _names_in(names.removeprefix("By ").removeprefix("by "))


def _names_in(text: str) -> list[str]:
    parts = (" ".join(part.split()).strip(" .") for part in _BETWEEN_NAMES.split(text))
    people: list[str] = []
    for part in parts:
        if people and is_suffix(part):
            people[-1] = f"{people[-1]} {part}"
        elif part and not _TITLES_OF_PEOPLE.fullmatch(part):
            people.append(part)
    return people if all(map(_is_person, people)) else []


def _is_person(name: str) -> bool:
    """Whether this can be one name, rather than two names side by side."""
    long = [word for word in name.split() if len(word.rstrip(".")) > 1 and word[0].isupper()]
    return len(long) <= _LONGEST_NAME and _PERSON.fullmatch(name) is not None


def _with_affiliations(block: Sequence[Line]) -> list[str]:
    """Return the names of "Ann Bee, Some University; Cee Dee and Eve Eff, Another Lab"."""
    text = " ".join(line.names for line in block if block and line.size == block[0].size)
    pieces = text.split(";")
    if len(pieces) < 2 or not all(_AFFILIATION.search(piece) for piece in pieces):
        return []
    return [name for piece in pieces for name in _names_before_affiliation(piece)]


def _names_before_affiliation(piece: str) -> Iterator[str]:
    for part in re.split(r",|\band\b", with_accents(_MARKS.sub(", ", piece))):
        name = " ".join(part.split())
        if _AFFILIATION.search(name) or (name and not _is_person(name)):
            return
        if name:
            yield name
