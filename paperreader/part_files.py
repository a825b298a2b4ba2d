"""Files that are being written, under names of their own until they are complete.

Their writer holds a lock on them, which ends with the process: so the files that killed processes
left can be told from those of others that are still at it.
"""

from contextlib import suppress
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


def lock(file: IO[Any]) -> None:
    """Lock `file` until it is closed or the process ends, if the system supports it."""
    if fcntl is not None:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(file, fcntl.LOCK_EX)


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Delete the files in `folder` that match `pattern` and that nobody has locked."""
    if fcntl is None:
        return
    for part in folder.glob(pattern):
        with suppress(OSError), part.open("r+b") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink(missing_ok=True)
