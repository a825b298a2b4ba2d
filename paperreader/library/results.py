"""Results: the papers of a list that was asked for, read only where they are looked at."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, overload

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.query.request import Request
from paperreader.search.highlighting import Highlighter
from paperreader.store import ViewRows

# Rows read at once: a screenful and what is just out of sight.
PAGE = 50


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
        marker: Highlighter,
        read: Callable[[Sequence[int]], Sequence[Record]],
    ) -> None:
        """Give what was `found` for `request`; `read` gets records by their rows, as they are now.

        A page is asked for again at each look: `read` is to keep what it gave.
        """
        self.request = request
        self.found = found
        self.marker = marker
        self._read = read

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
        return self._records(place // PAGE)[place % PAGE]

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, a page in memory at a time."""
        for number in range(-(-len(self) // PAGE)):
            yield from self._records(number)

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
            page = self._records(number)
            found += [page[place % PAGE] for place in within]
        return found

    def _records(self, page: int) -> list[Record]:
        rows = self.found.rows[page * PAGE : (page + 1) * PAGE]
        by_row = {record.row: record for record in self._read(rows)}
        return [by_row.get(row) or _gone(row) for row in rows]


def _gone(row: int) -> Record:
    """Stand in for a paper that another paperreader found to be the same as another one."""
    return Record(row, "", Paper("(this paper was merged into another one)"))
