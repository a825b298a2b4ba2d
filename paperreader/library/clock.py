"""The time, as the library writes it."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment in UTC as ISO 8601, to the millisecond."""
    return written(datetime.now(UTC))


def written(moment: datetime) -> str:
    """Return an aware time in UTC as ISO 8601, to the millisecond."""
    time = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return time.replace("+00:00", "Z")
