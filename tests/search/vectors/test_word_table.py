"""The table of word vectors that comes with paperreader."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search.vectors.quantised import DIMENSIONS, QuantisedRows, unit
from paperreader.search.vectors.word_pieces import WordPieces
from paperreader.search.vectors.word_table import TABLE, WordTable


@pytest.fixture(scope="module")
def table() -> WordTable:
    return WordTable()


def test_the_table_is_the_one_that_was_made(table: WordTable) -> None:
    assert table.is_sound


def test_the_table_carries_its_notice_and_licence() -> None:
    assert "CC0" in (TABLE / "NOTICE").read_text(encoding="utf-8")
    assert "Apache License" in (TABLE / "LICENSE").read_text(encoding="utf-8")


@given(st.lists(st.text(min_size=1), max_size=20))
def test_every_word_has_a_vector(words: list[str]) -> None:
    vectors, known = WordTable().look_up(words)
    assert vectors.shape == (len(words), DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert vectors.any(axis=1).all()
    assert known.shape == (len(words),)


def test_a_word_has_the_same_vector_in_any_company(table: WordTable) -> None:
    words = [f"{stem}{number}" for number in range(2000) for stem in ("galaxies", "zq")]
    many = table.look_up([*words, "privacy"]).vectors[-1]
    assert np.array_equal(many, table.look_up(["privacy"]).vectors[0])


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("galaxy", "stars", "grammar"),
        ("privacy", "anonymity", "galaxy"),
        ("translation", "languages", "neutrino"),
        ("supernovae", "star", "database"),
    ],
)
def test_words_of_one_subject_are_close(table: WordTable, word: str, near: str, far: str) -> None:
    first, second, third = unit(table.look_up([word, near, far]).vectors)
    assert first @ second > first @ third + 0.1


def test_words_of_another_language_are_not_known(table: WordTable) -> None:
    words = ["galaxies", "verschränkung", "schwerpunkt", "量"]
    assert table.look_up(words).known.tolist() == [True, False, False, False]


def test_the_longest_piece_is_taken() -> None:
    pieces = WordPieces(["[UNK]", "un", "##believ", "##be", "##able", "##", "unc"], first=10)
    assert pieces.split("unbelievable") == [11, 12, 14]
    assert pieces.split("unbe") == [11, 13]
    assert pieces.split("unbx") == [10]
    assert pieces.split("uncable") == [16, 14]
    assert pieces.split("uncertain") == [10]
    assert pieces.split("") == []


@given(st.integers(0, 50), st.integers(0, 2**32 - 1))
def test_quantised_rows_are_near_what_they_were(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((count, DIMENSIONS)).astype(np.float32)
    matrix *= rng.choice([0, 0.01, 1, 20], (count, 1)).astype(np.float32)
    taken = QuantisedRows.of(matrix).take(np.arange(count))
    largest = np.abs(matrix).max(axis=1, initial=0)
    assert (np.abs(taken - matrix).max(axis=1, initial=0) <= largest * 0.01 + 1e-5).all()
