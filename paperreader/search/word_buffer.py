"""The words of one field of many papers, kept in the order of the text until they are sorted."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperreader.search.analysis import Words
from paperreader.search.postings import GAP, LAST_POSITION, POSITION_BITS, Numbers

# So many texts are turned into postings at a time. Turning those of 32,768 papers at once took
# 100 MB more at the peak.
_TEXTS = 4096


class WordBuffer:
    """The words of one field of many papers: those in turn, and those at given positions."""

    def __init__(self, ids: defaultdict[str, int], *, wrap: bool = False) -> None:
        """Number the words by `ids`, which gives a new word the next number.

        `wrap`: positions beyond the last one begin again at 0, so that the words of each of
        hundreds of names still stand side by side.
        """
        self._ids = ids
        self._wrap = wrap
        self._words, self._lengths = array("I"), array("I")
        self._papers, self._starts = array("I"), array("I")
        self._joined_words, self._joined_papers = array("I"), array("I")
        self._joined_positions = array("I")

    def add(self, paper: int, texts: Iterable[Words]) -> None:
        """Add the texts of a paper, a gap between each two."""
        id_of, start = self._ids.__getitem__, 0
        for text in texts:
            self._words.extend(map(id_of, text.words))
            self._lengths.append(len(text.words))
            self._papers.append(paper)
            self._starts.append(start)
            for position, word in text.joined:
                self.add_at(paper, word, start + position)
            start += len(text.words) + GAP

    def add_at(self, paper: int, word: str, position: int) -> None:
        """Add one word of a paper that stands at `position`."""
        self._joined_words.append(self._ids[word])
        self._joined_papers.append(paper)
        self._joined_positions.append(position)

    def lengths(self, papers: int) -> Numbers:
        """Return how many positions the field has in each of so many papers."""
        lengths = np.zeros(papers, np.uint32)
        np.maximum.at(
            lengths, _numbers(self._papers), _numbers(self._starts) + _numbers(self._lengths)
        )
        np.maximum.at(lengths, _numbers(self._joined_papers), _numbers(self._joined_positions) + 1)
        return lengths

    def __len__(self) -> int:
        """Return how many postings there will be."""
        return len(self._words) + len(self._joined_words)

    def counts(self) -> NDArray[np.int64]:
        """Return how often each word occurs, by its number."""
        counts = np.bincount(_numbers(self._words), minlength=len(self._ids))
        counts += np.bincount(_numbers(self._joined_words), minlength=len(self._ids))
        return counts

    def postings(self, starts: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the numbers of words, and their postings: first the words in turn, then others.

        `starts` is the position at which the field begins, by paper.
        """
        words, lengths = _numbers(self._words), _numbers(self._lengths)
        papers, ends = _numbers(self._papers), np.cumsum(lengths, dtype=np.int64)
        # Some texts at a time, so that little memory is needed beside the result.
        for some in (slice(at, at + _TEXTS) for at in range(0, len(papers), _TEXTS)):
            begin, end = int(ends[some][0] - lengths[some][0]), int(ends[some][-1])
            first = _numbers(self._starts)[some] + starts[papers[some]]
            before = ends[some] - lengths[some] - begin  # words of texts before each
            positions = np.arange(end - begin, dtype=np.int64)
            positions += np.repeat(first - before, lengths[some])
            by_word = np.repeat(papers[some], lengths[some])
            yield words[begin:end], to_postings(by_word, positions, wrap=self._wrap)
        papers = _numbers(self._joined_papers)
        joined = _numbers(self._joined_positions) + starts[papers]
        yield _numbers(self._joined_words), to_postings(papers, joined, wrap=self._wrap)


def to_postings(papers: Numbers, positions: NDArray[Any], *, wrap: bool = False) -> Numbers:
    """Return the postings of some positions in some papers.

    Positions beyond the last one are cut to it, or begin again at 0.
    """
    postings = papers << np.uint32(POSITION_BITS)
    if wrap:
        positions = positions & LAST_POSITION
    postings |= np.minimum(positions, LAST_POSITION).astype(np.uint32)
    return postings


def new_numbering() -> defaultdict[str, int]:
    """Return a dictionary that gives each new word the next number, from 0."""
    return defaultdict(count().__next__)


def _numbers(values: "array[int]") -> Numbers:
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)
