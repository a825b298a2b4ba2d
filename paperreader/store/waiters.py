"""Who waits to change a library while a large addition writes to it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: a large addition is not interrupted there
    fcntl = None  # type: ignore[assignment]

# How long a large addition lets those go first that wait for it, in seconds, and how often it
# looks. SQLite tries to lock the library ten times a second.
_LONGEST, _STEP = 1.0, 0.005
# How often somebody tries to be counted, a millisecond apart.
_TRIES = 100
# If somebody still waits then, as a program that was stopped does, nobody is looked for so long.
_DEAF = 10.0


class Waiters:
    """The processes and threads that wait to change the library at a path.

    Each holds a shared lock on the folder of the library, so that it counts until it ends.
    """

    def __init__(self, path: Path) -> None:
        """Know those that wait for the library at `path`, which need not exist."""
        self._folder = path.resolve().parent
        self._deaf_until = 0.0

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Be one of them in this block."""
        folder = self._open()
        try:
            if folder is not None:
                _count(folder)
            yield
        finally:
            if folder is not None:
                os.close(folder)

    def any(self) -> bool:
        """Whether there are any."""
        folder = self._open() if time.monotonic() >= self._deaf_until else None
        if folder is None:
            return False
        try:
            return not _lock(folder, shared=False)
        finally:
            os.close(folder)

    def let_in(self) -> None:
        """Wait until there are none, for a second at most."""
        end = time.monotonic() + _LONGEST
        while self.any():
            if time.monotonic() >= end:
                self._deaf_until = time.monotonic() + _DEAF
            time.sleep(_STEP)

    def _open(self) -> int | None:
        if fcntl is None:
            return None
        try:
            return os.open(self._folder, os.O_RDONLY)
        except OSError:
            return None  # whoever reads or writes the library says what is wrong


def _count(folder: int) -> None:
    """Lock an open folder as one of those that wait; somebody may just be looking for them."""
    for _ in range(_TRIES):
        if _lock(folder, shared=True):
            return
        time.sleep(_STEP / 5)


def _lock(folder: int, *, shared: bool) -> bool:
    """Lock an open folder; return False if another lock stands against that."""
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(folder, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without such locks: nobody is known to wait
    return True
