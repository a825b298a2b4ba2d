"""The reader: which papers are shown, by view and by search."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.tui.bindings import key
from paperreader.tui.guard import guarded
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.paper_commands import PaperCommands
from paperreader.tui.messages import Changed
from paperreader.tui.ordering import heard
from paperreader.tui.state import wording
from paperreader.tui.state.back_stack import BackStack
from paperreader.tui.state.listing import Listing, ListPosition
from paperreader.tui.widgets.hint_line import HintLine
from paperreader.tui.widgets.search_bar import SearchBar
from paperreader.tui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from paperreader.library.library import Library, Results

VIEWS = dict(zip("1234", View, strict=False))  # new papers have a key of their own
_PATIENCE = 0.015  # seconds that a search waits for the next key where searches are slow
_MOMENT = 0.5  # seconds at most that keys behind Enter wait for results
_HESITATION = 0.3  # seconds without a key and without hits, after which a spelling is proposed


class Browser(Container):
    """Tabs, search line, hints, and the desk below them."""

    BINDING_GROUP_TITLE = "Search, views"
    KEYS: ClassVar[list[BindingType]] = [
        key("/", "search", "Search as you type", name="search", label="search"),
        key("h,left,escape", "back", "Back to the list before", name="list.back", label="back"),
        key("1", "view('1')", "All papers", name="view.all"),
        key("2", "view('2')", "Unread papers", name="view.unread"),
        key("3", "view('3')", "Reading list", name="view.reading"),
        key("4", "view('4')", "Papers done with", name="view.done"),
    ]
    TYPING_KEYS: ClassVar[list[BindingType]] = [
        key("enter", "keep", "Keep the results", name="search.keep", label="keep"),
        key("escape", "restore", "Back to the old list", name="search.restore", label="back"),
        key("down,ctrl+n", "results(1)", "Next result", name="search.next", label="next"),
        key("up,ctrl+p", "results(-1)", "Previous result", name="search.prev"),
        key("pagedown", "results(10)", "Ten results on", name="search.page_down"),
        key("pageup", "results(-10)", "Ten results back", name="search.page_up"),
        key("tab", "suggestion", "Take the proposed spelling", name="search.suggestion"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, *TYPING_KEYS]

    tabs = getters.query_one(ViewTabs)
    bar = getters.query_one(SearchBar)
    hints = getters.query_one(HintLine)
    panes = getters.query_one(ListDetail)

    class Found(Message):
        """A search came to its end."""

        def __init__(self, request: Request, results: "Results") -> None:
            super().__init__()
            self.request = request
            self.results = results

    class Counted(Message):
        """The papers in each view were counted."""

        def __init__(self, counts: Mapping[View, int]) -> None:
            super().__init__()
            self.counts = counts

    def __init__(self, library: "Library", search_url: str) -> None:
        super().__init__()
        self._library = library
        self._search_url = search_url
        self.wanted = Request()
        self._trail = BackStack()
        self._answered = asyncio.Event()
        self._took = 0.0

    def compose(self) -> ComposeResult:
        """Lay out the lines and the desk."""
        yield ViewTabs()
        yield SearchBar()
        yield HintLine()
        yield PaperCommands(self._library, self._search_url)

    @property
    def typing(self) -> bool:
        """Whether the person is in the search box, where letters are only text."""
        return self.bar.typing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys are for the search box, the others are not."""
        if action in ("keep", "restore", "results", "suggestion"):
            return self.typing
        if action == "back":
            return not (self.typing or self.panes.reading or self.at_top)
        return not self.typing

    @guarded
    def on_mount(self) -> None:
        """Have the papers on the first picture; a list without words needs no index."""
        self._show(Listing.found(self._library.search(self.wanted), self.wanted), 0)

    # Asking and showing

    def ask(self, request: Request) -> None:
        """Look for papers; what was asked before and is not answered yet is dropped."""
        self.wanted = request
        self._answered.clear()
        slow = request.typing and self._took > _PATIENCE
        self._search(request, _PATIENCE if slow else 0.0)

    def ask_again(self) -> None:
        """Look for the same words in an index that has grown."""
        if self.panes.place.listing.searched:
            self.ask(replace(self.wanted))

    def library_changed(self) -> None:
        """Show papers as they are now; with more of them, or fewer, a list is made anew."""
        self.panes.reload()
        self.show_counts()

    def ask_beyond(self, request: Request) -> None:
        """Look for papers; going back leads to the list that is on the screen."""
        if not self.panes.place.listing.searched:
            self._trail.push(self.panes.place)
        self.panes.focus_list()
        self.ask(request)

    def show_beyond(self, listing: Listing) -> None:
        """Show papers; going back leads to the list that is on the screen."""
        self._trail.push(self.panes.place)
        self.panes.focus_list()
        self._show(listing, 0)

    @property
    def at_top(self) -> bool:
        """Whether there is nothing to go back to."""
        inside = self.typing or self.panes.reading or self._trail.leads_back
        return not (inside or self.wanted.text or self.wanted.chips)

    def action_back(self) -> None:
        """Go back one level: to the list, to the place before, to the list without words."""
        if self.panes.reading:
            self.panes.focus_list()
        elif place := self._trail.back():
            self._go(place)
        elif not self.at_top:
            self.ask(Request(view=self.wanted.view, sort=self.wanted.sort))

    @work(thread=True, exclusive=True, group="counts")
    @guarded
    def show_counts(self) -> None:
        """Show how many papers each view holds now."""
        self.post_message(self.Counted(self._library.counts()))

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        before = self.tabs.counts.get(View.ALL)
        self.tabs.counts = message.counts
        grown = before is not None and message.counts[View.ALL] != before
        if grown and self.panes.place.listing.request is not None:
            self.ask(replace(self.wanted))

    @work(thread=True, exclusive=True, group="search")
    @guarded
    def _search(self, request: Request, patience: float) -> None:
        cancel = CancelToken(get_current_worker().cancelled_event)
        if cancel.wait(patience):
            return
        try:
            results = self._library.search(request, cancel)
            self.post_message(self.Found(request, results))
            if request.typing and not results.full and not cancel.wait(_HESITATION):
                typed = replace(request, typing=False)
                results = self._library.search(typed, cancel)
                self.post_message(self.Found(request, results))
        except Cancelled:
            return

    @on(Found)
    def _found(self, message: Found) -> None:
        if message.request is self.wanted:
            self._took = message.results.took
            listing = Listing.found(message.results, message.request)
            self._show(listing, self._kept_selection(listing))

    def _kept_selection(self, listing: Listing) -> int:
        """Return where the selected paper stands now; one nobody chose does not scroll a list."""
        papers = self.panes.papers
        if not len(papers.listing):
            return 0
        index = listing.index_of(papers.listing.row(papers.cursor)) or 0
        return index if papers.moved or index < papers.size.height else 0

    def _go(self, place: ListPosition) -> None:
        """Show a list that was shown before, as it was left."""
        self.workers.cancel_group(self, "search")
        self._show(place.listing, place.cursor, place.top)

    def _show(self, listing: Listing, cursor: int, top: int | None = None) -> None:
        """Show papers, and let every line say what they are."""
        request = listing.request or Request(view=self.wanted.view, sort=self.wanted.sort)
        self.wanted, view = request, request.view
        self._answered.set()
        self.tabs.request = request
        self.bar.count = wording.count(listing, self.tabs.counts.get(view, len(listing)))
        if self._trail.before is None:
            self.bar.show(request.text)
        self.hints.show(listing.title, request.chips, listing.notices, listing.suggestion)
        self.panes.papers.empty = wording.empty(listing, view)
        self.panes.show(listing, cursor, top)
        self.refresh_bindings()

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        self.show_counts()
        if message.order and self.panes.place.listing.request is not None:
            self.ask(replace(self.wanted))

    # Searching

    def action_search(self) -> None:
        """Open the search box."""
        self._trail.begin(self.panes.place)
        self.bar.open()

    @on(SearchBar.Opened)
    def _opened(self) -> None:
        if self.typing:
            self._trail.begin(self.panes.place)

    @on(SearchBar.Typed)
    def _typed(self, message: SearchBar.Typed) -> None:
        beneath = self._trail.wordless()
        if not message.text.strip() and beneath is not None and not self.wanted.chips:
            self._go(beneath)
        else:
            self.ask(replace(self.wanted, text=message.text, typing=True))

    async def action_keep(self) -> None:
        """Leave the search box; the results stay.

        Keys that follow at once are meant for the results of all that was typed: they wait for it.
        """
        await heard(self.bar.box, self.bar, self)
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT):
                await self._answered.wait()
        self._trail.keep()
        self.panes.focus_list()

    async def action_restore(self) -> None:
        """Leave the search box; the old list comes back, as it was."""
        await heard(self.bar.box, self.bar, self)
        if place := self._trail.restore():
            self._go(place)
        self.panes.focus_list()

    def action_results(self, by: int) -> None:
        """Move in the results."""
        self.panes.papers.action_move(by)

    @on(ListDetail.SuggestionWanted)
    @on(HintLine.SuggestionClicked)
    def action_suggestion(self) -> None:
        """Take the proposed spelling."""
        if self.hints.suggestion is not None:
            self.bar.replace(self.hints.suggestion)

    def action_view(self, digit: str) -> None:
        """Show another view; words and filters stay."""
        self._trail.forget()
        self.panes.focus_list()
        self.ask(replace(self.wanted, view=VIEWS[digit]))

    @on(ViewTabs.Chosen)
    def _tab_chosen(self, message: ViewTabs.Chosen) -> None:
        if message.key in VIEWS:
            self.action_view(message.key)
