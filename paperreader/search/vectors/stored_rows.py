"""Rows of a matrix in a file, read where they are asked for.

They are read and not mapped into memory: a mapped file that is cut off, or whose disk fails, ends
the process with SIGBUS.
"""

import threading
import weakref
from itertools import pairwise
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

# Rows are read in blocks of so many, unless fewer than `_FEW` of a block are asked for: a read
# costs 1 µs, and as much as 25 kB in it.
_BLOCK = 4096
_FEW = 32


class VectorsBroken(Exception):
    """A file of vectors that cannot be used: damaged, of another format, table or library."""


class VectorData:
    """The bytes of an open file. Any thread may read them."""

    def __init__(self, file: BinaryIO) -> None:
        """Read an unbuffered `file`, which is closed with this object's end."""
        weakref.finalize(self, file.close)
        self._file = file
        self._lock = threading.Lock()

    def read(self, start: int, size: int) -> bytes:
        """Return bytes from `start` on. Raises `VectorsBroken` if they cannot be read."""
        try:
            with self._lock:
                self._file.seek(start)
                data = self._file.read(size)
        except OSError as error:
            raise VectorsBroken(f"The vectors cannot be read ({error.strerror}).") from error
        if len(data) != size:
            raise VectorsBroken("The vectors are cut off.")
        return data


class StoredRows:
    """A matrix of int8 in a file. Any thread may read it."""

    def __init__(self, data: VectorData, start: int, shape: tuple[int, ...]) -> None:
        """Read as many rows of as many bytes as `shape` says, from the byte `start` on."""
        self._data, self._start = data, start
        self._count, self._width = shape

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._count

    def __getitem__(self, rows: Any, /) -> NDArray[np.int8]:
        """Return the rows of a slice, or of an array of numbers or of flags.

        Raises `VectorsBroken` if they cannot be read.
        """
        if isinstance(rows, slice):
            start, stop, _ = rows.indices(len(self))
            return self._read(start, stop)
        numbers = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        taken = np.empty((len(numbers), self._width), np.int8)
        order = np.argsort(numbers, kind="stable")
        ordered = numbers[order]
        bounds = np.searchsorted(ordered, np.arange(0, len(self) + _BLOCK, _BLOCK)).tolist()
        for block, (first, last) in enumerate(pairwise(bounds)):
            start = block * _BLOCK
            if last - first >= _FEW:
                here = self._read(start, min(start + _BLOCK, len(self)))
                taken[order[first:last]] = here[ordered[first:last] - start]
            else:
                for place in range(first, last):
                    row = int(ordered[place])
                    taken[order[place]] = self._read(row, row + 1)[0]
        return taken

    def _read(self, start: int, stop: int) -> NDArray[np.int8]:
        at, size = self._start + start * self._width, max(stop - start, 0) * self._width
        return np.frombuffer(self._data.read(at, size), np.int8).reshape(-1, self._width)
