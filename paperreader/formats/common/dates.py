"""Dates as people and reference managers write them, as ISO 8601 of the same precision."""

import re
from collections.abc import Iterable
from functools import reduce

from paperreader.papers.months import month_number

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:1\d{3}|20\d{2}))([01]\d)([0-3]\d)(?!\d)")
_YEAR_FIRST = re.compile(r"[-/. ]\s?(\d{1,2})(?!\d)(?:[-/. ]\s?(\d{1,2})(?!\d))?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2$")
_MONTH_BEFORE = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[./-]$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY_AFTER = re.compile(r"\.?[\s,~/-]*(\d{1,2})(?!\d)")
_DAY_BEFORE = re.compile(
    r"(?<![\d–-])(\d{1,2})(?:[–-]{1,2}\d{1,2})?(?:st|nd|rd|th|\.)?[\s~-]*(?:de\s+)?$"
)
# Characters that are looked at; no date is longer, but other fields may be.
_LONGEST = 200


def iso_date(text: str) -> str:
    """Return the first date in `text`, cut after the year or month if the rest is uncertain.

    Empty without a year. Of a range it is the start.
    """
    text = text[:_LONGEST]
    if match := _COMPACT.search(text):
        return _iso(*map(int, match.groups()))
    year = _YEAR.search(text)
    if not year:
        return ""
    month, day = (
        _month_in_words(text)
        or _numbers_after(text[year.end() :])
        or _numbers_before(text[: year.start()])
        or (0, 0)
    )
    return _iso(int(year.group()), month, day)


def date_of(year: str, month: str, day: str = "") -> str:
    """Return the ISO date of the three fields of a date."""
    full_year = _YEAR.search(year[:_LONGEST])
    if not full_year:
        return ""
    by_word = _month_in_words(month[:_LONGEST]) or (0, 0)
    numbers = re.findall(r"\d+", month[:_LONGEST])
    number = by_word[0] or (int(numbers[0]) if numbers and len(numbers[0]) <= 2 else 0)
    # A year field may hold a whole date.
    if not number:
        return iso_date(year)
    days = re.findall(r"\d+", day[:_LONGEST])
    return _iso(int(full_year.group()), number, int(days[0]) if days else by_word[1])


def finest(dates: Iterable[str]) -> str:
    """Return the first date, as precisely as any of the others says it; '' if all are empty."""
    return reduce(finer, filter(None, dates), "")


def finer(first: str, second: str) -> str:
    """Return the more precise of two dates, or the first if they contradict each other."""
    return second if second.startswith(first) else first


def _iso(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"{year:04}"
    if not 1 <= day <= 31:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def _numbers_after(rest: str) -> tuple[int, int] | None:
    match = _YEAR_FIRST.match(rest)
    if not match:
        return None
    return int(match.group(1)), int(match.group(2) or 0)


def _numbers_before(rest: str) -> tuple[int, int] | None:
    """Return month and day before a year, or zeros if their order is uncertain."""
    match = _YEAR_LAST.search(rest)
    if not match:
        month = _MONTH_BEFORE.search(rest)
        return (int(month.group(1)), 0) if month else None
    first, mark, second = int(match.group(1)), match.group(2), int(match.group(3))
    if first > 12 or mark == "." or first == second:
        return second, first
    return (first, second) if second > 12 else (0, 0)


def _month_in_words(text: str) -> tuple[int, int] | None:
    for word in _WORD.finditer(text):
        month = month_number(word.group())
        if month:
            day = _DAY_AFTER.match(text, word.end()) or _DAY_BEFORE.search(text[: word.start()])
            return month, int(day.group(1)) if day else 0
    return None
