"""All papers that could be searched at one moment."""

from collections.abc import Sequence

import numpy as np

from paperreader.search.postings import NOTHING, Numbers
from paperreader.search.segment import Segment
from paperreader.search.segment_writer import GONE


class Snapshot:
    """The papers of some blocks, numbered through all of them.

    A paper's ordinal is its place in `rows`, the library's numbers. `titles` and `lengths` are in
    words, `dates` numbers that grow with the date. `alive` tells the papers that are still what
    they were when their block was filed, `papers` how many these are; `ordinals` gives the
    ordinal of a row, or -1. `newest` are the ordinals, that of the newest paper first, and `ages`
    the places of the ordinals in that order.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Put `blocks` together, oldest first; a later one has the better text of a paper."""
        self.segments = tuple(segments)
        sizes = [len(segment.rows) for segment in segments]
        self.bases = [sum(sizes[:place]) for place in range(len(sizes))]
        self.rows = _joined([segment.rows for segment in segments])
        self.titles = _joined([segment.titles for segment in segments])
        self.lengths = _joined([segment.lengths for segment in segments])
        self.dates = _joined([segment.dates for segment in segments])
        places = np.arange(len(self.rows), dtype=np.int32)
        self.ordinals = np.full(int(self.rows.max(initial=0)) + 1, -1, dtype=np.int32)
        self.ordinals[self.rows] = places
        self.by_date = np.argsort(GONE - self.dates, kind="stable")
        self.date_rank = np.empty(len(self.rows), np.int32)
        self.date_rank[self.by_date] = places
        self.alive = (self.ordinals[self.rows] == places) & (self.dates != GONE)
        self.ordinals[self.rows[self.dates == GONE]] = -1
        self.papers = int(np.count_nonzero(self.alive))
        self.upto = max((segment.about.upto for segment in segments), default=0)

    def __len__(self) -> int:
        """Return how many ordinals there are, those of papers that are not alive too."""
        return len(self.rows)


def _joined(columns: list[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else NOTHING
