"""The line of views: all, unread, reading list, done, and the saved searches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from paperreader.paper import View

if TYPE_CHECKING:
    from paperreader.library import SavedSearch

SAVED_KEYS = "56789"
_NAMES = {
    View.ALL: ("All", "All"),
    View.UNREAD: ("Unread", "Unread"),
    View.READING: ("Reading list", "Later"),
    View.DONE: ("Done", "Done"),
}


@dataclass(frozen=True)
class Tab:
    """A view or a saved search as it is drawn: its key (or none, for want of room), name, count."""

    key: str
    name: str
    count: str
    brief: bool = False

    @property
    def cells(self) -> int:
        """The width of the tab."""
        return len(self.name) + len(self.count) + (2 if self.brief else 6)


def short(count: int) -> str:
    """Return a count in at most four letters: 999, 11k, 114k, 1.2M."""
    if count < 1_000:
        return str(count)
    if count < 1_000_000:
        return f"{count // 1_000}k"
    return f"{count / 1_000_000:.1f}M"


def tabs(counts: Mapping[View, int], saved: Sequence["SavedSearch"], width: int) -> list[Tab]:
    """Return the tabs that fit a line of `width` cells; they shrink before they go.

    Names stand there before there are counts.
    """
    shown = [
        Tab(str(key), names[0], f"{counts[view]:,}" if counts else "")
        for key, (view, names) in enumerate(_NAMES.items(), 1)
    ]
    if sum(tab.cells for tab in shown) > width:
        return [
            Tab(str(key), names[1], short(counts[view]) if counts else "", brief=True)
            for key, (view, names) in enumerate(_NAMES.items(), 1)
        ]
    room = width - sum(tab.cells for tab in shown)
    for key, search in zip(SAVED_KEYS, saved, strict=False):
        name = search.name if len(search.name) <= 18 else search.name[:17] + "…"
        tab = Tab(key, name, f"{search.unread:,}/{search.total:,}")
        room -= tab.cells
        if room < 0:
            break
        shown.append(tab)
    return shown


class ViewTabs(Widget):
    """One line; the tab of the list on the screen stands out."""

    counts: reactive[Mapping[View, int]] = reactive(dict)
    saved: reactive[Sequence["SavedSearch"]] = reactive(tuple)
    active: reactive[str] = reactive("1")

    class Chosen(Message):
        """A tab was clicked; `key` is the one that would have done the same."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def render(self) -> Content:
        """Draw the tabs."""
        line = Content("")
        for tab in tabs(self.counts, self.saved, self.size.width):
            on = tab.key == self.active
            name = (tab.name, "bold $accent") if on else (tab.name, "")
            line += Content.assemble(
                ("▎" if on else " ", "$accent"),
                ("" if tab.brief else f"{tab.key} ", "$foreground 50%"),
                name,
                (f" {tab.count}" + ("" if tab.brief else "  "), "$foreground 60%"),
            )
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        end = 0
        for tab in tabs(self.counts, self.saved, self.size.width):
            end += tab.cells
            if event.x < end:
                self.post_message(self.Chosen(tab.key))
                return
