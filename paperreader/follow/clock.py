"""Time, as an object that tests can replace."""

import time

from paperreader.errors import Cancelled, CancelToken


class Clock:
    """Wall-clock time, monotonic time, and sleep."""

    def time(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Return monotonic seconds, for measuring within one process."""
        return time.monotonic()

    def sleep(self, seconds: float, cancel: CancelToken) -> None:
        """Wait for `seconds`; raise `Cancelled` as soon as `cancel` is set."""
        if cancel.wait(seconds):
            raise Cancelled
