"""Merge policy: which older segments a new one takes in."""

from collections.abc import Sequence
from typing import NamedTuple

# A segment has no more papers than this, so that no commit writes more than 35 MB, and none takes
# more than 280 MB of memory; 32,768 papers took 302.
MOST_PAPERS = 28_000


class SegmentSize(NamedTuple):
    """How many papers of a segment are alive, and how many it has in all."""

    alive: int
    papers: int

    @property
    def mostly_dead(self) -> bool:
        """Whether more than half of its papers are dead."""
        return self.alive * 2 < self.papers


def segments_to_merge(sizes: Sequence[SegmentSize], new: int) -> set[int]:
    """Return the indexes of the segments, oldest first, to merge with `new` papers.

    The newest segments are merged while each has no more living papers than the batch so far: a
    library of n papers has O(log n) segments that are not full, and a paper is written O(log n)
    times. A segment with none alive is dropped. Of those that are mostly dead one is merged too,
    so that dead papers take at most about as much room as living ones; one, so that a commit stays
    short.
    """
    merged = {index for index, size in enumerate(sizes) if not size.alive}
    for index in reversed(range(len(sizes))):
        alive = sizes[index].alive
        if alive > new or alive + new > MOST_PAPERS:
            break
        merged.add(index)
        new += alive
    for index, size in enumerate(sizes):
        if index not in merged and size.mostly_dead and size.alive + new <= MOST_PAPERS:
            merged.add(index)
            break
    return merged
