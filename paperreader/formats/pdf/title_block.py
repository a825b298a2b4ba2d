"""The authors between a paper's title and its abstract, in lines or columns, with affiliations.

A missing name is better than an affiliation taken for one: uncertain lines are left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperreader.formats.pdf.columns import Columns, letters
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
_EMAIL = re.compile(r"\S+@\S+")
# "1[0000-0001-…]", the number of an affiliation and of a person.
_ORCID = re.compile(rf"\[\d{{4}}[\d{MARK}\s−-]*\]?")
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_PERSON = re.compile(
    rf"{_WORD}(?:\s+(?:(?:[dl]['’])?{_WORD}|van|von|de|der|den|da|di|la|le|bin|al|el)){{1,4}}"
)
_BETWEEN_NAMES = re.compile(r",|;|&|[·•∙⋅|]|\band\b|\bAND\b|\s{2,}")
_DATE = re.compile(r"\W*(?:[A-Z][a-z]+ \d{1,2},? \d{4}|(?:\d{1,2} )?[A-Z][a-z]+ \d{4})\W*")
_GAP = re.compile(r"\s{2,}")
_STOP = re.compile(r"^[. ]+|(?<!\b[JS]r)\.$")
_INITIAL = re.compile(r"\b[A-Z]\.")
_JOINS = re.compile(r"(?:,|;|\band|&)\s*$", re.IGNORECASE)
_TITLES_OF_PEOPLE = re.compile(
    r"(?:(?:graduate )?student |senior |life )*(?:IEEE|OSA|SPIE|ACM|AAAI|IAPR|member|fellow"
    r"|ph\.?d\.?|m\.?d\.?|dr\.?|prof\.?)(?:, ?ieee)?",
    re.IGNORECASE,
)
# More words of several letters are two names side by side, if the gaps between words are not known.
_LONGEST_NAME = 3
_LONGEST_NAME_BY_GAPS = 5
_LINES = 60
# Lines, such as a subtitle or a date, that may separate the title from the first author.
_BEFORE = 3
# TeX's fonts have accents as separate characters, before their letter.
_ACCENTS = {
    "´": "\u0301", "¨": "\u0308", "`": "\u0300", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c",
    "˘": "\u0306", "¸": "\u0327", "˚": "\u030a", "˙": "\u0307", "˝": "\u030b",
}  # fmt: skip
_ACCENTED = re.compile(rf"(?:(?<=\w)\s)?([{''.join(_ACCENTS)}])\s?([^\W\d_])")


def authors(lines: Sequence[Line], title: str, columns: Columns) -> tuple[str, ...]:
    """Return the names in the lines below the title, except uncertain ones."""
    block = _unwrapped([_separated(line, columns) for line in _block(lines, title)])
    names = _names_of(block)
    return tuple(_with_rows(names, block, columns) if names else ())


def _names_of(block: Sequence[Line]) -> list[str]:
    if people := _with_affiliations(block):
        return people
    first = next((n for n, line in enumerate(block[:_BEFORE]) if _people(line)), None)
    if first is None:
        return []
    size = block[first].size
    # If affiliations are set in another size, the size distinguishes names.
    size_tells = any(_AFFILIATION.search(line.text) and line.size != size for line in block[first:])
    has_addresses = _EMAIL.search(block[first].text) is not None
    # Columns of something else than names.
    has_columns = any(_is_columned(line) and not _people(line) for line in block)
    # If every line looks like names, there are no affiliations.
    is_bare = all(_people(line) for line in block)
    names = _people(block[first])
    for before, line in zip(block[first:], block[first + 1 :], strict=False):
        people = _people(line)
        if not people and _JOINS.search(before.text) and _people(before):
            # The affiliation follows the last name on its line.
            people = list(_names_before_affiliation(line.names))
        elif _EMAIL.search(line.text):
            # An address beside a name shows that it is one.
            pass
        elif has_addresses or (has_columns and _is_columned(before) and _is_columned(line)):
            # Below the columns of a row of names are their affiliations.
            people = []
        elif not (
            line.size == size and _continues(before, line, len(people), size_tells=size_tells)
        ):
            people = people if is_bare and line.size == size else []
        names += people
    return names


def _separated(line: Line, columns: Columns) -> Line:
    """Return the line with two blanks between its columns, if the layout has it."""
    split = columns.split(line.names)
    return replace(line, names="  ".join(split), has_gaps=True) if split else line


def _unwrapped(block: Sequence[Line]) -> list[Line]:
    """Return the lines, with a list of names that is wrapped inside a name as one line."""
    lines: list[Line] = []
    for line in block:
        if lines and _is_cut(lines[-1], line):
            before = lines[-1]
            lines[-1] = replace(
                before, text=f"{before.text} {line.text}", names=f"{before.names} {line.names}"
            )
        else:
            lines.append(line)
    return lines


def _is_cut(before: Line, line: Line) -> bool:
    """Whether a line of names ends inside a name: "Ann Bee, Cee" and "Dee, Eve Eff"."""
    names = _without_marks(before)
    parts = [part.strip() for part in re.split(r",|\band\b", names)]
    is_list = line.size == before.size and "," in before.text and not _starts_with_mark(line)
    if len(parts) < 2 or not parts[-1] or not is_list or not _is_person(parts[0]):
        return False
    if _AFFILIATION.search(names) or _AFFILIATION.search(_without_marks(line).split(",")[0]):
        return False
    is_word = " " not in parts[-1] and re.fullmatch(_WORD, parts[-1]) is not None
    # Every name has the mark of its affiliation, but for the last.
    marks = len(_MARKS.findall(before.names))
    return is_word or (
        marks >= len(list(filter(None, parts))) - 1
        and _MARKS.search(before.names.rstrip()[-2:]) is None
    )


def _starts_with_mark(line: Line) -> bool:
    """Whether a line starts with a superscript, as affiliations below the names do."""
    return line.names.lstrip().startswith(MARK)


def _with_rows(names: list[str], block: Sequence[Line], columns: Columns) -> list[str]:
    """Return the names with those in other columns of their rows, in the order of the page.

    A row of names may also follow the affiliations of the row above.
    """
    texts = {letters(part): part for line in block for part in _parts(line)}
    known = {letters(name) for name in names}
    groups: list[list[str]] = []
    follows_names = False
    for row in columns.rows:
        beside = [texts.get(key, "") for key in row]
        is_next = bool(groups) and len(row) > 1 and not follows_names
        has_name = not known.isdisjoint(row)
        follows_names = (is_next or has_name) and all(map(_is_name_beside, beside))
        if follows_names and has_name:
            groups.append(beside)
        elif follows_names:
            groups[-1] += beside
    by_name = {letters(name): group for group in groups for name in group}
    with_rows = (each for name in names for each in by_name.get(letters(name), [name]))
    return list(dict.fromkeys(with_rows))


def _parts(line: Line) -> Iterator[str]:
    """Yield the texts of a line's columns without marks."""
    for part in re.split(r"\s{2,}|,", _without_marks(line)):
        if text := _STOP.sub("", " ".join(part.split()).strip(" ,")):
            yield text


def _is_name_beside(text: str) -> bool:
    return not _AFFILIATION.search(text) and _is_person(text, _LONGEST_NAME_BY_GAPS)


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
    """Return the lines between the title and the abstract, except a date."""
    wanted = set(fold(title).split())
    titled = [n for n, line in enumerate(lines[:TOP]) if set(fold(line.text).split()) <= wanted]
    if not titled:
        return []
    start = next(n for n in range(titled[0], len(lines) + 1) if n not in titled)
    block: list[Line] = []
    for line in lines[start : start + _LINES]:
        if ABSTRACT.match(line.text):
            break
        if not _DATE.fullmatch(line.text):
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


def _is_columned(line: Line) -> bool:
    return line.has_gaps and _GAP.search(line.names) is not None and "," not in line.text


def _is_marked(line: Line) -> bool:
    return _MARKS.search(line.names) is not None


def _people(line: Line) -> list[str]:
    """Return the names of a line that holds only names, or one and an address."""
    names = _without_marks(line)
    if _AFFILIATION.search(names) or _starts_with_mark(line):
        return []
    longest = _LONGEST_NAME_BY_GAPS if line.has_gaps else _LONGEST_NAME
    return _names_in(names.removeprefix("By ").removeprefix("by "), longest)


def _without_marks(line: Line) -> str:
    """Return the names of a line with commas for marks, and without addresses."""
    names = _ORCID.sub(MARK, _EMAIL.sub("", line.names))
    return with_accents(_MARKS.sub(", ", names))


def _names_in(text: str, longest: int) -> list[str]:
    parts = (_STOP.sub("", " ".join(part.split())) for part in _BETWEEN_NAMES.split(text))
    people: list[str] = []
    for part in parts:
        if people and is_suffix(part):
            people[-1] = f"{people[-1]} {part}"
        elif part and not _TITLES_OF_PEOPLE.fullmatch(part):
            people.append(part)
    return people if all(_is_person(name, longest) for name in people) else []


def _is_person(name: str, longest: int = _LONGEST_NAME) -> bool:
    """Whether this can be one name, rather than two names side by side."""
    long = [word for word in name.split() if len(word.rstrip(".")) > 1 and word[0].isupper()]
    return len(long) <= longest and _PERSON.fullmatch(name) is not None


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
