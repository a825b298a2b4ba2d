"""Word vectors fitted to a library: by the formula, whatever the blocks."""

import tempfile
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.errors import NEVER, Cancelled, CancelToken
from paperreader.search.vectors import adaptation, bags
from paperreader.search.vectors.adaptation import CollectedBags, Fitted, fitted
from paperreader.search.vectors.bags import Bag, word_counts, word_keys
from paperreader.search.vectors.quantised import STEP, Floats, unit
from paperreader.search.vectors.word_table import WordTable
from tests.search.vectors.made import PRIVACY, STARS

WORDS = ["galaxies", "stars", "privacy", "data", "zyxqua", "the", "7", "x", "wörter", "models"]
BAGS = st.lists(
    st.dictionaries(st.sampled_from(WORDS), st.integers(1, 300)).map(Counter[str]), max_size=12
)


def fit(counted: list[Bag], at_once: int = 5, token: CancelToken = NEVER) -> Fitted:
    with tempfile.TemporaryFile() as file:
        collected = CollectedBags(file)
        for start in range(0, len(counted), at_once):
            collected.add(counted[start : start + at_once])
        return fitted(collected, WordTable(), token)


def by_the_formula(counted: list[Bag]) -> tuple[dict[str, Floats], Floats]:
    """The adapted words of two papers or more, and the papers, without blocks or integers."""
    table = WordTable()
    words = sorted({word for bag in counted for word in bag if bags.is_telling(word)})
    general, known = table.look_up(words)
    weights = np.zeros((len(counted), len(words)), np.float32)
    for paper, bag in enumerate(counted):
        for place, word in enumerate(words):
            if bag[word]:
                weights[paper, place] = 1 + np.log(min(bag[word], 255))

    def papers(vectors: Floats) -> Floats:
        units = unit(weights @ vectors)
        present = np.any(units, axis=1, keepdims=True)
        made: Floats = unit(units - units.sum(axis=0) / np.float32(present.sum() + 50)) * present
        return made

    frequency = (weights > 0).sum(axis=0)
    idf = np.log1p((len(counted) - frequency + 0.5) / (frequency + 0.5))
    moved = unit(weights.T @ papers(general)) * np.array(frequency > 1)[:, None]
    part = np.where(known, adaptation.MOVED, adaptation.MOVED_UNKNOWN)[:, None]
    length = np.linalg.norm(general, axis=1).mean()
    adapted = (1 - part) * general + part * length * (idf / idf.mean())[:, None] * moved
    kept = {word: adapted[at] for at, word in enumerate(words) if frequency[at] > 1}
    return kept, papers(adapted)


@settings(deadline=None, max_examples=50)
@given(BAGS.filter(lambda counted: any(map(bags.is_telling, set().union(*counted)))))
def test_words_and_papers_follow_the_formula(counted: list[Bag]) -> None:
    fit_ = fit(counted)
    words, papers = by_the_formula(counted)
    assert set(fit_.words.tolist()) == set(word_keys(list(words)).tolist())
    vectors = fit_.word_vectors.take(np.arange(len(fit_.words)))
    for word, vector in words.items():
        place = int(np.searchsorted(fit_.words, word_keys([word])[0]))
        assert np.linalg.norm(vectors[place] - vector) < 0.05 * np.linalg.norm(vector)
    for made, paper in zip(fit_.papers.astype(np.float32) * STEP, papers, strict=True):
        assert np.linalg.norm(np.clip(made, -0.5, 0.5) - np.clip(paper, -0.5, 0.5)) < 0.1


def test_the_blocks_change_nothing() -> None:
    counted = [word_counts(*text) for text in STARS + PRIVACY]
    one, many = fit(counted, at_once=100), fit(counted, at_once=1)
    assert np.array_equal(one.words, many.words)
    assert np.array_equal(one.papers, many.papers)


def test_a_library_without_papers_or_words_has_no_vectors() -> None:
    assert fit([]).papers.shape == (0, 128)
    empty = fit([Counter(), Counter({"the": 3})])
    assert not empty.papers.any()
    assert not len(empty.words)


def test_what_is_used_together_comes_close() -> None:
    """Words that no table knows mean what the papers that hold them are about."""
    texts = [(f"Zqorvex {title}", text) for title, text in STARS] + PRIVACY
    counted = [word_counts(*text) for text in texts]
    fit_ = fit(counted)
    keys = word_keys(["zqorvex", "galaxies", "individuals"])
    word, star, privacy = unit(fit_.word_vectors.take(np.searchsorted(fit_.words, keys)))
    assert word @ star > word @ privacy + 0.2


def test_fitting_ends_when_cancelled() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        fit([word_counts("a galaxy")], token=token)


def test_words_moved_a_few_at_a_time_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [word_counts(*text) for text in STARS + PRIVACY]
    at_once = fit(counted)
    monkeypatch.setattr(adaptation, "_MOVED_AT_ONCE", 2)
    parts = fit(counted)
    assert len(parts.words) > 2
    assert np.array_equal(parts.word_vectors.values[:], at_once.word_vectors.values[:])
    assert np.array_equal(parts.papers, at_once.papers)
