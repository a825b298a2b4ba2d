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
    """A view or a saved search: its key, its name, its count."""

    key: str
    name: str
    count: str


def short(count: int) -> str:
    """Return a count in at most four letters: 999, 11k, 114k, 1.2M."""
    if count < 1_000:
        return str(count)
    if count < 1_000_000:
        return f"{count // 1_000}k"
    return f"{count / 1_000_000:.1f}M"


def tabs(counts: Mapping[View, int], saved: Sequence["SavedSearch"], width: int) -> list[Tab]:
    """Return the tabs that fit a line of `width` cells; names and counts shrink before they go."""
    for brief in (False, True):
        shown = [
            Tab(str(key), names[brief], short(counts[view]) if brief else f"{counts[view]:,}")
            for key, (view, names) in enumerate(_NAMES.items(), 1)
            if view in counts
        ]
        room = width - sum(_cells(tab) for tab in shown)
        if room >= 0:
            break
    for key, search in zip(SAVED_KEYS, saved, strict=False):
        name = search.name if len(search.name) <= 18 else search.name[:17] + "…"
        tab = Tab(key, name, f"{search.unread:,}/{search.total:,}")
        room -= _cells(tab)
        if room < 0:
            break
        shown.append(tab)
    return shown


def _cells(tab: Tab) -> int:
    return len(tab.name) + len(tab.count) + 5


class ViewTabs(Widget):
    """One line; the tab of the list on the screen stands out."""

    counts: reactive[Mapping[View, int]] = reactive(dict)
    saved: reactive[Sequence["SavedSearch"]] = reactive(tuple)
    active: reactive[str] = reactive("1")

    @dataclass
    class Chosen(Message):
        """A tab was clicked; `key` is the one that would have done the same."""

        key: str

    def render(self) -> Content:
        """Draw the tabs."""
        line = Content("")
        for tab in tabs(self.counts, self.saved, self.size.width):
            on = tab.key == self.active
            name = (tab.name, "bold $accent") if on else (tab.name, "")
            line += Content.assemble(
                ("▎" if on else " ", "$accent"),
                (f"{tab.key} ", "$foreground 40%"),
                name,
                (f" {tab.count}  ", "$foreground 60%"),
            )
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose the tab under the mouse."""
        end = 0
        for tab in tabs(self.counts, self.saved, self.size.width):
            end += _cells(tab) + 1
            if event.x < end:
                self.post_message(self.Chosen(tab.key))
                return
