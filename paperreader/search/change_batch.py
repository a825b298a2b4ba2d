"""One indexing batch: the next changes of the store, read while they are written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from paperreader.search.segment_writer import Text

_READ_AT_ONCE = 1000


class Changed(Text, Protocol):
    """The text of a paper that is new or changed, and the revision of the store that brought it."""

    @property
    def revision(self) -> int:
        """The revision."""


class ChangeBatch:
    """The next changes of the store, read while they are filed, so that few are in memory."""

    def __init__(
        self, changes: Callable[[int, int], Sequence[Changed]], after: int, limit: int
    ) -> None:
        """Take at most `limit` changes after a revision from `changes`."""
        self.upto = after
        self.read = 0
        self._changes = changes
        self._limit = limit
        self._next = changes(after, min(limit, _READ_AT_ONCE))
        few = len(self._next) < _READ_AT_ONCE
        self.size = len(self._next) if few else limit

    def __iter__(self) -> Iterator[Changed]:
        """Yield the changes; `upto` and `read` tell how far it has come."""
        while self._next:
            yield from self._next
            self.upto = self._next[-1].revision
            self.read += len(self._next)
            self._next = self._changes(self.upto, min(self._limit - self.read, _READ_AT_ONCE))


def present_texts(
    rows: Sequence[int], texts: Callable[[Sequence[int]], Sequence[Text]]
) -> Iterator[Text]:
    """Yield the present texts of `rows`."""
    for start in range(0, len(rows), _READ_AT_ONCE):
        yield from texts(rows[start : start + _READ_AT_ONCE])
