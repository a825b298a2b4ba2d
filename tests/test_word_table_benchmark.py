"""The script that makes the table of word vectors: its parts, on a table for toys."""

import numpy as np
import pytest

from paperreader.search.vectors.bags import WordNumbers, word_counts
from paperreader.search.vectors.quantised import Floats, unit

pytest.importorskip("scipy", reason="the extra 'benchmarks' is not installed")

from tests.benchmarks import word_table

TEXTS = [f"galaxies stars redshift survey{n}" for n in range(8)] + [
    f"privacy records individuals table{n}" for n in range(8)
]


def closeness(papers: Floats, titles: Floats) -> float:
    """How much closer papers are to their own titles than to others."""
    products = unit(papers) @ titles.T
    return float(products.diagonal().mean() - products.mean())


def test_training_moves_papers_towards_their_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_table, "_BATCH", 8)
    monkeypatch.setattr(word_table, "_EPOCHS", 20)
    rng = np.random.default_rng(1)
    titles = unit(rng.standard_normal((len(TEXTS), 16)).astype(np.float32))
    numbers = WordNumbers()
    counted = word_table.counts([word_counts(text) for text in TEXTS], numbers)
    frequencies = np.asarray(counted.getnnz(axis=0))
    stems, matrix = word_table.features(numbers.words, frequencies)
    assert {"galaxi", "privaci"} <= set(stems)
    assert not any(stem.startswith("survey1") for stem in stems)
    papers = word_table.damped(counted @ matrix)
    vectors = rng.standard_normal((papers.shape[1], 16)).astype(np.float32) * np.float32(0.1)
    before = closeness(papers @ vectors, titles)
    word_table.train(vectors, papers, papers, titles)
    assert closeness(papers @ vectors, titles) > before + 0.2


def test_the_same_papers_are_held_out_each_time() -> None:
    from tests.benchmarks import corpus

    papers = corpus.papers(None, 30)
    first, again = word_table.split(papers, 10), word_table.split(papers, 10)
    assert first == again
    assert len(first.training) == 20
    assert len(first.held_out) == 10
