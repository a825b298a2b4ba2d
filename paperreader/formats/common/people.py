"""Lists of people: as one text, or as JSON in the shapes of many sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from paperreader.formats.common.values import as_object, as_text, texts
from paperreader.papers.bounds import MOST_PEOPLE
from paperreader.papers.names import (
    display_name,
    initials_last,
    is_suffix,
    is_turned,
    joined,
    split,
)

_NAME_KEYS = ("name", "full_name", "fullName", "display_name", "literal", "text", "value")
_GIVEN_KEYS = ("given", "first", "firstName", "given_name", "givenName", "forename", "first_name")
_FAMILY_KEYS = ("family", "last", "lastName", "family_name", "familyName", "surname", "last_name")
# Zotero's roles of people who are not authors.
_OTHER_ROLES = frozenset(
    "editor seriesEditor translator contributor bookAuthor reviewedAuthor".split()
)

# Separators that no name contains, the most reliable first; "and" is tried after them.
_MARKS = (";", "；", "|", "\n", " / ", "、", "•", "·", " – ", "，")
_AND = re.compile(r"(?:,\s*|\s+)(?:and|und|et|&)\s+|\s*&\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,5}|[A-Z]{1,2}")
# "et al." in its variants, at the end of a list.
_OTHERS = re.compile(
    r"(?:[,;\s]*(?:\b(?:and|&)\s+)?(?:\+?\d{1,4}\s+)?(?:\bmore\s+)?"
    r"(?:\b(?:others|et\.?\s*al(?:ii|ia)?|etc|co-?workers|colleagues|u\.\s?a|y otros|i in)\b"
    r"|и др|等人?|ほか|他|…|\.\.\.)[.\s]*)$",
    re.IGNORECASE,
)
# From the start of a word on, so that a long word without an address is looked through once.
_EMAIL = re.compile(r"(?<!\S)[^\s@]*@\S+")
# DBLP distinguishes namesakes by a number.
_NUMBER = re.compile(r"\s+0\d{3}$")
# Indexes write "Family GH" or "Family G.", with at most three initials.
_INDEXED = re.compile(r"[^,]*[^\W\d_]{2}\s(?:[A-ZÀ-ÖØ-ÞА-Я]\.?-?){1,3}")
_TAIL = 60
_LONGEST = 200_000


def people(value: object) -> tuple[str, ...]:
    """Return the display names of a list of names or objects, or of one text.

    Of more names than a paper keeps, one more is returned.
    """
    if isinstance(value, str):
        return people_in(value)
    if isinstance(value, dict):
        # {"author": […]} and the like wrap the list once more.
        inner = value.get("author") or value.get("authors") or value.get("value") or [value]
        value = inner if isinstance(inner, list) else [inner]
    if not isinstance(value, list):
        return ()
    names = (name for part in value if not _has_other_role(part) and (name := _name(part)))
    return tuple(islice(names, MOST_PEOPLE + 1))


def people_in(text: str) -> tuple[str, ...]:
    """Return the names in a text, separated by ";" and the like, "and", or commas."""
    text = without_others(without_brackets(text[:_LONGEST]).strip(" []"))
    for mark in _MARKS:
        if mark in text:
            return all_shown(text.split(mark))
    pieces = [piece.strip(" ,") for piece in _AND.split(text)]
    return all_shown(single_names([piece for piece in pieces if piece]))


def single_names(pieces: Sequence[str]) -> list[str]:
    """Return the names in pieces separated by "and", which may be lists with commas.

    If every piece is "Family, Given", each is one name.
    """
    if len(pieces) > 1 and all(_has_one_comma(piece) for piece in pieces):
        return list(pieces)
    return [name for piece in pieces for name in _by_commas(piece)]


def all_shown(names: Iterable[str]) -> tuple[str, ...]:
    """Return the display names, with initials first where they are written as in indexes.

    That is decided for the whole list: "Raaij MJ" alone may name an organisation, unless a
    point follows its last initial.
    """
    kept = [name for raw in names if (name := without_others(raw))]
    persons = [name for name in kept if split(name).given or "," in name]
    is_indexed = bool(persons) and all(map(_INDEXED.fullmatch, persons))
    if is_indexed and (len(kept) > 1 or kept[0].endswith(".")):
        kept = [initials_last(name) if name in persons else name for name in kept]
    return tuple(filter(None, map(shown, kept)))


def shown(name: str) -> str:
    """Return the display name; empty if it has no letter."""
    name = _NUMBER.sub("", display_name(without_others(_EMAIL.sub("", name))))
    return name if any(map(str.isalpha, name)) else ""


def without_others(text: str) -> str:
    """Return names without a final "et al." or "and others"."""
    text = text.strip()
    return (
        _OTHERS.sub("", text[-60:]).join((text[:-60], ""))
        if len(text) > 60
        else _OTHERS.sub("", text)
    )


def without_brackets(text: str) -> str:
    """Return `text` without round brackets and what is in them, such as affiliations."""
    if "(" not in text:
        return text
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(character)
    return " ".join("".join(kept).split()).replace(" ,", ",")


def _by_commas(piece: str) -> Iterator[str]:
    """Yield the names of a piece without "and": "Family, Given", or several names."""
    parts = _with_suffixes(part.strip() for part in piece.split(",") if part.strip())
    pairs = len(parts) % 2 == 0 and len(parts) > 2
    if pairs and (all(map(_INITIALS.fullmatch, parts[1::2])) or not any(" " in p for p in parts)):
        # "Doe, J., Roe, R. Q." or "Doe, Jane, Roe, Richard"
        yield from (", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True))
    elif len(parts) == 2 and is_turned(piece) and not parts[1][0].islower():
        yield ", ".join(parts)
    else:
        yield from parts


def _has_one_comma(piece: str) -> bool:
    family, *given = [part for part in piece.split(",") if not is_suffix(part)]
    return len(given) == 1 and len(family.split()) <= 4


def _with_suffixes(parts: Iterable[str]) -> list[str]:
    """Append "Jr." and the like to the name before it."""
    whole: list[str] = []
    for part in parts:
        if whole and is_suffix(part):
            whole[-1] = f"{whole[-1]} {part}"
        else:
            whole.append(part)
    return whole


def _has_other_role(value: object) -> bool:
    return as_text(as_object(value).get("creatorType")) in _OTHER_ROLES


def _name(value: object) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        # [family, given, suffix], as the arXiv snapshot has it.
        parts = [as_text(part).strip() for part in value[:3]]
        return joined(*parts) if parts else ""
    person = as_object(value)
    return name_of(as_object(person.get("author")) or person)


def name_of(person: dict[str, object]) -> str:
    """Return the display name of an object that has the name whole or in parts."""
    family = _first(person, _FAMILY_KEYS)
    if not family:
        return shown(_first(person, _NAME_KEYS))
    before = ("dropping-particle", "non-dropping-particle", "particle", "prefix")
    particles = [as_text(person.get(key)).strip() for key in before]
    given = " ".join([_first(person, _GIVEN_KEYS), *texts(person.get("middle"))]).strip()
    last = " ".join(filter(None, [*particles, _unquoted(family)]))
    # In the name of an organisation a comma does not separate family and given name.
    return _NUMBER.sub("", joined(last, _unquoted(given), as_text(person.get("suffix")).strip()))


def _unquoted(part: str) -> str:
    """Return a part without the quotes by which Zotero marks names that must not be split."""
    return part.strip('"') if part[:1] == part[-1:] == '"' else part


def _first(person: dict[str, object], keys: tuple[str, ...]) -> str:
    parts = (person[key] for key in keys if key in person)
    return next((name for part in parts if (name := as_text(part).strip())), "")
