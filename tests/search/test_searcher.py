"""Searching: what is found, and in which order."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.errors import Cancelled, CancelToken
from paperreader.query.text_field import Field
from paperreader.query.tree import And, Filter, Node, Not, Or, Phrase, Word
from paperreader.search import analysis
from tests.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable

PAPERS = [
    ("Graph Neural Networks", "We learn on graphs.", ["Ada Müller"], "2019-05-01"),
    ("A Survey of Pretraining", "Language models are pre-trained.", ["Paul Erdős"], "2021"),
    ("Pre-training Transformers", "GPT-4 in C++ beats t-SNE.", ["Geoffrey Hinton"], "2020-02"),
    ("The Ising Model", r"An $O(n \log n)$ bound by Erd\H{o}s.", ["Ising, Ernst"], "1925"),
    ("Networks of Neurons", "A neural code; not a graph of networks.", [], "2018-01-01"),
    ("Transformations", "", ["Ada Lovelace", "Geoffrey Boole"], ""),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row, (title, abstract, authors, published) in enumerate(PAPERS, start=1):
        corpus.put(row, title, abstract, authors, published)
    assert corpus.build()
    return corpus


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("graphs", {1, 5}),
        ("neural network", {1, 5}),
        ('"neural networks"', {1}),
        ('"graph of networks"', {5}),
        ("title:graph", {1}),
        ("abstract:graph", {1, 5}),
        ("pretraining", {2, 3}),
        ("pre-training", {2, 3}),
        ("pre training", {2, 3}),
        ("gpt-4", {3}),
        ("GPT4", {3}),
        ("c++", {3}),
        ("tsne", {3}),
        ("erdos", {2, 4}),
        ("author:erdos", {2}),
        ("muller", {1}),
        ('author:"geoffrey hinton"', {3}),
        ("author:geoffrey", {3, 6}),
        ('author:"ada geoffrey"', set()),
        ("ada graph", {1}),
        ("O(n log n)", {4}),
        ("transf*", {3, 6}),
        ("title:transformers", {3, 6}),
        ("~netwroks", {1, 5}),
        ("graph -code", {1}),
        ("survey OR ising", {2, 4}),
        ("the", {4}),
        ("the of graph", {1, 5}),
        ("absent", set()),
    ],
)
def test_what_is_found(corpus: Corpus, text: str, rows: set[int]) -> None:
    assert set(corpus.find(text)) == rows


MORE = [
    ("Networks and networking", "Expenses of matrices", "2017"),
    ("A network", "An expensive matrix of GPT-3, and SU(2)", "2019-04"),
    ("Deep GPT-4", "GPT 4o; the AIDS epidemic", "2021"),
    ("First aid", "that aids; LLMs, in 2017 and before", "2015"),
    ("An LLM", "colour", "2020"),
]


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row, (title, abstract, published) in enumerate(MORE, start=1):
        corpus.put(row, title, abstract, published=published)
    corpus.build()
    return corpus


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("networks", {1, 2}),
        ('"networks"', {1}),
        ("=network", {2}),
        ("'network'", {2}),
        ('"a network"', {2}),
        ('"expenses"', {1}),
        ("matrices", {1, 2}),
        ("matrix", {1, 2}),
        ('"matrix"', {2}),
        ('"networks and * of matrices"', set()),
        ('"expenses * matrices"', {1}),
        ("2017", {1, 4}),
        ("networks 2017", {1}),
        ("2018-2020", {2, 5}),
        ("2019-04", {2}),
        ("2019/05", set()),
        ("AIDS", {3}),
        ("aids", {3, 4}),
        ("aid", {4}),
        ('"aids"', {3, 4}),
        ("LLM", {4, 5}),
        ("llms", {4, 5}),
        ("color", {5}),
        ("GPT-4", {3}),
    ],
)
def test_forms_of_words_and_years(more: Corpus, text: str, rows: set[int]) -> None:
    assert set(more.find(text)) == rows


def test_a_last_digit_or_letter_counts_while_it_is_typed(more: Corpus) -> None:
    assert set(more.find("GPT-4", typing=True)) == {3}
    assert set(more.find("GPT-3", typing=True)) == {2}
    assert set(more.find("GPT-x", typing=True)) == {2, 3}  # the first letter of another word
    assert more.find("GPT-5", typing=True) == []


def test_the_nearest_spelling_counts_most(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "Romanian")
    for row in range(2, 9):
        corpus.put(row, "Riemannian")
    corpus.build()
    assert corpus.find("~riemanian")[-1] == 1


@pytest.mark.parametrize(
    ("typed", "rows"),
    [("gra", {1, 5}), ("neural ne", {1, 5}), ("pre-t", {2, 3}), ('"neural net', {1})],
)
def test_the_last_word_is_a_beginning_while_it_is_typed(
    corpus: Corpus, typed: str, rows: set[int]
) -> None:
    assert set(corpus.find(typed, typing=True)) == rows


def test_a_word_typed_to_its_end_finds_what_it_finds_as_a_word(corpus: Corpus) -> None:
    for word in ("networks", "learn", "transformers", "surveys"):
        assert set(corpus.find(word, typing=True)) >= set(corpus.find(word))


def test_the_title_counts_more(corpus: Corpus) -> None:
    assert corpus.find("graph")[0] == 1


def test_words_that_stand_together_count_more(corpus: Corpus) -> None:
    assert corpus.find("neural networks")[0] == 1


def test_the_newest_of_equals_comes_first(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    dates = ["2018", "2020-01-02", "", "2020-01-10", "2019-12"]
    for row, date in enumerate(dates):
        corpus.put(row, "same title", published=date)
    corpus.build()
    assert corpus.find("same") == [3, 1, 4, 0, 2]


def test_papers_that_hold_most_words_follow_where_few_hold_all(corpus: Corpus) -> None:
    ranked = corpus.ranked("graph neural networks learn")
    assert ranked.rows.tolist() == [1, 5]
    assert ranked.full == 1


def test_a_phrase_in_a_long_query_counts_as_its_words_where_it_stands_nowhere(
    corpus: Corpus,
) -> None:
    ranked = corpus.ranked('"code neural" graph of networks')
    assert ranked.full == 0
    assert set(ranked.rows.tolist()) == {1, 5}


def test_filters_and_views_narrow_the_search(corpus: Corpus) -> None:
    def of_three(condition: Filter) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        return np.array([1, 3, 999], dtype=np.int64)

    tree = And((Word("graph"), Filter("is", "read")))
    assert corpus.searcher.search(tree, filters=of_three).rows.tolist() == [1]
    without = And((Word("graph"), Not(Filter("is", "read"))))
    assert corpus.searcher.search(without, filters=of_three).rows.tolist() == [5]
    within = np.array([5, 77], dtype=np.int64)
    assert corpus.searcher.search(Word("graph"), filters=of_three, within=within).full == 1


def test_only_a_negation_finds_the_rest_newest_first(corpus: Corpus) -> None:
    assert corpus.find("-graph") == [2, 3, 4, 6]


def test_a_cancelled_search_says_so(corpus: Corpus) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        corpus.searcher.search(Word("neverasked"), filters=lambda _: np.empty(0), cancel=cancel)


def test_related_papers_and_why(corpus: Corpus) -> None:
    title, abstract, *_ = PAPERS[0]
    related = corpus.searcher.related(1, title, abstract, 3)
    assert related[0].row == 5
    assert {"graph", "neural", "networks"} <= {*related[0].words, "graph"}
    assert 1 not in {paper.row for paper in related}


def test_an_index_without_papers_finds_nothing(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    assert corpus.find("graph") == []
    assert corpus.find("g", typing=True) == []
    assert corpus.find("~graph") == []
    assert corpus.searcher.mended("grahp", Word("grahp")) == []
    assert corpus.searcher.related(1, "graph", "", 5) == []


# Words that are their own stems, so that what holds them can be told by looking.
WORDS = st.sampled_from(["alba", "albo", "brem", "crom", "the", "x-ray", "al"])
TEXTS = st.lists(WORDS, max_size=5).map(" ".join)
# A stop word beside a name is part of it: that is tested by itself.
NAMES = st.lists(WORDS.filter(lambda word: word != "the"), max_size=4).map(" ".join)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, WORDS, st.sampled_from([None, *Field])),
    st.builds(Word, st.sampled_from(["al", "alb", "b", "x"]), prefix=st.just(value=True)),
    st.builds(
        Phrase,
        st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
        st.sampled_from([None, *Field]),
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        st.builds(Not, nodes),
        st.lists(nodes, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(nodes, min_size=1, max_size=3).map(lambda parts: And(tuple(parts))),
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(
    papers=st.lists(st.tuples(TEXTS, TEXTS, st.lists(NAMES, max_size=2)), min_size=1, max_size=6),
    trees=st.lists(TREES, min_size=5, max_size=5),
    cut=st.integers(0, 6),
)
def test_search_agrees_with_looking(
    tmp_path_factory: pytest.TempPathFactory,
    papers: list[tuple[str, str, list[str]]],
    trees: list[Node],
    cut: int,
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row, (title, abstract, authors) in enumerate(papers):
        corpus.put(row, "brem " + title, abstract, authors)
        if row == cut:
            corpus.build()
    corpus.build()
    for tree in trees:
        ranked = corpus.searcher.search(tree, filters=lambda _: np.empty(0, np.int64))
        expected = {
            row
            for row, (title, abstract, authors) in enumerate(papers)
            if _holds(tree, ("brem " + title, abstract, authors))
        }
        assert set(ranked.rows[: ranked.full].tolist()) == expected, tree
        assert len(set(ranked.rows.tolist())) == len(ranked.rows)


def _holds(node: Node, paper: tuple[str, str, list[str]]) -> bool:
    """Whether a paper is what the tree asks for, by looking."""
    match node:
        case Not(part):
            return not _holds(part, paper)
        case Or(parts):
            return any(_holds(part, paper) for part in _telling(parts))
        case And(parts):
            return all(_holds(part, paper) for part in _telling(_flat(parts)))
        case Word() | Phrase():
            return any(_stands(variant, node, paper) for variant in analysis.variants(node.text))
        case _:
            raise AssertionError(node)


def _flat(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(
        inner
        for part in parts
        for inner in (_flat(part.parts) if isinstance(part, And) else (part,))
    )


def _telling(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    telling = tuple(
        part
        for part in parts
        if not (isinstance(part, Word) and part.text == "the" and part.field is not Field.AUTHOR)
    )
    return telling if any(not isinstance(part, Not) for part in telling) else parts


def _stands(
    variant: tuple[str, ...], node: Word | Phrase, paper: tuple[str, str, list[str]]
) -> bool:
    title, abstract, authors = paper
    if isinstance(node, Phrase) and node.field is Field.AUTHOR:
        return any(_is_by(variant, author) for author in authors)
    texts = {Field.TITLE: [title], Field.ABSTRACT: [abstract], Field.AUTHOR: authors}
    fields = [node.field] if node.field else [*Field]
    fits: Callable[[str, str], bool] = str.startswith if node.prefix else str.__eq__
    for text in (text for field in fields for text in texts[field]):
        at: dict[int, set[str]] = {}
        for token in analysis.tokens(text):
            at.setdefault(token.position, set()).add(token.word)
        for start in at:
            if all(
                any(
                    fits(word, sought) if place == len(variant) - 1 else word == sought
                    for word in at.get(start + place, ())
                )
                for place, sought in enumerate(variant)
            ):
                return True
    return False


def _is_by(parts: tuple[str, ...], author: str) -> bool:
    """Whether an author has all parts of a name, whole or as initials."""
    words = {token.word for token in analysis.tokens(author)}
    whole = {part for part in parts if len(part) > 1}
    initials = {part for part in parts if len(part) == 1} if len(whole) < 2 else ()
    return whole <= words and all(
        any(word.startswith(initial) for word in words - whole) for initial in initials
    )
