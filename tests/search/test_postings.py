"""Postings gone through some at a time, against what plain Python makes of all of them."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import postings

_LENGTHS = np.array([0, 3, 9, 1, 40, 7], np.uint32)
_PLACES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60)), max_size=40, unique=True)


@pytest.fixture(autouse=True, scope="module")
def _few_at_a_time() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_AT_ONCE", 3)
        yield


@given(_PLACES)
def test_the_papers_of_sorted_postings(places: list[tuple[int, int]]) -> None:
    places = sorted(places)
    numbers = np.array([paper << 10 | position for paper, position in places], np.uint32)
    papers, starts = postings.papers_of(numbers)
    groups = [paper for paper, _ in groupby(paper for paper, _ in places)]
    assert papers.tolist() == groups
    assert [places[start][0] for start in starts] == groups
    assert starts.tolist() == sorted({[p for p, _ in places].index(paper) for paper in groups})


@given(_PLACES)
def test_the_postings_that_stand_in_titles(places: list[tuple[int, int]]) -> None:
    numbers = np.array([paper << 10 | position for paper, position in places], np.uint32)
    found = postings.titled(numbers, _LENGTHS, int(_LENGTHS.max()))
    expected = [i for i, (paper, position) in enumerate(places) if position < _LENGTHS[paper]]
    assert found.tolist() == expected
