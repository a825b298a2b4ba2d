"""Conditions on values that papers have: compared as folded text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library.row_sets import RowSets
from paperreader.papers.paper import Paper
from paperreader.query.query import Query
from paperreader.store import Store


@pytest.fixture
def sets(tmp_path: Path) -> Iterator[RowSets]:
    store = Store(tmp_path / "library.sqlite3")
    papers = [
        Paper("A", venue="NeurIPS", categories=("cs.CL", "stat.ML"), published="2022-03-04"),
        Paper("B", venue="Montréal 2020", categories=("hep-th",), published="2022"),
        Paper("C", abstract="c", authors=("D",)),
    ]
    store.papers.add(papers, "Página.txt", "2026")
    store.reading.tag([3], ["Ünïcode", "100%"], [], "2026")
    store.reading.note(3, "Gödel is 100% sure", "2026")
    yield RowSets(store)
    store.close()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("category:cs", {1}),
        ("category:CS.cl", {1}),
        ("category:c", set()),
        ("cat:cs.LG,stat.ML", {1}),
        ("category:hep", {2}),
        ("category:hep-*", {2}),
        ('category:"%"', set()),
        ("category:*", {1, 2}),
        ("venue:ips", {1}),
        ("venue:montreal", {2}),
        ("venue:MONTRÉAL", {2}),
        ("venue:_", set()),
        ("venue:*", {1, 2}),
        ("tag:unicode", {3}),
        ("tag:ünï*", {3}),
        ("tag:uni", set()),
        ("tag:100%", {3}),
        ("-tag:*", {1, 2}),
        ("tag:none", {1, 2}),
        ("no:tag", {1, 2}),
        ("has:tag", {3}),
        ("note:godel", {3}),
        ("note:GÖDEL", {3}),
        ("note:*", {3}),
        ("source:pagina", {1, 2, 3}),
        ("year:2022-03", {1}),
        ("year:2022", {1, 2}),
        ("before:2022-03-04", {2}),
        ("after:2022-02", {1}),
        ("has:abstract", {3}),
        ("author:*", {3}),
        ("is:starred", set()),
        ("is:nonsense", set()),
        ("-is:nonsense", set()),
        ("year:2022+ -year:nonsense", set()),
    ],
)
def test_which_papers_a_condition_holds_for(sets: RowSets, query: str, rows: set[int]) -> None:
    tree = Query.parse(query).tree
    assert tree is not None
    assert {row for row in (1, 2, 3) if sets.matching(tree)[row]} == rows
