"""The names in a BibTeX `author` field."""

import re
from collections.abc import Sequence

from paperreader.formats.bibtex.latex_text import printed
from paperreader.formats.common.people import all_shown, shown, single_names, without_others
from paperreader.papers.bounds import MOST_PEOPLE
from paperreader.papers.names import is_suffix, is_turned, joined

# "and" may have a comma on either side, "Ann Bee and, Cee Dee", "Bee, Ann,and Dee, Cee", if it is
# not a name itself: "And, Metin".
_MARK = re.compile(
    r"(?<!\\)[{}]|(?P<and>(?:(?: |, ?)(?:and|AND),?)+ |(?: [Aa][Nn][Dd])+ )| \\?& | [/|] |[,;]"
)
_OPTION = re.compile(r"\s*([a-z][a-z-]*)\s*=\s*(.*)", re.DOTALL | re.IGNORECASE)
# "Family, Jr., Given" is the longest form of a name.
_MOST_PARTS = 3
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[ -]?)+ ?[^\W\d_].*[^\W_]{2}.*").fullmatch
_INITIALS_LAST = re.compile(r"[^\W\d_].*[^\W_]{2} (?:[^\W\d_]\.[ -]?)+").fullmatch
_NAME_OPTIONS = frozenset(("family", "given", "prefix", "suffix"))


def people(field: str) -> tuple[str, ...]:
    """Return the names of an `author` field as they are shown, without "and others".

    Separators other than "and" are against the grammar, but common. Of more names than a paper
    keeps, one more is returned.
    """
    pieces = _split(f" {' '.join(field.split())} ", "and")[: MOST_PEOPLE + 1]
    names = [name for each in pieces for name in _without_and(each)][: MOST_PEOPLE + 1]
    if _are_listed(names):
        return all_shown(map(_plain, single_names(list(map(without_others, names)))))
    return tuple(name for each in names if (name := _shown(each.strip())))


def _split(names: str, *marks: str) -> list[str]:
    """Split at any of the marks outside braces."""
    pieces: list[str] = []
    depth = start = 0
    for match in _MARK.finditer(names):
        mark = "and" if match["and"] else match.group().strip()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and mark in marks:
            pieces.append(names[start : match.start()])
            start = match.end()
    return [*pieces, names[start:]]


def _without_and(names: str) -> list[str]:
    """Split at other marks, except for one that joins two words, as in "Simon & Schuster"."""
    pieces = [piece.strip() for piece in _split(names, ";", "/", "|", "&", r"\&")]
    is_body = len(pieces) == 2 and ";" not in names and not any(" " in piece for piece in pieces)
    return [names.strip()] if is_body else [piece for piece in pieces if piece]


def _are_listed(names: Sequence[str]) -> bool:
    """Whether commas separate the names, as in "John Smith, Peter Jones and Kate O'Neil"."""
    parts = [_split(name, ",") for name in names]
    several = [each for each in parts if len(each) > 1]
    if not several or any("{" in name or "=" in name for name in names):
        return False
    if len(names) == 1:
        return _is_list([part.strip() for part in parts[0]])
    if any(sum(map(bool, map(str.strip, each))) > _MOST_PARTS for each in several):
        return True  # "Bee, A., Dee, C., & Gee, E."
    # The grammar says "Family, Given", unless some have no comma and no part can be a lone name.
    return len(several) < len(parts) and all(
        len(each) > 2 or not is_turned(",".join(each)) for each in several
    )


def _is_list(parts: Sequence[str]) -> bool:
    """Whether the parts of a single entry between commas are names, not those of one name."""
    if len(parts) == 2:  # "A. Bee, C. Dee", or "Bee A., Dee C."
        return all(map(_INITIALS_FIRST, parts)) or all(map(_INITIALS_LAST, parts))
    # Only a list has a comma before "etc.".
    names = [part for part in parts if without_others(part)]
    is_paired = all(" " in name for name in names) or len(names) % 2 == 0
    return len(parts) > 2 and is_paired and not any(map(is_suffix, parts))


def _shown(name: str) -> str:
    parts = _split(name, ",")
    options = [match for part in parts if (match := _OPTION.fullmatch(part))]
    if len(options) == len(parts):  # "family=Beethoven, given=Ludwig, prefix=van, useprefix=true"
        value = {match.group(1).lower(): _plain(match.group(2)) for match in options}
        if _NAME_OPTIONS & value.keys():
            family = " ".join(filter(None, (value.get("prefix", ""), value.get("family", ""))))
            return shown(joined(family, value.get("given", ""), value.get("suffix", "")))
    if len(parts) == 1:
        name = _plain(name)
        # A name in braces is that of an organisation, whose commas separate nothing.
        return shown(name) if "," not in name else name
    return shown(", ".join(_plain(part).replace(",", "") for part in parts))


def _plain(part: str) -> str:
    return " ".join(printed(part).split())
