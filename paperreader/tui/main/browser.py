"""The browser: which papers are shown, by view and by search."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken
from paperreader.library.results import Results
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.in_turn import InTurn
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.main.paper_commands import PaperCommands
from paperreader.tui.main.search_steps import search_steps
from paperreader.tui.messages import Changed, Said
from paperreader.tui.ordering import heard
from paperreader.tui.state import wording
from paperreader.tui.state.back_stack import BackStack, ListPosition
from paperreader.tui.state.past_searches import PastSearches
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.hint_line import HintLine
from paperreader.tui.widgets.paper_text import day
from paperreader.tui.widgets.search_bar import SearchBar
from paperreader.tui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from paperreader.library.library import Library

_PATIENCE = 0.015  # seconds that a search waits for the next key where searches are slow
_MOMENT = 0.5  # seconds at most that keys behind Enter wait for results
_ARRIVING = 5.0  # seconds between two arrivals that are counted as one
_TYPING = ("keep", "restore", "results", "suggestion")


class Browser(Container):
    """Tabs, search line, hints, and the panes below them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("browser")

    tabs = getters.query_one(ViewTabs)
    bar = getters.query_one(SearchBar)
    hints = getters.query_one(HintLine)
    panes = getters.query_one(ListDetail)

    class Found(Message):
        """A search came to its end."""

        def __init__(self, request: Request, results: Results) -> None:
            super().__init__()
            self.request = request
            self.results = results

    class Counted(Message):
        """The papers in each view were counted."""

        def __init__(self, counts: Mapping[View, int]) -> None:
            super().__init__()
            self.counts = counts

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self.wanted = session.request
        self._back_stack = BackStack()
        self._past = PastSearches()
        self._in_turn = InTurn(self)
        self._answered = asyncio.Event()
        self._took = 0.0
        self.report = ""
        """What is to be said of the next papers that come in, where their report is known."""
        self._arrivals, self._arrived_at = 0, 0.0
        self._returning: int | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines and the panes."""
        yield ViewTabs()
        yield SearchBar()
        yield HintLine()
        yield PaperCommands(self._library, self._session)

    @property
    def typing(self) -> bool:
        """Whether the person is in the search box, where letters are only text."""
        return self.bar.typing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys are for the search box, the others are not."""
        if action in _TYPING:
            return self.typing
        if action == "back":
            return not (self.typing or self.panes.reading or self.at_top)
        return not self.typing

    @guarded
    def on_mount(self) -> None:
        """Have the papers on the first picture; a list without words needs no index."""
        self.watch(self.panes.papers, "cursor", self._show_count, init=False)
        results = self._library.search(self.wanted)
        cursor = results.index_of(self._session.row) if self._session.row else None
        self._show(results, cursor or 0, self._session.top if cursor else 0)

    # Asking and showing

    def ask(self, request: Request) -> None:
        """Look for papers; what was asked before and is not answered yet is dropped."""
        self.wanted = request
        self._answered.clear()
        slow = request.typing and self._took > _PATIENCE
        self._search(request, _PATIENCE if slow else 0.0)

    async def answer(self) -> None:
        """Wait for the papers that were asked for, a moment at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_MOMENT):
                await self._answered.wait()

    def ask_again(self) -> None:
        """Look for the same words in an index that has grown."""
        if self.panes.position.results.searched:
            self.ask(replace(self.wanted))

    def library_changed(self) -> None:
        """Show papers as they are now; where there are more of them, or fewer, ask again."""
        self.panes.reload()
        self.show_counts()

    def ask_beyond(self, request: Request) -> None:
        """Look for papers; going back leads to the list that is on the screen."""
        if not self.panes.position.results.searched:
            self._back_stack.push(self.panes.position)
        self.panes.focus_list()
        self.ask(request)

    def show_beyond(self, results: Results) -> None:
        """Show papers; going back leads to the list that is on the screen."""
        self._back_stack.push(self.panes.position)
        self.panes.focus_list()
        self._show(results, 0)

    def show_view(self, view: View) -> None:
        """Show another view; words and filters stay, but not those of a saved search."""
        self._back_stack.forget()
        self.panes.focus_list()
        request = Request(sort=self.wanted.sort) if self.tabs.saved_active else self.wanted
        self.ask(replace(request, view=view))

    @property
    def at_top(self) -> bool:
        """Whether there is nothing to go back to."""
        inside = self.typing or self.panes.reading or self._back_stack.leads_back
        return not (inside or self._selected or self.wanted.text or self.wanted.chips)

    @property
    def _selected(self) -> int:
        papers = self.panes.papers
        return papers.selection.count(papers.results, papers.cursor)

    def action_back(self) -> None:
        """Go back one step: to the list, from a selection, the words, a filter, a list."""
        shown = self.panes.position.results.request
        if self.panes.reading:
            self.panes.focus_list()
        elif self._selected:
            self.panes.papers.action_select_none()
        elif (
            shown is not None
            and (wider := self.wanted.wider()) != self.wanted
            and (wider.text or wider.chips)
        ):
            self.ask(wider)
        elif position := self._back_stack.back():
            self._go(position)
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
        self._show_count()
        report, self.report = self.report, ""
        if before is None or message.counts[View.ALL] == before:
            return
        if (more := message.counts[View.ALL] - before) > 0:
            self.post_message(Said(report or f"{wording.papers(self._arrived(more))} came in"))
        if self.panes.position.results.request is not None:
            self.ask(replace(self.wanted))

    def _arrived(self, more: int) -> int:
        """Return how many papers came in, with those just before: many come bit by bit."""
        arriving = time.monotonic() - self._arrived_at < _ARRIVING
        self._arrivals = more + (self._arrivals if arriving else 0)
        self._arrived_at = time.monotonic()
        return self._arrivals

    @work(thread=True, exclusive=True, group="search")
    @guarded
    def _search(self, request: Request, patience: float) -> None:
        cancel = CancelToken(get_current_worker().cancelled_event)
        with suppress(Cancelled):
            for results in search_steps(self._library, request, cancel, patience):
                self.post_message(self.Found(request, results))

    @on(Found)
    def _found(self, message: Found) -> None:
        if message.request is self.wanted:
            self._took = message.results.took
            self._show(message.results, *self._kept(message.results))

    def _kept(self, results: Results) -> tuple[int, int | None]:
        """Return the index of the paper to select, and the line to scroll to.

        In another list the first is the best. In the same list, asked for again, the person
        stays with the paper that was chosen, on the same line of the screen.
        """
        row, self._returning = self._returning, None
        if row is not None and (index := results.index_of(row)) is not None:
            return index, None
        if results.searched and not self.panes.papers.moved:
            return 0, None
        return self.panes.position.kept_in(results)

    def _go(self, position: ListPosition) -> None:
        """Show a list that was shown before, as it was left."""
        self.workers.cancel_group(self, "search")
        self._show(position.results, position.cursor, position.top)

    def _show(self, results: Results, cursor: int, top: int | None = None) -> None:
        """Show papers, and let every line say what they are."""
        request = results.request or Request(view=self.wanted.view, sort=self.wanted.sort)
        papers, shown = self.panes.papers, self.panes.papers.results.request
        papers.moved &= shown is not None and request.same_list(shown)
        self.wanted = request
        self._session.request = request
        self._answered.set()
        self.tabs.request = results.request
        if self._back_stack.before is None:
            self.bar.show(request.text)
        papers.empty = wording.empty(results, request.view)
        self.panes.show(results, cursor, top)
        self._show_hints()
        self.refresh_bindings()

    @guarded
    def _show_hints(self) -> None:
        results, selected = self.panes.position.results, self._selected
        chips = results.request.chips if results.request else ()
        if selected:
            title = self.panes.papers.selection.words(results, self.panes.papers.cursor)
        else:
            title = results.title or self._group(results)
        self.hints.show(title, chips, results.notices, results.suggestion)

    def _group(self, results: Results) -> str:
        """Return from where, and when, the paper at the cursor came, among new papers."""
        if results.request is None or results.request.view is not View.NEW or not len(results):
            return ""
        row = results.row(self.panes.position.cursor)
        source, came = self._library.arrivals([row]).get(row, ("", ""))
        return f"{source}, {day(came, self._session.settings.date_style)}" if came else ""

    def _show_count(self) -> None:
        results, view = self.panes.position.results, self.wanted.view
        total = self.tabs.counts.get(view, len(results))
        self.bar.count = wording.count(results, self.panes.position.cursor, total)

    @on(ListDetail.Moved)
    def _moved(self) -> None:
        self._session.leave(self.panes.position)
        self._show_count()
        self._show_hints()

    @on(PaperCommands.Undone)
    def _undone(self, message: PaperCommands.Undone) -> None:
        """Go, where it is not listed yet, to a paper that comes back; that is all that is said."""
        self._returning, self.report = message.row, message.said

    @on(Changed)
    def _changed(self, message: Changed) -> None:
        self.show_counts()
        if message.order and self.panes.position.results.request is not None:
            self.ask(replace(self.wanted))

    # Searching

    def action_search(self) -> None:
        """Open the search box."""
        self._back_stack.begin(self.panes.position)
        self.bar.open()

    def action_search_for(self, text: str) -> None:
        """Search for words without the search box."""
        self.ask_beyond(replace(self.wanted, text=text, typing=False))

    @on(SearchBar.Opened)
    def _opened(self) -> None:
        if self.typing:
            self._back_stack.begin(self.panes.position)

    @on(SearchBar.Typed)
    def _typed(self, message: SearchBar.Typed) -> None:
        self._past.typed(message.text)
        beneath = self._back_stack.wordless()
        if not message.text.strip() and beneath is not None and not self.wanted.chips:
            self._go(beneath)
        else:
            self.ask(replace(self.wanted, text=message.text, typing=True))

    @guarded
    async def action_keep(self) -> None:
        """Leave the search box; the results stay.

        Keys that follow at once are meant for the results of all that was typed: they wait for it.
        """
        await heard(self.bar.box, self.bar, self)
        await self.answer()
        if self.wanted.typing:
            await self._as_it_stands(self.wanted, self.panes.position.results.full)
        self._back_stack.keep()
        self.panes.focus_list()
        self._in_turn.do(partial(self._library.searched, self.wanted.text))

    async def _as_it_stands(self, typed: Request, full: int) -> None:
        """Ask for the words that were typed, whole; where nothing has the last one, for transf*."""
        self.ask(replace(typed, typing=False))
        await self.answer()
        found = self.panes.position.results
        if full and not found.full and typed.text[-1:].isalnum():
            self.ask(replace(typed, text=f"{typed.text}*", typing=False))
            await self.answer()

    async def action_restore(self) -> None:
        """Leave the search box; the old list comes back, as it was."""
        await heard(self.bar.box, self.bar, self)
        if position := self._back_stack.restore():
            self._go(position)
        self.panes.focus_list()

    @guarded
    def action_results(self, by: int) -> None:
        """Move in the results; above the first are the searches of the past."""
        papers = self.panes.papers
        if by == -1 and (papers.cursor == 0 or not len(papers.results)):
            text = self._past.older(self.bar.text, self._library.past_searches)
        elif by == 1 and self._past.is_open:
            text = self._past.newer()
        else:
            papers.action_move(by)
            return
        if text is not None:
            self.bar.replace(text)

    @on(ListDetail.SuggestionWanted)
    @on(HintLine.SuggestionClicked)
    def action_suggestion(self) -> None:
        """Accept the proposed spelling."""
        if self.hints.suggestion is not None:
            self.bar.replace(self.hints.suggestion)
