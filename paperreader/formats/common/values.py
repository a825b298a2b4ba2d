"""Lenient conversion of JSON values to text, counts, dates and lists.

Every function takes any JSON value and returns a usable or an empty result: where one source has a
string, others have null, numbers, lists and objects.
"""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from paperreader.formats.common.dates import date_of, iso_date

if TYPE_CHECKING:
    from collections.abc import Iterable

# Keys of an object whose value represents it, in order of preference.
_TEXT_KEYS = ("value", "text", "#text", "name", "display_name", "term", "keyword", "tag", "title")
_DATE_KEYS = ("date-parts", "value", "raw", "literal", "date-time", "$date")
_ISO_DATE = re.compile(r"\s*(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?(?!\d)")


def as_text(value: object) -> str:
    """Return a string or number as text; of a list or object its first usable part."""
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
        parts = (value[key] for key in _TEXT_KEYS if key in value)
        return next((part for part in parts if isinstance(part, str) and part), "")
    return value if isinstance(value, str) else as_text(value) if _is_number(value) else ""


def _number(value: float) -> str:
    # An integer of thousands of digits cannot be converted to text, and is meaningless.
    return str(value) if abs(value) < 10**18 else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_count(value: object) -> int | None:
    """Return a non-negative integer that fits into a database, else None."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    return None


def as_object(value: object) -> dict[str, object]:
    """Return `value` if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[dict[str, object]]:
    """Return the objects in a list, or a single object as a list."""
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if isinstance(part, dict)]


def texts(value: object, separators: str = ";") -> tuple[str, ...]:
    """Return the texts of a list, or the pieces of a text split at any of `separators`."""
    if isinstance(value, str):
        pieces: Iterable[str] = re.split(f"[{re.escape(separators)}]", value)
    elif isinstance(value, list):
        pieces = map(as_text, value)
    else:
        pieces = (as_text(value),)
    return tuple(clean for piece in pieces if (clean := piece.strip()))


def as_date(value: object) -> str:
    """Return an ISO date, as precise as the source gives it; empty if there is none.

    Accepts ISO 8601, years, RFC 822 dates, epoch milliseconds, and CSL dates in all shapes that
    tools write: `date-parts` of one date or two, a list of such objects, year, month and day by
    name, `raw` and `literal`.
    """
    if isinstance(value, dict):
        return _date_of_object(value)
    if isinstance(value, str):
        return _date_in_text(value)
    if isinstance(value, list):
        if value and isinstance(value[0], list | dict):
            return as_date(value[0])
        return _date_in_text("-".join(as_text(part) for part in value[:3]))
    if _is_number(value) and isinstance(value, int):
        return _date_of_number(value)
    return ""


def _date_of_object(value: dict[str, object]) -> str:
    if "year" in value:
        return date_of(*(as_text(value.get(part)) for part in ("year", "month", "day")))
    dates = (as_date(value[key]) for key in _DATE_KEYS if key in value)
    return next(filter(None, dates), "")


def _date_of_number(value: int) -> str:
    if 1000 <= value <= 2999:
        return str(value)
    if 10**11 < value < 10**13:
        return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
    return ""


def _date_in_text(text: str) -> str:
    match = _ISO_DATE.match(text)
    if match and match.group(2):
        year, month, day = match.groups()
        if not 1 <= int(month) <= 12:
            return year
        if not day or not 1 <= int(day) <= 31:
            return f"{year}-{int(month):02}"
        return f"{year}-{int(month):02}-{int(day):02}"
    return iso_date(text)
