from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record, View
from paperreader.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.sqlite3")
    store.papers.add([Paper(title) for title in "ABCD"], "page", "2026-01-01")
    yield store
    store.close()


def record(store: Store, row: int) -> Record:
    return store.papers.records([row])[0]


def test_the_reading_list_is_in_the_order_of_bookmarking(store: Store) -> None:
    store.reading.bookmark([3, 1], "2026-01-02")
    store.reading.bookmark([2], "2026-01-03")
    assert list(store.lists.view(View.READING)) == [3, 1, 2]
    store.reading.bookmark([3], "2026-01-09")
    assert record(store, 3).bookmarked == "2026-01-02"
    assert list(store.lists.view(View.READING)) == [3, 1, 2]


def test_moving_in_the_reading_list_and_back(store: Store) -> None:
    store.reading.bookmark([1, 2, 3], "2026-01-02")
    undo = store.reading.move(3, -1)
    assert list(store.lists.view(View.READING)) == [1, 3, 2]
    store.reading.restore(undo)
    store.reading.move(1, 99)
    assert list(store.lists.view(View.READING)) == [2, 3, 1]
    assert not store.reading.move(4, 1).reading


def test_what_is_done_leaves_unread_and_reading(store: Store) -> None:
    store.reading.bookmark([1], "2026-01-02")
    undo = store.reading.mark_done([1], "2026-01-03")
    assert store.lists.counts() == {View.ALL: 4, View.UNREAD: 3, View.READING: 0, View.DONE: 1}
    assert record(store, 1).bookmarked
    store.reading.restore(undo)
    assert store.lists.counts() == {View.ALL: 4, View.UNREAD: 4, View.READING: 1, View.DONE: 0}


def test_unread_takes_back_done_too(store: Store) -> None:
    store.reading.mark_read([1], "2026-01-02")
    store.reading.mark_done([1], "2026-01-03")
    store.reading.mark_read([1], "")
    assert (record(store, 1).read, record(store, 1).done) == ("", "")


def test_undo_touches_only_what_the_change_touched(store: Store) -> None:
    store.reading.mark_read([2], "2026-01-01")
    undo = store.reading.mark_read([1, 2, 3], "2026-01-02")
    assert [old.row for old in undo.reading] == [1, 3]
    store.reading.tag([1], ["later"], [])
    redo = store.reading.restore(undo)
    assert [record(store, row).read for row in (1, 2, 3)] == ["", "2026-01-01", ""]
    assert record(store, 1).tags == ("later",)
    store.reading.restore(redo)
    assert record(store, 3).read == "2026-01-02"


def test_tags_are_given_taken_and_brought_back(store: Store) -> None:
    store.reading.tag([1, 2], ["rag", "to teach"], [])
    undo = store.reading.tag([1], ["RAG", "new"], ["to teach"])
    assert record(store, 1).tags == ("new", "rag")
    store.reading.restore(undo)
    assert record(store, 1).tags == ("rag", "to teach")
    assert store.reading.tags() == ["rag", "to teach"]


def test_notes_are_written_removed_and_brought_back(store: Store) -> None:
    store.reading.note(1, "first")
    undo = store.reading.note(1, "")
    assert record(store, 1).note == ""
    store.reading.restore(undo)
    assert record(store, 1).note == "first"


def test_taking_over_states_unites_and_a_second_time_changes_nothing(store: Store) -> None:
    store.reading.bookmark([1], "2026-01-02")
    store.reading.tag([2], ["rag"], [])
    store.reading.note(2, "mine")
    states = [
        (3, Record(0, "", Paper("C"), bookmarked="2025-01-01", position=2, done="2025-02-01")),
        (
            2,
            Record(
                0,
                "",
                Paper("B"),
                bookmarked="2025-01-01",
                position=1,
                tags=("RAG", "x"),
                note="theirs",
            ),
        ),
        (1, Record(0, "", Paper("A"), bookmarked="2025-01-01", read="2025-01-01")),
    ]
    assert store.reading.take_over(states) == 3
    assert list(store.lists.view(View.READING)) == [1, 2]
    assert record(store, 1).bookmarked == "2026-01-02"
    assert record(store, 1).read == "2025-01-01"
    assert record(store, 2).tags == ("rag", "x")
    assert record(store, 2).note == "mine\ntheirs"
    assert record(store, 3).done
    before = [record(store, row) for row in (1, 2, 3)]
    assert store.reading.take_over(states) == 0
    assert [record(store, row) for row in (1, 2, 3)] == before


def test_thousands_of_papers_are_marked_at_once_and_back(store: Store) -> None:
    store.papers.add([Paper(f"Paper {n}") for n in range(3000)], "page", "2026-01-02")
    undo = store.reading.mark_read(list(store.lists.view(View.ALL)), "2026-01-03")
    assert store.lists.counts()[View.UNREAD] == 0
    store.reading.restore(undo)
    assert store.lists.counts()[View.UNREAD] == 3004


def test_undo_leaves_alone_what_was_done_since(store: Store) -> None:
    store.reading.bookmark([1, 2], "2026-01-02")
    undo = store.reading.move(2, -1)
    store.reading.mark_done([2], "2026-01-03")
    store.reading.restore(undo)
    assert record(store, 2).done
    undo = store.reading.mark_read([1], "2026-01-04")
    store.reading.bookmark([1], "")
    store.reading.restore(undo)
    assert (record(store, 1).bookmarked, record(store, 1).read) == ("", "")


def test_what_is_done_to_a_paper_merged_away_is_done_to_the_other(store: Store) -> None:
    one, two = {"arxiv": "2202.00666"}, {"doi": "10.1000/x"}
    papers = [Paper("E", identifiers=one), Paper("F", identifiers=two)]
    store.papers.add(papers, "page", "2026-01-01")
    undos = [store.reading.bookmark([6], "2026-01-02"), store.reading.note(6, "mine")]
    undos += [store.reading.tag([6], ["rag"], [])]
    store.papers.add([Paper("G", identifiers=one | two)], "page", "2026-01-01")
    for undo in undos:
        store.reading.restore(undo)
    assert record(store, 5).bookmarked == "2026-01-02"
    assert (record(store, 5).tags, record(store, 5).note) == (("rag",), "mine")
    store.reading.mark_read([6, 5], "2026-01-03")
    store.reading.tag([6], ["new"], [])
    store.reading.note(6, "other")
    store.reading.move(6, 1)
    assert record(store, 5).read == "2026-01-03"
    assert (record(store, 5).tags, record(store, 5).note) == (("new", "rag"), "other")
    assert store.lists.counts() == {View.ALL: 5, View.UNREAD: 4, View.READING: 1, View.DONE: 0}
    assert store.papers.records([6]) == []
    assert store.papers.present(6) == 5


def test_notes_that_hold_each_other_become_the_longer_one(store: Store) -> None:
    store.reading.note(1, "see section 3")
    for told, whole in (
        ("see section 3, again", "see section 3, again"),
        ("section 3", "see section 3, again"),
        ("sect", "see section 3, again\nsect"),
        ("", "see section 3, again\nsect"),
    ):
        states = [(1, Record(0, "", Paper("A"), note=told, tags=("Rag", "rag")))]
        store.reading.take_over(states)
        assert record(store, 1).note == whole
        assert store.reading.take_over(states) == 0
