"""Postings: where words stand, as numbers in numpy arrays.

A posting is one number: the paper's place among others, then the word's position in the paper;
there is room for four million papers.
Positions count the words of the title, a gap, and the words of the abstract; a position below the
title's length is in the title. Names have postings of their own, with a gap between authors.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Flags = NDArray[np.bool_]

POSITION_BITS = 10
LAST_POSITION = (1 << POSITION_BITS) - 1
# A packed number has this much room for a paper's place in its block.
_PAPER_BITS = 15
MOST_PAPERS = 1 << _PAPER_BITS
NOTHING = np.empty(0, np.uint32)


def pack28(numbers: NDArray[Any]) -> bytes:
    """Return numbers below 2**28 as bytes below 2**7.

    Whoosh pickles payloads as text, which doubles every byte above that.
    """
    n = numbers.astype(np.uint32)
    spread = n & 0x7F | (n & 0x3F80) << 1 | (n & 0x1FC000) << 2 | (n & 0xFE00000) << 3
    return spread.astype("<u4").tobytes()


def unpack28(payload: bytes) -> Numbers:
    """Return the numbers that were `packed`."""
    n = np.frombuffer(payload, dtype="<u4").astype(np.uint32, copy=False)
    numbers: NDArray[Any] = n & 0x7F | n >> 1 & 0x3F80 | n >> 2 & 0x1FC000 | n >> 3 & 0xFE00000
    return numbers


class TermFrequencies(NamedTuple):
    """How often something stands in some papers: their places in order, all in all, in titles."""

    papers: Numbers
    counts: Numbers
    in_titles: Numbers

    def to_numbers(self) -> Numbers:
        """Return the tally as numbers that can be packed."""
        counts = np.minimum(self.counts, 127) << _PAPER_BITS
        in_titles = np.minimum(self.in_titles, 63) << _PAPER_BITS + 7
        return np.asarray(self.papers | counts | in_titles, dtype=np.uint32)

    @classmethod
    def from_numbers(cls, numbers: Numbers) -> Self:
        """Return the tally that was `filed`."""
        return cls(
            numbers & np.uint32(MOST_PAPERS - 1),
            numbers >> np.uint32(_PAPER_BITS) & np.uint32(127),
            numbers >> np.uint32(_PAPER_BITS + 7),
        )


def term_frequencies(postings: Numbers, titles: Numbers) -> TermFrequencies:
    """Return the tally of postings in any order; `titles` are the lengths of all titles."""
    papers = postings >> np.uint32(POSITION_BITS)
    counts = np.bincount(papers, minlength=len(titles))
    titled = papers[(postings & np.uint32(LAST_POSITION)) < titles[papers]]
    in_titles = np.bincount(titled, minlength=len(titles))
    found = np.flatnonzero(counts)
    return TermFrequencies(
        found.astype(np.uint32),
        counts[found].astype(np.uint32),
        in_titles[found].astype(np.uint32),
    )


def papers_of(postings: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the papers of ordered postings, and where the postings of each begin."""
    if not len(postings):
        return NOTHING, np.empty(0, np.int64)
    papers: Numbers = np.right_shift(postings, np.uint32(POSITION_BITS))
    new = np.empty(len(papers), np.bool_)
    new[0] = True
    np.not_equal(papers[1:], papers[:-1], out=new[1:])
    starts = np.flatnonzero(new)
    return papers[starts], starts


def phrase_positions(postings: Sequence[Numbers]) -> Numbers:
    """Return where the first word stands when each of the others stands right after the last."""
    last = len(postings) - 1
    rarest = min(range(len(postings)), key=lambda place: len(postings[place]))
    first = postings[rarest]
    position = first & np.uint32(LAST_POSITION)
    first = first[(position >= rarest) & (position + np.uint32(last - rarest) <= LAST_POSITION)]
    first = first - np.uint32(rarest)
    for place, others in enumerate(postings):
        if place != rarest and len(first):
            first = first[is_member(first + np.uint32(place), others)]
    return first


def union(ordered: Sequence[Numbers]) -> Numbers:
    """Return the numbers of all, ordered, each once."""
    told = [numbers for numbers in ordered if len(numbers)]
    if len(told) < 2:
        return told[0] if told else NOTHING
    numbers = np.concatenate(told)
    numbers.sort(kind="stable")  # quick where what is put together is in order
    return numbers[np.flatnonzero(np.diff(numbers, prepend=~numbers[:1]))]


def is_member(values: Numbers, ordered: Numbers) -> Flags:
    """Return which of the values numbers are among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    at = np.searchsorted(ordered, values)
    at[at == len(ordered)] = 0
    found: Flags = ordered[at] == values
    return found
