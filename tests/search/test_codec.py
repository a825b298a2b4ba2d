"""The index as Whoosh sees it: what its own codec does is the oracle for ours."""

import io
import math
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import fields, query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.qparser import MultifieldParser
from whoosh.reading import SegmentReader
from whoosh.writing import NO_MERGE, OPTIMIZE

from paperreader.query import tree
from paperreader.query.text_field import Field
from paperreader.search import analysis, codec
from paperreader.search.array_file import ArrayFile
from paperreader.search.codec import PaperCodec, PaperSegment, paper_writer
from paperreader.search.codec.files import opened
from paperreader.search.merge_policy import SegmentSize, segments_to_merge
from paperreader.search.schema import NameAnalyzer, TextAnalyzer, paper_schema
from paperreader.search.searcher import Searcher
from paperreader.search.snapshot import Snapshot
from tests.corpus import Corpus

FIELDS = ("title", "abstract", "authors")


class Paper(NamedTuple):
    """A paper to put in; one without a title takes its row out."""

    row: int
    title: str
    abstract: str
    authors: str


WORDS = st.sampled_from(
    ["graph", "graphs", "networks", "net", "x-ray", "the", "Erdős", "gpt-4", "alba", "albo", "brem"]
)
# Few tokens: Whoosh's codec keeps larger lengths rounded, and sums up the rounded ones in a merge.
TEXTS = st.lists(WORDS, max_size=3).map(" ".join)
NAMES = st.lists(st.lists(WORDS, max_size=1).map(" ".join), max_size=3).map("\n".join)
PAPERS = st.builds(Paper, st.integers(0, 7), TEXTS, TEXTS, NAMES)
COMMITS = st.lists(st.lists(PAPERS, max_size=5), min_size=1, max_size=5)
FIELD = st.sampled_from(FIELDS)
TERM = st.sampled_from(
    "graph network net xray x rai ray the erdo erdos gpt 4 alba albo brem".split()
)
LEAVES = st.one_of(
    st.builds(query.Term, FIELD, TERM),
    st.builds(query.Phrase, FIELD, st.lists(TERM, min_size=2, max_size=3), st.integers(1, 3)),
    st.builds(query.Prefix, FIELD, st.sampled_from(["g", "gra", "al", "e", "zz", ""])),
    st.builds(query.Wildcard, FIELD, st.sampled_from(["*r*", "alb?", "n*t", "4*"])),
    st.builds(query.FuzzyTerm, FIELD, st.sampled_from(["grph", "allba", "ent", "brem"])),
    st.builds(query.TermRange, FIELD, st.just("b"), st.just("gz")),
    st.builds(query.Every, FIELD),
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(query.And, st.lists(parts, min_size=1, max_size=3)),
        st.builds(query.Or, st.lists(parts, min_size=1, max_size=3)),
        st.builds(query.AndNot, parts, parts),
        st.builds(query.AndMaybe, parts, parts),
        st.builds(query.DisjunctionMax, st.lists(parts, min_size=1, max_size=3)),
        parts.map(lambda part: query.And([query.Every(), query.Not(part)])),
    ),
    max_leaves=6,
)


class Memory(RamStorage):
    """A storage in memory, its temporary files too: Whoosh 2.7.4 keeps those in one directory."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        return RamStorage()


def whooshs_own() -> FileIndex:
    """An index by Whoosh's codec, with fields that mean the same."""
    text = fields.TEXT(analyzer=TextAnalyzer(), phrase=True)
    names = fields.TEXT(analyzer=NameAnalyzer(), phrase=True)
    schema = fields.Schema(
        title=text, abstract=text, authors=names, row=fields.ID(unique=True, stored=True)
    )
    return FileIndex.create(Memory(), schema)


def merge_as_ours(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Merge the segments that our policy chooses, in Whoosh's own way."""
    sizes = [SegmentSize(s.doc_count(), s.doc_count_all()) for s in segments]
    merged = segments_to_merge(sizes, writer.doc_count())
    for index in sorted(merged):
        if sizes[index].alive:
            writer.add_reader(SegmentReader(writer.storage, writer.schema, segments[index]))
    return [segment for index, segment in enumerate(segments) if index not in merged]


def put(writer: Any, papers: Sequence[Paper], row: Callable[[int], Any]) -> None:
    """Add, replace and delete papers; the last of each row counts."""
    for paper in {paper.row: paper for paper in papers}.values():
        if paper.title:
            writer.update_document(**paper._asdict() | {"row": row(paper.row)})
        else:
            writer.delete_by_term("row", row(paper.row))


MERGING = [(NO_MERGE, NO_MERGE), (codec.merge, merge_as_ours), (OPTIMIZE, OPTIMIZE)]


def built(commits: Sequence[Sequence[Paper]], ours_merge: Any, own_merge: Any) -> list[FileIndex]:
    """The same papers in an index by our codec and in one by Whoosh's."""
    ours, own = FileIndex.create(Memory(), paper_schema()), whooshs_own()
    for papers in commits:
        writer = paper_writer(ours, PaperCodec())
        put(writer, papers, int)
        writer.commit(mergetype=ours_merge)
        writer = own.writer(codec=W3Codec(), compound=False)
        put(writer, papers, str)
        writer.commit(mergetype=own_merge)
    return [ours, own]


def scores(index: FileIndex, asked: query.Query) -> dict[int, float]:
    """The rows that Whoosh finds, and their BM25F scores."""
    with index.searcher() as searcher:
        hits = searcher.search(asked, limit=None)
        return {int(hit["row"]): hit.score for hit in hits}


@settings(max_examples=120, deadline=None)
@given(
    commits=COMMITS, asked=st.lists(QUERIES, min_size=4, max_size=4), how=st.sampled_from(MERGING)
)
def test_whoosh_finds_and_scores_as_with_its_own_codec(
    commits: list[list[Paper]], asked: list[query.Query], how: tuple[Any, Any]
) -> None:
    ours, own = built(commits, *how)
    for one in asked:
        found, expected = scores(ours, one), scores(own, one)
        assert set(found) == set(expected), one
        for row, score in expected.items():
            assert math.isclose(found[row], score, rel_tol=1e-5, abs_tol=1e-5), one


def test_a_matcher_may_be_asked_after_its_end() -> None:
    papers = [Paper(0, "graph gpt-4", "", ""), Paper(1, "graph", "graph", "")]
    inner = query.AndNot(query.Wildcard("title", "4*"), query.Term("abstract", "graph"))
    asked = query.AndNot(query.Term("title", "graph"), inner)
    ours, own = built([papers], NO_MERGE, NO_MERGE)
    assert scores(ours, asked) == pytest.approx(scores(own, asked), rel=1e-5)
    assert set(scores(ours, asked)) == {1}


def test_long_texts_are_scored_as_with_whooshs_own_codec() -> None:
    papers = [Paper(row, "graph " * row, "net graph " * row**2, "alba") for row in range(1, 40)]
    ours, own = built([papers], NO_MERGE, NO_MERGE)
    for asked in (query.Term("title", "graph"), query.Term("abstract", "graph")):
        assert scores(ours, asked) == pytest.approx(scores(own, asked), rel=1e-5)


@settings(max_examples=60, deadline=None)
@given(commits=COMMITS, how=st.sampled_from(MERGING))
def test_whoosh_reads_the_same_terms_and_statistics(
    commits: list[list[Paper]], how: tuple[Any, Any]
) -> None:
    indexes = built(commits, *how)
    ours, own = (index.reader() for index in indexes)
    assert ours.doc_count() == own.doc_count()
    assert ours.doc_count_all() == own.doc_count_all()
    for field in FIELDS:
        terms = list(own.field_terms(field))
        assert list(ours.field_terms(field)) == terms
        assert ours.field_length(field) == own.field_length(field)
        for term in terms:
            assert ours.doc_frequency(field, term) == own.doc_frequency(field, term)
            assert ours.frequency(field, term) == own.frequency(field, term)
            mine, theirs = ours.postings(field, term), own.postings(field, term)
            while theirs.is_active():
                assert mine.weight() == theirs.weight()
                assert mine.value_as("positions") == theirs.value_as("positions")
                mine.next()
                theirs.next()
            assert not mine.is_active()
        assert list(ours.terms_within(field, "grph", 1)) == list(own.terms_within(field, "grph", 1))
    rows = [[int(stored["row"]) for stored in reader.all_stored_fields()] for reader in (ours, own)]
    assert rows[0] == rows[1]


TREE_LEAVES: st.SearchStrategy[tree.Node] = st.one_of(
    st.builds(
        tree.Word,
        st.sampled_from(["graphs", "network", "x-ray", "alba", "erdős", "zz"]),
        st.sampled_from([None, *Field]),
    ),
    st.builds(tree.Word, st.sampled_from(["al", "alb", "br"]), prefix=st.just(value=True)),
    # A compound is a phrase in any of the forms of its words; a quoted phrase is not.
    st.builds(
        tree.Word,
        st.lists(
            st.sampled_from(["graph", "networks", "alba", "x-ray"]), min_size=2, max_size=3
        ).map("-".join),
        st.sampled_from([None, *Field]),
    ),
)
TREES = st.recursive(
    TREE_LEAVES,
    lambda nodes: st.one_of(
        st.builds(tree.Not, nodes),
        st.lists(nodes, min_size=1, max_size=3).map(lambda parts: tree.Or(tuple(parts))),
        st.lists(nodes, min_size=1, max_size=3).map(lambda parts: tree.And(tuple(parts))),
    ),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None)
@given(commits=COMMITS, asked=st.lists(TREES, min_size=4, max_size=4), how=st.sampled_from(MERGING))
def test_our_search_finds_what_whoosh_finds(
    commits: list[list[Paper]], asked: list[tree.Node], how: tuple[Any, Any]
) -> None:
    index, _ = built(commits, *how)
    segments: list[PaperSegment] = index._segments()
    snapshot = Snapshot([(opened(index.storage, s), s.alive()) for s in segments])
    searcher = Searcher(cast("Any", SimpleNamespace(snapshot=snapshot)))
    for node in asked:
        ranked = searcher.search(node, filters=lambda _: np.empty(0, np.int64))
        found = set(ranked.rows[: ranked.full].tolist())
        assert found == set(scores(index, as_whoosh(node))), node


def as_whoosh(node: tree.Node) -> query.Query:
    """What a tree is in Whoosh's words."""
    match node:
        case tree.Not(part):
            return query.And([query.Every(), query.Not(as_whoosh(part))])
        case tree.And(parts):
            return query.And([as_whoosh(part) for part in parts])
        case tree.Or(parts):
            return query.Or([as_whoosh(part) for part in parts])
        case tree.Word():
            names = {Field.TITLE: "title", Field.ABSTRACT: "abstract"}
            one = [names.get(node.field, "authors")] if node.field else FIELDS
            ways = analysis.variants(node.text)
            return query.Or([leaf(field, way, node.prefix) for field in one for way in ways])
    raise AssertionError(node)


def leaf(field: str, words: tuple[str, ...], prefix: bool) -> query.Query:
    """A word or a phrase in one field."""
    terms = [word if field == "authors" or prefix else analysis.stem(word) for word in words]
    if len(terms) > 1:
        return query.Phrase(field, terms)
    return query.Prefix(field, terms[0]) if prefix else query.Term(field, terms[0])


# From here on: an index on the disk, as it is documented.

PAPER_LIST = [
    ("Graph Neural Networks", "We learn on graphs.", ["Ada Müller", "Bo Diaz"], "2019-05-01"),
    ("A Survey of Pretraining", "Language models are pre-trained.", ["Paul Erdős"], "2021"),
    ("Sparse graphs", "GPT-4 beats t-SNE.", ["Geoffrey Hinton"], "2020-02"),
]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    corpus = Corpus(tmp_path / "index")
    for row, (title, abstract, authors, published) in enumerate(PAPER_LIST, start=11):
        corpus.put(row, title, abstract, authors, published)
    corpus.build()
    corpus.put(13, "Sparse graphs", "GPT-4 beats all.", ["Geoffrey Hinton"], "2020-02")
    corpus.build()
    return tmp_path / "index"


EXAMPLE = """
from whoosh import index
from whoosh.qparser import MultifieldParser
papers = index.open_dir({directory!r})
parser = MultifieldParser(["title", "abstract", "authors"], papers.schema)
with papers.searcher() as searcher:
    for text in {texts!r}:
        hits = searcher.search(parser.parse(text), sortedby="date" if text == "graph" else None)
        print(text, "|", *(hit["row"] for hit in hits))
    print(searcher.doc_count(), *searcher.reader().field_terms("title"))
"""


def test_whoosh_opens_it_in_a_process_that_knows_nothing_of_us(directory: Path) -> None:
    texts = ["graph", "Graphs networks", '"graph neural"', "erdos", "gpt-4", "pretraining"]
    texts += ["t-sne", "spars*", "row:12", "diaz NOT survey", "title:model", "abstract:model"]
    code = EXAMPLE.format(directory=str(directory), texts=texts)
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False
    )
    assert run.stdout.splitlines() == [
        "graph | 11 13",
        "Graphs networks | 11",
        '"graph neural" | 11',
        "erdos | 12",
        "gpt-4 | 13",
        "pretraining | 12",
        "t-sne |",
        "spars* | 13",
        "row:12 | 12",
        "diaz NOT survey | 11",
        "title:model |",
        "abstract:model | 12",
        "3 a graph network neural of pretrain spars survey",
    ], run.stderr


def test_the_newest_come_first_by_the_column_of_dates(directory: Path) -> None:
    from whoosh import index

    with index.open_dir(str(directory)).searcher() as searcher:
        hits = searcher.search(query.Every(), sortedby="date", reverse=True)
        assert [hit["row"] for hit in hits] == [12, 13, 11]


def test_dates_are_not_searched_for_and_say_so(directory: Path) -> None:
    from whoosh import index

    papers = index.open_dir(str(directory))
    parser = MultifieldParser(["title"], papers.schema)
    with papers.searcher() as searcher:
        for text in ("date:2019", "date:[2018 TO 2020]", "graph OR date:2019"):
            assert len(searcher.search(parser.parse(text))) == 2 * ("graph" in text)


def test_the_documented_example_is_what_is_in_the_files(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "index")
    corpus.put(1, "Graphs", "On graphs.")
    corpus.put(2, "Trees", "Graph trees.")
    corpus.build()
    [file] = (tmp_path / "index").glob("*.terms")
    arrays = ArrayFile(io.BytesIO(file.read_bytes()), file.name)
    told = codec.__doc__
    example = told[told.index("One term, byte by byte") : told.index("For Whoosh, title:graph")]
    documented: dict[str, str] = {}
    name = ""
    for line in example.splitlines():
        if match := re.match(r"    (\S*)\s+((?:[0-9a-f]{2} +)*[0-9a-f]{2})\b(?:  |$)", line):
            name = match[1] or name
            documented[name] = documented.get(name, "") + match[2]
    assert documented.keys() == {
        *("stems", "stems.ends", "titles", "lengths"),
        *("text.starts", "text.postings", "text.forms", "text.in_titles"),
    }
    for name, digits in documented.items():
        assert arrays[name].tobytes() == bytes.fromhex(digits), name


def test_parsers_analyse_words_as_the_fields_do() -> None:
    parser = MultifieldParser(["title", "authors"], paper_schema())
    assert str(parser.parse("Networks")) == "(title:network OR authors:networks)"
    assert str(parser.parse("GPT-4")) == '(title:"gpt 4" OR authors:"gpt 4")'


def test_a_field_hands_whoosh_one_item_however_many_words() -> None:
    schema = paper_schema()
    for field, value in (("title", "a b c"), ("abstract", "w " * 500), ("authors", ["A B", "C"])):
        assert len([*schema[field].index(value)]) == 1
    for field, empty in (("title", ""), ("abstract", "—"), ("authors", "")):
        assert not [*schema[field].index(empty)]
    assert not [*schema["row"].index(7)]
