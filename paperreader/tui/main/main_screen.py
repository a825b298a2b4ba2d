"""The main screen: the reader, the status line, the index that catches up, the way out."""

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken
from paperreader.papers.record import View
from paperreader.tui.bindings import key
from paperreader.tui.guard import guarded
from paperreader.tui.main.browser import Browser
from paperreader.tui.main.list_commands import ListCommands
from paperreader.tui.messages import Failed, Said
from paperreader.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from paperreader.library.library import Library

_LOOK_EVERY = 2.0  # seconds between looks at what other programs did to the library
_FAILURE_SHOWN = 10.0  # seconds


class MainScreen(Screen[None]):
    """Everything that is always there."""

    AUTO_FOCUS = "PaperList"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual's own annotation is not a ClassVar's
        (0, "-turns"),
        (80, "-stacked"),
        (100, "-beside"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("colon,ctrl+p", "palette", "Every action", name="palette"),
        key("question_mark,f1", "help", "Help", name="help", label="help"),
        key("q", "leave", "Quit, at the top of the way back", name="quit", label="quit"),
        key("q", "back", "Back", name="back"),
        Binding("ctrl+c", "app.quit", "Quit", id="quit.now", show=False),
    ]

    shelf = getters.query_one(ListCommands)
    reader = getters.query_one(Browser)
    status = getters.query_one(StatusLine)

    class Indexed(Message):
        """More papers became searchable."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class CaughtUp(Message):
        """All papers are searchable, or cannot become so now."""

    def __init__(self, library: "Library", search_url: str) -> None:
        super().__init__()
        self._library = library
        self._search_url = search_url
        self._revision = -1
        self._indexing = False
        self._failure, self._failure_ends = "", 0.0

    def compose(self) -> ComposeResult:
        """Lay out the reader and the status line."""
        yield ListCommands(self._library, self._search_url)
        yield StatusLine()

    def on_mount(self) -> None:
        """Look after the library once the papers are on the screen."""
        self._library.listen(self._say)
        self.call_after_refresh(self._look)
        self.set_interval(_LOOK_EVERY, self._look)

    def _say(self, line: str) -> None:
        """Pass on what the library has to say, from whichever thread it says it."""
        self.post_message(Said(line))

    @guarded
    def _look(self) -> None:
        """Notice papers that came and states that changed, whoever did it."""
        revision = self._library.revision
        if revision != self._revision:
            self._revision = revision
            self.reader.library_changed()
            if not self._indexing:
                self._indexing = True
                self._catch_up()

    @work(thread=True, group="index")
    @guarded
    def _catch_up(self) -> None:
        def progress(done: int, total: int) -> None:
            self.post_message(self.Indexed(done, total))

        try:
            if behind := self._library.behind():
                total = self._library.counts()[View.ALL]
                progress(total - behind, total)
            cancel = CancelToken(get_current_worker().cancelled_event)
            self._library.catch_up(cancel, progress)
            with suppress(Cancelled):
                self._library.back_up_if_due(cancel)
        finally:
            self.post_message(self.CaughtUp())

    @work(thread=True, group="vectors", exclusive=True)
    @guarded
    def _make_vectors(self) -> None:
        with suppress(Cancelled):
            self._library.make_vectors(CancelToken(get_current_worker().cancelled_event))

    @on(Indexed)
    def _indexed(self, message: Indexed) -> None:
        self.status.progress = f"indexing {message.done:,} of {message.total:,}"
        self.reader.ask_again()

    @on(CaughtUp)
    def _caught_up(self) -> None:
        self._indexing = False
        self.status.progress = ""
        self.shelf.read_saved()
        self._make_vectors()

    @on(Said)
    def _said(self, message: Said) -> None:
        self.status.say(message.text)

    @on(Failed)
    def _failed(self, message: Failed) -> None:
        """Say what failed; what fails again and again, such as every row drawn, is said once."""
        text = str(message.error)
        if text != self._failure or monotonic() > self._failure_ends:
            self.notify(text, severity="error", markup=False, timeout=_FAILURE_SHOWN)
            self._failure, self._failure_ends = text, monotonic() + _FAILURE_SHOWN

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Quit only at the top; in the search box, Ctrl-p goes to the result before."""
        match action:
            case "leave":
                return self.reader.at_top
            case "back":
                return not self.reader.at_top
            case "palette":
                return not self.reader.typing
        return True

    def action_leave(self) -> None:
        """Quit, without asking and without waiting."""
        self.app.exit()

    def action_back(self) -> None:
        """Go back one level."""
        self.reader.action_back()

    async def action_palette(self) -> None:
        """Show every action; the one picked is done."""
        await self._show_commands("Actions")

    async def action_help(self) -> None:
        """Show every key; the action picked is done."""
        await self._show_commands("Help")

    async def _show_commands(self, title: str) -> None:
        from paperreader.tui.dialogs.command_entries import Command, commands, entries
        from paperreader.tui.dialogs.picker import Picker, room

        async def picked(command: Command | None) -> None:
            if command is not None:
                await command.run()

        await self.app.push_screen(Picker(title, entries(commands(self), room(self.size))), picked)
