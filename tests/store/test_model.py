"""The store against a plain model: two readers of one library do anything, in any order."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.store import Step, Store

PAPERS = 6
ROWS = st.lists(st.integers(1, PAPERS), min_size=1, max_size=4, unique=True)
READER = st.sampled_from([0, 1])
TAG = st.sampled_from(["rag", "RAG", "to read", "ü"])


@dataclass
class State:
    """What the person sees of a paper."""

    bookmarked: bool = False
    read: bool = False
    done: bool = False
    tags: set[str] = field(default_factory=set)
    note: str = ""
    removed: bool = False

    def copy(self) -> "State":
        return State(self.bookmarked, self.read, self.done, set(self.tags), self.note, self.removed)


class Readers(RuleBasedStateMachine):
    """Two readers on one library, and what they should see.

    A step is undone only while no other reader has a later one, so that the model can go back to
    a whole state; what readers do to each other's steps has tests of its own.
    """

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "library.sqlite3"
        self.stores = [self.opened(0), self.opened(1)]
        self.stores[0].papers.add([Paper(f"Paper {n}") for n in range(PAPERS)], "page", "2026")
        self.states = {row: State() for row in range(1, PAPERS + 1)}
        self.order: list[int] = []
        self.done: list[tuple[int, dict[int, State], list[int]]] = []
        self.undone: list[tuple[int, dict[int, State], list[int]]] = []

    def opened(self, reader: int) -> Store:
        """Open the library for a reader."""
        return Store(self.path)

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    def live(self, rows: list[int]) -> list[int]:
        return [row for row in rows if not self.states[row].removed]

    def snapshot(self) -> tuple[dict[int, State], list[int]]:
        return {row: state.copy() for row, state in self.states.items()}, list(self.order)

    def did(
        self, reader: int, step: Step | None, before: tuple[dict[int, State], list[int]]
    ) -> None:
        changed = self.snapshot() != before
        assert (step is not None) == changed
        if changed:
            self.done.append((reader, *before))
            self.undone = []

    @rule(reader=READER, rows=ROWS, on=st.booleans())
    def bookmark(self, reader: int, rows: list[int], on: bool) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.bookmark(rows, on, "2026-01-01")
        for row in self.live(rows):
            state = self.states[row]
            if on and (not state.bookmarked or state.done):
                self.order = [r for r in self.order if r != row] + [row]
                state.bookmarked, state.done = True, False
            elif not on and state.bookmarked:
                self.order.remove(row)
                state.bookmarked = False
        self.did(reader, step, before)

    @rule(reader=READER, rows=ROWS, on=st.booleans())
    def read(self, reader: int, rows: list[int], on: bool) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.mark_read(rows, on, "2026-01-01")
        for row in self.live(rows):
            self.states[row].read = on
            self.states[row].done = self.states[row].done and on
        self.did(reader, step, before)

    @rule(reader=READER, rows=ROWS, on=st.booleans())
    def mark_done(self, reader: int, rows: list[int], on: bool) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.mark_done(rows, on, "2026-01-01")
        for row in self.live(rows):
            self.states[row].done = on
        self.did(reader, step, before)

    @rule(reader=READER, row=st.integers(1, PAPERS), by=st.integers(-3, 3))
    def move(self, reader: int, row: int, by: int) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.move([row], by, "2026-01-01")
        listed = [r for r in self.order if not self.states[r].done]
        if row in listed:
            index = listed.index(row)
            listed.insert(max(0, min(len(listed) - 1, index + by)), listed.pop(index))
            rest = iter(listed)
            self.order = [r if self.states[r].done else next(rest) for r in self.order]
        self.did(reader, step, before)

    @rule(reader=READER, rows=ROWS, add=st.lists(TAG, max_size=2), gone=st.lists(TAG, max_size=2))
    def tag(self, reader: int, rows: list[int], add: list[str], gone: list[str]) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.tag(rows, add, gone, "2026-01-01")
        for row in self.live(rows):
            tags = self.states[row].tags
            # A tag that is taken and given at once stays.
            tags -= {name.casefold() for name in gone}
            tags |= {name.casefold() for name in add}
        self.did(reader, step, before)

    @rule(reader=READER, row=st.integers(1, PAPERS), text=st.sampled_from(["", "a", "b\nc"]))
    def note(self, reader: int, row: int, text: str) -> None:
        if self.states[row].removed:
            return
        before = self.snapshot()
        step = self.stores[reader].reading.note(row, text, "2026-01-01")
        self.states[row].note = text
        self.did(reader, step, before)

    @rule(reader=READER, rows=ROWS)
    def remove(self, reader: int, rows: list[int]) -> None:
        before = self.snapshot()
        step = self.stores[reader].reading.remove(rows, "2026-01-01")
        for row in self.live(rows):
            self.states[row].removed = True
            self.order = [r for r in self.order if r != row]
        self.did(reader, step, before)

    @rule(reader=READER)
    def undo(self, reader: int) -> None:
        if self.done and self.done[-1][0] == reader:
            mine, states, order = self.done.pop()
            self.undone.append((mine, *self.snapshot()))
            step = self.stores[reader].history.undo()
            assert step is not None
            assert not step.skipped
            self.states, self.order = states, order

    @rule(reader=READER)
    def redo(self, reader: int) -> None:
        if self.undone and self.undone[-1][0] == reader:
            mine, states, order = self.undone.pop()
            self.done.append((mine, *self.snapshot()))
            step = self.stores[reader].history.redo()
            assert step is not None
            assert not step.skipped
            self.states, self.order = states, order

    @rule(reader=READER)
    def restart(self, reader: int) -> None:
        """A reader that is opened again undoes all that was before: nobody else's may be later."""
        if not self.undone:
            self.stores[reader].close()
            self.stores[reader] = self.opened(reader)
            self.done = []

    @invariant()
    def both_see_what_was_done(self) -> None:
        for store in self.stores:
            records = {r.row: r for r in store.papers.records(range(1, PAPERS + 1))}
            assert set(records) == set(self.live(list(self.states)))
            for row, record in records.items():
                state = self.states[row]
                assert bool(record.bookmarked) == state.bookmarked
                assert (bool(record.read), bool(record.done)) == (state.read, state.done)
                assert {tag.casefold() for tag in record.tags} == state.tags
                assert record.note == state.note
            listed = [row for row in self.order if not self.states[row].done]
            assert list(store.lists.view(View.READING)) == listed
            positions = [r.position for r in records.values() if r.bookmarked]
            assert len(set(positions)) == len(positions)


TestReaders = Readers.TestCase
TestReaders.settings = settings(max_examples=10, stateful_step_count=30, deadline=None)
