"""How long to wait before asking again."""

import random
from datetime import UTC
from email.utils import parsedate_to_datetime

# Backoff in seconds where a busy host names no pause: FIRST_PAUSE before the first retry, GROWTH
# times as long before each further one.
FIRST_PAUSE = 5.0
GROWTH = 3
LONGEST_PAUSE = 24 * 3600.0
# The statuses of hosts that may answer a little later.
BUSY = frozenset({429, 500, 502, 503, 504})
# Those of them that speak for the whole host.
OVERLOADED = frozenset({429, 503})


def busy_pause(retry_after: str, number: int, now: float) -> float:
    """Return the seconds to wait after try `number` (from 0) met a busy host.

    `retry_after` is the header of that name, seconds or a date; `now` is in seconds since 1970.
    """
    seconds = _seconds_in(retry_after, now)
    if seconds is None:
        seconds = FIRST_PAUSE * GROWTH**number
    return min(jittered(seconds), LONGEST_PAUSE)


def jittered(seconds: float) -> float:
    """Return up to a fifth more, so that clients do not all retry at the same moment."""
    return seconds * random.SystemRandom().uniform(1.0, 1.2)


def _seconds_in(retry_after: str, now: float) -> float | None:
    value = retry_after.strip()
    if value.isdecimal() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
