"""Whoosh's storage of the index, which trusts no file that it did not write itself.

Whoosh keeps the list of segments as a pickle in its table of contents, and reading a pickle can
run any code. So this storage lives in a directory that is the user's own, closed to everybody
else and not a link; opens only plain files of the user's own; ends each table of contents with a
checksum; and reads pickles in which nothing is named but the segment class of the codec. (The
schema in the table of contents is a pickle too. Whoosh skips it if it is given a schema, as it
is here.)

The directories above may be links, as ~/.cache often is, and others may be able to write to them:
whoever puts a directory of their own in the place of this one is found out by its owner.
"""

import io
import os
import pickle
import shutil
import stat
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from paperreader.search.faults import IndexBroken
from paperreader.search.own_files import PLAIN_FLAGS, NotOwn, is_own, open_own

TOC_EXT = ".toc"
_CHECKSUM = 4
_SEGMENT = ("paperreader.search.codec", "PaperSegment")


class UnsafeIndex(IndexBroken):
    """An index that others may have written to: it is put aside, not deleted."""


# The operations that a pickled list of segments is made of; protocols 2 to 5 write no others. Some
# of the rest take any amount of memory for a few bytes.
_OPERATIONS = (
    *(pickle.PROTO, pickle.FRAME, pickle.STOP, pickle.MARK, pickle.MEMOIZE, pickle.BINPUT),
    *(pickle.BINGET, pickle.LONG_BINGET, pickle.EMPTY_LIST, pickle.APPEND, pickle.APPENDS),
    *(pickle.EMPTY_DICT, pickle.SETITEM, pickle.SETITEMS, pickle.EMPTY_TUPLE, pickle.NONE),
    *(pickle.NEWFALSE, pickle.NEWTRUE, pickle.BININT, pickle.BININT1, pickle.BININT2),
    *(pickle.LONG1, pickle.SHORT_BINUNICODE, pickle.BINUNICODE, pickle.SHORT_BINBYTES),
    *(pickle.BINBYTES, pickle.STACK_GLOBAL, pickle.NEWOBJ, pickle.BUILD),
)


class _Unpickler(pickle._Unpickler):  # noqa: SLF001
    """Reads segments, and plain numbers and texts; in Python, as C's takes every operation."""

    dispatch: ClassVar[dict[int, Any]] = {
        operation[0]: pickle._Unpickler.dispatch[operation[0]]  # noqa: SLF001
        for operation in _OPERATIONS
    }

    def find_class(self, module: str, name: str) -> Any:
        """Return the one class that may be named."""
        if (module, name) != _SEGMENT:
            raise pickle.UnpicklingError(f"it names {module}.{name}")
        return super().find_class(module, name)


class _TableOfContents(StructFile):
    """A table of contents whose checksum is right."""

    def read_pickle(self) -> Any:
        """Return the segments."""
        try:
            return _Unpickler(self.file).load()
        except _BAD_PICKLE as error:
            raise IndexBroken(f"The search index is damaged ({error}).") from error


# What unpickling bytes of any kind may raise; see the documentation of `pickle.UnpicklingError`.
# An operation that is not taken is a KeyError.
_BAD_PICKLE = (
    *(pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError),
    *(LookupError, ImportError, MemoryError, RecursionError, OverflowError, struct.error),
)


class PaperStorage(FileStorage):
    """The files of the index in a directory of the user's own."""

    def __init__(self, directory: Path) -> None:
        """Use `directory`, made if it is missing.

        Raises `UnsafeIndex` if somebody else may have written to it, `OSError` if it cannot be
        made or read.
        """
        super().__init__(str(directory))
        directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            _check_directory(directory)

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        """Create the file `name`; a table of contents gets a checksum when it is closed."""
        path = self._fpath(name)
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | PLAIN_FLAGS
        stream = os.fdopen(os.open(path, flags, 0o600), "w+b")
        return StructFile(stream, name=name, onclose=_seal if TOC_EXT in name else None)

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        """Open the file `name`, a plain file of the user's own."""
        stream = os.fdopen(self._open(name), "rb")
        if not name.endswith(TOC_EXT):
            return StructFile(stream, name=name)
        with stream:
            content = stream.read()
        data, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
        if checksum != _checksum(data):
            raise IndexBroken("The search index is damaged, or of another version.")
        return _TableOfContents(io.BytesIO(data), name=name)

    def lock(self, name: str) -> Any:
        """Return the lock `name`; its file is made if it is missing."""
        try:
            os.close(self._open(name))
        except FileNotFoundError:
            self.create_file(name).close()
        return super().lock(name)

    def delete(self, unwanted: Callable[[str], bool]) -> None:
        """Delete what has a name that is `unwanted`, of whatever kind it is."""
        for entry in os.scandir(self.folder):
            if unwanted(entry.name):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
                else:
                    Path(entry.path).unlink(missing_ok=True)

    def _open(self, name: str) -> int:
        """Return a descriptor of the file `name`; a pipe is not waited for."""
        try:
            return open_own(Path(self._fpath(name)))
        except NotOwn as error:
            raise _unsafe(name, str(error)) from error


def _check_directory(directory: Path) -> None:
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise _unsafe(directory.name, "is not a directory")
    if not is_own(status) or (os.name == "posix" and status.st_mode & 0o077):
        raise _unsafe(directory.name, "is open to other users")


def _unsafe(name: str, why: str) -> UnsafeIndex:
    return UnsafeIndex(f"The search index cannot be trusted ({name} {why}).")


def _seal(stream: StructFile) -> None:
    """Append the checksum of what was written."""
    stream.flush()
    stream.seek(0)
    checksum = _checksum(stream.read())
    stream.write(checksum)


def _checksum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_CHECKSUM, "little")
