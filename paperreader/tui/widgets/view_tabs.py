"""The line of views: all, unread, reading list, done, and the saved searches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.tui.widgets.paper_row import cut

if TYPE_CHECKING:
    from paperreader.library.library import SavedSearch

SAVED_KEYS = "56789"
_NAMES = {
    View.ALL: ("All", "All"),
    View.UNREAD: ("Unread", "Unread"),
    View.READING: ("Reading list", "Later"),
    View.DONE: ("Done", "Done"),
}
NEW_KEY = "I"


@dataclass(frozen=True)
class Tab:
    """A view or a saved search as it is drawn: its key, name, count; `brief`: without the key.

    `active` says that a saved search is on the screen.
    """

    key: str
    name: str
    count: str
    brief: bool = False
    active: bool = False

    @property
    def cells(self) -> int:
        """The width of the tab."""
        return cell_len(self.name) + len(self.count) + (2 if self.brief else 6)


def short(count: int) -> str:
    """Return a count in at most four letters: 999, 11k, 114k, 1.2M."""
    if count < 1_000:
        return str(count)
    if count < 1_000_000:
        return f"{count // 1_000}k"
    return f"{count / 1_000_000:.1f}M"


def tabs(
    counts: Mapping[View, int],
    saved: Sequence["SavedSearch"],
    width: int,
    request: Request | None = None,
) -> list[Tab]:
    """Return the tabs that fit a line of `width` cells; they shrink before they go.

    Names stand there before there are counts. The saved search that is `request` goes last.
    """
    levels = [
        [*_views(counts, size), *_saved(saved, request, brief=size > 0, keyless=size > 1)]
        for size in range(3)
    ]
    views = len(_views(counts, 0))
    if _cells(levels[0]) <= width:
        return levels[0]
    shown = levels[1] if _cells(levels[1][: len(_NAMES)]) <= width else levels[2]
    while len(shown) > len(_NAMES) and _cells(shown) > width:
        idle = [i for i in range(views, len(shown)) if not shown[i].active]
        shown.pop(idle[-1] if idle else -1)
    return shown


def _cells(tabs: Sequence[Tab]) -> int:
    return sum(tab.cells for tab in tabs)


def _views(counts: Mapping[View, int], size: int) -> list[Tab]:
    """Return the tabs of the views: whole (0), with short names (1), without keys too (2)."""
    texts = {view: short(count) if size else f"{count:,}" for view, count in counts.items()}
    shown = [
        Tab(str(key), names[size > 0], texts.get(view, ""), brief=size > 1)
        for key, (view, names) in enumerate(_NAMES.items(), 1)
    ]
    if counts.get(View.NEW):
        shown.append(Tab(NEW_KEY, "New", texts[View.NEW], brief=size > 1))
    return shown


def _saved(
    saved: Sequence["SavedSearch"], request: Request | None, *, brief: bool, keyless: bool
) -> list[Tab]:
    """Return the tabs of saved searches, with the number of unread papers.

    Those without a key are not shown, but for the one on the screen.
    """
    shown = []
    for number, search in enumerate(saved):
        key, on = SAVED_KEYS[number : number + 1], search.request == request
        if key or on:
            count = short(search.unread) if brief else f"{search.unread:,}/{search.total:,}"
            name = cut(search.name, (), 18)[0]
            shown.append(Tab(key, name, count, brief=keyless or not key, active=on))
    return shown


class ViewTabs(Widget):
    """One line; the tab of the list on the screen stands out."""

    counts: reactive[Mapping[View, int]] = reactive(dict)
    saved: reactive[Sequence["SavedSearch"]] = reactive(tuple)
    request: reactive[Request | None] = reactive(Request())

    class Chosen(Message):
        """A tab was clicked; `key` is the one that would have done the same."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    @property
    def saved_active(self) -> bool:
        """Whether a saved search is on the screen."""
        return any(search.request == self.request for search in self.saved)

    @property
    def active(self) -> str:
        """The key of the list on the screen; '' where it has none."""
        for key, search in zip(SAVED_KEYS, self.saved, strict=False):
            if search.request == self.request:
                return key
        if self.request is None or self.saved_active:
            return ""
        keys = {view: str(key) for key, view in enumerate(_NAMES, 1)} | {View.NEW: NEW_KEY}
        return keys.get(self.request.view, "")

    @property
    def _tabs(self) -> list[Tab]:
        return tabs(self.counts, self.saved, self.size.width, self.request)

    def render(self) -> Content:
        """Draw the tabs."""
        line, active = Content(""), self.active
        for tab in self._tabs:
            on = tab.active or (tab.key == active and tab.key != "")
            name = (tab.name, "bold $accent") if on else (tab.name, "")
            line += Content.assemble(
                ("▎" if on else " ", "$accent"),
                ("" if tab.brief else f"{tab.key} ", "$dim"),
                name,
                (f" {tab.count}" + ("" if tab.brief else "  "), "$dim"),
            )
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        end = 0
        for tab in self._tabs:
            end += tab.cells
            if event.x < end:
                if tab.key:
                    self.post_message(self.Chosen(tab.key))
                return
