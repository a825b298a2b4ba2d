"""The analysis that indexing, searching and marking share."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.search import analysis, word_forms

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


def terms(text: str) -> list[str]:
    """What a text is indexed as."""
    return analysis.stems(analysis.words(text).words)


def spelled(text: str) -> list[str]:
    """All words of a text, in order, joined ones in brackets."""
    return [f"({token.word})" if token.joined else token.word for token in analysis.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graph NETWORKS", "graph networks"),
        ("t-SNE", "t sne (tsne)"),
        ("k-NN-based", "k nn based (knn) (nnbased) (knnbased)"),
        ("end-to-end", "end to end (endto) (toend) (endtoend)"),
        ("state-of-the-art", "state of the art (stateof) (ofthe) (theart)"),
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
        ("H→γγ, $\\gamma\\gamma$ and Δx", "h gamma gamma gamma gamma and delta x"),
        ("trans\u00adformer, zero\u200bwidth", "transformer zerowidth"),
        ("A* search and a*b", "a* search and a b"),
        (r"C*-algebras, $C^*$-algebras, $C^{\ast}$", "c* algebras c* algebras c*"),
        ("LLMs, GPUs-based; the MoEs", "llm gpu based (gpubased) the moe"),
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


@pytest.mark.parametrize(
    "same",
    [
        "network networks networking",
        "LLM LLMs llm llms",
        "CNN CNNs cnns",
        "GPU GPUs gpus",
        "PDE PDEs pdes",
        "optimise optimize optimised optimizing optimisation",
        "colour color colours coloring",
        "behaviour behavior behavioural",
        "centre center centred centers",
        "fibre fiber fibres",
        "analyse analyze analysing analyzed",
        "neighbour neighbor",
        "neighbourhood neighborhood",
        "tumour tumor",
        "aluminium aluminum",
        "defence defense",
        "catalogue catalog",
        "Schrödinger Schroedinger Schrodinger",
        "Kähler Kaehler Kahler",
        "Gödel Goedel",
        "Müller Mueller Muller",
        "Hölder Hoelder",
        "Düsseldorf Duesseldorf Dusseldorf",
    ],
)
def test_forms_and_spellings_of_one_word(same: str) -> None:
    assert len({tuple(terms(word)) for word in same.split()}) == 1


@pytest.mark.parametrize(
    "others",
    [
        "AIDS aids",
        "SARS SAR",
        "iOS IO",
        "AdS ad ads",
        "indices indicate",
        "exercise size",
        "precise prize",
        "hour four for",
        "sequence sense",
        "poets pots",
        "loess loss",
        "GPS GPs",
    ],
)
def test_other_words_stay_others(others: str) -> None:
    words = others.split()
    assert len({tuple(terms(word)) for word in words}) == len(words) - ("ads" in words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("matrices", "matrix"), ("index", "indices"), ("analyses", "analysis"), ("graph", "")],
)
def test_irregular_plurals_and_their_singulars(one: str, other: str) -> None:
    assert analysis.other_number(one) == other


def test_a_title_in_capitals_has_no_acronyms() -> None:
    assert terms("GRAPH NETS AND THEIR USES") == terms("graph nets and their uses")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mueller", "Müller", True),
        ("Kaehler", "Kahler", True),
        ("Michael", "Michal", False),
        ("Xue", "Xu", False),
        ("Rings", "Ring", False),
    ],
)
def test_names_have_umlauts_but_no_stems(one: str, other: str, same: bool) -> None:
    names = [analysis.name(analysis.words(word).words[0]) for word in (one, other)]
    assert (names[0] == names[1]) is same


def test_stems() -> None:
    assert analysis.stem("networks") == analysis.stem("network")
    assert analysis.stems(["models", "modeling"]) == ["model", "model"]


def test_a_very_long_word_is_read_as_several() -> None:
    assert [len(word) for word in analysis.words("a" * 150).words] == [64, 64, 22]


def test_each_thread_has_a_stemmer_of_its_own() -> None:
    with ThreadPoolExecutor(1) as pool:
        others = pool.submit(word_forms._stemmer).result()
    assert others is not word_forms._stemmer()
    assert word_forms._stemmer() is word_forms._stemmer()
