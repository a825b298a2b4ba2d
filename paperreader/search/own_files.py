"""Files that only the user writes to: anything else in their place is not opened."""

import errno
import os
import stat
from pathlib import Path

# A link is not followed, and opening a pipe does not wait for somebody at its other end.
PLAIN_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


class NotOwn(Exception):
    """Something that is not a plain file of the user's own; the text says what, as a predicate."""


def open_own(path: Path) -> int:
    """Return a descriptor for reading `path`. Raises `NotOwn`, and `OSError`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | PLAIN_FLAGS)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise NotOwn("is a link or a pipe") from error
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or not is_own(status):
        os.close(descriptor)
        raise NotOwn("is not a plain file of your own")
    return descriptor


def is_own(status: os.stat_result) -> bool:
    """Whether a file belongs to the user, where the system can say so."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def put_aside(path: Path) -> Path:
    """Rename a directory, or whatever is in its place, and return its new name."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.unsafe-{number}")):
        number += 1
    path.rename(aside)
    return aside
