"""One indexing batch: the next changes of the store, read while they are written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

# So many changes are in memory at once.
_CHUNK = 1000

Changes = Callable[[int, int], Sequence["Changed"]]


class Changed(Protocol):
    """The text of a paper that is new or changed; a paper without any text is gone."""

    @property
    def revision(self) -> int:
        """The revision of the store that brought it."""

    @property
    def row(self) -> int:
        """The library's number of the paper."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def abstract(self) -> str:
        """The abstract."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors."""

    @property
    def published(self) -> str:
        """The date in ISO 8601, whole or cut."""


class ChangeBatch:
    """The next changes of the store."""

    def __init__(self, changes: Changes, after: int, limit: int) -> None:
        """Take at most `limit` changes after the revision `after`.

        `changes(after, limit)` returns the next changes after a revision, oldest first.
        """
        self.upto = after
        self.read = 0
        self._changes = changes
        self._limit = limit

    def __iter__(self) -> Iterator[Changed]:
        """Yield the changes; `upto` is the revision of the last one taken, `read` their number."""
        while self.read < self._limit:
            chunk = self._changes(self.upto, min(self._limit - self.read, _CHUNK))
            if not chunk:
                return
            for change in chunk:
                yield change
                self.upto = change.revision
                self.read += 1
