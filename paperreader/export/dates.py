"""Dates in the forms of other formats; those of papers may end after the year or month."""

import re
from datetime import UTC

from paperreader.papers.record import parse_time

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def parts(date: str) -> tuple[str, int, int]:
    """Return year, month and day of a date; missing parts are empty or 0."""
    match = _DATE.match(date)
    if match is None:
        return "", 0, 0
    year, month, day = match.groups()
    return year, int(month or 0), int(day or 0)


def rfc3339(date: str) -> str:
    """Return the date or time in UTC as Atom requires it, or '' if it is not a date."""
    time = parse_time(date)
    year, month, day = parts(date)
    if time is None:
        return f"{year}-{month or 1:02}-{day or 1:02}T00:00:00Z" if year else ""
    if time.tzinfo is not None:
        time = time.astimezone(UTC)
    return time.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
