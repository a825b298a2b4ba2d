"""Results: the papers of a list that was asked for, read only where they are looked at."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, overload

from paperreader.marks import Marker
from paperreader.paper import Paper, Record
from paperreader.query import Request
from paperreader.store import ViewRows

# Rows read at once: a screenful and what is just out of sight.
PAGE = 50
_PAGES_KEPT = 64


class Found(NamedTuple):
    """What a search found, before any paper is read.

    `rows` are the papers, best first; the first `full` of them hold all that was asked for, the
    others most of it. `scores` go with `rows`, or are empty where nothing was ranked. `took` is
    in seconds. `suggestion` is a query text that might have been meant.
    """

    rows: "array[int] | ViewRows"
    full: int
    scores: Sequence[float] = ()
    took: float = 0.0
    notices: tuple[str, ...] = ()
    suggestion: str | None = None

    def all_rows(self) -> "array[int]":
        """Return `rows` as one array."""
        return self.rows.whole() if isinstance(self.rows, ViewRows) else self.rows


class Results(Sequence[Record]):
    """A lazy sequence of records; two of them are equal only where they are the same object."""

    def __init__(
        self,
        request: Request,
        found: Found,
        marker: Marker,
        read: Callable[[Sequence[int]], Sequence[Record]],
        stamp: Callable[[], int],
    ) -> None:
        """Give what was `found` for `request`.

        `read` gets records by their rows; what it gave is kept until `stamp` changes.
        """
        self.request = request
        self.found = found
        self.marker = marker
        self._read = read
        self._stamp = stamp
        self._read_at = stamp()
        self._pages: dict[int, list[Record]] = {}

    def __len__(self) -> int:
        """Return how many papers there are."""
        return len(self.found.rows)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        """Return the record at `place`, read now if it was not yet."""
        if isinstance(place, slice):
            return self._slice(range(*place.indices(len(self))))
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        number, offset = divmod(place, PAGE)
        return self._page(number)[offset]

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, a page in memory at a time."""
        for start in range(0, len(self), PAGE):
            yield from self._records(start)

    @property
    def full(self) -> int:
        """How many of the papers hold all that was asked for; the others, after them, most."""
        return self.found.full

    @property
    def took(self) -> float:
        """How long the search took, in seconds."""
        return self.found.took

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what could not be read in the query."""
        return self.found.notices

    @property
    def suggestion(self) -> str | None:
        """A query that might have been meant."""
        return self.found.suggestion

    def row(self, place: int) -> int:
        """Return the row of the paper at `place`, without reading it."""
        return self.found.rows[place]

    def score(self, place: int) -> float | None:
        """Return how well the paper at `place` fits, or None where nothing was ranked."""
        return float(self.found.scores[place]) if len(self.found.scores) else None

    def index_of(self, row: int) -> int | None:
        """Return where the paper `row` stands, or None where it is not among these."""
        try:
            return self.found.rows.index(row)
        except ValueError:
            return None

    def _slice(self, places: range) -> list[Record]:
        """Return the records at `places`; a page is looked up once, not for each record."""
        found: list[Record] = []
        for number, within in groupby(places, lambda place: place // PAGE):
            page = self._page(number)
            found += [page[place % PAGE] for place in within]
        return found

    def _page(self, number: int) -> list[Record]:
        stamp = self._stamp()
        if stamp != self._read_at:
            self._pages.clear()
            self._read_at = stamp
        page = self._pages.get(number)
        if page is None:
            if len(self._pages) >= _PAGES_KEPT:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._records(number * PAGE)
        return page

    def _records(self, start: int) -> list[Record]:
        rows = self.found.rows[start : start + PAGE]
        by_row = {record.row: record for record in self._read(rows)}
        return [by_row.get(row) or _gone(row) for row in rows]


def _gone(row: int) -> Record:
    """Stand in for a paper that another paperreader found to be the same as another one."""
    return Record(row, "", Paper("(this paper was merged into another one)"))
