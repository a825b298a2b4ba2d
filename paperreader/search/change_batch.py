"""What the index files at once: the next changes of the store, and blocks that they absorb."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from paperreader.search.postings import MOST_PAPERS
from paperreader.search.segment_writer import Text
from paperreader.search.snapshot import Snapshot

_READ_AT_ONCE = 1000


class Changed(Text, Protocol):
    """The text of a paper that is new or changed, and the revision of the store that brought it."""

    @property
    def revision(self) -> int:
        """The revision."""


class Batch:
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


def absorbed(snapshot: Snapshot, size: int) -> tuple[int, list[int]]:
    """Return how many blocks stay, and the rows of the papers in the blocks that do not.

    The newest blocks go as long as they are no larger than what they would go into, `size`
    papers at first, so that there are few blocks, and a paper is filed again only a few times.
    """
    keep = len(snapshot.blocks)
    while keep:
        block = len(snapshot.blocks[keep - 1].rows)
        if block > size or block + size > MOST_PAPERS:
            break
        size += block
        keep -= 1
    start = snapshot.bases[keep] if keep < len(snapshot.blocks) else len(snapshot)
    return keep, snapshot.rows[start:][snapshot.alive[start:]].tolist()


def present_texts(
    rows: Sequence[int], texts: Callable[[Sequence[int]], Sequence[Text]]
) -> Iterator[Text]:
    """Yield the present texts of `rows`."""
    for start in range(0, len(rows), _READ_AT_ONCE):
        yield from texts(rows[start : start + _READ_AT_ONCE])
