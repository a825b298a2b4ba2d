"""Dates in the shapes that other formats want; a paper's date may be cut after year or month."""

import re
from datetime import UTC

from paperreader.papers.record import parse_time

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def parts(told: str) -> tuple[str, int, int]:
    """Return year, month and day of a date; what it does not tell is empty or 0."""
    match = _DATE.match(told)
    if match is None:
        return "", 0, 0
    year, month, day = match.groups()
    return year, int(month or 0), int(day or 0)


def rfc3339(told: str) -> str:
    """Return the date or time whole, in UTC, as Atom wants it; empty where it is no date."""
    time = parse_time(told)
    year, month, day = parts(told)
    if time is None:
        return f"{year}-{month or 1:02}-{day or 1:02}T00:00:00Z" if year else ""
    if time.tzinfo is not None:
        time = time.astimezone(UTC)
    return time.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
