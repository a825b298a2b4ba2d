"""Rate limits of hosts, kept between runs and shared by all processes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from paperreader.errors import CancelToken
from paperreader.follow.clock import Clock
from paperreader.follow.errors import FetchError

try:
    import fcntl
except ImportError:  # Windows: the interval is kept, but two processes may ask at the same time
    fcntl = None  # type: ignore[assignment]

# Seconds. If a host asks for a longer pause, a later run asks it again.
PATIENCE = 300.0
_POLL = 0.1


class RateLimit:
    """One turn at a time for each group of hosts, with a pause between two turns.

    A group has a file: locked during a request, so that there is a single connection, and holding
    the time (seconds since 1970) before which the next request must not start. The lock is the
    system's and ends with the process, however that ends.
    """

    def __init__(self, directory: Path, clock: Clock) -> None:
        """Keep the files in `directory`, made on demand."""
        self._directory = directory
        self._clock = clock

    @contextmanager
    def turn(self, group: str, seconds: float, cancel: CancelToken) -> Iterator["Turn"]:
        """Wait for the turn of `group`; the next one comes `seconds` after its end.

        Raises `FetchError` where the host asked for a pause beyond `PATIENCE`.
        """
        with self._locked(group, cancel) as file:
            turn = Turn(file, self._clock)
            wait = turn.not_before - self._clock.time()
            # If the clock was set back, the stored time must not stop fetching for days.
            if PATIENCE < wait <= 24 * 3600:
                raise FetchError(paused(group, turn.not_before))
            if 0 < wait <= PATIENCE:
                self._clock.sleep(wait, cancel)
            turn.postpone(seconds)
            try:
                yield turn
            finally:
                turn.postpone(max(seconds, turn.pause))

    @contextmanager
    def _locked(self, group: str, cancel: CancelToken) -> Iterator[IO[str]]:
        path = self._directory / re.sub(r"[^a-z0-9.-]", "_", group)
        try:
            self._directory.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = path.open("a+", encoding="ascii", errors="replace")
        except OSError as error:
            raise FetchError(
                f"{error.filename or path} cannot be written ({error.strerror}), so that nothing "
                "can be fetched politely; check who may write there."
            ) from error
        with file:
            while fcntl is not None:
                cancel.check()
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    self._clock.sleep(_POLL, cancel)
            yield file


class Turn:
    """The right to make one request now."""

    def __init__(self, file: IO[str], clock: Clock) -> None:
        """Read the earliest time of the next request from `file`."""
        self._file = file
        self._clock = clock
        self.pause = 0.0
        file.seek(0)
        try:
            self.not_before = float(file.read(64) or 0)
        except ValueError:
            self.not_before = 0.0

    def postpone(self, seconds: float) -> None:
        """Forbid the next request for `seconds` from now."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{self._clock.time() + seconds:.3f}")
        self._file.flush()


def paused(group: str, until: float) -> str:
    """Return a sentence about the pause that a host asked for; `until` is in seconds since 1970."""
    moment = datetime.fromtimestamp(until).astimezone()
    return f"{group} asked for a pause; fetch again after {moment:%A %H:%M}."
