"""Papers that were found, put in order."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search.postings import Numbers
from paperreader.search.proximity import QueryTerm, proximity_bonus
from paperreader.search.scoring import Scores
from paperreader.search.snapshot import Snapshot

# So many of the best are looked at for words that stand together. MRR@20 of words of titles, among
# 114,762 papers: .770 with none, .873 with 128, .874 with 512 and with 2,048.
_LOOKED_AT = 512


class Ranked(NamedTuple):
    """The papers found, by their rows, best first, and their scores.

    The first `full` hold all that was asked for, the others most of it.
    """

    rows: NDArray[np.int64]
    scores: Scores
    full: int


def in_order(
    snapshot: Snapshot, papers: Numbers, scores: Scores, query_terms: Sequence[QueryTerm]
) -> Ranked:
    """Return papers by their scores, which are never negative; of equal ones the newest first.

    What the best gain by the words that stand together in them is counted in first.
    """
    keys = _sort_keys(scores, snapshot.date_rank[papers])
    if query_terms:
        rows = snapshot.rows_by_date[_date_ranks(keys[:_LOOKED_AT])]
        best = snapshot.ordinals[rows].astype(np.uint32)
        by_paper = np.argsort(best)
        gained = np.empty(len(best), np.float32)
        gained[by_paper] = proximity_bonus(best[by_paper], query_terms, snapshot.titles)
        keys[:_LOOKED_AT] = _sort_keys(
            _scores(keys[:_LOOKED_AT]) + gained, _date_ranks(keys[:_LOOKED_AT])
        )
    rows = snapshot.rows_by_date[_date_ranks(keys)]
    return Ranked(rows.astype(np.int64), _scores(keys), len(papers))


def _sort_keys(scores: Scores, date_ranks: Numbers) -> NDArray[np.uint64]:
    """Return a number for each paper, the best paper first: its score inverted, then its date.

    To sort one array of numbers takes a third of the time of ordering indices by two. The bits of
    floats that are not negative are in the order of the floats.
    """
    bits = (scores + np.float32(0)).view(np.uint32)  # there is no -0.0 then
    keys = (~bits).astype(np.uint64)
    keys <<= np.uint64(32)
    keys |= date_ranks
    keys.sort()
    return keys


def _scores(keys: NDArray[np.uint64]) -> Scores:
    return (~(keys >> np.uint64(32)).astype(np.uint32)).view(np.float32)


def _date_ranks(keys: NDArray[np.uint64]) -> Numbers:
    return keys.astype(np.uint32)
