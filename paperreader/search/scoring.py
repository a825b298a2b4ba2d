"""How well a term fits each paper: BM25.

A term's score is the BM25 of title and abstract as one text, plus `TITLE` times the BM25 of the
title alone, both with the idf of the whole text. (BM25F as Robertson has it adds up the
frequencies before they saturate; Whoosh's BM25F is a sum of fields, as here.) The constants were
chosen on CACM and CISI, and by finding arXiv papers from a few words of their titles.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search.postings import Flags, Numbers, TermFrequencies
from paperreader.search.snapshot import Snapshot

Scores = NDArray[np.float32]

# The usual values, Robertson's: TREC-3.
B = 0.75
K1 = 1.2
# Weight of the BM25 of the title. With 1.0, nDCG@10 is .018 lower on CACM and .010 on CISI; without
# it, .006 lower on both.
TITLE = 0.2
# The least idf of any word, so that a word in most papers still counts.
LEAST = 0.2
# A paper without an abstract is not short, only cut: none counts as shorter than this part of
# the average length. Without this nDCG@10 is .010 lower on CACM, where half the papers have none.
SHORTEST = 1 / 3


class Term(NamedTuple):
    """What is asked for once: the papers that have it, and its score in each.

    `papers` are ordinals in ascending order (uint32), `scores` go with them (float32).
    `postings` are where it occurs in titles and abstracts, sorted (uint32); none where there
    would be very many. `idf` is its weight, in nats.
    """

    papers: Numbers
    scores: Scores
    postings: Numbers
    idf: float

    @property
    def nbytes(self) -> int:
        """How much memory it takes, in bytes."""
        return self.papers.nbytes + self.scores.nbytes + self.postings.nbytes


class BM25:
    """The formula, with the lengths of the papers of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Take lengths and the number of living papers from `snapshot`."""
        alive = snapshot.alive
        self._papers = snapshot.papers
        shortest = SHORTEST * _average(snapshot.lengths[alive])
        self._text_norms = _norms(np.maximum(snapshot.lengths, shortest), alive)
        self._title_norms = _norms(snapshot.titles, alive)

    def idf(self, papers: int) -> float:
        """Return the idf, in nats, of a term that so many papers have: Lucene's, never negative."""
        others = max(self._papers - papers, 0)
        return max(float(np.log1p((others + 0.5) / (papers + 0.5))), LEAST)

    def scores(self, frequencies: TermFrequencies, idf: float) -> Scores:
        """Return the score of a term in each of its papers, in their order (float32)."""
        papers, counts, in_titles = frequencies
        scores = _saturated(counts, self._text_norms[papers])
        titled = np.flatnonzero(in_titles != 0)
        norms = self._title_norms[papers[titled]]
        scores[titled] += np.float32(TITLE) * _saturated(in_titles[titled], norms)
        scores *= np.float32(idf)
        return scores


def _average(lengths: NDArray[Any]) -> float:
    return max(float(lengths.mean()), 1.0) if len(lengths) else 1.0


def _norms(lengths: NDArray[Any], alive: Flags) -> Scores:
    """Return what BM25 takes for each paper's length; the average is that of living papers."""
    return (K1 * (1 - B + B * lengths / _average(lengths[alive]))).astype(np.float32)


def _saturated(counts: NDArray[Any], norms: Scores) -> Scores:
    frequencies = counts.astype(np.float32)
    return frequencies * np.float32(K1 + 1) / (frequencies + norms)
