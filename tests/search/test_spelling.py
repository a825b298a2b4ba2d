"""Close spellings from the papers' own words."""

from pathlib import Path

import pytest

from paperreader.query.query import Query
from tests.corpus import Corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row in range(60):
        corpus.put(
            row,
            "Neural networks for retrieval with attention",
            "A neural network, an auto-encoder, a reinforcement and a convolution.",
            ["Yoshua Bengio", "Geoffrey Hinton"],
        )
    corpus.put(60, "Netbooks and a neurol slip", "Gravity and tests with a test, 10 times")
    corpus.build()
    return corpus


def mended(corpus: Corpus, text: str) -> list[str]:
    tree = Query.parse(text).tree
    return corpus.searcher.mended(text, tree) if tree else []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nueral", "neural"),
        ("Netwroks", "networks"),
        ("retreival", "retrieval"),
        ("bengoi", "bengio"),
        ("neurol", "neural"),
        ("gravty", "gravity"),
        ("auto-encodr", "auto-encoder"),
        ('"nueral networks"', '"neural networks"'),
        ("author:hintn", "author:hinton"),
        ("nueral netwroks", "neural networks"),
        ("année nueral", "année neural"),
        ("tset", "test"),
    ],
)
def test_a_slip_is_mended(corpus: Corpus, written: str, meant: str) -> None:
    assert mended(corpus, written)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        *("neural", "network", "the", "", "--", "zq", "xylophone"),
        *(
            "reinforcment",
            "19",
            "209",
            "end2end",
            "author:neurol",
            "title:hintn",
            "ural",
            "year:20",
            "NEURL",
        ),
    ],
)
def test_what_is_known_or_like_nothing_stays(corpus: Corpus, text: str) -> None:
    assert mended(corpus, text) == []


def test_the_right_stem_is_mended_where_another_word_is(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    for row in range(100):
        corpus.put(row, "Reinforcement learning, of the Riemannian need", "Riemann")
    corpus.build()
    assert mended(corpus, "reinforcment lerning")[0] == "reinforcement learning"
    assert mended(corpus, "riemanian")[0] == "riemannian"
    assert mended(corpus, "ned")[0] == "need"
    assert mended(corpus, "nee") == ["need"]
    assert mended(corpus, "nad") == []


def test_new_words_do_not_need_another_table(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    for row in range(100):
        corpus.put(row, "Neural networks")
    corpus.build()
    assert mended(corpus, "nueral") == ["neural"]
    before = corpus.searcher._words
    corpus.put(101, "A nueral word")
    corpus.build()
    assert mended(corpus, "nueral") == ["neural"]
    assert corpus.searcher._words is before
    for row in range(102, 130):
        corpus.put(row, "Zebrafish")
    corpus.build()
    assert mended(corpus, "zebrafsh") == ["zebrafish"]
