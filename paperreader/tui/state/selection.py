"""The papers that the next command is for."""

from collections.abc import Sequence

from paperreader.library.results import Results


class Selection:
    """Papers selected in a list by hand, by a range that is still open, or all of them."""

    def __init__(self) -> None:
        self._rows: set[int] = set()
        self._anchor: int | None = None
        self._list: Results | None = None  # in which `_elsewhere` rows are missing
        self._elsewhere = 0

    @property
    def ranging(self) -> bool:
        """Whether a range is open: the papers up to the cursor are selected with it."""
        return self._anchor is not None

    def toggle(self, row: int) -> None:
        """Select a paper, or no longer."""
        self._rows.symmetric_difference_update({row})
        self._list = None

    def begin(self, index: int) -> None:
        """Open a range at the cursor."""
        self._anchor = index

    def end(self, results: Results, cursor: int) -> None:
        """Close the range at the cursor; what it holds stays selected."""
        self._rows |= set(self._range(results, cursor))
        self._anchor = self._list = None

    def carry(self, before: Results, cursor: int, after: Results) -> None:
        """Let an open range begin at the same paper where a list is shown again.

        In another list it would hold papers that nobody chose: there it is closed.
        """
        if self._anchor is None:
            return
        row = before.row(self._anchor) if self._anchor < len(before) else None
        request = after.request
        again = request is not None and before.request and request.same_list(before.request)
        index = after.index_of(row) if again and row is not None else None
        if index is None:
            self.end(before, cursor)
        else:
            self._anchor = index

    def all(self, results: Results) -> None:
        """Select every paper of a list; of a search, those that have all its words."""
        self._rows |= set(results.found.full_rows())
        self._anchor = self._list = None

    def clear(self) -> None:
        """Select nothing."""
        self._rows.clear()
        self._anchor = self._list = None

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
        if not self._rows:  # counted with every key, however long the range is
            return len(self._indices(results, cursor))
        return len(self._rows.union(self._range(results, cursor)))

    def words(self, results: Results, cursor: int) -> str:
        """Return how many papers are selected, and how many of them are not in a list, in words."""
        if self._list is not results:
            self._list = results
            self._elsewhere = len(self._rows.difference(results.found.all_rows()))
        elsewhere = f", {self._elsewhere:,} not in this list" if self._elsewhere else ""
        return f"[{self.count(results, cursor):,} selected{elsewhere}]"

    def _range(self, results: Results, cursor: int) -> Sequence[int]:
        return [results.row(index) for index in self._indices(results, cursor)]

    def _indices(self, results: Results, cursor: int) -> range:
        if self._anchor is None or not len(results):
            return range(0)
        first, last = sorted((min(self._anchor, len(results) - 1), cursor))
        return range(first, last + 1)
