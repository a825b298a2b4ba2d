"""The rows of a whole library, read in two parts: the first at once, the rest on demand."""

from array import array
from collections.abc import Callable, Sequence
from typing import overload


class ViewRows(Sequence[int]):
    """A sequence of rows that reads all but the first of them when they are first used."""

    def __init__(self, number: int, first: "array[int]", read: Callable[[], "array[int]"]) -> None:
        """Hold `number` rows, of which `first` are known; `read` returns all."""
        self._number = number
        self._known = first
        self._read = read

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        last = index if isinstance(index, int) else index.indices(self._number)[1] - 1
        if 0 <= last < len(self._known):
            return self._known[index]
        return self.whole()[index]

    def index(self, row: int, start: int = 0, stop: int | None = None) -> int:
        """Return the index of `row`."""
        try:
            return self._known.index(row, start, self._number if stop is None else stop)
        except ValueError:
            return self.whole().index(row, start, self._number if stop is None else stop)

    def whole(self) -> "array[int]":
        """Return all rows as one array."""
        if len(self._known) < self._number:
            # Papers may have been merged or removed meanwhile. Until the list is read again it
            # keeps its first rows and its length, filled up with row 0, which is not a paper.
            first = set(self._known)
            rows = self._known + array("q", [row for row in self._read() if row not in first])
            rows.extend([0] * (self._number - len(rows)))
            self._known = rows[: self._number]
        return self._known
