from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.record import Interest, Record, View
from paperreader.store import NoSuchPaper, Store

NOW = "2026-01-02"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.sqlite3")
    store.papers.add([Paper(title) for title in "ABCD"], "page", "2026-01-01")
    yield store
    store.close()


def record(store: Store, row: int) -> Record:
    return store.papers.records([row])[0]


def reading_list(store: Store) -> list[int]:
    return list(store.lists.view(View.READING))


def test_the_reading_list_is_in_the_order_of_bookmarking(store: Store) -> None:
    store.reading.bookmark([3, 1], True, NOW)
    store.reading.bookmark([2], True, "2026-01-03")
    assert reading_list(store) == [3, 1, 2]
    assert store.reading.bookmark([3], True, "2026-01-09") is None
    assert record(store, 3).bookmarked == NOW
    assert reading_list(store) == [3, 1, 2]


def test_a_bookmark_on_a_paper_that_is_done_brings_it_back_to_the_list(store: Store) -> None:
    store.reading.bookmark([1, 2], True, NOW)
    store.reading.mark_done([1], True, NOW)
    store.reading.bookmark([1], True, NOW)
    assert reading_list(store) == [2, 1]
    assert record(store, 1).on_reading_list
    store.history.undo()
    assert (reading_list(store), record(store, 1).done) == ([2], NOW)


def test_moving_in_the_reading_list_and_back(store: Store) -> None:
    store.reading.bookmark([1, 2, 3], True, NOW)
    store.reading.move([3], -1, NOW)
    assert reading_list(store) == [1, 3, 2]
    store.history.undo()
    store.reading.move([1], 99, NOW)
    assert reading_list(store) == [2, 3, 1]
    assert store.reading.move([4], 1, NOW) is None
    assert store.reading.move([1], 1, NOW) is None


@pytest.mark.parametrize(
    ("rows", "by", "order"),
    [
        ([2, 3], -1, [2, 3, 1, 4]),
        ([2, 3], 1, [1, 4, 2, 3]),
        ([1, 2], -1, [1, 2, 3, 4]),
        ([1, 3], -9, [1, 3, 2, 4]),
        ([4, 1], 9, [2, 3, 1, 4]),
    ],
)
def test_several_papers_move_together(
    store: Store, rows: list[int], by: int, order: list[int]
) -> None:
    store.reading.bookmark([1, 2, 3, 4], True, NOW)
    store.reading.move(rows, by, NOW)
    assert reading_list(store) == order


def test_a_paper_that_is_no_longer_done_shares_its_position_with_no_other(store: Store) -> None:
    store.reading.bookmark([2, 3, 4], True, NOW)
    store.reading.mark_done([2], True, NOW)
    store.reading.move([4], -1, NOW)
    store.reading.mark_done([2], False, NOW)
    assert reading_list(store) == [2, 4, 3]
    assert len({record(store, row).position for row in (2, 3, 4)}) == 3


def test_what_is_done_leaves_unread_and_reading(store: Store) -> None:
    store.reading.bookmark([1], True, NOW)
    store.reading.mark_done([1], True, NOW)
    assert store.lists.counts() == {
        View.ALL: 4,
        View.UNREAD: 3,
        View.READING: 0,
        View.DONE: 1,
        View.NEW: 0,
    }
    assert record(store, 1).bookmarked
    store.history.undo()
    assert store.lists.counts() == {
        View.ALL: 4,
        View.UNREAD: 4,
        View.READING: 1,
        View.DONE: 0,
        View.NEW: 0,
    }


def test_unread_takes_back_done_too(store: Store) -> None:
    store.reading.mark_read([1], True, NOW)
    store.reading.mark_done([1], True, NOW)
    store.reading.mark_read([1], False, NOW)
    assert (record(store, 1).read, record(store, 1).done) == ("", "")


def test_undo_touches_only_what_the_change_touched(store: Store) -> None:
    store.reading.mark_read([2], True, "2026-01-01")
    step = store.reading.mark_read([1, 2, 3], True, NOW)
    assert step is not None
    assert (step.what, step.papers, step.title) == ("read", 2, "A")
    store.history.undo()
    assert [record(store, row).read for row in (1, 2, 3)] == ["", "2026-01-01", ""]
    store.history.redo()
    assert record(store, 3).read == NOW


def test_tags_are_given_taken_and_brought_back(store: Store) -> None:
    store.reading.tag([1, 2], ["rag", "to teach"], [], NOW)
    step = store.reading.tag([1], ["RAG", "new", "New"], ["To Teach"], NOW)
    assert record(store, 1).tags == ("new", "rag")
    assert step is not None
    assert step.what == "tags -to teach +new"
    store.history.undo()
    assert record(store, 1).tags == ("rag", "to teach")
    assert store.reading.tags() == [("rag", 2), ("to teach", 2)]
    assert store.reading.tag([1], ["rag"], ["none"], NOW) is None


def test_notes_are_written_removed_and_brought_back(store: Store) -> None:
    store.reading.note(1, "first", NOW)
    assert store.reading.note(1, "first", NOW) is None
    store.reading.note(1, "", NOW)
    assert record(store, 1).note == ""
    store.history.undo()
    assert record(store, 1).note == "first"


def test_files_are_attached_and_detached(store: Store) -> None:
    store.reading.attach(1, "/home/me/a.pdf", True, NOW)
    assert record(store, 1).files == ("/home/me/a.pdf",)
    assert store.reading.attach(1, "/home/me/a.pdf", True, NOW) is None
    store.reading.attach(1, "/home/me/a.pdf", False, NOW)
    assert record(store, 1).files == ()
    store.history.undo()
    assert record(store, 1).files == ("/home/me/a.pdf",)


def test_a_removed_paper_is_nowhere_and_comes_back_whole(store: Store) -> None:
    store.reading.bookmark([1, 2], True, NOW)
    store.reading.tag([2], ["rag"], [], NOW)
    store.reading.note(2, "mine", NOW)
    store.reading.attach(2, "/b.pdf", True, NOW)
    before, revision = record(store, 2), store.revision
    step = store.reading.remove([2], NOW)
    assert step is not None
    assert (step.what, step.title) == ("removed", "B")
    assert store.papers.records([2]) == []
    assert store.lists.counts() == {
        View.ALL: 3,
        View.UNREAD: 3,
        View.READING: 1,
        View.DONE: 0,
        View.NEW: 0,
    }
    assert reading_list(store) == [1]
    assert store.reading.tags() == []
    assert list(store.lists.where("has", "note")) == []
    assert [c.title for c in store.papers.changes(revision, 9, store.revision)] == [""]
    with pytest.raises(NoSuchPaper, match="undo brings it back"):
        store.papers.present(2)
    assert store.reading.remove([2], NOW) is None
    assert store.reading.mark_read([2], True, NOW) is None
    store.history.undo()
    assert record(store, 2) == before
    assert [c.title for c in store.papers.changes(revision, 9, store.revision)] == ["B"]


def test_a_removed_paper_that_is_added_again_is_here_again_with_its_marks(store: Store) -> None:
    store.reading.note(2, "mine", NOW)
    store.reading.remove([2], NOW)
    assert [str(outcome) for _, outcome in store.papers.add([Paper("B")], "other", NOW)] == ["new"]
    assert record(store, 2).note == "mine"
    assert record(store, 2).sources == ("page", "other")
    step = store.history.undo()
    assert step is not None
    assert step.skipped == 1
    assert record(store, 2).note == "mine"


def test_a_source_is_removed_with_the_papers_that_nothing_else_has(store: Store) -> None:
    store.papers.add([Paper("A"), Paper("E")], "other", NOW)
    before = [record(store, row) for row in (1, 2, 5)]
    step = store.reading.remove_source("page", NOW)
    assert step is not None
    assert step.papers == 4
    assert list(store.lists.view(View.ALL)) == [5, 1]
    assert record(store, 1).sources == ("other",)
    assert store.reading.remove_source("page", NOW) is None
    store.history.undo()
    assert [record(store, row) for row in (1, 2, 5)] == before


def test_taking_over_states_unites_and_a_second_time_changes_nothing(store: Store) -> None:
    store.reading.bookmark([1], True, NOW)
    store.reading.tag([2], ["rag"], [], NOW)
    store.reading.note(2, "mine", NOW)
    old = "2025-01-01"
    theirs = Record(0, "", Paper("B"), bookmarked=old, position=1, tags=("RAG", "x"), note="theirs")
    states = [
        (3, Record(0, "", Paper("C"), bookmarked=old, position=2, done="2025-02-01")),
        (2, theirs),
        (1, Record(0, "", Paper("A"), bookmarked=old, read=old, files=("/a.pdf",))),
    ]
    assert store.reading.take_over(states, 1) == 3
    assert reading_list(store) == [1, 2]
    assert record(store, 1).bookmarked == NOW
    assert (record(store, 1).read, record(store, 1).files) == (old, ("/a.pdf",))
    assert record(store, 2).tags == ("rag", "x")
    assert record(store, 2).note == "mine\ntheirs"
    assert record(store, 3).done
    before = [record(store, row) for row in (1, 2, 3)]
    assert store.reading.take_over(states, 3) == 0
    assert [record(store, row) for row in (1, 2, 3)] == before


def test_judgements_are_taken_over_but_none_is_changed(store: Store) -> None:
    store.reading.judge([1], Interest.LESS, NOW)
    more = [(n, Record(0, "", Paper(t), interest=Interest.MORE)) for n, t in ((1, "A"), (2, "B"))]
    assert store.reading.take_over(more, 0) == 1
    assert [record(store, row).interest for row in (1, 2, 3)] == ["less", "more", ""]
    assert store.reading.take_over(more, 0) == 0


def test_of_two_judgements_of_merged_papers_the_cautious_one_holds(store: Store) -> None:
    one, two = {"arxiv": "2202.00666"}, {"doi": "10.1000/x"}
    papers = [Paper("E", identifiers=one), Paper("F", identifiers=two)]
    store.papers.add(papers, "page", "2026-01-01")
    store.reading.judge([5], Interest.MORE, NOW)
    store.reading.judge([6], Interest.LESS, NOW)
    store.papers.add([Paper("G", identifiers=one | two)], "page", "2026-01-01")
    assert record(store, 5).interest is Interest.LESS


def test_thousands_of_papers_are_marked_at_once_and_back(store: Store) -> None:
    store.papers.add([Paper(f"Paper {n}") for n in range(3000)], "page", NOW)
    step = store.reading.mark_read(list(store.lists.view(View.ALL)), True, NOW)
    assert step is not None
    assert step.papers == 3004
    assert store.lists.counts()[View.UNREAD] == 0
    store.history.undo()
    assert store.lists.counts()[View.UNREAD] == 3004


def test_what_is_done_to_a_paper_merged_away_is_done_to_the_other(store: Store) -> None:
    one, two = {"arxiv": "2202.00666"}, {"doi": "10.1000/x"}
    papers = [Paper("E", identifiers=one), Paper("F", identifiers=two)]
    store.papers.add(papers, "page", "2026-01-01")
    store.reading.bookmark([6], True, NOW)
    store.reading.note(6, "mine", NOW)
    store.reading.tag([6], ["rag"], [], NOW)
    store.papers.add([Paper("G", identifiers=one | two)], "page", "2026-01-01")
    for _ in range(3):
        step = store.history.undo()
        assert step is not None
        assert step.skipped
    assert record(store, 5).bookmarked == NOW
    assert (record(store, 5).tags, record(store, 5).note) == (("rag",), "mine")
    store.reading.mark_read([6, 5], True, "2026-01-03")
    store.reading.tag([6], ["new"], [], NOW)
    store.reading.note(6, "other", NOW)
    store.reading.move([6], 1, NOW)
    assert record(store, 5).read == "2026-01-03"
    assert (record(store, 5).tags, record(store, 5).note) == (("new", "rag"), "other")
    assert store.lists.counts() == {
        View.ALL: 5,
        View.UNREAD: 4,
        View.READING: 1,
        View.DONE: 0,
        View.NEW: 0,
    }
    assert store.papers.records([6]) == []
    assert store.papers.present(6) == 5
    store.reading.remove([6], NOW)
    assert store.papers.records([5]) == []
    assert store.reading.bookmark([6], True, NOW) is None


def test_notes_that_hold_each_other_become_the_longer_one(store: Store) -> None:
    store.reading.note(1, "see section 3", NOW)
    for note, whole in (
        ("see section 3, again", "see section 3, again"),
        ("section 3", "see section 3, again"),
        ("sect", "see section 3, again\nsect"),
        ("", "see section 3, again\nsect"),
    ):
        states = [(1, Record(0, "", Paper("A"), note=note, tags=("Rag", "rag")))]
        store.reading.take_over(states, 0)
        assert record(store, 1).note == whole
        assert store.reading.take_over(states, 0) == 0
