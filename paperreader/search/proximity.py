"""Proximity: a bonus for papers in which the words of the query stand together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search.postings import LAST_POSITION, NOTHING, POSITION_BITS, Flags, Numbers
from paperreader.search.scoring import Scores, Term

# Bonus for two adjacent query words that occur at the same distance, as a fraction of the smaller
# idf; IN_TITLE multiplies it in titles. Without it nDCG@10 is .005 lower on CACM and .002 on CISI;
# without IN_TITLE likewise.
TOGETHER = 1.0
IN_TITLE = 2.0
# Above A_FEW words each pair counts less, so that all of them count as A_FEW pairs do. Without this
# nDCG@10 is .031 lower on CACM and .011 on CISI.
A_FEW = 3
# Bonus for a title that has all the words, as a fraction of their idf; for half of them, a quarter.
# Papers are found by some words of their titles: MRR@20 of 3,000 searches among 10,000 arXiv papers
# is .963, without it .936; with 1.0 it is .968, but nDCG@10 on CISI .004 lower.
TITLED = 0.6
# Share of that which needs the words in the form that was typed: .952 without. It makes no
# difference on CACM and CISI.
WRITTEN = 0.6
# Bonus for a title that is in the query as a whole, as it is in a reference, in parts of the idf of
# its words. A shorter title says nothing: with those of three words nDCG@10 on CACM is .004 lower.
QUOTED = 1.0
_SHORTEST = 5
_LONGEST = 100  # of a reference, in words
# Words further apart than this get no bonus; the gap between title and abstract is as wide.
_REACH = 8


class QueryTerm(NamedTuple):
    """A term, its place among the words of the query, and how many words it is.

    `written` are the postings of its words in the form in which they were typed.
    """

    term: Term
    place: int
    size: int = 1
    written: Numbers = NOTHING


def proximity_bonus(papers: Numbers, query_terms: Sequence[QueryTerm], titles: Numbers) -> Scores:
    """Return the bonus of each of some papers (ordinals, ascending) as float32, in their order.

    For each two words that follow each other in the query, a paper gets the more, the nearer it
    comes to having them at the same distance. `titles` are the lengths of all titles in words
    (uint32, by ordinal).
    """
    gained = np.zeros(len(papers), np.float32)
    placed = [item for item in query_terms if len(item.term.postings)]
    if not placed or not len(papers):
        return gained
    found = [_postings_in(papers, item.term.postings) for item in placed]
    lengths = titles[papers]
    each = TOGETHER * min(1.0, A_FEW / len(placed))
    for (a, left), (b, right) in pairwise(zip(placed, found, strict=True)):
        if len(left) and len(right):
            bonus = each * min(a.term.idf, b.term.idf)
            gained += np.float32(bonus) * _nearest(left, right, b.place - a.place, lengths)
    pairs = list(zip(placed, found, strict=True))
    return (
        gained + _by_titles(papers, query_terms, pairs, lengths) + _by_quoted_titles(pairs, lengths)
    )


def _in_titles(postings: NDArray[np.int64], titles: Numbers) -> Flags:
    papers = postings >> POSITION_BITS + 1
    in_title = np.zeros(len(titles), np.bool_)
    in_title[papers[(postings & LAST_POSITION) < titles[papers]]] = True
    return in_title


def _by_titles(
    among: Numbers,
    query_terms: Sequence[QueryTerm],
    found: Iterable[tuple[QueryTerm, NDArray[np.int64]]],
    titles: Numbers,
) -> Scores:
    """Return what each paper gains by a title that holds many of the words."""
    held = np.zeros(len(titles), np.float32)
    for item, postings in found:
        idf = np.float32(item.term.idf)
        held += (1 - WRITTEN) * idf * _in_titles(postings, titles)
        written = _postings_in(among, item.written)
        held += np.float32(WRITTEN) * idf * _in_titles(written, titles)
    whole = sum(item.term.idf for item in query_terms)
    return np.float32(TITLED) * held**2 / np.float32(max(whole, 1e-9))


def _by_quoted_titles(
    found: Sequence[tuple[QueryTerm, NDArray[np.int64]]], titles: Numbers
) -> Scores:
    """Return what each paper gains whose title stands in the query, word by word."""
    gained = np.zeros(len(titles), np.float32)
    words = max(item.place + item.size for item, _ in found)
    if not _SHORTEST <= words <= _LONGEST:
        return gained
    # How many words of the query have been looked for before each place: no stop words.
    before = np.zeros(words + 1, np.int64)
    for item, _ in found:
        before[item.place + 1 : item.place + item.size + 1] = 1
    before = np.cumsum(before)
    sizes = np.zeros(len(titles) * words, np.int64)
    weights = np.zeros(len(titles) * words)
    for item, postings in found:
        papers, positions = postings >> POSITION_BITS + 1, postings & LAST_POSITION
        fits = (positions <= item.place) & (positions < titles[papers])
        at = papers[fits] * words + item.place - positions[fits]
        sizes[at] += item.size
        weights[at] += item.term.idf
    starts = np.tile(np.arange(words), len(titles))
    lengths = np.repeat(titles.astype(np.int64), words)
    ends = np.minimum(starts + lengths, words)
    whole = (lengths >= _SHORTEST) & (starts + lengths <= words) & (sizes > 1)
    whole &= sizes == before[ends] - before[starts]
    best: Scores = (QUOTED * np.where(whole, weights, 0)).reshape(-1, words).max(axis=1)
    return best.astype(np.float32)


def _postings_in(papers: Numbers, postings: Numbers) -> NDArray[np.int64]:
    """Return the postings in `papers`, with the place among these instead of the paper."""
    first = np.searchsorted(postings, papers << np.uint32(POSITION_BITS))
    last = np.searchsorted(postings, papers << np.uint32(POSITION_BITS) | LAST_POSITION, "right")
    counts = last - first
    which = np.repeat(np.arange(len(papers)), counts)
    at = np.arange(len(which)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    # Twice the room, so that a position and a distance never reach the next paper.
    keys: NDArray[np.int64] = which << POSITION_BITS + 1
    keys |= postings[at] & np.uint32(LAST_POSITION)
    return keys


def _nearest(
    left: NDArray[np.int64], right: NDArray[np.int64], distance: int, titles: Numbers
) -> Scores:
    """Return for each paper how near `right` comes to standing at `distance` from `left`: 0 to 1.

    It is more where that is in the title.
    """
    wanted = left + distance
    after = np.searchsorted(right, wanted)
    beside = np.minimum(
        np.abs(right[np.minimum(after, len(right) - 1)] - wanted),
        np.abs(right[np.maximum(after - 1, 0)] - wanted),
    )
    near = np.where(beside <= _REACH, 1 / (1 + beside), 0)
    papers = left >> POSITION_BITS + 1
    near *= np.where((left & LAST_POSITION) < titles[papers], IN_TITLE, 1)
    starts = np.flatnonzero(np.diff(papers, prepend=-1))
    nearest = np.zeros(len(titles), np.float32)
    nearest[papers[starts]] = np.maximum.reduceat(near, starts)
    return nearest
