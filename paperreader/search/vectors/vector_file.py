"""The vectors of a library on disk: one file, written whole, read as far as it is needed.

A line that names the format; a line of JSON with the sizes, a checksum of the table that the
vectors were made with, and one of all that follows; then the arrays, from a multiple of 64 bytes
on, one after the other.
"""

import json
import os
import zlib
from math import prod
from pathlib import Path
from typing import NamedTuple

import numpy as np

from paperreader import whole_file
from paperreader.search.own_files import NotOwn, open_own, put_aside
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.quantised import DIMENSIONS, QuantisedRows
from paperreader.search.vectors.stored_rows import StoredRows, VectorData, VectorsBroken
from paperreader.search.vectors.word_table import SHA256, WordTable

_FORMAT = b"paperreader vectors 1\n"
_ALIGNED = 64
# More than any header takes.
_LONGEST_HEADER = 4096
_READ_AT_ONCE = 1 << 20
# What stays in the file, and is read row by row.
_LARGE = ("papers", "values")


class _Header(NamedTuple):
    """What the file says of itself: whose it is, how far it goes, how large its arrays are."""

    library: str
    table: str
    upto: int
    fitted: int
    papers: int
    words: int
    checksum: int

    def arrays(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Return the names, types and shapes of the arrays, in their order."""
        return [
            ("words", "<u8", (self.words,)),
            ("mean", "<f4", (DIMENSIONS,)),
            ("centre", "<f4", (DIMENSIONS,)),
            ("spread", "<f4", (DIMENSIONS, DIMENSIONS)),
            ("rows", "<u4", (self.papers,)),
            ("scales", "<f2", (self.words,)),
            ("values", "<i1", (self.words, DIMENSIONS)),
            ("papers", "<i1", (self.papers, DIMENSIONS)),
        ]


def write(path: Path, library: str, vectors: LibraryVectors) -> None:
    """Write `vectors` to `path`, in place of what is there, whole or not at all."""
    arrays = {
        "mean": vectors.mean,
        "centre": vectors.centre,
        "spread": vectors.spread,
        "rows": vectors.rows,
        "scales": vectors.word_vectors.scales,
        "values": vectors.word_vectors.values,
        "papers": vectors.papers,
        "words": vectors.words,
    }
    header = _Header(
        library=library,
        table=SHA256,
        upto=vectors.upto,
        fitted=vectors.fitted,
        papers=len(vectors.rows),
        words=len(vectors.word_vectors),
        checksum=0,
    )
    ordered = [np.ascontiguousarray(arrays[name][:], kind) for name, kind, _ in header.arrays()]
    checksum = 0
    for array in ordered:
        checksum = zlib.crc32(array.data, checksum)
    start = _FORMAT + json.dumps(header._replace(checksum=checksum)._asdict()).encode() + b"\n"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_the_way(path)
    with whole_file.writing(path, replace=True, mode=0o600) as file:
        file.write(start.ljust(_aligned(len(start)), b"\n"))
        for array in ordered:
            file.write(array.data)


def read(path: Path, library: str, table: WordTable) -> LibraryVectors:
    """Return the vectors in `path`. Raises `VectorsBroken`, and `OSError`."""
    try:
        descriptor = open_own(path)
    except NotOwn as error:
        raise VectorsBroken(f"The file of the vectors {error}.") from error
    file = open(descriptor, "rb", buffering=0)  # noqa: PTH123, SIM115  (`VectorData` closes it)
    data, size = VectorData(file), os.fstat(descriptor).st_size
    header, start = _header(data.read(0, min(size, _LONGEST_HEADER)))
    if header.library != library:
        raise VectorsBroken("The vectors are of another library.")
    if header.table != SHA256:
        raise VectorsBroken("The vectors were made with another table.")
    starts, end = _starts(header, start)
    if end != size or _checksum(data, start, end) != header.checksum:
        raise VectorsBroken("The vectors are damaged.")
    arrays = {
        name: np.frombuffer(data.read(starts[name], _nbytes(kind, shape)), kind).reshape(shape)
        for name, kind, shape in header.arrays()
        if name not in _LARGE
    }
    papers, values = (
        StoredRows(data, starts[name], shape)
        for name, _, shape in sorted(header.arrays())
        if name in _LARGE
    )
    return LibraryVectors(
        upto=header.upto,
        fitted=header.fitted,
        mean=arrays["mean"],
        centre=arrays["centre"],
        spread=arrays["spread"],
        rows=arrays["rows"],
        papers=papers,
        words=arrays["words"],
        word_vectors=QuantisedRows(values, arrays["scales"]),
        table=table,
    )


def remove(path: Path) -> None:
    """Delete the vectors in `path`, or what is in their place. Raises `OSError`."""
    _clear_the_way(path)
    path.unlink(missing_ok=True)


def _clear_the_way(path: Path) -> None:
    """Put a directory aside, which no file can be put in place of."""
    if path.is_dir() and not path.is_symlink():
        put_aside(path)


def _header(start: bytes) -> tuple[_Header, int]:
    """Return the header of a file that starts so, and where its arrays start."""
    if not start.startswith(_FORMAT):
        raise VectorsBroken("The vectors are of another format.")
    line, ended, _ = start[len(_FORMAT) :].partition(b"\n")
    try:
        values = json.loads(line)
    except ValueError as error:
        raise VectorsBroken("The vectors are damaged.") from error
    if not ended or not _is_header(values):
        raise VectorsBroken("The vectors are damaged.")
    return _Header(**values), _aligned(len(_FORMAT) + len(line) + 1)


def _checksum(data: VectorData, start: int, end: int) -> int:
    """Return the checksum of what is in a file from `start` to `end`."""
    checksum = 0
    for at in range(start, end, _READ_AT_ONCE):
        checksum = zlib.crc32(data.read(at, min(_READ_AT_ONCE, end - at)), checksum)
    return checksum


def _is_header(values: object) -> bool:
    texts = ("library", "table")
    return (
        isinstance(values, dict)
        and values.keys() == set(_Header._fields)
        and all(isinstance(values[name], str) for name in texts)
        and all(
            type(number) is int and number >= 0
            for name, number in values.items()
            if name not in texts
        )
    )


def _starts(header: _Header, start: int) -> tuple[dict[str, int], int]:
    """Return where each array starts, the first at `start`, and where the last ends."""
    starts = {}
    for name, kind, shape in header.arrays():
        starts[name] = start
        start += _nbytes(kind, shape)
    return starts, start


def _nbytes(kind: str, shape: tuple[int, ...]) -> int:
    return np.dtype(kind).itemsize * prod(shape)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
