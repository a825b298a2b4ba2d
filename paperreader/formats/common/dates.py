"""Dates as people and reference managers write them, turned into ISO 8601 as far as they go."""

import re

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari",
    "february februar fevrier février febrero febbraio fevereiro februari",
    "march märz maerz mars marzo março marco maart mrz",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
)


def _beginnings() -> dict[str, int]:
    """Every beginning of a month's name that is long enough to tell which month it is."""
    table: dict[str, int] = {}
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            for length in range(3, len(name) + 1):
                table.setdefault(name[:length], number)
    return table


_MONTH_BY_BEGINNING = _beginnings()
_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:1\d{3}|20\d{2}))([01]\d)([0-3]\d)(?!\d)")
_YEAR_FIRST = re.compile(r"[-/. ]\s?(\d{1,2})(?!\d)(?:[-/. ]\s?(\d{1,2})(?!\d))?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY_AFTER = re.compile(r"\.?[\s,~]*(\d{1,2})(?!\d)")
_DAY_BEFORE = re.compile(
    r"(?<![\d–-])(\d{1,2})(?:[–-]{1,2}\d{1,2})?(?:st|nd|rd|th|\.)?[\s~-]*(?:de\s+)?$"
)
# No date needs more; a field of another kind may be of any length.
_LONGEST = 200


def iso_date(told: str) -> str:
    """Return the first date in `told`, cut after the year or month where no more is certain.

    Empty where no year is told. Of a span it is the beginning.
    """
    told = told[:_LONGEST]
    if match := _COMPACT.search(told):
        return _iso(*map(int, match.groups()))
    year = _YEAR.search(told)
    if not year:
        return ""
    month, day = (
        _month_in_words(told)
        or _numbers_after(told[year.end() :])
        or _numbers_before(told[: year.start()])
        or (0, 0)
    )
    return _iso(int(year.group()), month, day)


def date_of(year: str, month: str, day: str = "") -> str:
    """Return the ISO date that three fields tell together."""
    found = _YEAR.search(year[:_LONGEST])
    if not found:
        return ""
    by_word = _month_in_words(month[:_LONGEST]) or (0, 0)
    numbers = re.findall(r"\d+", month[:_LONGEST])
    number = by_word[0] or (int(numbers[0]) if numbers and len(numbers[0]) <= 2 else 0)
    # A year field may hold a whole date.
    if not number:
        return iso_date(year)
    days = re.findall(r"\d+", day[:_LONGEST])
    return _iso(int(found.group()), number, int(days[0]) if days else by_word[1])


def finer(one: str, other: str) -> str:
    """Return the more exact of two dates, the first where they contradict each other."""
    return other if other.startswith(one) else one


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
    """Month and day before a year; neither where it is not certain which is which."""
    match = _YEAR_LAST.search(rest)
    if not match:
        return None
    first, mark, second = int(match.group(1)), match.group(2), int(match.group(3))
    if first > 12 or mark == "." or first == second:
        return second, first
    return (first, second) if second > 12 else (0, 0)


def _month_in_words(told: str) -> tuple[int, int] | None:
    for word in _WORD.finditer(told):
        month = _MONTH_BY_BEGINNING.get(word.group().lower())
        if month:
            day = _DAY_AFTER.match(told, word.end()) or _DAY_BEFORE.search(told[: word.start()])
            return month, int(day.group(1)) if day else 0
    return None
