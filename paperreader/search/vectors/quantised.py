"""Vectors as 8-bit integers: a quarter of the memory, and cosines that stay within .01."""

from typing import Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

DIMENSIONS = 128
_LARGEST = 127
_BLOCK = 4096
# A unit vector of 128 values has hardly one beyond a half; what is beyond is cut.
STEP = np.float32(0.5 / _LARGEST)


class Matrix(Protocol):
    """Rows of int8, in memory or in a file."""

    def __len__(self) -> int:
        """Return the number of rows."""
        ...

    def __getitem__(self, rows: Any, /) -> NDArray[np.int8]:
        """Return some rows: those of a slice, or of an array of numbers or of flags."""
        ...


class QuantisedRows(NamedTuple):
    """A matrix of int8 `values`, (n, DIMENSIONS), with one float `scale` for each row."""

    values: Matrix
    scales: NDArray[Any]

    @classmethod
    def of(cls, matrix: Floats) -> Self:
        """Return `matrix` rounded so that the largest value of each row is 127."""
        scales = np.abs(matrix).max(axis=1, initial=0) / np.float32(_LARGEST)
        divisors = np.where(scales > 0, scales, np.float32(1))
        values = np.round(matrix / divisors[:, None]).astype(np.int8)
        return cls(values, scales.astype(np.float16))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.values)

    def take(self, rows: NDArray[Any], weights: Floats | None = None) -> Floats:
        """Return `rows` as float32, each multiplied by its weight where `weights` are given."""
        factors = self.scales[rows].astype(np.float32)
        if weights is not None:
            factors = factors * weights
        taken: Floats = self.values[rows].astype(np.float32)
        taken *= factors[:, None]
        return taken


def unit(vectors: Floats) -> Floats:
    """Return vectors, or one vector, scaled to length 1; those of length 0 stay."""
    lengths = np.sqrt(np.square(vectors).sum(axis=-1, keepdims=True))
    return np.divide(vectors, np.where(lengths > 0, lengths, 1), dtype=np.float32)


def rounded(vectors: Floats) -> NDArray[np.int8]:
    """Return unit vectors as int8, of which one step is STEP."""
    values = np.round(vectors / STEP)
    return np.clip(values, -_LARGEST, _LARGEST).astype(np.int8)


def blocks(count: int) -> list[slice]:
    """Return slices that cover `count` rows, each small enough for a buffer of 2 MB."""
    return [slice(start, min(start + _BLOCK, count)) for start in range(0, count, _BLOCK)]
