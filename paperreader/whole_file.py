"""Files that appear only when they are complete.

While it is written, such a file has no name where the system allows that (Linux), so that nothing
is left of it if the process is killed. Elsewhere it lies beside its target under a name that ends
in `.part`, and the next file that is written there deletes what a killed process left.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextmanager
def writing(target: Path, *, replace: bool, mode: int | None = None) -> Iterator[BinaryIO]:
    """Open a file for writing that becomes `target` at the end of the block.

    After any failure `target` is as it was. `mode` is the file's permissions, by default what the
    mask of the process leaves. Raises `OSError`; without `replace`, `FileExistsError` if there is
    a `target` by then.
    """
    sweep(target.parent)
    part = target.with_name(f".paperreader-{secrets.token_hex(8)}.part")
    try:
        with _unnamed(target.parent) or _named(part) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
            if not part.exists():
                _name(file, part)
        if mode is not None:
            part.chmod(mode)
        if replace:
            part.replace(target)
        else:
            _take_name(part, target)
    finally:
        part.unlink(missing_ok=True)
    _flush(target.parent)


def sweep(folder: Path) -> None:
    """Delete the files that killed processes left unfinished in `folder`."""
    if fcntl is None:
        return
    for part in folder.glob(".paperreader-*.part"):
        with suppress(OSError), part.open("r+b") as left:
            fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
            part.unlink(missing_ok=True)


def _unnamed(folder: Path) -> BinaryIO | None:
    """Return a file in `folder` without a name, or None if the system has no such files."""
    if not hasattr(os, "O_TMPFILE") or not Path("/proc/self/fd").is_dir():
        return None
    try:
        return os.fdopen(os.open(folder, os.O_RDWR | os.O_TMPFILE, 0o666), "w+b")
    except OSError:  # not every file system has them
        return None


def _named(part: Path) -> BinaryIO:
    """Return the new file `part`, locked until it is closed or the process ends."""
    file = part.open("x+b")
    if fcntl is not None:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _name(file: BinaryIO, part: Path) -> None:
    """Give a file that has no name the name `part`; copy it if that cannot be done."""
    folder = os.open(part.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{file.fileno()}", part.name, dst_dir_fd=folder)
    except OSError:
        file.seek(0)
        with _named(part) as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
    finally:
        os.close(folder)


def _take_name(part: Path, target: Path) -> None:
    """Make `part` also `target`, unless there is one."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: a race between this check and the renaming remains.
        if target.exists():
            raise FileExistsError(target) from None
        part.replace(target)


def _flush(folder: Path) -> None:
    """Flush the new name to the disk, if the system supports it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
