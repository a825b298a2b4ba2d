"""The main screen: the panes, the status line, the index that catches up, the way out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken, PaperreaderError
from paperreader.library.library import SAMPLE
from paperreader.library.results import Results
from paperreader.papers.record import View
from paperreader.tui.attached_screen import AttachedScreen
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded, guarded_in_background
from paperreader.tui.in_turn import InTurn
from paperreader.tui.main.browser import Browser
from paperreader.tui.main.follow_commands import FollowCommands
from paperreader.tui.main.list_commands import ListCommands
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.note_commands import NoteCommands
from paperreader.tui.main.open_commands import OpenCommands
from paperreader.tui.main.paper_commands import PaperCommands
from paperreader.tui.main.view_commands import ViewCommands
from paperreader.tui.messages import Changed, Said
from paperreader.tui.ordering import answered
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_list import PaperList
from paperreader.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from paperreader.library.library import Library, SavedSearch

_AT_MOST = 1_000  # papers of one triage
_PATIENCE = 0.2  # seconds that the screen stands still while another program writes
_LOOK_EVERY = 1.0  # seconds between looks at what other programs did to the library
_RETRY_AFTER = 30.0  # seconds until an index that could not be written is tried again
ROOMS: dict[str, type[Widget]] = {
    "list": PaperList,
    "abstract": PaperDetail,
    "panes": ListDetail,
    "open": OpenCommands,
    "paper": PaperCommands,
    "note": NoteCommands,
    "browser": Browser,
    "views": ViewCommands,
    "lists": ListCommands,
    "follow": FollowCommands,
}


class MainScreen(AttachedScreen[None]):
    """Everything that is always there."""

    AUTO_FOCUS = "PaperList"
    BINDINGS: ClassVar[list[BindingType]] = bindings("screen")

    list_commands = getters.query_one(ListCommands)
    views = getters.query_one(ViewCommands)
    browser = getters.query_one(Browser)
    status = getters.query_one(StatusLine)

    class Indexed(Message):
        """More papers became searchable."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class CaughtUp(Message):
        """All papers are searchable, or cannot become so now."""

    class IndexingFailed(Message):
        """Something stood in the way of the index."""

    class Sampled(Message):
        """Whether the sample page is in the library, and whether anything else is."""

        def __init__(self, *, sample: bool, others: bool) -> None:
            super().__init__()
            self.sample, self.others = sample, others

    class TriageWanted(Message):
        """The papers to decide on are known."""

        def __init__(self, results: Results) -> None:
            super().__init__()
            self.results = results

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._revision = -1
        self._indexing = False
        self._restarts = 0
        self._in_turn = InTurn(self)

    def compose(self) -> ComposeResult:
        """Lay out the panes and the status line."""
        yield FollowCommands(self._library, self._session)
        yield StatusLine(self._session.keymap)

    @guarded
    def on_mount(self) -> None:
        """Look after the library once the papers are on the screen."""
        self._library.listen(self._say)
        self.call_after_refresh(self._look)
        self.call_after_refresh(self._look_at_sources)
        self.set_interval(_LOOK_EVERY, self._look)
        self._library.wait_at_most(_PATIENCE)

    @guarded
    def on_unmount(self) -> None:
        """Remember where the person was."""
        self._library.remember(**self._session.state())

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys that the settings give to commands."""
        return self._session.keymap

    @property
    def saved(self) -> "Sequence[SavedSearch]":
        """The saved searches, in their order."""
        return self.browser.tabs.saved

    def on_key(self, event: events.Key) -> None:
        """Say why a key for papers does nothing where there is none."""
        if self.browser.panes.record is not None or self.browser.typing:
            return
        from paperreader.tui.keymap import keys_for_papers

        if event.key in keys_for_papers(self.keymap):
            self.post_message(Said("there is no paper here for that"))

    def node(self, room: str) -> DOMNode:
        """Return the part of the screen that does the commands of a room."""
        if kind := ROOMS.get(room):
            return self.query_one(kind)
        return self.app if room == "app" else self

    def _say(self, line: str) -> None:
        """Pass on what the library has to say, from whichever thread it says it."""
        self.post_message(Said(line))

    @guarded_in_background
    def _look(self) -> None:
        """Notice papers that came and states that changed, whoever did it."""
        revision = self._library.revision
        if revision != self._revision:
            self._revision = revision
            self.browser.library_changed()
            self._begin_indexing()
        elif self._library.index_restarts != self._restarts and not self._indexing:
            self._begin_indexing()

    def _begin_indexing(self) -> None:
        if not self._indexing:
            self._indexing = True
            self._restarts = self._library.index_restarts
            self._catch_up()

    @work(thread=True, group="index")
    @guarded_in_background
    def _catch_up(self) -> None:
        def progress(done: int, total: int) -> None:
            self.post_message(self.Indexed(done, total))

        try:
            self._library.read_beside_writers()
            if behind := self._library.behind():
                total = self._library.counts()[View.ALL]
                progress(total - behind, total)
            cancel = CancelToken(get_current_worker().cancelled_event)
            self._library.catch_up(cancel, progress)
            with suppress(Cancelled):
                self._library.back_up_if_due(cancel)
        except PaperreaderError:
            self.post_message(self.IndexingFailed())
            raise
        finally:
            self.post_message(self.CaughtUp())

    @work(thread=True, group="vectors", exclusive=True)
    @guarded_in_background
    def _make_vectors(self) -> None:
        with suppress(Cancelled):
            self._library.make_vectors(CancelToken(get_current_worker().cancelled_event))

    @work(thread=True, exclusive=True, group="sources")
    @guarded_in_background
    def _look_at_sources(self) -> None:
        """See whether the sample page is all that there is, or among papers of one's own."""
        sources = dict(self._library.sources())
        sample = sources.pop(SAMPLE, 0) > 0
        self.post_message(self.Sampled(sample=sample, others=bool(sources)))

    @on(Sampled)
    @guarded
    def _sampled(self, message: Sampled) -> None:
        if message.sample and not message.others:
            self.browser.hints.tell("This is a sample page · i adds papers of your own · ? helps")
        elif message.sample and not self._library.screen_state().get("sample_offered"):
            self._remember(sample_offered=True)
            self.browser.hints.tell("Your own papers are in · X removes the sample page")
        else:
            self.browser.hints.tell("")

    @on(Indexed)
    def _indexed(self, message: Indexed) -> None:
        self.status.progress = f"indexing {message.done:,} of {message.total:,}"
        self.browser.ask_again()

    @on(CaughtUp)
    def _caught_up(self) -> None:
        self._indexing = False
        self.status.progress = ""
        self.list_commands.read_saved()
        self._look_at_sources()
        self._make_vectors()

    @on(IndexingFailed)
    def _indexing_failed(self) -> None:
        """Try again later: a disk that is full now may have room then."""
        self.set_timer(_RETRY_AFTER, self._begin_indexing)

    @on(Said)
    def _said(self, message: Said) -> None:
        self.status.say(message.text)

    @on(ListDetail.LayoutChosen)
    def _layout_chosen(self, message: ListDetail.LayoutChosen) -> None:
        self._remember(layout=message.layout)

    def _remember(self, **state: object) -> None:
        self._in_turn.do(partial(self._library.remember, **state))

    async def before(self, action: str) -> None:
        """An action is about to be done: a digit that waited for a motion is a view."""
        await self.views.before(action)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Quit only at the top; in the search box, letters and Ctrl-p are for the box."""
        match action:
            case "leave":
                return self.browser.at_top
            case "back":
                return not (self.browser.at_top or self.browser.typing)
            case "cancel":
                return True
        return not self.browser.typing

    def action_leave(self) -> None:
        """Quit, without asking and without waiting."""
        self.app.exit()

    def action_back(self) -> None:
        """Go back one step."""
        self.browser.action_back()

    async def action_cancel(self) -> None:
        """Copy what the mouse has selected; else go back one step; at the top, quit."""
        box = self.browser.bar.selected_text
        if text := box or self.get_selected_text():
            self.app.copy_to_clipboard(text)
            self.clear_selection()
            self.post_message(Said("copied: the selected text"))
        elif self.browser.typing:
            await self.browser.action_restore()
        elif self.browser.at_top:
            self.app.exit()
        else:
            self.browser.action_back()

    async def action_triage(self) -> None:
        """Show the papers of the list that nothing was decided on, one after the other."""
        await answered(self._look_for_undecided(), self)

    @work(thread=True, exclusive=True, group="triage")
    @guarded
    def _look_for_undecided(self) -> None:
        from paperreader.tui.triage import undecided

        results = self.browser.panes.position.results
        selected = self.browser.panes.papers.selected_rows()
        rows = selected or undecided(results, _AT_MOST)
        self.post_message(self.TriageWanted(results.subset(rows)))

    @on(TriageWanted)
    async def _triage_wanted(self, message: TriageWanted) -> None:
        if not len(message.results):
            self.post_message(Said("nothing here to decide on: all is read, done or for later"))
            return
        from paperreader.tui.triage import Triage

        triage = Triage(self._library, self._session, message.results)
        await self.app.push_screen(triage, self._triaged)

    def _triaged(self, _: bool | None) -> None:
        self.browser.post_message(Changed())

    async def action_add(self) -> None:
        """Add papers."""
        from paperreader.tui.dialogs.add_dialog import AddDialog

        await self.app.push_screen(AddDialog(self._library), self._added)

    def _added(self, said: str | None) -> None:
        if said:
            self.post_message(Said(said))
            self.browser.report = said
            self._look()

    async def action_palette(self) -> None:
        """Show every command; the one picked is done."""
        from paperreader.tui.dialogs.palette import Palette

        await self.app.push_screen(Palette(self), self._run)

    async def action_help(self) -> None:
        """Show how the reader works and every key; the command picked is done."""
        from paperreader.tui.dialogs.help import Help

        await self.app.push_screen(Help(self), self._run)

    async def _run(self, action: tuple[DOMNode, str] | None) -> None:
        if action is not None:
            node, name = action
            await self.app.run_action(name, node)
