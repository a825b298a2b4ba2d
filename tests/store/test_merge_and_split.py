"""What the person decides about which records are one paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record, View
from paperreader.store import Outcome, Store
from paperreader.store.identity import NothingToSplit

ARXIV = Paper("A Garden", authors=("Ann Lee",), identifiers={"arxiv": "2202.00001"})
DOI = Paper("Other Beds", "An abstract.", ("Bo Chen",), identifiers={"doi": "10.1000/x"})
NOW = "2026-02-03T04:05:06Z"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.sqlite3")
    yield store
    store.close()


def add(store: Store, *papers: Paper) -> list[Outcome]:
    return [outcome for _, outcome in store.papers.add(papers, "page.txt", "2026-01-02")]


def records(store: Store) -> list[Record]:
    found = store.papers.records(store.lists.view(View.ALL))
    return sorted(found, key=lambda record: record.row)


def test_two_papers_are_one_from_now_on_and_undo_parts_them_again(store: Store) -> None:
    add(store, ARXIV, DOI)
    store.reading.bookmark([2], True, NOW)
    store.reading.tag([1], ["garden"], [], NOW)
    before = records(store)
    step = store.identity.merge([1, 2], NOW)
    assert step is not None
    assert (step.what, step.papers) == ("merged", 2)
    [whole] = records(store)
    assert whole.paper.identifiers == {"arxiv": "2202.00001", "doi": "10.1000/x"}
    assert whole.paper.other_titles == ("A Garden",)
    assert (whole.bookmarked, whole.tags) == (NOW, ("garden",))
    assert {store.papers.row_of(key) for key in ("2202.00001", "10.1000/x")} == {whole.row}
    assert add(store, ARXIV, DOI) == [Outcome.KNOWN] * 2
    assert store.history.undo() is not None
    assert records(store) == before
    assert store.papers.row_of("10.1000/x") == 2
    assert store.history.redo() is not None
    assert records(store) == [whole]


def test_a_wrong_paper_is_split_for_good(store: Store) -> None:
    other = Paper("A Garden", "An abstract.", ("Ann Lee",), identifiers={"doi": "10.1000/x"})
    assert add(store, ARXIV, other) == [Outcome.NEW, Outcome.MERGED]
    store.reading.bookmark([1], True, NOW)
    before = records(store)
    assert store.identity.split(1, "doi:10.1000/x", NOW) is not None
    kept, new = records(store)
    assert (kept.paper, new.paper) == (ARXIV, other)
    assert (bool(kept.bookmarked), bool(new.bookmarked)) == (True, False)
    assert new.sources == kept.sources
    assert store.papers.row_of("10.1000/x") == new.row
    assert add(store, ARXIV, other) == [Outcome.KNOWN] * 2
    assert len(records(store)) == 2
    assert store.history.undo() is not None
    assert records(store) == before
    assert store.history.redo() is not None
    assert [r.paper for r in records(store)] == [ARXIV, other]
    assert store.papers.row_of("10.1000/x") == new.row


def test_merging_takes_a_split_back(store: Store) -> None:
    other = Paper("A Garden", authors=("Ann Lee",), identifiers={"doi": "10.1000/x"})
    add(store, ARXIV, other)
    store.identity.split(1, "", NOW)
    rows = [record.row for record in records(store)]
    assert len(rows) == 2
    assert store.identity.merge(rows, NOW) is not None
    assert len(records(store)) == 1


def test_one_record_is_not_split_and_one_paper_not_merged(store: Store) -> None:
    add(store, ARXIV)
    with pytest.raises(NothingToSplit):
        store.identity.split(1, "", NOW)
    assert store.identity.merge([1, 1], NOW) is None


def test_what_changed_since_is_not_overwritten(store: Store) -> None:
    add(store, ARXIV, DOI)
    store.identity.merge([1, 2], NOW)
    add(store, Paper("A Garden", "Newer.", ("Ann Lee",), identifiers=ARXIV.identifiers))
    step = store.history.undo()
    assert step is not None
    assert step.skipped == 2
    assert len(records(store)) == 1
