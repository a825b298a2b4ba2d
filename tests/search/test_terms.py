"""A prefix in some papers only has the scores that it has among all."""

import random
from pathlib import Path

import numpy as np
import pytest

from paperreader.errors import NEVER
from paperreader.search import segment_writer, word_postings
from paperreader.search.terms import Terms
from tests.corpus import Corpus

_WORDS = "graph graphs grand gray model models modes of offset matrix matrices zeta".split()


@pytest.mark.parametrize("most", [5, 1 << 16])  # prefixes are known by frequencies, by postings
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_prefix_among_some_papers_has_the_same_scores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, seed: int
) -> None:
    monkeypatch.setattr(segment_writer, "_MANY", 20)
    monkeypatch.setattr(word_postings, "_MOST_POSTINGS", most)
    chance = random.Random(seed)
    corpus = Corpus(tmp_path / "index")
    for row in range(80):
        title, abstract = (" ".join(chance.choices(_WORDS, k=k)) for k in (4, 9))
        corpus.put(row, title, abstract, [f"Ada {chance.choice(_WORDS).title()}"])
        if row == 30:
            corpus.build()
    for row in range(0, 40, 7):
        corpus.put(row, "graph model")  # the one of before is dead
    corpus.build()
    terms = Terms(corpus.index.snapshot)
    for prefix in ("g", "gr", "gra", "graph", "mod", "model", "o", "of", "matr", "z", "x"):
        among = np.array([chance.random() < 0.3 for _ in range(len(terms.snapshot))])
        among &= terms.snapshot.alive
        some = terms.prefix_among(prefix, among, NEVER.check)
        every = terms.prefix(prefix, None, NEVER.check)
        kept = among[every.papers]
        assert some.idf == every.idf
        assert some.papers[among[some.papers]].tolist() == every.papers[kept].tolist()
        assert some.scores[among[some.papers]].tolist() == every.scores[kept].tolist()
        places = every.postings[among[every.postings >> np.uint32(10)]]
        assert some.postings[among[some.postings >> np.uint32(10)]].tolist() == places.tolist()
