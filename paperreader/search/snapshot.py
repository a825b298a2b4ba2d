"""All papers that can be searched at one moment."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from paperreader.search.postings import (
    NOTHING,
    POSITION_BITS,
    Flags,
    Numbers,
    TermFrequencies,
    term_frequencies,
    titled,
)
from paperreader.search.segment import Segment


class Snapshot:
    """The papers of some segments, numbered through all of them.

    A paper's ordinal is its index in `rows`, the library's numbers; `bases` are the ordinals of
    the first paper of each segment. `titles` and `lengths` are in words, `dates` numbers that
    grow with the date; all uint32, by ordinal. `alive` says which papers are neither replaced nor
    gone, `papers` how many these are. `ordinals` (int32) gives the ordinal of the living paper of
    a row, or -1. `rows_by_date` are the rows, that of the newest paper first, and `date_rank` the
    index of each ordinal in that order; both uint32.
    """

    def __init__(self, segments: Sequence[tuple[Segment, Flags]], upto: int = 0) -> None:
        """Put segments together, each with a flag for each paper that is alive, oldest first.

        `upto` is the last change of the library that is in them.
        """
        self.segments = tuple(segment for segment, _ in segments)
        self.upto = upto
        sizes = [len(segment) for segment in self.segments]
        self.bases = [sum(sizes[:index]) for index in range(len(sizes))]
        self.rows = _joined([segment.rows for segment in self.segments])
        self.titles = _joined([segment.titles for segment in self.segments])
        self.lengths = _joined([segment.lengths for segment in self.segments])
        self.dates = _joined([segment.dates for segment in self.segments])
        self.alive = np.concatenate([np.empty(0, np.bool_), *(alive for _, alive in segments)])
        self.papers = int(np.count_nonzero(self.alive))
        self._all_alive = [bool(alive.all()) for _, alive in segments]
        self._longest_title = int(self.titles.max(initial=0))
        living = np.flatnonzero(self.alive)
        self.ordinals = np.full(int(self.rows.max(initial=0)) + 1, -1, dtype=np.int32)
        self.ordinals[self.rows[living]] = living
        # Papers of one date are in the order of their rows, however segments were merged.
        by_date = np.lexsort((self.rows, ~self.dates))
        self.rows_by_date = self.rows[by_date]
        self.date_rank = np.empty(len(self.rows), np.uint32)
        self.date_rank[by_date] = np.arange(len(self.rows), dtype=np.uint32)

    def titled(self, postings: Numbers) -> NDArray[np.intp]:
        """Return the indices of the postings that stand in titles."""
        return titled(postings, self.titles, self._longest_title)

    def __len__(self) -> int:
        """Return how many ordinals there are, those of dead papers too."""
        return len(self.rows)

    def postings(self, read: Callable[[Segment], Numbers], check: Callable[[], None]) -> Numbers:
        """Return what `read` returns of each segment, as postings of ordinals; only living papers.

        The postings of one segment follow those of another, in the order in which `read` has them.
        `check` is called before each segment, and ends the search by what it raises.
        """
        found: list[tuple[Numbers, int]] = []
        for index, segment, base in self._segments(check):
            postings = read(segment)
            if not self._all_alive[index]:
                postings = postings[self.alive[base:][postings >> np.uint32(POSITION_BITS)]]
            found.append((postings, base))
        joined = np.empty(sum(len(postings) for postings, _ in found), np.uint32)
        end = 0
        for postings, base in found:
            start, end = end, end + len(postings)
            np.add(postings, np.uint32(base << POSITION_BITS), out=joined[start:end])
        return joined

    def frequencies(self, prefix: bytes, check: Callable[[], None]) -> TermFrequencies:
        """Return how often words with a prefix occur in the papers that are alive."""
        stored = [segment.stored_frequencies(prefix) for segment in self.segments]
        if not any(stored):
            postings = self.postings(lambda segment: segment.prefix(prefix), check)
            return term_frequencies(postings, self.titles)
        found: list[TermFrequencies] = []
        for index, segment, base in self._segments(check):
            frequencies = stored[index] or segment.frequencies(prefix)
            frequencies = frequencies._replace(papers=frequencies.papers + np.uint32(base))
            if not self._all_alive[index]:
                frequencies = frequencies.at(np.flatnonzero(self.alive[frequencies.papers]))
            found.append(frequencies)
        return TermFrequencies(*map(np.concatenate, zip(*found, strict=True)))

    def _segments(self, check: Callable[[], None]) -> Iterator[tuple[int, Segment, int]]:
        for index, (segment, base) in enumerate(zip(self.segments, self.bases, strict=True)):
            check()
            yield index, segment, base


def _joined(columns: list[Numbers]) -> Numbers:
    return np.concatenate(columns) if columns else NOTHING
