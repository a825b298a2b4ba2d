"""What a reader prefers, learnt from made-up papers of two fields."""

import random
import warnings
from pathlib import Path

import numpy as np
import pytest

from paperreader.search.preference import Example, Preference, Vectors
from tests.corpus import Corpus

FIELDS = {
    "sampling": "sampling decoding typical nucleus speculative draft tokens language".split(),
    "crystals": "crystals cold water growth lattice surface pressure freezing".split(),
}
COMMON = "we show that results model new method data study large analysis several".split()


def abstract(field: str, chance: random.Random) -> str:
    words = chance.choices(FIELDS[field], k=12) + chance.choices(COMMON, k=30)
    chance.shuffle(words)
    return " ".join(words)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """Rows 1 to 200: every tenth is about sampling, the others about crystals."""
    chance = random.Random(5)
    corpus = Corpus(tmp_path)
    for row in range(1, 201):
        field = "sampling" if row % 10 == 0 else "crystals"
        corpus.put(row, f"A {field} study of {chance.choice(COMMON)}", abstract(field, chance))
    corpus.build()
    return corpus


def learnt(
    corpus: Corpus, liked: list[int], skipped: tuple[int, ...] = (), vectors: Vectors | None = None
) -> Preference:
    texts = {change.row: change for change in corpus.changes}
    examples = [
        Example(row, texts[row].title, texts[row].abstract, texts[row].authors, row in liked)
        for row in (*liked, *skipped)
    ]
    return corpus.searcher.preference(examples, vectors)


def test_papers_like_the_liked_ones_come_first(corpus: Corpus) -> None:
    preference = learnt(corpus, [10, 20, 30, 40, 50])
    order = np.argsort(-preference.scores, kind="stable")[:20].tolist()
    assert set(order) == set(range(10, 201, 10))


def test_what_is_skipped_sinks(corpus: Corpus) -> None:
    chance = random.Random(9)
    for row in (301, 302, 303, 304, 305, 306):
        corpus.put(row, "Sampling of frogs", "frogs ponds " * 5 + abstract("sampling", chance))
    corpus.build()
    liked = [10, 20, 30, 40, 50]
    before, after = learnt(corpus, liked), learnt(corpus, liked, (301, 302, 303))
    others = list(range(60, 201, 10))

    def above(preference: Preference) -> float:
        return float(
            np.mean(preference.scores[[304, 305, 306]]) - np.mean(preference.scores[others])
        )

    assert above(after) < above(before)
    assert min(after.scores[others]) > max(after.scores[[304, 305, 306]])


def test_the_reasons_are_words_of_the_paper_that_speak_for_it(corpus: Corpus) -> None:
    preference = learnt(corpus, [10, 20, 30, 40, 50])
    text = (
        "We study speculative decoding with a draft model. Speculative decoding is fast in water."
    )
    reasons = preference.reasons("Faster decoding", text)
    assert "speculative decoding" in reasons
    assert "draft" in " ".join(reasons)
    assert not any("water" in reason for reason in reasons)
    assert preference.reasons("On lattices", "growth of crystals in cold water") == ()
    assert preference.reasons("", "") == ()


def test_an_author_of_liked_papers_is_a_reason(corpus: Corpus) -> None:
    for row in range(501, 506):
        corpus.put(row, "A sampling study", "Of tokens.", ["Ann Bee", f"Other Person{row}"])
    corpus.put(506, "Of frogs", "Frogs in ponds.", ["Cy Dee", "Ann Bee"])
    corpus.put(507, "Of frogs", "Frogs in ponds.", ["Bee Ann", "Ann Dee", "Cy Bee"])
    corpus.build()
    preference = learnt(corpus, [501, 502, 503, 504, 505])
    assert preference.scores[506] > preference.scores[507]
    assert preference.reasons("Of frogs", "Frogs in ponds.", ("Cy Dee", "Ann Bee")) == ("Ann Bee",)


def test_vectors_count_beside_the_words(corpus: Corpus) -> None:
    # These papers share no word with the liked ones, and lie in the same direction.
    for row in range(401, 411):
        corpus.put(row, "Quxes", "quxes foos bars")
    corpus.build()
    rows = np.array([*range(1, 201), *range(401, 411)], np.uint32)
    values = np.zeros((len(rows), 4), np.int8)
    values[:, 1] = 100
    values[np.isin(rows, [*range(10, 201, 10), *range(401, 411)])] = (100, 0, 0, 0)
    vectors = Vectors(rows, values, 0.01)
    liked = [10, 20, 30, 40, 50]
    without, with_vectors = learnt(corpus, liked), learnt(corpus, liked, vectors=vectors)
    crystals = [1, 2, 3, 4]
    assert min(with_vectors.scores[401:411]) > max(with_vectors.scores[crystals])
    assert with_vectors.scores[405] > without.scores[405]


def test_it_is_the_same_every_time(corpus: Corpus) -> None:
    first, again = (learnt(corpus, [10, 20, 30], (1, 2)) for _ in range(2))
    assert np.array_equal(first.scores, again.scores)


def test_rows_that_are_not_indexed_do_no_harm(corpus: Corpus) -> None:
    examples = [Example(row, "A sampling study", "sampling", (), True) for row in (10, 20, 9999)]
    preference = corpus.searcher.preference(examples)
    assert preference.of_rows(np.array([10, 500_000])).tolist()[1] == 0.0


def test_it_learns_nothing_while_nothing_is_indexed(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    vectors = Vectors(np.array([1]), np.ones((1, 4), np.int8), 0.01)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        example = Example(1, "A title", "", ("A. Bee",), liked=True)
        preference = corpus.searcher.preference([example], vectors)
    assert not preference.scores.any()
