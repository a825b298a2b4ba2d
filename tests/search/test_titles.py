"""A query that is a title finds it first."""

from pathlib import Path

import pytest

from tests.corpus import Corpus

TITLES = [
    "Quantum computing",
    "Quantum computing, quantum computing and more of quantum computing",
    "Attention is all you need",
    "A little bit attention is all you need for something else",
    "All you need to know",
    "It",
    "Adam: a method",
    "What we learned from Adam Adam Adam",
    "C*-algebras",
    "Neural networks",
]
FILLING = "quantum computing all you need quantum computing; neural network, neural networks. Adam "


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row, title in enumerate(TITLES, start=1):
        corpus.put(row, title, "Of something else.", published="1990")
    for row in range(20, 700):
        corpus.put(row, f"Number {row} of the needs", FILLING * (row % 3 + 1), published="2020")
    corpus.build()
    return corpus


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Quantum computing", 1),
        ("quantum Computing", 1),
        ("attention is all you need", 3),
        ("it", 6),
        ("c*-algebras", 9),
        ("C* algebras", 9),
        ("neural networks", 10),
        ("all you need to know", 5),
    ],
)
@pytest.mark.parametrize("typing", [False, True])
def test_a_title_comes_first(corpus: Corpus, query: str, title: int, typing: bool) -> None:
    assert corpus.ranked(query, typing=typing).rows[0] == title


def test_the_paper_whose_title_is_in_a_reference_comes_first(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "The limit point of the pentagram map", "On polygons.", ["Max Glick"])
    corpus.put(
        2, "Glick's conjecture on the pentagram map", "Glick, Glick: limit point; pentagram."
    )
    corpus.put(3, "Limit", "IMRN")
    corpus.build()
    typed = "[12] M. Glick. The limit point of the pentagram map. IMRN, 2018."
    assert corpus.ranked(typed).rows[0] == 1


def test_a_title_with_the_words_as_they_are_written_comes_before_their_other_forms(
    tmp_path: Path,
) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "Of gases that adiabatically trapped particles are", published="2001")
    corpus.put(2, "Of gases that adiabatic traps of particles are", published="2002")
    corpus.build()
    assert corpus.find("adiabatically trapped") == [1, 2]
    assert corpus.find("adiabatic traps") == [2, 1]
    assert corpus.find("trapped") == [1, 2]
    assert corpus.find("traps") == [2, 1]


def test_titles_with_the_whole_query_come_before_its_words(corpus: Corpus) -> None:
    assert set(corpus.find("all you need")[:3]) == {3, 4, 5}
    assert corpus.find("adam")[0] == 7
