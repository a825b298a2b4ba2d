"""Postings: where words stand, as numbers in numpy arrays.

A posting is one uint32: the paper's ordinal in the upper 22 bits, the word's position in the lower
10. So sorted postings are sorted by paper, then by position, and there is room for 4,194,304
papers. A position counts the words of the title, then a gap, then the words of the abstract: it
is in the title if it is less than the title's length. The words after the 1,024th all stand at
position 1,023. Authors' names have postings of their own, with a gap between authors.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Flags = NDArray[np.bool_]

POSITION_BITS = 10
LAST_POSITION = (1 << POSITION_BITS) - 1
# Positions between the title and the abstract, and between two authors, so that words of both
# are never taken for neighbours. As wide as the reach of the proximity bonus.
GAP = 8
NOTHING = np.empty(0, np.uint32)

# So many postings are gone through at a time, so that their arrays stay in the processor's cache.
# The 3.8 million of a word in most of 573,807 papers took 65 ms at once, most of it for new memory,
# and take 8 so.
_AT_ONCE = 1 << 16

# Term frequencies are stored as one uint32 each: an ordinal of 20 bits, then a count of 7 bits
# and one of 5 bits. Larger counts are cut: BM25 rises by less than 1 % beyond 127 occurrences.
_ORDINAL_BITS = 20
_COUNT_BITS = 7
_LARGEST_COUNT = (1 << _COUNT_BITS) - 1
_LARGEST_IN_TITLE = (1 << 32 - _ORDINAL_BITS - _COUNT_BITS) - 1
MOST_WITH_FREQUENCIES = 1 << _ORDINAL_BITS


class TermFrequencies(NamedTuple):
    """How often a term occurs in the papers that contain it: three uint32 arrays of one length.

    `papers` are ordinals in ascending order, `counts` the occurrences in title and abstract,
    `in_titles` those in the title.
    """

    papers: Numbers
    counts: Numbers
    in_titles: Numbers

    def pack(self) -> Numbers:
        """Return one uint32 for each paper; ordinals are below `MOST_WITH_FREQUENCIES`."""
        counts = np.minimum(self.counts, _LARGEST_COUNT) << _ORDINAL_BITS
        in_titles = np.minimum(self.in_titles, _LARGEST_IN_TITLE) << _ORDINAL_BITS + _COUNT_BITS
        return np.asarray(self.papers | counts | in_titles, dtype=np.uint32)

    def at(self, index: NDArray[np.intp]) -> Self:
        """Return those of the papers that have an index."""
        return type(self)(self.papers[index], self.counts[index], self.in_titles[index])

    @classmethod
    def unpack(cls, packed: Numbers) -> Self:
        """Return the term frequencies that were packed."""
        return cls(
            packed & np.uint32(MOST_WITH_FREQUENCIES - 1),
            packed >> np.uint32(_ORDINAL_BITS) & np.uint32(_LARGEST_COUNT),
            packed >> np.uint32(_ORDINAL_BITS + _COUNT_BITS),
        )


def term_frequencies(postings: Numbers, titles: Numbers) -> TermFrequencies:
    """Count postings, in any order, by paper.

    `titles` are the lengths of all titles, in words, by ordinal.
    """
    counts = np.bincount(postings >> np.uint32(POSITION_BITS), minlength=len(titles))
    at = titled(postings, titles, int(titles.max(initial=0)))
    in_titles = np.bincount(postings[at] >> np.uint32(POSITION_BITS), minlength=len(titles))
    present = np.flatnonzero(counts != 0)
    return TermFrequencies(
        present.astype(np.uint32),
        counts[present].astype(np.uint32),
        in_titles[present].astype(np.uint32),
    )


def titled(postings: Numbers, titles: Numbers, longest: int) -> NDArray[np.intp]:
    """Return the indices of the postings that stand in titles.

    `titles` are the lengths of all titles, in words, by ordinal, and `longest` the largest of them:
    most postings are beyond that, so that the length of their paper's title need not be looked up.
    """
    found = [np.empty(0, np.intp)]
    for start in range(0, len(postings), _AT_ONCE):
        some = postings[start : start + _AT_ONCE]
        early = np.flatnonzero(some & np.uint32(LAST_POSITION) < np.uint32(longest))
        some = some[early]
        in_title = some & np.uint32(LAST_POSITION) < titles[some >> np.uint32(POSITION_BITS)]
        found.append(early[in_title] + start)
    return np.concatenate(found)


def papers_of(postings: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the papers of sorted postings, ascending, and the index of the first of each."""
    if not len(postings):
        return NOTHING, np.empty(0, np.int64)
    starts = [np.zeros(1, np.int64)]
    for start in range(0, len(postings), _AT_ONCE):
        some = postings[start : start + _AT_ONCE + 1]
        differs = (some[1:] ^ some[:-1]) > np.uint32(LAST_POSITION)
        starts.append(np.flatnonzero(differs) + (start + 1))
    first = np.concatenate(starts)
    papers: Numbers = postings[first] >> np.uint32(POSITION_BITS)
    return papers, first


def count_papers(postings: Numbers, size: int) -> int:
    """Return how many of `size` papers have some of the postings, which are in any order."""
    flags = np.zeros(size, np.bool_)
    flags[postings >> np.uint32(POSITION_BITS)] = True
    return int(np.count_nonzero(flags))


def phrase_positions(postings: Sequence[Numbers | None]) -> Numbers:
    """Return the postings of a phrase's first word where the other words follow at once, in order.

    `postings` are those of the phrase's words, each sorted; None is any word, and never the first.
    """
    words = [(index, numbers) for index, numbers in enumerate(postings) if numbers is not None]
    if not words:
        return NOTHING
    last = words[-1][0]
    rarest, first = min(words, key=lambda word: len(word[1]))
    position = first & np.uint32(LAST_POSITION)
    first = first[(position >= rarest) & (position + np.uint32(last - rarest) <= LAST_POSITION)]
    first = first - np.uint32(rarest)
    for index, others in words:
        if index != rarest and len(first):
            first = first[is_member(first + np.uint32(index), others)]
    return first


def union(arrays: Sequence[Numbers]) -> Numbers:
    """Return the numbers that are in any of some sorted arrays, sorted, each once."""
    filled = [numbers for numbers in arrays if len(numbers)]
    if len(filled) < 2:
        return filled[0] if filled else NOTHING
    numbers = np.concatenate(filled)
    numbers.sort(kind="stable")  # merges runs that are sorted already
    return numbers[np.flatnonzero(np.diff(numbers, prepend=~numbers[:1]))]


def is_member(values: Numbers, ordered: Numbers) -> Flags:
    """Return for each of `values` whether it is in the sorted array `ordered`."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    at = np.searchsorted(ordered, values)
    at[at == len(ordered)] = 0
    present: Flags = ordered[at] == values
    return present
