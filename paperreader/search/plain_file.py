"""Opening files of the cache, where anything may lie: only plain files of the user's own."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from paperreader.search.faults import IndexBroken

# A link is not followed, and opening a pipe does not wait for somebody at its other end.
PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class UnsafeIndex(IndexBroken):
    """A file or directory that others may have written to: it is put aside, not deleted."""

    def __init__(self, name: str, why: str) -> None:
        """Say what is wrong with the file `name`."""
        super().__init__(f"The search index cannot be trusted ({name} {why}).")


def opened(path: Path) -> BinaryIO:
    """Open `path` for reading. Raises `UnsafeIndex` if it is no plain file of the user's own.

    Raises `OSError` too.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | PLAIN)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise UnsafeIndex(path.name, "is a link or a pipe") from error
        raise
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or not is_own(status):
        os.close(descriptor)
        raise UnsafeIndex(path.name, "is not a plain file of your own")
    return os.fdopen(descriptor, "rb")


def is_own(status: os.stat_result) -> bool:
    """Whether a file belongs to the user of this process."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
