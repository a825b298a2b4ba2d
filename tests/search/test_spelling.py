"""Close spellings from the papers' own words."""

from pathlib import Path

import pytest

from paperreader.search.searcher import Searcher
from tests.corpus import Corpus


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    corpus = Corpus(tmp_path / "index")
    for row in range(30):
        corpus.put(row, "Neural networks for retrieval", "A neural network.", ["Yoshua Bengio"])
    corpus.put(60, "Netbooks and a neurol slip", "Gravity and tests with a test")
    corpus.build()
    return corpus.searcher


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nueral", "neural"),
        ("Netwroks", "networks"),
        ("retreival", "retrieval"),
        ("bengoi", "bengio"),
        ("neurol", "neural"),
        ("gravty", "gravity"),
    ],
)
def test_a_slip_is_mended(searcher: Searcher, written: str, meant: str) -> None:
    assert searcher.suggest([written]) == {written: meant}


@pytest.mark.parametrize("word", ["neural", "network", "the", "tset", "", "--", "zq", "xylophone"])
def test_what_is_known_or_like_nothing_stays(searcher: Searcher, word: str) -> None:
    assert searcher.suggest([word]) in ({}, {"tset": "test"})


def test_a_known_word_is_only_doubted_where_another_is_far_more_common(
    searcher: Searcher,
) -> None:
    assert searcher.suggest(["netbooks"]) == {}
