"""Single JSON values, of whatever type a source gave them, as text, names, dates and lists.

Every function takes any JSON value and gives something usable or something empty: sources put
null, numbers, lists and objects where the next source has a string.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from paperreader.formats.common.dates import iso_date
from paperreader.papers.names import is_suffix

# The parts of an object that stand for the whole, in the order of preference.
_TEXT_KEYS = ("value", "text", "#text", "name", "display_name", "term", "keyword", "tag", "title")
_NAME_KEYS = ("name", "full_name", "fullName", "display_name", "literal", "text", "value")
_GIVEN_KEYS = ("given", "first", "firstName", "given_name", "givenName", "forename", "first_name")
_FAMILY_KEYS = ("family", "last", "lastName", "family_name", "familyName", "surname", "last_name")

_HELPERS = ("editor", "seriesEditor", "translator", "contributor", "bookAuthor", "reviewedAuthor")
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?){1,5}|[A-Z]{1,2}")
_ISO_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?!\d)")


def as_text(value: object) -> str:
    """Return a string or number as text; of a list and of an object its first telling part."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, list):
        return next(filter(None, map(_plain, value)), "")
    return _plain(value)


def _plain(value: object) -> str:
    """Return the text of a part of a list or object, one level deep."""
    if isinstance(value, dict):
        found = (value[key] for key in _TEXT_KEYS if key in value)
        return next((part for part in found if isinstance(part, str) and part), "")
    return value if isinstance(value, str) else as_text(value) if _is_number(value) else ""


def _number(value: float) -> str:
    # A whole number of thousands of digits cannot be turned into text, and tells nothing.
    return str(value) if abs(value) < 10**18 else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_count(value: object) -> int | None:
    """Return a whole number that is not negative, small enough for a database, else None."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    return None


def as_object(value: object) -> dict[str, object]:
    """Return an object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, object]]:
    """Return the objects of a list, or the one object where it stands alone."""
    found = value if isinstance(value, list) else [value]
    return [part for part in found if isinstance(part, dict)]


def texts(value: object, separators: str = ";") -> tuple[str, ...]:
    """Return the texts of a list, or the pieces of one text parted by one of `separators`."""
    if isinstance(value, str):
        pieces: Iterable[str] = re.split(f"[{re.escape(separators)}]", value)
    elif isinstance(value, list):
        pieces = map(as_text, value)
    else:
        pieces = (as_text(value),)
    return tuple(clean for piece in pieces if (clean := piece.strip()))


def as_date(value: object) -> str:
    """Return an ISO date, cut where the source tells no day or month; empty where it is none.

    Understands ISO 8601, years, RFC 822 dates, `date-parts`, and epoch milliseconds.
    """
    if isinstance(value, dict):
        value = value.get("date-parts") or value.get("value") or value.get("raw")
    if isinstance(value, str):
        return _date_in_text(value)
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            value = value[0]
        return _date_in_text("-".join(as_text(part) for part in value[:3]))
    if _is_number(value) and isinstance(value, int):
        return _date_of_number(value)
    return ""


def _date_of_number(value: int) -> str:
    if 1000 <= value <= 2999:
        return str(value)
    if 10**11 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return ""


def _date_in_text(text: str) -> str:
    match = _ISO_DATE.match(text)
    if match:
        year, month, day = match.groups()
        if not month or not 1 <= int(month) <= 12:
            return year
        if not day or not 1 <= int(day) <= 31:
            return f"{year}-{int(month):02}"
        return f"{year}-{int(month):02}-{int(day):02}"
    return iso_date(text)


def names(value: object) -> tuple[str, ...]:
    """Return display names, "Given Family", of a list of names or objects, or of one text."""
    if isinstance(value, str):
        return tuple(split_names(value))
    if isinstance(value, dict):
        # {"author": […]} and the like wrap the list once more.
        inner = value.get("author") or value.get("authors") or value.get("value") or [value]
        value = inner if isinstance(inner, list) else [inner]
    if not isinstance(value, list):
        return ()
    return tuple(name for part in value if not _is_helper(part) and (name := _name(part)))


def _is_helper(value: object) -> bool:
    """Whether Zotero says that somebody is there, but is no author."""
    return as_text(as_object(value).get("creatorType")) in _HELPERS


def _name(value: object) -> str:
    if isinstance(value, str):
        return turned(value)
    if isinstance(value, list):
        # [family, given, suffix], as the arXiv snapshot has it.
        parts = [as_text(part).strip() for part in value[:3]]
        return " ".join(filter(None, [*parts[1:2], *parts[:1], *parts[2:]]))
    person = as_object(value)
    return _name_of_object(as_object(person.get("author")) or person)


def _name_of_object(person: dict[str, object]) -> str:
    family = _first(person, _FAMILY_KEYS)
    if family:
        particle = as_text(person.get("non-dropping-particle"))
        middle = " ".join(texts(person.get("middle")))
        suffix = as_text(person.get("suffix"))
        given = _first(person, _GIVEN_KEYS)
        return " ".join(filter(None, [given, middle, particle, family, suffix]))
    return turned(_first(person, _NAME_KEYS))


def _first(person: dict[str, object], keys: tuple[str, ...]) -> str:
    found = (person[key] for key in keys if key in person)
    return next((name for part in found if (name := as_text(part).strip())), "")


def turned(name: str) -> str:
    """Return "Family, Given" as "Given Family", any other name as it is."""
    family, comma, given = name.strip().partition(",")
    if not comma or "," in given:
        return name.strip()
    return f"{given.strip()} {family.strip()}".strip()


def split_names(text: str) -> Iterator[str]:
    """Yield the names of one text: parted by ";", by "and", or by commas."""
    text = without_brackets(text)
    if ";" in text:
        yield from filter(None, map(turned, text.split(";")))
        return
    pieces = [piece for piece in re.split(r"\band\b|&|\n", text) if piece.strip(" ,")]
    # "Doe, Jane and Roe, Richard": every piece is one turned name. "A B, C D and E F": a list.
    if len(pieces) > 1 and all(_is_turned(piece) for piece in pieces):
        yield from map(turned, pieces)
        return
    for piece in pieces:
        parts = _with_suffixes(part.strip() for part in piece.split(",") if part.strip())
        if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
            # "Doe, J., Roe, R. Q."
            pairs = zip(parts[::2], parts[1::2], strict=True)
            yield from (f"{given} {family}" for family, given in pairs)
        elif len(pieces) == 1 and len(parts) == 2 and " " not in parts[0]:
            yield f"{parts[1]} {parts[0]}"
        else:
            yield from parts


def _with_suffixes(parts: Iterable[str]) -> list[str]:
    """Put "Jr." and the like back behind the name before it."""
    whole: list[str] = []
    for part in parts:
        if whole and is_suffix(part):
            whole[-1] = f"{whole[-1]} {part}"
        else:
            whole.append(part)
    return whole


def _is_turned(piece: str) -> bool:
    parts = piece.strip(" ,").split(",")
    return len(parts) == 2 and len(parts[0].split()) <= 3


def without_brackets(text: str) -> str:
    """Return `text` without what stands in round brackets, nested ones too: affiliations."""
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
