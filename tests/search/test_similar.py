"""Papers that resemble one."""

from pathlib import Path

import pytest

from tests.corpus import Corpus

PAPERS = [
    ("Sparse graph neural networks", "Sparsity speeds up message passing on graphs."),
    ("Message passing on sparse graphs", "We study sparsity of neural message passing."),
    ("Neural machine translation", "Translation with attention."),
    ("Cooking rice", "Boil water. Add rice."),
    ("Graphs", "A note."),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path / "index")
    for row, (title, abstract) in enumerate(PAPERS):
        corpus.put(row, title, abstract, ["Message Passing"])
    corpus.build()
    return corpus


def test_the_nearest_comes_first_with_the_words_it_shares(corpus: Corpus) -> None:
    related = corpus.searcher.related(0, *PAPERS[0], 10)
    assert related[0].row == 1
    assert {"sparsity", "passing"} & set(related[0].words)
    assert [paper.score for paper in related] == sorted(
        (paper.score for paper in related), reverse=True
    )


def test_neither_the_paper_itself_nor_strangers_are_related(corpus: Corpus) -> None:
    rows = {paper.row for paper in corpus.searcher.related(0, *PAPERS[0], 10)}
    assert 0 not in rows
    assert 3 not in rows


def test_no_more_than_asked_for(corpus: Corpus) -> None:
    assert len(corpus.searcher.related(0, *PAPERS[0], 1)) == 1


def test_a_paper_without_telling_words_has_none(corpus: Corpus) -> None:
    assert corpus.searcher.related(9, "The of and", "", 5) == []
