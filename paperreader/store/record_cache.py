"""A cache of records."""

from collections.abc import Callable, Sequence

from paperreader.papers.record import Record

# The most records to cache: a few screens of a few lists, about 5 MB.
_MOST = 2000


class RecordCache:
    """Records by row, cached until the library changes; safe to use from any thread.

    Further typing shows mostly the same papers, and reading a record takes longer than its search.
    """

    def __init__(
        self, read: Callable[[Sequence[int]], Sequence[Record]], stamp: Callable[[], object]
    ) -> None:
        """Read records with `read`, and cache them until `stamp` changes."""
        self._read = read
        self._stamp = stamp
        # Replaced as a whole: a thread that reads during a change by another fills the old dict.
        self._kept: tuple[object, dict[int, Record]] = (None, {})

    def get(self, rows: Sequence[int]) -> list[Record]:
        """Return the records of `rows`, in their order; rows that are gone are left out."""
        stamp = self._stamp()
        kept = self._kept
        if kept[0] != stamp or len(kept[1]) > _MOST:
            kept = self._kept = (stamp, {})
        records = kept[1]
        if missing := [row for row in rows if row not in records]:
            records.update((record.row, record) for record in self._read(missing))
        return [records[row] for row in rows if row in records]
