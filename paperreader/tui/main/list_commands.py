"""The shelf: filters, orders, saved searches and related papers, for the reader within it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.papers.record import Record
from paperreader.query.request import Request
from paperreader.tui.bindings import key
from paperreader.tui.guard import guarded
from paperreader.tui.main.browser import Browser
from paperreader.tui.messages import Said
from paperreader.tui.state import wording
from paperreader.tui.state.listing import Listing
from paperreader.tui.widgets.hint_line import HintLine
from paperreader.tui.widgets.view_tabs import SAVED_KEYS, ViewTabs

if TYPE_CHECKING:
    from paperreader.library.facets import Facet
    from paperreader.library.library import Library, SavedSearch
    from paperreader.tui.dialogs.picker import Picker

_RELATED = 50


class ListCommands(Container):
    """Ways to other lists than those that views and words give."""

    BINDING_GROUP_TITLE = "Lists"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("backslash", "filter", "Filters, with counts", name="filter", label="filter"),
        key("s", "sort", "Sort; the same key again reverses", name="sort", label="sort"),
        *(
            key(digit, f"saved('{digit}')", f"Saved search {n}", name=f"saved.{n}")
            for n, digit in enumerate(SAVED_KEYS, 1)
        ),
        key("w", "save", "Save this search under a name", name="search.save"),
        key("W", "forget", "Forget a saved search", name="search.forget"),
        key("R", "related", "Related papers", name="paper.related"),
    ]

    reader = getters.query_one(Browser)

    class Counted(Message):
        """What the papers shown are made of was counted."""

        def __init__(self, request: Request, facets: "Sequence[Facet]") -> None:
            super().__init__()
            self.request = request
            self.facets = facets

    class Near(Message):
        """The papers related to one were found."""

        def __init__(self, listing: Listing) -> None:
            super().__init__()
            self.listing = listing

    class SavedRead(Message):
        """The saved searches were read."""

        def __init__(self, saved: "Sequence[SavedSearch]") -> None:
            super().__init__()
            self.saved = saved

    def __init__(self, library: "Library", search_url: str) -> None:
        super().__init__()
        self._library = library
        self._search_url = search_url
        self._filters: Picker[str] | None = None

    def compose(self) -> ComposeResult:
        """Lay out the reader."""
        yield Browser(self._library, self._search_url)

    @property
    def _saved(self) -> "Sequence[SavedSearch]":
        return self.reader.tabs.saved

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters to the search box, and keys of saved searches that are not there alone."""
        if action == "saved":
            return SAVED_KEYS.index(str(parameters[0])) < len(self._saved)
        return not self.reader.typing

    async def action_sort(self) -> None:
        """Choose an order."""
        from paperreader.tui.dialogs.menu import Choice, Menu

        sort = self.reader.wanted.sort
        choices = [
            Choice(letter, value, wording.direction(sort) if value is sort.key else "")
            for letter, value in wording.SORT_KEYS.items()
        ]

        def chosen(letter: str | None) -> None:
            if letter is not None:
                self.reader.ask(wording.sorted_by(self.reader.wanted, letter))

        await self.app.push_screen(Menu("Sort by", choices), chosen)

    async def action_filter(self) -> None:
        """Choose a filter from what the papers shown are made of.

        The list opens at once, so that what is typed next goes there; the values follow.
        """
        from paperreader.tui.dialogs import filter_entries
        from paperreader.tui.dialogs.picker import Picker, room

        wanted = self.reader.wanted
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

        if self._filters is not None and self._filters.is_running:
            space = room(self.screen.size)
            entries = filter_entries.entries(message.request.chips, message.facets, space)
            self._filters.offer(entries)

    @on(HintLine.Removed)
    def _chip_removed(self, message: HintLine.Removed) -> None:
        self._toggle_chip(message.chip)

    def _toggle_chip(self, chip: str | None) -> None:
        if chip is not None:
            wanted = self.reader.wanted
            self.reader.ask_beyond(replace(wanted, chips=wording.toggled(wanted.chips, chip)))

    @on(ViewTabs.Chosen)
    def _tab_chosen(self, message: ViewTabs.Chosen) -> None:
        if message.key in SAVED_KEYS:
            self.action_saved(message.key)

    def action_saved(self, digit: str) -> None:
        """Show what a saved search finds."""
        self.reader.ask_beyond(self._saved[SAVED_KEYS.index(digit)].request)

    async def action_save(self) -> None:
        """Ask for a name for the search on the screen."""
        request = wording.as_saved(self.reader.wanted)
        if not request.text and not request.chips:
            self.post_message(Said("nothing to save: search or filter first"))
            return
        from paperreader.tui.dialogs.prompt import Prompt

        prompt = Prompt("Name of this search", request.text, "a name")
        await self.app.push_screen(prompt, partial(self._save, request))

    @guarded
    def _save(self, request: Request, name: str | None) -> None:
        if name and name.strip():
            self._library.save_search(name.strip(), request)
            self.post_message(Said(f"saved: {name.strip()}"))
            self.read_saved()

    async def action_forget(self) -> None:
        """Choose a saved search to forget."""
        if not self._saved:
            self.post_message(Said("no search is saved; w saves the one on the screen"))
            return
        from paperreader.tui.dialogs.menu import Choice, Menu

        keyed = zip(SAVED_KEYS, self._saved, strict=False)
        choices = [Choice(digit, saved.name) for digit, saved in keyed]
        await self.app.push_screen(Menu("Forget", choices), self._forget)

    @guarded
    def _forget(self, digit: str | None) -> None:
        if digit is not None:
            name = self._saved[SAVED_KEYS.index(digit)].name
            self._library.forget_search(name)
            self.post_message(Said(f"forgotten: {name}"))
            self.read_saved()

    @work(thread=True, exclusive=True, group="saved")
    @guarded
    def read_saved(self) -> None:
        """Read the saved searches and what they hold now."""
        self.post_message(self.SavedRead(self._library.saved_searches()))

    @on(SavedRead)
    def _saved_read(self, message: SavedRead) -> None:
        self.reader.tabs.saved = message.saved

    def action_related(self) -> None:
        """Show the papers most like the selected one."""
        if self.reader.panes.record is not None:
            self._relate(self.reader.panes.record)

    @work(thread=True, exclusive=True, group="related")
    @guarded
    def _relate(self, record: Record) -> None:
        related = self._library.related(record.row, _RELATED)
        self.post_message(self.Near(Listing.related(record, related, self._library.record)))

    @on(Near)
    def _near(self, message: Near) -> None:
        self.reader.show_beyond(message.listing)
