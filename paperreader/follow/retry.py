"""How long to wait before asking again."""

import random
from datetime import UTC
from email.utils import parsedate_to_datetime

# A pause that a busy host did not name, in seconds: before the first retry, and how many times as
# long before each further one.
FIRST_PAUSE = 5.0
GROWTH = 3
LONGEST_PAUSE = 24 * 3600.0


def busy_pause(retry_after: str, number: int, now: float) -> float:
    """Return the seconds to leave a busy host alone after try `number` (from 0).

    `retry_after` is the header of that name, seconds or a date; `now` is in seconds since 1970.
    """
    seconds = _asked_for(retry_after, now)
    if seconds is None:
        seconds = FIRST_PAUSE * GROWTH**number
    return min(jittered(seconds), LONGEST_PAUSE)


def jittered(seconds: float) -> float:
    """Return up to a fifth more, so that clients that were sent away do not come back at once."""
    return seconds * random.SystemRandom().uniform(1.0, 1.2)


def _asked_for(retry_after: str, now: float) -> float | None:
    told = retry_after.strip()
    if told.isdecimal() and len(told) < 10:
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
