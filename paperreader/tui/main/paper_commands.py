"""Commands that change what the library knows of papers: marks, removal, undo."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.library.results import Results
from paperreader.papers.record import Interest, Record, View
from paperreader.query.request import Request
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.main.changes import ASK_FROM, Changes
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.note_commands import NoteCommands
from paperreader.tui.main.open_commands import OpenCommands
from paperreader.tui.messages import Changed, Said
from paperreader.tui.ordering import answered
from paperreader.tui.state.session import Session
from paperreader.tui.state.undo_history import UndoHistory

if TYPE_CHECKING:
    from paperreader.library.library import Library


class PaperCommands(Container):
    """The panes, and the keys that act on the papers selected, else on the one at the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("paper")

    panes = getters.query_one(ListDetail)

    class Unread(Message):
        """Where in a list the unread paper stands that was looked for, if there is one."""

        def __init__(self, results: Results, index: int | None, said: str) -> None:
            super().__init__()
            self.results, self.index, self.said = results, index, said

    class SourcesCounted(Message):
        """The sources of the library, with their numbers of papers."""

        def __init__(self, sources: Sequence[tuple[str, int]]) -> None:
            super().__init__()
            self.sources = sources

    class Regrouped(Message):
        """Papers were made one, or one was made several."""

    class Undone(Message):
        """A step was undone or done again, which is `said`: the eye goes to its paper."""

        def __init__(self, row: int, said: str) -> None:
            super().__init__()
            self.row, self.said = row, said

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._history = UndoHistory(library)
        self._changes = Changes(self)

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield NoteCommands(self._library, self._session, self._changes, self._history)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is nothing to do but undo."""
        return action in ("undo", "redo", "remove_source") or self.panes.record is not None

    @on(ListDetail.Emptied)
    def _emptied(self) -> None:
        self.refresh_bindings()

    @on(Changed)
    def _changed(self) -> None:
        self.panes.reload()

    @on(ListDetail.Shown)
    def _shown(self, message: ListDetail.Shown) -> None:
        """A paper that is opened and seen is read; nothing is said of it."""
        message.stop()
        if message.record.read:
            return
        mark = partial(self._mark_seen, message.record)
        if delay := self._session.settings.read_delay:
            self.set_timer(delay, mark)
        else:
            mark()

    def _mark_seen(self, record: Record) -> None:
        shown = self.panes.detail.record
        if shown is not None and shown.row == record.row and self.panes.reading:
            self._changes.do(lambda: self._history.read([record.row]), aloud=False)

    # Marks

    def _are_not_all(self, rows: Sequence[int], so: Callable[[Record], bool]) -> bool:
        """Whether one of the first papers is not so by now: then all are to become so.

        Asked for when its turn comes, that a key pressed twice does and undoes.
        """
        return not all(so(record) for record in self._library.records(rows[:ASK_FROM]))

    def _advance(self, *, always: bool = False) -> None:
        """Go on to the next paper where one was decided upon, and the settings say so."""
        alone = not self.panes.papers.selected_rows()
        if alone and (always or self._session.settings.advance) and not self.panes.reading:
            self.panes.papers.choose(self.panes.papers.cursor + 1)

    @guarded
    async def action_bookmark(self) -> None:
        """Put papers on the reading list, or take them off where all are on it."""
        rows = self.panes.rows
        on = partial(self._are_not_all, rows, lambda record: record.on_reading_list)
        question = "Put {} on the reading list?" if on() else "Take {} off the reading list?"
        await self._changes.ask(lambda: self._history.bookmark(rows, on()), rows, question)
        self._advance()

    @guarded
    async def action_read(self) -> None:
        """Mark papers as read and go on to the next."""
        rows = self.panes.rows
        await self._changes.ask(lambda: self._history.read(rows), rows, "Mark {} as read?")
        self._advance(always=True)

    @guarded
    def action_open_read(self) -> None:
        """Open the page of the paper at the cursor, and mark the paper as read."""
        if (record := self.panes.record) is not None:
            self.query_one(OpenCommands).action_page()
            self._changes.do(lambda: self._history.read([record.row]), aloud=False)

    @guarded
    async def action_unread(self) -> None:
        """Mark papers as unread."""
        rows = self.panes.rows
        unread = partial(self._history.read, rows, on=False)
        await self._changes.ask(unread, rows, "Mark {} as unread?")

    @guarded
    async def action_done(self) -> None:
        """Mark papers as done, or not where all are."""
        rows = self.panes.rows
        on = partial(self._are_not_all, rows, lambda record: bool(record.done))
        question = "Mark {} as done?" if on() else "Mark {} as not done?"
        await self._changes.ask(lambda: self._history.done(rows, on()), rows, question)
        self._advance()

    @guarded
    async def action_judge(self, interest: str) -> None:
        """Ask for more like papers, or for less: then they are read, and the next is shown."""
        rows, wanted = self.panes.rows, Interest(interest)
        question = f"Ask for {interest} like {{}}?"
        await self._changes.ask(lambda: self._history.judge(rows, wanted), rows, question)
        self._advance(always=wanted is Interest.LESS)

    @guarded
    async def action_all_read(self) -> None:
        """Mark every paper shown as read; of a search, those that have all its words."""
        if rows := self.panes.position.results.found.full_rows():
            await self._changes.ask(lambda: self._history.read(rows), rows, "Mark {} as read?")

    @guarded
    def action_shift(self, by: int) -> None:
        """Move papers within the reading list, where that stands in its own order."""
        request = self.panes.position.results.request
        if request is None or request != Request(view=View.READING):
            self.post_message(Said("Shift-↑ and ↓ move in the reading list (3) in its own order"))
            return
        rows = self.panes.rows
        self._changes.do(lambda: self._history.move(rows, by))
        self.post_message(Changed(order=True))

    # What is one paper

    @guarded
    async def action_merge(self) -> None:
        """Make one paper of those selected."""
        rows = self.panes.papers.selected_rows()
        if len(rows) < 2:
            self.post_message(Said("Select the papers that are one (Space), then merge them"))
            return
        await self._changes.ask(lambda: self._merge(rows), rows, "Make one paper of {}?")

    def _merge(self, rows: Sequence[int]) -> str:
        said = self._history.merge(rows)
        self.post_message(self.Regrouped())
        return said

    @guarded
    def action_split(self) -> None:
        """Make papers of their own of the records that were merged into one."""
        record = self.panes.record
        if record is None or len(self.panes.rows) > 1:
            self.post_message(Said("Split takes one paper: select no others"))
            return
        self._changes.do(partial(self._split, record.key))

    def _split(self, key: str) -> str:
        said = self._history.split(key)
        self.post_message(self.Regrouped())
        return said

    @on(Regrouped)
    def _regrouped(self) -> None:
        """Show the papers that there are now; those selected may be others."""
        self.panes.papers.action_select_none()
        self.post_message(Changed(order=True))

    # Removing

    @guarded
    async def action_remove(self) -> None:
        """Put papers into the trash; undo brings them back."""
        rows = self.panes.rows
        question = "Remove {} from the library?"
        await self._changes.ask(lambda: self._history.remove(rows), rows, question)

    async def action_remove_source(self) -> None:
        """Choose a source to remove."""
        await answered(self._count_sources(), self)

    @work(thread=True, exclusive=True, group="sources")
    @guarded
    def _count_sources(self) -> None:
        facets = self._library.facets(self._library.search(Request()))
        sources = [value for facet in facets if facet.name == "source" for value in facet.values]
        self.post_message(self.SourcesCounted(sources))

    @on(SourcesCounted)
    async def _sources_counted(self, message: SourcesCounted) -> None:
        from paperreader.tui.dialogs.filter_entries import source_entries
        from paperreader.tui.dialogs.picker import Picker, room

        entries = source_entries(message.sources, room(self.screen.size))
        await self.app.push_screen(Picker("Remove a source", entries), self._remove_source)

    def _remove_source(self, name: str | None) -> None:
        if name is not None:
            self._changes.do(lambda: self._history.remove_source(name), long=True)

    # The nearest unread paper

    @guarded
    async def action_next(self, step: int) -> None:
        """Walk the hits in the abstract while a search is on, else the unread papers.

        A count goes so many on, or as far as there are. The keys right behind are for that paper.
        """
        count = self.panes.papers.count.take() or 1
        if self.panes.shows_hits:
            self.post_message(Said(self.panes.detail.walk(step * count)))
            return
        results, cursor = self.panes.position.results, self.panes.position.cursor
        near = results.unread_from(cursor, step) if count == 1 else None
        if near is not None:
            self.panes.papers.choose(near)
        else:
            await answered(self._find_unread(results, cursor, step, count), self)

    @work(thread=True, exclusive=True, group="unread")
    @guarded
    def _find_unread(self, results: Results, cursor: int, step: int, count: int) -> None:
        """Find the unread paper that is `count` on; where none is, the first from the other end."""
        ahead = results.beyond(cursor, step)
        behind = range(cursor) if step > 0 else range(len(results) - 1, cursor, -1)
        for indices, far, said in (
            (ahead, count, ""),
            (behind, 1, "no more unread papers that way: on from the other end"),
        ):
            nearest = self._library.nearest_unread([results.row(i) for i in indices], far)
            if nearest is not None:
                self.post_message(self.Unread(results, indices[nearest], said))
                return
        self.post_message(self.Unread(results, None, "no other paper here is unread"))

    @on(Unread)
    def _unread(self, message: Unread) -> None:
        if message.said:
            self.post_message(Said(message.said))
        if message.index is not None and message.results is self.panes.position.results:
            self.panes.papers.choose(message.index)

    # Undo

    @guarded
    def action_undo(self) -> None:
        """Take back the last change."""
        self._changes.do(partial(self._undo, self._history.undo), long=self._history.undo_is_long)

    @guarded
    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._changes.do(partial(self._undo, self._history.redo), long=self._history.redo_is_long)

    def _undo(self, undo: Callable[[], str]) -> str:
        said = undo()
        if (step := self._history.last) is not None:
            self.post_message(self.Undone(step.row, said))
        return said

    @on(Undone)
    def _undone(self, message: Undone) -> None:
        """Go to the paper of the step, and show the reading list in the order that it has now."""
        index = self.panes.position.results.index_of(message.row)
        if index is not None:
            self.panes.papers.choose(index)
        self.post_message(Changed(order=True))
