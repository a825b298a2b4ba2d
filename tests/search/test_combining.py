"""Scores put together, by search and by an array for all papers, against dictionaries."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.combining import any_of, values_in
from paperreader.search.postings import NOTHING
from paperreader.search.scoring import Term

_LAST = 40
# Among few papers these are looked up in an array, among many they are searched for.
_SIZES = st.sampled_from((_LAST + 1, 100_000))
_SCORED = st.dictionaries(st.integers(0, _LAST), st.floats(0, 9, width=32))


def _term(scored: dict[int, float]) -> Term:
    papers = sorted(scored)
    scores = np.array([scored[paper] for paper in papers], np.float32)
    return Term(np.array(papers, np.uint32), scores, NOTHING, 1.0)


@given(st.sets(st.integers(0, _LAST)), _SCORED, _SIZES)
def test_each_paper_gets_its_score_or_none(
    papers: set[int], scored: dict[int, float], size: int
) -> None:
    ordered = sorted(papers)
    term = _term(scored)
    found = values_in(np.array(ordered, np.uint32), term.papers, term.scores, size)
    assert found.dtype == np.float32
    assert found.tolist() == [scored.get(paper, 0.0) for paper in ordered]


@given(st.lists(_SCORED, min_size=1, max_size=4), _SIZES)
def test_any_of_some_terms_has_the_best_score_of_each_paper(
    scored: list[dict[int, float]], size: int
) -> None:
    best: dict[int, float] = {}
    for one in scored:
        for paper, score in one.items():
            best[paper] = max(score, best.get(paper, 0.0))
    papers, scores = any_of([_term(one) for one in scored], size)
    assert papers.dtype == np.uint32
    assert scores.dtype == np.float32
    assert dict(zip(papers.tolist(), scores.tolist(), strict=True)) == best
    assert papers.tolist() == sorted(best)
