"""Merge policy: which older segments a new one takes in."""

from paperreader.search.postings import MOST_PAPERS
from paperreader.search.snapshot import Snapshot


def segments_to_merge(snapshot: Snapshot, size: int) -> tuple[int, list[int]]:
    """Return how many of the oldest segments stay, and the living rows of the others.

    `size` papers are about to be written. The newest segments are merged with them while each is
    no larger than the batch so far: O(log n) segments, and O(log n) rewrites per paper.
    """
    keep = len(snapshot.segments)
    while keep:
        segment = len(snapshot.segments[keep - 1].rows)
        if segment > size or segment + size > MOST_PAPERS:
            break
        size += segment
        keep -= 1
    start = snapshot.bases[keep] if keep < len(snapshot.segments) else len(snapshot)
    return keep, snapshot.rows[start:][snapshot.alive[start:]].tolist()
