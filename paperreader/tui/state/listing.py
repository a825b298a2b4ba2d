"""What the list shows, as a value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, Self, overload

from paperreader.papers.record import Record
from paperreader.query.request import Request
from paperreader.query.tree import Field

if TYPE_CHECKING:
    from paperreader.library.library import Related, Results

Span = tuple[int, int]


class Spans(Protocol):
    """Finds the words that were asked for in a text."""

    def spans(self, text: str, field: Field) -> list[Span]:
        """Return the places of the matched words, as offsets from and to."""
        ...


class NoSpans:
    """Nothing was asked for, so nothing is marked."""

    def spans(self, text: str, field: Field) -> list[Span]:
        """Return no places."""
        return []


@dataclass(frozen=True, eq=False)
class Listing:
    """Papers in an order, and what goes with them.

    Papers are read only when asked for by index. From index `full` on they hold only most of the
    words. `shared` names, paper by paper, the terms that a related paper shares. Two listings are
    the same only if they are one object: comparing a million papers is dear.
    """

    papers: Sequence[Record] = ()
    full: int = 0
    marker: Spans = field(default_factory=NoSpans)
    request: Request | None = None
    title: str = ""
    took: float = 0.0
    notices: tuple[str, ...] = ()
    suggestion: str | None = None
    shared: Sequence[tuple[str, ...]] = ()
    row_at: Callable[[int], int] | None = None
    find: Callable[[int], int | None] | None = None

    @classmethod
    def of(cls, papers: Sequence[Record], title: str = "") -> Self:
        """Return a listing of papers that are all at hand."""
        return cls(papers, full=len(papers), title=title)

    @classmethod
    def found(cls, results: "Results", request: Request) -> Self:
        """Return a listing of what was found for a request."""
        return cls(
            papers=results,
            full=results.full,
            marker=results.marker,
            request=request,
            took=results.took,
            notices=tuple(results.notices),
            suggestion=results.suggestion,
            row_at=results.row,
            find=results.index_of,
        )

    @classmethod
    def related(
        cls, to: Record, related: Iterable["Related"], read: Callable[[int], Record]
    ) -> Self:
        """Return a listing of the papers that are close to `to`; `read` gets them by row."""
        found = list(related)
        return cls(
            papers=_Read([one.record.row for one in found], read),
            full=len(found),
            title=f"related to {to.paper.title}",
            shared=[tuple(one.terms) for one in found],
        )

    def __len__(self) -> int:
        return len(self.papers)

    @property
    def divided(self) -> bool:
        """Whether some of the papers hold only most of the words."""
        return self.full < len(self.papers)

    @property
    def searched(self) -> bool:
        """Whether words or filters chose these papers."""
        return self.request is not None and bool(self.request.text or self.request.chips)

    def row(self, index: int) -> int:
        """Return the library's number of the paper at `index`."""
        return self.papers[index].row if self.row_at is None else self.row_at(index)

    def rows(self) -> list[int]:
        """Return the library's numbers of all papers."""
        return [self.row(index) for index in range(len(self))]

    def index_of(self, row: int) -> int | None:
        """Return where the paper with this number stands, or None where it is not."""
        if self.find is not None:
            return self.find(row)
        return next((i for i, record in enumerate(self.papers) if record.row == row), None)

    def beyond(self, index: int, step: int) -> range:
        """Return the places beyond `index`, forwards (1) or back (-1)."""
        return range(index + step, len(self) if step > 0 else -1, step)

    def unread_from(self, index: int, step: int, within: int = 100) -> int | None:
        """Return the nearest unread paper among the `within` beyond `index`."""
        for i in self.beyond(index, step)[:within]:
            if not (self.papers[i].read or self.papers[i].done):
                return i
        return None


class _Read(Sequence[Record]):
    """Papers read each time they are looked at, so that their state is the present one."""

    def __init__(self, rows: Sequence[int], read: Callable[[int], Record]) -> None:
        self._rows = rows
        self._read = read

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        rows = self._rows[place]
        return self._read(rows) if isinstance(rows, int) else _Read(rows, self._read)


@dataclass(frozen=True, eq=False)
class ListPosition:
    """A listing, the paper selected in it, and how far it is scrolled."""

    listing: Listing
    cursor: int = 0
    top: int = 0
