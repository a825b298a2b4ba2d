"""Atomic writing of files: complete or not at all."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from paperreader import part_files
from paperreader.export.base import ExportError, FileThereError


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 file for writing that appears at `path` only when it is complete.

    The text goes to a temporary file beside it, which is renamed at the end. Until then, and
    after any failure, an existing file is unchanged. It is replaced only with `force`; it keeps
    its permissions, and symbolic links to it stay valid. Anything but a regular file (a device, a
    pipe) is written to directly. Raises `ExportError`.
    """
    try:
        with _opened(path, force=force) as out:
            yield out
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written ({error.strerror or error}); what was there is unchanged."
        ) from error


@contextmanager
def _opened(path: Path, *, force: bool) -> Iterator[TextIO]:
    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and stat.S_ISDIR(mode):
        raise ExportError(f"{path} is a folder: give the name of a file in it.")
    if mode is not None and not stat.S_ISREG(mode):
        with target.open("w", encoding="utf-8", errors="replace", newline="") as out:
            yield out
        return
    if mode is not None and not force:
        raise _exists(path)
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    part_files.remove_leftovers(target.parent, ".paperreader-*.part")
    beside = target.with_name(f".paperreader-{secrets.token_hex(8)}.part")
    try:
        with beside.open("x", encoding="utf-8", errors="replace", newline="") as out:
            part_files.lock(out)
            yield out
            out.flush()
            os.fsync(out.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        if force:
            beside.replace(target)
        else:
            _take_name(beside, target, path)
    finally:
        beside.unlink(missing_ok=True)
    _settle(target.parent)


def _take_name(beside: Path, target: Path, path: Path) -> None:
    """Give the file its name, unless another file has taken it meanwhile."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:
        # A file system without links: a race between this check and the renaming remains.
        if target.exists():
            raise _exists(path) from None
        beside.replace(target)


def _settle(folder: Path) -> None:
    """Flush the new name to the disk, if the system supports it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _exists(path: Path) -> FileThereError:
    return FileThereError(f"{path} exists already: replace it with --force, or give another name.")
