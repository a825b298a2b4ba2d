r"""A file of named numpy arrays, memory-mapped and checked page by page when first read.

    8 bytes   magic, b"PRARRAY\x01"
    4 bytes   length of the directory, little endian
    4 bytes   CRC-32 of the directory
    n bytes   the directory: JSON, {name: [dtype, count, offset]}, where an offset is in bytes
              from the start of the data
    0..63     zero bytes, up to a multiple of 64
    data      the arrays, each begun at a multiple of 64
    4 k bytes the CRC-32 of each page of 65,536 bytes of the data, the last one shorter

All numbers are little endian. Nothing is read before it is asked for, and no page that is asked
for is used before its checksum was compared. The bytes of a page are checked once per opening.
"""

import json
import mmap
import struct
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
# So many bytes of a file are resident at most, beside what is being read. Mapping them again costs
# little: with no bound, typing was not faster, and 100,000 papers took 60 MB more.
_MOST_MAPPED = 4 << 20
# Pages that are verified between two looks at that bound.
_AT_ONCE = 16
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
    """The arrays of a file, by name. They are read-only views of the buffer they are read from."""

    def __init__(self, buffer: Any, name: str) -> None:
        """Read from `buffer`, the bytes or the memory map of the whole file called `name`.

        Raises `IndexBroken` where it is no file of arrays, is cut off, or is damaged.
        """
        self._name = name
        self._buffer = buffer
        self._touched = 0  # bytes since the map was last let go of
        self._bytes = np.frombuffer(buffer, np.uint8)
        self._arrays, start = self._directory()
        size = max(
            (offset + _size(dtype, n) for dtype, n, offset in self._arrays.values()), default=0
        )
        size = -(-size // _ALIGN) * _ALIGN
        pages = -(-size // _PAGE)
        self._data = self._bytes[start : start + size]
        if len(self._bytes) != start + size + 4 * pages:
            raise self._broken("it is cut off")
        self._checksums = self._bytes[start + size :].view("<u4")
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
        first, last = offset + _size(dtype, start), offset + _size(dtype, stop)
        if first < last:
            self._bound(last - first)
            self._check(first // _PAGE, -(-last // _PAGE))
        return self._data[first:last].view(dtype)

    def _bound(self, more: int) -> None:
        """Let the system unmap what was read before, if it is much; it stays in the file cache.

        The system maps the neighbours of what is read too.
        """
        more = max(more, _PAGE)
        self._touched += more
        if self._touched > _MOST_MAPPED and isinstance(self._buffer, mmap.mmap):
            self._touched = more
            if hasattr(self._buffer, "madvise"):
                self._buffer.madvise(mmap.MADV_DONTNEED)

    def verify(self) -> None:
        """Read every page. Raises `IndexBroken` if one is not as it was written."""
        for first in range(0, len(self._checked), _AT_ONCE):
            self._bound(_AT_ONCE * _PAGE)
            self._check(first, first + _AT_ONCE)

    def _check(self, first: int, last: int) -> None:
        """Compare the checksums of the pages `first` to `last`, those that were not yet."""
        for page in (np.flatnonzero(~self._checked[first:last]) + first).tolist():
            data = self._data[page * _PAGE : (page + 1) * _PAGE]
            if zlib.crc32(data.data) != self._checksums[page]:
                raise self._broken("a page is not as it was written")
            self._checked[page] = True

    def _directory(self) -> tuple[dict[str, tuple[str, int, int]], int]:
        """Return the dtype, length and offset of each array, and where the data begins."""
        if len(self._bytes) < _HEAD.size:
            raise self._broken("it is cut off")
        magic, length, checksum = _HEAD.unpack(self._bytes[: _HEAD.size].tobytes())
        directory = self._bytes[_HEAD.size : _HEAD.size + length].tobytes()
        if magic != _MAGIC or len(directory) != length or zlib.crc32(directory) != checksum:
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
