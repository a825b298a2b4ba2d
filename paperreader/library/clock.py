"""The time, as the library writes it."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment in UTC as ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
