"""A small editor for the note of a paper, which is kept while it is typed."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Label, TextArea

from paperreader.errors import BusyError
from paperreader.papers.record import Record
from paperreader.tui import outside
from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.guard import guarded
from paperreader.tui.ordering import heard
from paperreader.tui.widgets.paper_row import readable

if TYPE_CHECKING:
    from textual.timer import Timer

    from paperreader.library.library import Library

_REST = 0.4  # seconds without a key, after which the note is kept


class NoteArea(TextArea):
    """A TextArea that takes letters and editing keys in the order they came."""

    EDITING: ClassVar[dict[str, str]] = {
        binding.key: binding.action for binding in Binding.make_bindings(TextArea.BINDINGS)
    }

    cursor_blink = reactive(False, init=False)  # it would send something twice a second, for ever

    async def on_key(self, event: events.Key) -> None:
        """Edit at once."""
        if (action := self.EDITING.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)


class NoteEditor(Dialog[str]):
    """Shows the note of a paper in several lines; closing never loses what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+o", "editor", "In your editor", show=False, priority=True),
        Binding("ctrl+s", "close", "Keep and close", show=False, priority=True),
    ]

    def __init__(self, library: "Library", record: Record) -> None:
        super().__init__()
        self._library, self._record = library, record
        self._typed = self._kept = record.note
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, text, hint."""
        with Vertical(classes="dialog -note"):
            yield Label(Content(f"Note on {readable(self._record.paper.title)}"), classes="title")
            yield NoteArea(self._record.note, soft_wrap=True, compact=True, tab_behavior="focus")
            yield Label(Content("kept as you type · Esc closes · Ctrl-o $EDITOR"), classes="hint")

    @property
    def area(self) -> NoteArea:
        """The text."""
        return self.query_one(NoteArea)

    @property
    def first(self) -> Widget:
        """The text."""
        return self.area

    def on_mount(self) -> None:
        """Begin at the end of the note."""
        super().on_mount()
        self.area.move_cursor(self.area.document.end)

    @guarded
    def on_unmount(self) -> None:
        """Keep what was typed last where a signal ends the program."""
        if self._typed != self._kept:
            self._library.note(self._record.row, self._typed, typing=True)

    @on(TextArea.Changed)
    def _changed(self) -> None:
        self._typed = self.area.text.rstrip()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_REST, self._keep)

    @guarded
    def _keep(self) -> None:
        """Keep the note as it is now; all that is kept while the editor is open is one step."""
        if not self.is_open:
            return
        text = self._typed = self.area.text.rstrip()
        if text == self._kept:
            return
        try:
            self._library.note(self._record.row, text, typing=True)
        except BusyError:
            self._timer = self.set_timer(_REST, self._keep)
            raise
        self._kept = text

    async def action_close(self) -> None:
        """Keep the note and close; where it cannot be kept, it stays on the screen."""
        area = self.area
        await heard(area)
        self._keep()
        if area.text.rstrip() == self._kept:
            changed = self._kept != self._record.note
            self.dismiss("note kept · z undoes" if changed else "")

    async def action_copy_or_close(self) -> None:
        """Copy what is selected; without a selection, close."""
        if self.area.selected_text:
            self.app.copy_to_clipboard(self.area.selected_text)
        else:
            await self.action_close()

    @guarded
    async def action_editor(self) -> None:
        """Go on in the person's own editor."""
        await heard(self.area)
        self.area.load_text(outside.edit(self.app, self.area.text))
        self._keep()
