"""A list to pick from, narrowed by typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

T = TypeVar("T")
_WIDTH = 76  # cells, as in dialogs.tcss
_FRAME = 9  # cells: border, padding, scroll bar


def room(screen: Size) -> int:
    """Return the cells that a line has on a screen of this size."""
    return min(_WIDTH, screen.width) - _FRAME


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One line to pick: how it looks, the words it is found by, what it stands for."""

    line: Content
    words: str
    value: T


class Picker(ModalScreen[T | None]):
    """Entries under a title; typing narrows them; gives the value picked, or None."""

    CSS_PATH = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]  # noqa: RUF012 - as Textual annotates it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close", id="picker.close", show=False),
        Binding("down,ctrl+n", "cursor(1)", "Down", id="picker.down", show=False, priority=True),
        Binding("up,ctrl+p", "cursor(-1)", "Up", id="picker.up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", id="picker.page_down", show=False),
        Binding("pageup", "page(-1)", "Page up", id="picker.page_up", show=False),
    ]

    def __init__(self, title: str, entries: Sequence[Entry[T]]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._shown = list(entries)

    def compose(self) -> ComposeResult:
        """Lay out title, search line and entries."""
        with Vertical(classes="dialog -picker"):
            yield Label(Content(self._title), classes="title")
            yield Input(placeholder="type to narrow", compact=True)
            options = OptionList(*(Option(entry.line) for entry in self._entries))
            options.can_focus = False
            yield options
            yield Label(Content("Enter takes it · Esc closes"), classes="hint")

    def offer(self, entries: Sequence[Entry[T]]) -> None:
        """Offer other entries; the place in them is kept."""
        place = self.query_one(OptionList).highlighted
        self._entries = entries
        self._narrow()
        if place is not None and place < len(self._shown):
            self.query_one(OptionList).highlighted = place

    @on(Input.Changed)
    def _narrow(self) -> None:
        wanted = self.query_one(Input).value.casefold().split()
        found = [e for e in self._entries if all(w in e.words.casefold() for w in wanted)]
        self._shown = found
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(entry.line) for entry in found])
        options.highlighted = 0 if found else None

    def on_mount(self) -> None:
        """Begin at the first entry."""
        self.query_one(OptionList).highlighted = 0 if self._entries else None

    def action_cursor(self, step: int) -> None:
        """Move within the entries."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_page(self, step: int) -> None:
        """Move within the entries by pages."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            place = options.highlighted + step * max(1, options.size.height - 1)
            options.highlighted = max(0, min(place, options.option_count - 1))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._shown[place].value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index].value)
