"""The way back: the lists that a person came from."""

from typing import NamedTuple

from paperreader.library.results import Results


class ListPosition(NamedTuple):
    """A list, the index of the paper selected in it, and the row that it is scrolled to."""

    results: Results
    cursor: int = 0
    top: int = 0

    def kept_in(self, results: Results) -> tuple[int, int | None]:
        """Return the index to select in other results, and the line to scroll to, if any.

        In the same list, asked for again, the paper selected stays on its line of the screen.
        """
        shown = self.results
        if shown.request is None or not len(shown) or results.request is None:
            return 0, None
        if not results.request.same_list(shown.request):
            return 0, None
        index = results.index_of(shown.row(self.cursor))
        if index is None:
            return self.cursor, self.top
        return index, self.top + index - self.cursor


class BackStack:
    """Positions to return to, the latest last, and the one in which a search was begun."""

    def __init__(self) -> None:
        self._positions: list[ListPosition] = []
        self.before: ListPosition | None = None
        """Where the person was when the search box opened; None while it is closed."""

    def begin(self, position: ListPosition) -> None:
        """Remember where a search is begun."""
        if self.before is None:
            self.before = position

    def keep(self) -> None:
        """The search is kept: where it was begun becomes a position to return to."""
        if self.before is not None and not self.before.results.searched:
            self._positions.append(self.before)
        self.before = None

    def restore(self) -> ListPosition | None:
        """The search is given up: return where it was begun."""
        position, self.before = self.before, None
        return position

    def push(self, position: ListPosition) -> None:
        """Remember a position that is left for a list beyond it."""
        self._positions.append(position)

    @property
    def leads_back(self) -> bool:
        """Whether there is a position to return to."""
        return bool(self._positions)

    def back(self) -> ListPosition | None:
        """Return the latest position, and forget it."""
        return self._positions.pop() if self._positions else None

    def wordless(self) -> ListPosition | None:
        """Return the list that stands beneath the search: what an empty search box shows."""
        if self.before is not None and not self.before.results.searched:
            return self.before
        return self._positions[-1] if self._positions else None

    def forget(self) -> None:
        """Another view begins a way of its own."""
        self._positions.clear()
        self.before = None
