from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.errors import PaperreaderError
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record, View
from paperreader.store import Store
from paperreader.store.history import KEPT

NOW = "2026-01-02"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library.sqlite3"
    store = Store(path)
    store.papers.add([Paper(title) for title in "ABCD"], "page", "2026-01-01")
    store.close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def other(path: Path) -> Iterator[Store]:
    other = Store(path)
    yield other
    other.close()


def record(store: Store, row: int) -> Record:
    return store.papers.records([row])[0]


def undone(store: Store) -> str | None:
    step = store.history.undo()
    return step and step.what


def redone(store: Store) -> str | None:
    step = store.history.redo()
    return step and step.what


def test_steps_are_undone_and_redone_in_turn(store: Store) -> None:
    store.reading.mark_read([1], True, NOW)
    store.reading.bookmark([1, 2], True, NOW)
    assert [undone(store), undone(store), undone(store)] == ["on the reading list", "read", None]
    assert [redone(store), redone(store), redone(store)] == ["read", "on the reading list", None]
    assert record(store, 2).bookmarked
    assert undone(store) == "on the reading list"
    store.reading.mark_done([3], True, NOW)
    assert redone(store) is None
    assert [step.what for step in store.history.steps()] == ["done", "read"]


def test_a_step_says_what_was_done_and_to_which_paper(store: Store) -> None:
    step = store.reading.bookmark([2], True, NOW)
    assert step is not None
    assert (step.what, step.time, step.papers, step.row, step.title) == (
        *("on the reading list", NOW, 1, 2, "B"),
    )
    assert store.history.next_undo() == step
    assert store.history.next_redo() is None
    store.history.undo()
    [again] = store.history.steps()
    assert again == store.history.next_redo() == step._replace(undone=True)


def test_the_history_survives_a_restart_at_least_100_steps_deep(path: Path) -> None:
    store = Store(path)
    for number in range(KEPT + 20):
        store.reading.note(1, f"note {number}", NOW)
    store.close()
    store = Store(path)
    assert len(store.history.steps()) == KEPT
    for _ in range(100):
        store.history.undo()
    assert record(store, 1).note == f"note {KEPT - 81}"
    store.close()
    store = Store(path)
    assert redone(store) == "note"
    assert record(store, 1).note == f"note {KEPT - 80}"
    store.close()


def test_a_reader_leaves_alone_what_another_one_does_meanwhile(store: Store, other: Store) -> None:
    store.reading.tag([1], ["mine"], [], NOW)
    other.reading.tag([1], ["theirs"], [], NOW)
    other.reading.bookmark([1], True, NOW)
    assert undone(store) == "tags +mine"
    assert record(store, 1).tags == ("theirs",)
    assert undone(store) is None
    assert undone(other) == "on the reading list"


def test_a_note_that_another_reader_wrote_since_stays(store: Store, other: Store) -> None:
    store.reading.note(1, "mine", NOW)
    other.reading.note(1, "an hour's work", NOW)
    step = store.history.undo()
    assert step is not None
    assert step.skipped == 1
    assert record(store, 1).note == "an hour's work"
    assert undone(other) == "note"
    assert record(store, 1).note == "mine"


def test_what_changes_nothing_is_no_step(store: Store) -> None:
    change = store.change
    assert store.reading.bookmark([1], False, NOW) is None
    assert store.reading.move([1], 1, NOW) is None
    assert store.reading.remove([], NOW) is None
    assert store.saved.remove("none", NOW) is None
    assert store.history.steps() == []
    assert store.change == change


def test_a_note_saved_while_typing_is_one_step(store: Store) -> None:
    store.reading.note(1, "old", NOW)
    for text in ("o", "on", "one"):
        store.reading.note(1, text, NOW, typing=text != "o")
    assert record(store, 1).note == "one"
    assert len(store.history.steps()) == 2
    assert undone(store) == "note"
    assert record(store, 1).note == "old"
    store.history.redo()
    store.reading.mark_read([1], True, NOW)
    store.reading.note(1, "one and", NOW, typing=True)
    assert len(store.history.steps()) == 4
    store.reading.note(2, "two", NOW, typing=True)
    assert len(store.history.steps()) == 5


def test_typing_goes_on_from_no_note_that_another_reader_wrote(store: Store, other: Store) -> None:
    store.reading.note(1, "a", NOW, typing=True)
    other.reading.note(1, "theirs", NOW)
    store.reading.note(1, "ab", NOW, typing=True)
    assert undone(store) == "note"
    assert record(store, 1).note == "theirs"


def test_undo_of_a_bookmark_taken_off_and_another_one_keep_positions_apart(
    store: Store, other: Store
) -> None:
    store.reading.bookmark([1, 2], True, NOW)
    store.reading.bookmark([2], False, NOW)
    other.reading.bookmark([3], True, NOW)
    store.history.undo()
    rows = store.lists.view(View.READING)
    assert sorted(rows) == [1, 2, 3]
    assert len({record(store, row).position for row in rows}) == 3


def test_saved_searches_are_ordered_renamed_forgotten_and_brought_back(store: Store) -> None:
    for name in ("b", "a", "c"):
        store.saved.put(name, {"text": f"{name} “ü”"}, NOW)
    assert list(store.saved.all()) == ["b", "a", "c"]
    store.saved.put("a", {"text": "again"}, NOW)
    store.saved.move("c", -9, NOW)
    store.saved.rename("b", "bee", NOW)
    assert list(store.saved.all()) == ["c", "bee", "a"]
    assert store.saved.all()["bee"] == {"text": "b “ü”"}
    with pytest.raises(PaperreaderError, match="already"):
        store.saved.rename("a", "c", NOW)
    store.saved.remove("c", NOW)
    assert undone(store) == "search forgotten: c"
    assert [undone(store), undone(store)] == ["search renamed: bee", "search moved: c"]
    assert list(store.saved.all()) == ["b", "a", "c"]
    assert undone(store) == "search saved: a"
    assert store.saved.all()["a"] == {"text": "a “ü”"}
    assert redone(store) == "search saved: a"
    assert store.saved.all()["a"] == {"text": "again"}


def test_the_screen_is_remembered_and_no_other_reader_told(store: Store, other: Store) -> None:
    change = other.change
    store.screen.put({"theme": "light", "place": {"row": 3}})
    store.screen.put({"theme": "dark"})
    assert other.screen.all() == {"theme": "dark", "place": {"row": 3}}
    for number, text in enumerate(["graph", "sampling", "graph"]):
        store.screen.searched(text, f"2026-01-0{number + 1}")
    assert other.screen.searches() == ["graph", "sampling"]
    assert other.change == change
