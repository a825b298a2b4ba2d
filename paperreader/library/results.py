"""Results: the papers of a list, read only where they are looked at."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, overload

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.query.request import Request
from paperreader.query.text_field import Field
from paperreader.store import ViewRows

if TYPE_CHECKING:
    from paperreader.search.highlighting import Highlighter, Span
    from paperreader.store.queries import NewGroup

# Records in memory at once while all are gone through.
_PAGE = 500


class Found(NamedTuple):
    """What a search found, before any paper is read.

    `rows` are the papers, best first; the first `full` of them hold all that was asked for, the
    others most of it. `scores` go with `rows`, or are empty where nothing was ranked. `took` is
    in seconds. `suggestion` is a query text that might have been meant. `close` holds the rows that
    are only close in meaning to what was asked for, the last ones of a search, and the words that
    bring each of them close. `groups` divide new papers by the day on which they came and their
    source.
    """

    rows: "array[int] | ViewRows"
    full: int
    scores: Sequence[float] = ()
    took: float = 0.0
    notices: tuple[str, ...] = ()
    suggestion: str | None = None
    close: Mapping[int, tuple[str, ...]] = MappingProxyType({})
    groups: "Sequence[NewGroup]" = ()

    def all_rows(self) -> "array[int]":
        """Return `rows` as one array."""
        return self.rows.whole() if isinstance(self.rows, ViewRows) else self.rows

    def full_rows(self) -> "array[int]":
        """Return the rows of the papers that hold all that was asked for."""
        return self.all_rows()[: self.full]


NOTHING = Found(array("q"), 0)


class Results(Sequence[Record]):
    """A lazy sequence of records; two of them are equal only where they are the same object.

    `request` is what was asked for; it is None for papers that no request gives, such as those
    related to one. `title` is what such a list is called, and `shared` holds, paper by paper, the
    words that a related paper shares. `reasons` gives what speaks for a paper in the order
    for-you.
    """

    def __init__(
        self,
        found: Found,
        read: Callable[[Sequence[int]], Sequence[Record]],
        request: Request | None = None,
        *,
        highlighter: "Highlighter | None" = None,
        title: str = "",
        shared: Sequence[tuple[str, ...]] = (),
        reasons: Callable[[Paper], tuple[str, ...]] | None = None,
    ) -> None:
        """Give what was `found`; `read` gets records by their rows, as they are now.

        The records of a row are asked for at each look: `read` is to keep what it gave.
        """
        self.found = found
        self.request = request
        self.highlighter = highlighter
        self.title = title
        self.shared = shared
        self.reasons = reasons
        self._read = read

    def __len__(self) -> int:
        """Return how many papers there are."""
        return len(self.found.rows)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        """Return the record at `index`, or those of a slice, which are read at once."""
        if isinstance(index, slice):
            return self._records([self.found.rows[i] for i in range(*index.indices(len(self)))])
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._records([self.found.rows[index]])[0]

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, a page in memory at a time."""
        for start in range(0, len(self), _PAGE):
            yield from self[start : start + _PAGE]

    @property
    def full(self) -> int:
        """How many of the papers hold all that was asked for; the others, after them, most."""
        return self.found.full

    @property
    def divided(self) -> bool:
        """Whether some of the papers hold only most of the words."""
        return self.full < self.by_words

    @property
    def searched(self) -> bool:
        """Whether words or filters chose these papers."""
        return self.request is not None and bool(self.request.text or self.request.chips)

    @property
    def by_words(self) -> int:
        """How many of the papers were found by words; the others, after them, by meaning."""
        return len(self) - len(self.found.close) if self.searched else len(self)

    @property
    def groups(self) -> "Sequence[NewGroup]":
        """How new papers divide, in their order: by the day on which they came, and source."""
        return self.found.groups

    def close_words(self, index: int) -> tuple[str, ...]:
        """Return the words that bring the paper at `index` close; none where words are shared."""
        return self.found.close.get(self.row(index), ())

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

    def suggesting(self, suggestion: str) -> "Results":
        """Return the same papers with a query that might have been meant."""
        return Results(
            self.found._replace(suggestion=suggestion),
            self._read,
            self.request,
            highlighter=self.highlighter,
            title=self.title,
            shared=self.shared,
        )

    def spans_of(self, index: int) -> "Callable[[str, Field], list[Span]]":
        """Return what finds in a text of the paper at `index` what was searched for.

        It is equal for the same search, also with other papers behind. A paper that has only some
        words of a phrase has these marked.
        """
        if self.highlighter is None:
            return _nothing
        return (self.highlighter if index < self.full else self.highlighter.partly).spans

    def row(self, index: int) -> int:
        """Return the row of the paper at `index`, without reading it."""
        return self.found.rows[index]

    def score(self, index: int) -> float | None:
        """Return how well the paper at `index` fits, or None where nothing was ranked."""
        return float(self.found.scores[index]) if len(self.found.scores) else None

    def index_of(self, row: int) -> int | None:
        """Return where the paper `row` stands, or None where it is not among these."""
        try:
            return self.found.rows.index(row)
        except ValueError:
            return None

    def beyond(self, index: int, step: int) -> range:
        """Return the indices beyond `index`, forwards (1) or back (-1)."""
        return range(index + step, len(self) if step > 0 else -1, step)

    def unread_from(self, index: int, step: int, within: int = 100) -> int | None:
        """Return the index of the nearest unread paper among the `within` beyond `index`."""
        for i in self.beyond(index, step)[:within]:
            record = self[i]
            if not (record.read or record.done):
                return i
        return None

    def subset(self, rows: Sequence[int]) -> "Results":
        """Return papers by their rows, read as these are."""
        return Results(Found(array("q", rows), len(rows)), self._read)

    def _records(self, rows: Sequence[int]) -> list[Record]:
        by_row = {record.row: record for record in self._read(rows)}
        return [by_row.get(row) or _gone(row) for row in rows]


def _nothing(_text: str, _field: Field) -> "list[Span]":
    return []


def _gone(row: int) -> Record:
    """Stand in for a paper that was merged or removed while the list was shown."""
    return Record(row, "", Paper("(this paper was merged into another one, or removed)"))
