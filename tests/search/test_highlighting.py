"""Where the words of a query stand in a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.query.query import Query
from paperreader.query.text_field import Field
from paperreader.search.highlighting import Highlighter
from tests.corpus import Corpus

TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["graph", "Graphs", " ", "-", "t-SNE", "\\H{o}", "$", "é", ".", "pre", "training"]
    )
).map("".join)
QUERIES = ["graph", '"graph graph"', "t-SNE", "gr*", "pretraining OR pre-training", "~grpah", "a*"]


def marked(query: str, text: str, field: Field = Field.ABSTRACT, *, typing: bool = False) -> str:
    """The text with what is marked in brackets."""
    spans = Highlighter(Query.parse(query, typing=typing).tree).spans(text, field)
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_a_partial_match_shows_which_words_of_a_phrase_it_has() -> None:
    highlighter = Highlighter(Query.parse('"graph networks" author:"ada x"').tree)
    text = "network graphs, graph networks"
    assert highlighter.spans(text, Field.TITLE) == [(16, 30)]
    assert highlighter.partly.spans(text, Field.TITLE) == [(0, 7), (8, 14), (16, 30)]
    assert highlighter.partly.spans("Ada X, Ada Y", Field.AUTHOR) == [(0, 3), (4, 5)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("network", "Networks, networking; a net", "[Networks], [networking]; a net"),
        ("muller naive", "Müller is naïve", "[Müller] is [naïve]"),
        ("Müller", "Muller", "[Muller]"),
        ("erdos", r"by Erd\H{o}s", r"by [Erd\H{o}s]"),
        ("erdos", "by Erdős", "by [Erdős]"),
        ("t-SNE", "t-SNE and tSNE, not t or SNE", "[t-SNE] and [tSNE], not t or SNE"),
        ("GPT-4", "GPT-4 beats GPT-3 and GPT4", "[GPT-4] beats GPT-3 and [GPT4]"),
        ("pretraining", "pre-training, pretraining", "[pre-training], [pretraining]"),
        ("pre-training", "pre training", "[pre training]"),
        ("endtoend", "an end-to-end model", "an [end-to-end] model"),
        ("end-to-end", "endtoend, end to end", "[endtoend], [end to end]"),
        ("time series", "timeseries, a series", "[timeseries], a [series]"),
        ("C++", "in C++ and C", "in [C++] and C"),
        ("trans*", "Transformers in transit", "[Transformers] in [transit]"),
        ('"graph networks"', "network graph; graph networks", "network graph; [graph networks]"),
        ('"state of the art"', "the state-of-the-art", "the [state-of-the-art]"),
        ("SU(2)", "SU(3) and SU(2)", "SU(3) and [SU(2)]"),
        ("~transfromer", "the transformer", "the [transformer]"),
        ("graph -network", "graph network", "[graph] network"),
        ("graph -(net work)", "graph net work", "[graph] net work"),
        ("graph OR (net work)", "graph net work", "[graph] [net] [work]"),
        ("the graph", "the graph", "the [graph]"),
        ('"the graph"', "the graph the", "[the graph] the"),
        ("the a", "the a an", "[the] [a] an"),
        ("learni*", "learned, learns", "[learned], [learns]"),
        ("year:2019 is:unread", "read in 2019", "read in 2019"),
        ('"networks"', "networks of a network", "[networks] of a network"),
        ("AIDS", "AIDS aids", "[AIDS] aids"),
        ("aids", "AIDS aids; an aid", "[AIDS] [aids]; an [aid]"),
        ("llms", "an LLM, LLMs", "an [LLM], [LLMs]"),
        ("matrix", "matrices", "[matrices]"),
        ("colour", "Colors", "[Colors]"),
        ('"a * b"', "a big b, a b", "[a big b], a b"),
        ("schroedinger", "Schrödinger", "[Schrödinger]"),
        ("C*-algebra", "$C^*$-algebras", "$[C^*$-algebras]"),
        ("transformer", "trans\u00adformer", "[trans\u00adformer]"),
        ("", "anything", "anything"),
        ("graph", "", ""),
    ],
)
def test_every_match_is_marked_and_nothing_else(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title:graph", "[graph]|graph|graph"),
        ("abstract:graph", "graph|[graph]|graph"),
        ("author:graph", "graph|graph|[graph]"),
        ("graph", "[graph]|[graph]|[graph]"),
    ],
)
def test_a_field_is_marked_only_there(query: str, expected: str) -> None:
    parts = (Field.TITLE, Field.ABSTRACT, Field.AUTHOR)
    assert "|".join(marked(query, "graph", part) for part in parts) == expected


def test_names_have_no_stems() -> None:
    assert marked("rings", "Rings, Ring", Field.AUTHOR) == "[Rings], Ring"
    assert marked("rings", "Rings, Ring", Field.TITLE) == "[Rings], [Ring]"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kaiming he", "[Kaiming] [He], He Kai, Ann He-Li"),
        ("he graph", "Kaiming He, He Kai, Ann He-Li"),
        ('author:"he, kaiming"', "[Kaiming] [He], He Kai, Ann He-Li"),
        ('author:"K. He"', "[Kaiming] [He], [He] [Kai], Ann He-Li"),
        ('author:"Ann Li"', "Kaiming He, He Kai, [Ann] He-[Li]"),
        ("k kaiming", "[Kaiming] He, He Kai, Ann He-Li"),
    ],
)
def test_parts_of_a_name_are_marked_in_that_name(query: str, expected: str) -> None:
    assert marked(query, "Kaiming He, He Kai, Ann He-Li", Field.AUTHOR) == expected


def test_the_word_being_typed_is_marked_as_a_beginning() -> None:
    assert marked("graph net", "nets of graphs", typing=True) == "[nets] of [graphs]"
    assert marked("graph net ", "networks of graphs", typing=True) == "networks of [graphs]"
    assert marked('"graph net', "networks, graph networks", typing=True) == (
        "networks, [graph networks]"
    )


@given(TEXTS, st.sampled_from(QUERIES))
def test_spans_are_sorted_disjoint_and_inside(text: str, query: str) -> None:
    spans = Highlighter(Query.parse(query).tree).spans(text, Field.TITLE)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert all(start < end for start, end in spans)
    assert all(0 <= place <= len(text) for place in places)


WORDS = ["graph", "Graphs", "AIDS", "aids", "aid", "matrix", "matrices", "pre-training", "t-SNE"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    st.sampled_from([*WORDS, '"graphs"', '"graph graphs"', "gr*", "LLM", "pretraining", "tsne"]),
)
@settings(max_examples=60, deadline=None)
def test_what_matched_is_what_is_marked(
    tmp_path_factory: pytest.TempPathFactory, text: str, query: str
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    corpus.put(1, text)
    corpus.put(2, " ".join(WORDS))  # so that each acronym is one of the library
    corpus.build()
    is_marked = bool(Highlighter(Query.parse(query).tree).spans(text, Field.TITLE))
    assert is_marked == (1 in corpus.find(query))
