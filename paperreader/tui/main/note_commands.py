"""Commands that write beside a paper: tags, and the note."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.main.changes import Changes
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.open_commands import OpenCommands
from paperreader.tui.messages import Changed, Said
from paperreader.tui.state.session import Session
from paperreader.tui.state.tags import changed_tags
from paperreader.tui.state.undo_history import MANY, UndoHistory

if TYPE_CHECKING:
    from paperreader.library.library import Library


class NoteCommands(Container):
    """The panes, and the keys for tags and notes of the papers selected."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("note")

    panes = getters.query_one(ListDetail)

    def __init__(
        self, library: "Library", session: Session, changes: Changes, history: UndoHistory
    ) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._changes = changes
        self._history = history

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield OpenCommands(self._library, self._session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is nothing to write beside."""
        return self.panes.record is not None

    @guarded
    async def action_tags(self) -> None:
        """Ask for tags: those of one paper are changed, several papers are given some."""
        records = self.panes.records
        if not records:
            return
        from paperreader.tui.dialogs.tag_prompt import TagPrompt

        before = records[0].tags if len(records) == 1 else ()
        rows = self.panes.rows
        dialog = TagPrompt(before, self._library.tags(), len(rows))
        await self.app.push_screen(dialog, partial(self._tag, rows, before))

    def _tag(self, rows: Sequence[int], before: Sequence[str], typed: str | None) -> None:
        if typed is not None:
            add, remove = changed_tags(before, typed)
            self._changes.do(lambda: self._history.tag(rows, add, remove), long=len(rows) > MANY)

    @guarded
    def action_tag(self, typed: str) -> None:
        """Give tags, and take those with a minus."""
        if rows := self.panes.rows:
            signed = " ".join(word if word[0] in "+-" else f"+{word}" for word in typed.split())
            self._tag(rows, (), signed)

    @guarded
    async def action_note(self) -> None:
        """Open the note of the paper, kept as the person types."""
        record = self.panes.record
        if record is None:
            return
        from paperreader.tui.dialogs.note_editor import NoteEditor

        await self.app.push_screen(NoteEditor(self._library, record), self._noted)

    def _noted(self, said: str | None) -> None:
        if said:
            self.post_message(Said(said))
        self.post_message(Changed())

    @guarded
    def action_editor(self) -> None:
        """Write the note in the person's editor."""
        from paperreader.tui import outside

        record = self.panes.record
        if record is None:
            return
        text = outside.edit(self.app, record.note)
        if text == record.note:
            self.post_message(Said("the note is as it was"))
        else:
            self._changes.do(lambda: self._history.note(record.row, text))
