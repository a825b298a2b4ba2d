"""Dates that are counted back from today: 2y, 3 weeks, yesterday, now-1y."""

import re
from datetime import UTC, date, datetime, timedelta

_UNIT = "days?|d|weeks?|w|months?|mo|m|years?|yr|y"
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.44, "y": 365.25}
_LAST = re.compile(rf"(?:last|past)[ _](\d{{1,4}})?[ _]?({_UNIT})", re.IGNORECASE)
_AGO = re.compile(
    rf"\b(?:now-)?(?P<count>\d{{1,3}})[ _]?(?P<unit>{_UNIT})(?:[ _]ago)?\b"
    rf"|\blast[ _](?P<last>{_UNIT})\b|\b(?P<day>today|now|yesterday)\b",
    re.IGNORECASE,
)


def with_dates(text: str) -> str:
    """Return a range of dates with what is counted back from today, in UTC, as dates.

    Gmail and mail readers write 2y and 1week..yesterday, Lucene [now-1y TO now], PubMed
    "last 5 years". A month is 30.44 days, a year 365.25.
    """
    if last := _LAST.fullmatch(text):
        return f"{_ago(int(last[1] or 1), last[2])}.."
    return _AGO.sub(_date, text)


def _date(match: re.Match[str]) -> str:
    if match["day"]:
        return _ago(int(match["day"].lower() == "yesterday"), "d")
    return _ago(int(match["count"] or 1), match["unit"] or match["last"])


def _ago(count: int, unit: str) -> str:
    today = datetime.now(UTC).date()
    days = int(count * _DAYS[unit[0].lower()])
    return max(today - timedelta(days=min(days, (today - date.min).days)), date.min).isoformat()
