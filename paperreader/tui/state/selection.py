"""The papers that the next command is for."""

from collections.abc import Sequence

from paperreader.library.results import Results


class Selection:
    """Papers selected in a list by hand, by a range that is still open, or all of them."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._anchor: int | None = None

    @property
    def ranging(self) -> bool:
        """Whether a range is open: the papers up to the cursor are selected with it."""
        return self._anchor is not None

    def toggle(self, row: int) -> None:
        """Select a paper, or no longer."""
        self._rows.symmetric_difference_update({row})

    def begin(self, index: int) -> None:
        """Open a range at the cursor."""
        self._anchor = index

    def end(self, results: Results, cursor: int) -> None:
        """Close the range at the cursor; what it holds stays selected."""
        self._rows |= set(self._range(results, cursor))
        self._anchor = None

    def all(self, results: Results) -> None:
        """Select every paper of a list; of a search, those that have all its words."""
        self._rows |= set(results.found.full_rows())
        self._anchor = None

    def clear(self) -> None:
        """Select nothing."""
        self._rows.clear()
        self._anchor = None

    def holds(self, index: int, row: int, cursor: int) -> bool:
        """Whether the paper of this row, at `index`, is selected."""
        if row in self._rows:
            return True
        return self._anchor is not None and (
            min(self._anchor, cursor) <= index <= max(self._anchor, cursor)
        )

    def rows(self, results: Results, cursor: int) -> list[int]:
        """Return the rows selected: those of the list in its order, then those of other lists."""
        if not self._rows and self._anchor is None:
            return []
        chosen = self._rows.union(self._range(results, cursor))
        listed = [row for row in results.found.all_rows() if row in chosen]
        return listed + sorted(chosen.difference(listed))

    def count(self, results: Results, cursor: int) -> int:
        """Return how many papers are selected."""
        if self._anchor is None:
            return len(self._rows)
        return len(self._rows.union(self._range(results, cursor)))

    def _range(self, results: Results, cursor: int) -> Sequence[int]:
        if self._anchor is None or not len(results):
            return ()
        first, last = sorted((min(self._anchor, len(results) - 1), cursor))
        return [results.row(index) for index in range(first, last + 1)]
