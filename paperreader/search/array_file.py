r"""A file of named numpy arrays, of which parts are read, and checked page by page.

    8 bytes   magic, b"PRARRAY\x01"
    4 bytes   length of the directory, little endian
    4 bytes   CRC-32 of the directory
    n bytes   the directory: JSON, {name: [dtype, count, offset]}, where an offset is in bytes
              from the start of the data
    0..63     zero bytes, up to a multiple of 64
    data      the arrays, each begun at a multiple of 64
    4 k bytes the CRC-32 of each page of 65,536 bytes of the data, the last one shorter

All numbers are little endian. Nothing is read before it is asked for, and no page is used before
its checksum was compared; once, unless the file has been changed since.

The files are read and not mapped into memory: a mapped file that is cut off, or whose disk fails,
ends the process with SIGBUS. Reading costs 1 µs and 36 µs for each MB.
"""

import io
import json
import os
import struct
import threading
import weakref
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from paperreader.search.faults import IndexBroken

_MAGIC = b"PRARRAY\x01"
_HEAD = struct.Struct("<8sII")
_ALIGN = 64
_PAGE = 1 << 16
_DTYPES = frozenset({"|u1", "<u4", "<i4"})


def write(stream: BinaryIO, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the file of `arrays`, which are one-dimensional: uint8, uint32 or int32."""
    listed: dict[str, tuple[str, int, int]] = {}
    parts: list[NDArray[Any]] = []
    size = 0
    for name, array in arrays.items():
        part = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        listed[name] = (part.dtype.str, len(part), size)
        padding = np.zeros(-part.nbytes % _ALIGN, np.uint8)
        parts += [part, padding]
        size += part.nbytes + len(padding)
    directory = json.dumps(listed).encode()
    head = _HEAD.pack(_MAGIC, len(directory), zlib.crc32(directory)) + directory
    stream.write(head.ljust(_data_start(len(directory)), b"\0"))
    checksums, filled = [0], 0
    for part in parts:
        data = part.view(np.uint8).data
        while data:
            if filled == _PAGE:
                checksums.append(0)
                filled = 0
            piece, data = data[: _PAGE - filled], data[_PAGE - filled :]
            checksums[-1] = zlib.crc32(piece, checksums[-1])
            filled += len(piece)
            stream.write(piece)
    stream.write(np.array(checksums if size else [], "<u4").tobytes())


class ArrayFile:
    """The arrays of a file, by name, read-only. Any thread may read them."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read from `stream`, an unbuffered file or one in memory, called `name` in errors.

        Raises `IndexBroken` where it is no file of arrays, is cut off, or is damaged. The stream is
        closed with this object's end.
        """
        weakref.finalize(self, stream.close)
        self._stream, self._name = stream, name
        self._lock = threading.Lock()
        self._version = self._present_version()
        self._arrays, self._start = self._directory()
        ends = [offset + _size(dtype, n) for dtype, n, offset in self._arrays.values()]
        self._length = -(-max(ends, default=0) // _ALIGN) * _ALIGN
        pages = -(-self._length // _PAGE)
        if self._stream.seek(0, io.SEEK_END) != self._start + self._length + 4 * pages:
            raise self._broken("it is cut off")
        self._checksums = np.frombuffer(self._read(self._start + self._length, 4 * pages), "<u4")
        self._checked = np.zeros(pages, np.bool_)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return the array `name`, all of it."""
        return self.part(name, 0, self.length(name))

    def length(self, name: str) -> int:
        """Return how many numbers the array `name` has."""
        if name not in self._arrays:
            raise self._broken(f"it has no {name!r}")
        return self._arrays[name][1]

    def part(self, name: str, start: int, stop: int) -> NDArray[Any]:
        """Return the numbers `start` to `stop` of the array `name`; only their pages are read."""
        length = self.length(name)
        if not 0 <= start <= stop <= length:
            raise self._broken(f"{name!r} has {length} numbers, not {start} to {stop}")
        dtype, _, offset = self._arrays[name]
        first, size = offset + _size(dtype, start), _size(dtype, stop - start)
        with self._lock:
            data = self._checked_data(first, size) if size else b""
        return np.frombuffer(data, dtype)

    def verify(self) -> None:
        """Read every page. Raises `IndexBroken` if one is not as it was written."""
        for page in range(len(self._checked)):
            with self._lock:
                self._check(page, page + 1)

    def _checked_data(self, first: int, size: int) -> bytes:
        """Return data of pages that are known to be as they were written."""
        pages = slice(first // _PAGE, -(-(first + size) // _PAGE))
        while True:
            data = self._read(self._start + first, size)
            if self._present_version() == self._version and self._checked[pages].all():
                return data
            self._check(pages.start, pages.stop)

    def _check(self, first: int, last: int) -> None:
        """Compare the checksums of the pages `first` to `last`, those that were not yet."""
        version = self._present_version()
        if version != self._version:
            self._checked[:] = False
            self._version = version
        for page in (np.flatnonzero(~self._checked[first:last]) + first).tolist():
            at = page * _PAGE
            data = self._read(self._start + at, min(_PAGE, self._length - at))
            if zlib.crc32(data) != self._checksums[page]:
                raise self._broken("a page is not as it was written")
            self._checked[page] = True

    def _present_version(self) -> tuple[int, int]:
        """Return what changes with the file's content: its size, and when it was written last."""
        try:
            status = os.fstat(self._stream.fileno())
        except io.UnsupportedOperation:  # it is in memory
            return 0, 0
        except OSError as error:
            raise self._broken(f"{error.strerror}") from error
        return status.st_size, status.st_mtime_ns

    def _read(self, start: int, size: int) -> bytes:
        try:
            self._stream.seek(start)
            data = self._stream.read(size)
        except OSError as error:
            raise self._broken(f"{error.strerror}") from error
        if len(data) != size:
            raise self._broken("it is cut off")
        return data

    def _directory(self) -> tuple[dict[str, tuple[str, int, int]], int]:
        """Return the dtype, length and offset of each array, and where the data begins."""
        magic, length, checksum = _HEAD.unpack(self._read(0, _HEAD.size))
        known = magic == _MAGIC and length <= self._stream.seek(0, io.SEEK_END)
        directory = self._read(_HEAD.size, length) if known else b""
        if not known or zlib.crc32(directory) != checksum:
            raise self._broken("its beginning is not as it was written")
        arrays: dict[str, tuple[str, int, int]] = {}
        for name, (dtype, count, offset) in json.loads(directory).items():
            if dtype not in _DTYPES or count < 0 or offset < 0 or offset % _ALIGN:
                raise self._broken(f"{name!r} cannot be so")
            arrays[name] = (dtype, count, offset)
        return arrays, _data_start(length)

    def _broken(self, why: str) -> IndexBroken:
        return IndexBroken(f"The search index is damaged ({self._name}: {why}).")


def _data_start(directory: int) -> int:
    """Return where the data begins after a directory of so many bytes."""
    return -(-(_HEAD.size + directory) // _ALIGN) * _ALIGN


def _size(dtype: str, count: int) -> int:
    return count * int(dtype[-1])
