"""The analysis that indexing, searching and marking share."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import analysis

PIECES = st.sampled_from(
    [
        "\\",
        "{",
        "}",
        "$",
        "\\H{o}",
        "\\alpha",
        "\\mathcal{O}",
        "mathcal{",
        "-",
        "'s",
        "^",
        "_",
        "é",
        "ß",
        "İ",
        "ﬁ",
        "深",
        "度",
        "한",
        "α",
        "C++",
        "C#",
        "word",
        "7",
        " ",
        "\n",
        "\\o ",
        "~",
        "’",
    ]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"])).map("".join)


def spelled(text: str) -> list[str]:
    """All words of a text, in order, joined ones in brackets."""
    return [f"({token.word})" if token.joined else token.word for token in analysis.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graph NETWORKS", "graph networks"),
        ("t-SNE", "t sne (tsne)"),
        ("k-NN-based", "k nn based (knn) (nnbased)"),
        ("GPT-4, C++ and C#", "gpt 4 (gpt4) c++ and c#"),
        ("the F1 of L2", "the f1 of l2"),
        (r"$F_1$, $L^{2}$ and $\ell_1$", "f 1 (f1) l 2 (l2) and l 1 (l1)"),
        (r"O(n \log n)", "o n log n"),
        (r"$\mathcal{O}(n\log n)$", "o n log n"),
        ("mathcal{O}(m)", "o m"),
        (r"P\small{ARAMAWPS}", "paramawps"),
        (r"Erd\H{o}s and Erd\H os", "erdos and erdos"),
        (r"Schr\"{o}dinger, {\'e}cole, \L ukasz, S\o ren", "schrodinger ecole lukasz soren"),
        ("Müller, Łukasz, Søren, Ærø, Straße", "muller lukasz soren aero strasse"),
        ("Mu\u0308ller", "muller"),
        (r"$\alpha$-stable α-stable \alpha\beta", "alpha stable (alphastable) " * 2 + "alpha beta"),
        (r"\emph{very} {\bf bold}ly", "very boldly"),
        (r"a \leq b", "a b"),
        ("Einstein's don't", "einstein don t (dont)"),
        ("Navier–Stokes", "navier stokes (navierstokes)"),
        ("深度学习", "深 度 学 习"),
        ("L² x₁", "l2 x1"),
    ],
)
def test_what_a_text_is_read_as(text: str, expected: str) -> None:
    assert spelled(text) == expected.split()


def test_tokens_tell_where_they_stand_in_the_original() -> None:
    text = r"On Erd\H{o}s's t-SNE of $\alpha$"
    found = {token.word: text[token.start : token.end] for token in analysis.tokens(text)}
    assert found["erdos"] == r"Erd\H{o}s"
    assert found["tsne"] == "t-SNE"
    assert found["sne"] == "SNE"
    assert found["alpha"] == r"\alpha"


@given(TEXTS)
def test_the_fast_way_gives_the_same_words(text: str) -> None:
    found = analysis.tokens(text)
    fast = analysis.words(text)
    assert fast.words == [token.word for token in found if not token.joined]
    assert fast.joined == [(token.position, token.word) for token in found if token.joined]


@given(TEXTS)
def test_tokens_are_in_order_and_inside_the_text(text: str) -> None:
    plain = [token for token in analysis.tokens(text) if not token.joined]
    assert [token.position for token in plain] == list(range(len(plain)))
    assert all(0 <= token.start < token.end <= len(text) for token in plain)
    assert all(token.word and len(token.word) <= 64 for token in plain)


@given(TEXTS)
def test_a_sought_text_has_the_words_that_it_is_indexed_by(text: str) -> None:
    variants = analysis.variants(text)
    assert (variants[0] if variants else ()) == tuple(analysis.words(text).words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("graph", [("graph",)]),
        ("GPT-4", [("gpt", "4"), ("gpt4",)]),
        ("pre-trained nets", [("pre", "trained", "nets"), ("pretrained", "nets")]),
        ("--", []),
    ],
)
def test_alternatives(text: str, expected: list[tuple[str, ...]]) -> None:
    assert analysis.variants(text) == expected


def test_stems() -> None:
    assert analysis.stem("networks") == analysis.stem("network")
    assert analysis.stems(["models", "modeling"]) == ["model", "model"]


def test_a_very_long_word_is_read_as_several() -> None:
    assert [len(word) for word in analysis.words("a" * 150).words] == [64, 64, 22]


def test_each_thread_has_a_stemmer_of_its_own() -> None:
    with ThreadPoolExecutor(1) as pool:
        others = pool.submit(analysis._stemmer).result()
    assert others is not analysis._stemmer()
    assert analysis._stemmer() is analysis._stemmer()
