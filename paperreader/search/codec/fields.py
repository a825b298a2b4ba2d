"""The fields of a segment, each with the terms that occur in it, as Whoosh counts them.

Title and abstract are one list of postings inside (see the package); here they are two.
"""

from abc import ABC, abstractmethod
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import TermInfo
from whoosh.util.numeric import byte_to_length

from paperreader.search.postings import GAP, LAST_POSITION, POSITION_BITS, Numbers, papers_of
from paperreader.search.segment import FieldPostings, Segment

Ranks = NDArray[np.int64]


class Postings(NamedTuple):
    """The postings of a term in a field.

    `papers` are ascending; the positions of `papers[i]` are
    `positions[starts[i]:starts[i + 1]]`, counted from the field's first word.
    """

    papers: Numbers
    starts: NDArray[np.int64]
    positions: Numbers

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often the term occurs in each paper."""
        return np.diff(self.starts)


class IndexedField(ABC):
    """A field and the terms that occur in it, in order; an index counts them from 0."""

    @abstractmethod
    def __len__(self) -> int:
        """Return how many terms there are."""

    @abstractmethod
    def first_from(self, term: bytes) -> int:
        """Return the index of the first term that is not before `term`."""

    @abstractmethod
    def term(self, index: int) -> bytes:
        """Return the term at an index."""

    @abstractmethod
    def postings(self, index: int) -> Postings:
        """Return the postings of the term at an index."""

    @property
    @abstractmethod
    def lengths(self) -> Numbers:
        """The number of tokens that the field has in each paper, rounded."""

    def find(self, term: bytes) -> int | None:
        """Return the index of a term, or None."""
        index = self.first_from(term)
        return index if index < len(self) and self.term(index) == term else None


class TextField(IndexedField):
    """One field of a segment: its terms, in order, and their postings."""

    def __init__(self, segment: Segment, name: str) -> None:
        """Show the field `name` of `segment`."""
        self._segment = segment
        self._name = name
        self._postings: FieldPostings = segment.names if name == "authors" else segment.text

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._ranks)

    @cached_property
    def _ranks(self) -> Ranks:
        """The ranks of the terms that occur in the field, ascending."""
        if self._name == "title":
            return np.flatnonzero(self._segment.in_titles)
        if self._name == "abstract":
            return np.flatnonzero(self._postings.counts() > self._segment.in_titles)
        return np.arange(len(self._postings.terms))

    @cached_property
    def lengths(self) -> Numbers:
        """The number of tokens that the field has in each paper, rounded."""
        return rounded(self._segment.papers[f"{self._name}.tokens"])

    @cached_property
    def _titles(self) -> Numbers:
        return self._segment.titles

    def first_from(self, term: bytes) -> int:
        """Return the index of the first term that is not before `term`."""
        return int(np.searchsorted(self._ranks, self._postings.terms.first_from(term)))

    def term(self, index: int) -> bytes:
        """Return the term at an index."""
        return self._postings.terms.word(int(self._ranks[index]))

    def postings(self, index: int) -> Postings:
        """Return the postings of the term at an index."""
        rank = int(self._ranks[index])
        postings = self._postings.postings(range(rank, rank + 1))
        positions = postings & np.uint32(LAST_POSITION)
        if self._name != "authors":
            titles = self._titles[postings >> np.uint32(POSITION_BITS)]
            here = (positions < titles) if self._name == "title" else (positions >= titles)
            postings, positions = postings[here], positions[here]
            if self._name == "abstract":
                # Of a very long title, the abstract's words may stand at the last position too.
                positions = np.maximum(positions, titles[here] + GAP) - (titles[here] + GAP)
        papers, starts = papers_of(postings)
        return Postings(papers, np.append(starts, len(postings)), positions)


class RowTerms(IndexedField):
    """The field of rows: its terms are the digits of the rows."""

    def __init__(self, segment: Segment) -> None:
        """Show the rows of `segment`."""
        self._digits = segment.rows.astype(np.bytes_)
        self._order: Ranks = np.argsort(self._digits, kind="stable")

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._order)

    @property
    def lengths(self) -> Numbers:
        """One for each paper."""
        return np.ones(len(self), np.uint32)

    def first_from(self, term: bytes) -> int:
        """Return the index of the first term that is not before `term`."""
        return int(np.searchsorted(self._digits, term, sorter=self._order))

    def term(self, index: int) -> bytes:
        """Return the term at an index."""
        return bytes(self._digits[self._order[index]])

    def postings(self, index: int) -> Postings:
        """Return the one posting of the term at an index."""
        paper = self._order[index : index + 1].astype(np.uint32)
        return Postings(paper, np.arange(2), np.zeros(1, np.uint32))


def statistics(field: IndexedField, postings: Postings) -> TermInfo:
    """Return what Whoosh wants to know of a term; its weight in a paper is how often it occurs."""
    lengths, counts = field.lengths[postings.papers], postings.counts
    return TermInfo(
        weight=float(len(postings.positions)),
        df=len(postings.papers),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(counts.max()),
        minid=int(postings.papers[0]),
        maxid=int(postings.papers[-1]),
    )


def rounded(lengths: Numbers) -> Numbers:
    """Return lengths as Whoosh's own codec keeps them, in a byte each, so that scores are equal."""
    rounded: Numbers = _LENGTHS[np.minimum(np.searchsorted(_LENGTHS, lengths), len(_LENGTHS) - 1)]
    return rounded


# The lengths that there are a byte for, ascending; others are rounded up to the next of them.
_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.uint32)
