"""Commands that lead to other lists: filters, orders, saved searches, related papers."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.library.results import Results
from paperreader.papers.record import Record
from paperreader.query.request import Request, SortKey
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.in_turn import InTurn
from paperreader.tui.main.browser import Browser
from paperreader.tui.main.view_commands import ViewCommands
from paperreader.tui.messages import Said
from paperreader.tui.ordering import answered
from paperreader.tui.state import wording
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.hint_line import HintLine
from paperreader.tui.widgets.view_tabs import SAVED_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperreader.library.facets import Facet
    from paperreader.library.library import Library, SavedSearch
    from paperreader.tui.dialogs.picker import Picker

_RELATED = 50


class ListCommands(Container):
    """Ways to other lists than those that views and words give."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("lists")

    browser = getters.query_one(Browser)

    class Counted(Message):
        """What the papers shown are made of was counted."""

        def __init__(self, request: Request, facets: "Sequence[Facet]") -> None:
            super().__init__()
            self.request = request
            self.facets = facets

    class RelatedFound(Message):
        """The papers related to one were found."""

        def __init__(self, results: Results) -> None:
            super().__init__()
            self.results = results

    class SavedRead(Message):
        """The saved searches were read."""

        def __init__(self, saved: "Sequence[SavedSearch]") -> None:
            super().__init__()
            self.saved = saved

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._filters: Picker[str] | None = None
        self._in_turn = InTurn(self)

    def compose(self) -> ComposeResult:
        """Lay out the views."""
        yield ViewCommands(self._library, self._session)

    @property
    def _saved(self) -> "Sequence[SavedSearch]":
        return self.browser.tabs.saved

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters to the search box; without a paper none is related to it."""
        if action == "related" and self.browser.panes.record is None:
            return False
        return not self.browser.typing

    async def action_sort(self) -> None:
        """Choose an order."""
        from paperreader.tui.dialogs.menu import Choice, Menu

        sort = self.browser.wanted.sort
        choices = [
            Choice(letter, value, wording.order(sort) if value is sort.key else "")
            for letter, value in wording.SORT_KEYS.items()
        ]
        await self.app.push_screen(Menu("Sort by", choices), self._sort)

    def _sort(self, letter: str | None) -> None:
        if letter is not None:
            self.action_sort_by(wording.SORT_KEYS[letter])

    def action_sort_by(self, key: str) -> None:
        """Order the list."""
        self.browser.ask(self.browser.wanted.sorted_by(SortKey(key)))

    def action_toggle_filter(self, chip: str) -> None:
        """Put a filter on, or take it off."""
        self._toggle_chip(chip)

    async def action_filter(self) -> None:
        """Choose a filter from what the papers shown are made of.

        The list opens at once, so that what is typed next goes there; the values follow.
        """
        from paperreader.tui.dialogs import filter_entries
        from paperreader.tui.dialogs.picker import Picker, room

        wanted = self.browser.wanted
        self._filters = Picker(
            "Filters", filter_entries.entries(wanted.chips, (), room(self.screen.size))
        )
        await self.app.push_screen(self._filters, self._toggle_chip)
        self._count(wanted)

    @work(thread=True, exclusive=True, group="facets")
    @guarded
    def _count(self, request: Request) -> None:
        results = self._library.search(request)
        self.post_message(self.Counted(request, self._library.facets(results)))

    @on(Counted)
    def _counted(self, message: Counted) -> None:
        from paperreader.tui.dialogs import filter_entries
        from paperreader.tui.dialogs.picker import room

        if self._filters is not None and self._filters.is_open:
            space = room(self.screen.size)
            entries = filter_entries.entries(message.request.chips, message.facets, space)
            self._filters.offer(entries)

    @on(HintLine.Removed)
    def _chip_removed(self, message: HintLine.Removed) -> None:
        self._toggle_chip(message.chip)

    def _toggle_chip(self, chip: str | None) -> None:
        if chip is not None:
            self.browser.ask_beyond(self.browser.wanted.toggled(chip))

    # Saved searches

    @on(ViewCommands.SavedWanted)
    def _saved_wanted(self, message: ViewCommands.SavedWanted) -> None:
        self.action_show_saved(SAVED_KEYS.find(message.digit))

    def action_show_saved(self, number: int) -> None:
        """Show the saved search of this number, the first being 0."""
        if 0 <= number < len(self._saved):
            self._show_saved(self._saved[number].request)

    def _show_saved(self, request: Request | None) -> None:
        if request is not None:
            self.browser.ask_beyond(request)

    async def action_save(self) -> None:
        """Ask for a name for the search on the screen."""
        request = self.browser.wanted.as_saved()
        if not request.text and not request.chips:
            self.post_message(Said("nothing to save: search or filter first"))
            return
        from paperreader.tui.dialogs.prompt import Prompt

        prompt = Prompt("Name of this search", request.text, "a name")
        await self.app.push_screen(prompt, partial(self._save, request))

    def _save(self, request: Request, name: str | None) -> None:
        if name and name.strip():
            self._in_turn.do(partial(self._save_as, name.strip(), request))

    def _save_as(self, name: str, request: Request) -> None:
        replaced = any(search.name == name for search in self._saved)
        self._library.save_search(name, request)
        then = "instead of the one before · z undoes" if replaced else "· W shows all"
        self.post_message(Said(f"saved: {name} {then}"))
        self.call_later(self.read_saved)

    async def action_saved_searches(self) -> None:
        """Choose a saved search to go to, or change the list of them."""
        if not self._saved:
            self.post_message(Said("no search is saved; w saves the one on the screen"))
            return
        from paperreader.tui.dialogs.saved_searches import SavedSearches

        dialog = SavedSearches(self._library, self._saved)
        await self.app.push_screen(dialog, self._saved_chosen)

    def _saved_chosen(self, request: Request | None) -> None:
        self.read_saved()
        self._show_saved(request)

    @work(thread=True, exclusive=True, group="saved")
    @guarded
    def read_saved(self) -> None:
        """Read the saved searches and what they hold now."""
        self.post_message(self.SavedRead(self._library.saved_searches()))

    @on(SavedRead)
    def _saved_read(self, message: SavedRead) -> None:
        self.browser.tabs.saved = message.saved

    # Related papers

    async def action_related(self) -> None:
        """Show the papers most like the one at the cursor."""
        if self.browser.panes.record is not None:
            await answered(self._relate(self.browser.panes.record), self)

    @work(thread=True, exclusive=True, group="related")
    @guarded
    def _relate(self, record: Record) -> None:
        self.post_message(self.RelatedFound(self._library.related(record.row, _RELATED)))

    @on(RelatedFound)
    def _related_found(self, message: RelatedFound) -> None:
        self.browser.show_beyond(message.results)
