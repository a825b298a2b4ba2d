"""The rows of a whole library, of which a start shows only the first."""

from array import array
from collections.abc import Callable, Sequence
from typing import overload


class ViewRows(Sequence[int]):
    """Rows whose number and beginning are known, and the rest read when it is first asked for."""

    def __init__(
        self, number: int, beginning: "array[int]", read: Callable[[], "array[int]"]
    ) -> None:
        """Give `number` rows that begin with `beginning`; `read` gets them all."""
        self._number = number
        self._known = beginning
        self._read = read

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        last = place if isinstance(place, int) else place.indices(self._number)[1] - 1
        if 0 <= last < len(self._known):
            return self._known[place]
        return self.whole()[place]

    def index(self, row: int, start: int = 0, stop: int | None = None) -> int:
        """Return where `row` stands."""
        try:
            return self._known.index(row, start, self._number if stop is None else stop)
        except ValueError:
            return self.whole().index(row, start, self._number if stop is None else stop)

    def whole(self) -> "array[int]":
        """Return all rows as one array."""
        if len(self._known) < self._number:
            rows = self._read()
            # Papers may have been merged meanwhile; until the list is asked for anew it keeps
            # its length.
            rows.extend(rows[-1:] * (self._number - len(rows)))
            self._known = rows
        return self._known
