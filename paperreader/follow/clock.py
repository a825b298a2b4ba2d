"""Time, as an object that tests can replace."""

import time

from paperreader.errors import Cancelled, CancelToken


class Clock:
    """The time of day, a clock that never jumps, and waiting."""

    def time(self) -> float:
        """Return the seconds since 1970, which all processes share."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that only ever grow, for measuring within one process."""
        return time.monotonic()

    def sleep(self, seconds: float, cancel: CancelToken) -> None:
        """Wait for `seconds`; raise `Cancelled` as soon as `cancel` says so."""
        if cancel.wait(seconds):
            raise Cancelled
