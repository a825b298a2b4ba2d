"""Atomic writing of exports: complete or not at all."""

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from paperreader import whole_file
from paperreader.export.base import ExportError, FileThereError


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[TextIO]:
    """Open a UTF-8 file for writing that appears at `path` only when it is complete.

    Until then, and after any failure, an existing file is unchanged. It is replaced only with
    `force`; it keeps its permissions, and symbolic links to it stay valid. Anything but a regular
    file (a device, a pipe) is written to directly. Raises `ExportError`.
    """
    try:
        with _opened(path, force=force) as out:
            yield out
    except FileExistsError:
        raise FileThereError(
            f"{path} exists already: replace it with --force, or give another name."
        ) from None
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
        raise FileExistsError(path)
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    permissions = None if mode is None else stat.S_IMODE(mode)
    with whole_file.writing(target, replace=force, mode=permissions) as file:
        out = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        try:
            yield out
        finally:
            out.detach()
