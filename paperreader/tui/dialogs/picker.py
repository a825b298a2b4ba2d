"""A list to pick from, narrowed by typing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.ordering import heard
from paperreader.tui.widgets.line_input import LineInput
from paperreader.tui.widgets.lines import Lines

T = TypeVar("T")
_WIDTH = 76  # cells, as in dialogs.tcss
_FRAME = 9  # cells: border, padding, scroll bar


def room(screen: Size) -> int:
    """Return the cells that a line has on a screen of this size."""
    return min(_WIDTH, screen.width) - _FRAME


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One line to pick: how it looks, the words it is found by, what it stands for.

    Where what is typed is one of its `names`, or begins one, it stands before others.
    """

    line: Content
    words: str
    value: T
    names: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it stands over others and is not to be picked."""
        return not self.words and self.value is None


def _is_meant(entry: Entry[Any], words: Sequence[str]) -> bool:
    """Whether an entry has all the words; one without words of its own is a heading."""
    if not entry.words:
        return not words
    found_in = entry.words.casefold()
    return all(word in found_in for word in words)


def _rank(entry: Entry[Any], typed: str) -> int:
    """Return 0 for an entry that has this name, 1 for the beginning of its name, else 2."""
    if typed in entry.names:
        return 0
    return 1 if any(name.startswith(typed) for name in entry.names) else 2


class _Line(Option):
    """An entry as the list of options holds it."""

    def __init__(self, entry: Entry[Any]) -> None:
        super().__init__(entry.line, disabled=entry.is_heading)
        self.entry = entry


class Picker(Dialog[T]):
    """Entries under a title; typing narrows them; gives the value picked, or None."""

    HINT = "Enter takes it · Esc closes"
    BOX: ClassVar[type[LineInput]] = LineInput
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]  # noqa: RUF012 - as Textual annotates it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", show=False, priority=True),
        Binding("down,ctrl+n", "cursor(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "cursor(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
    ]

    def __init__(self, title: str, entries: Sequence[Entry[T]]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self.shown = list(entries)

    def compose(self) -> ComposeResult:
        """Lay out title, search line and entries."""
        with Vertical(classes="dialog -picker"):
            yield Label(Content(self._title), classes="title")
            yield self.BOX(placeholder="type to narrow")
            lines = Lines(*(_Line(entry) for entry in self._entries))
            lines.can_focus = False
            yield lines
            yield Label(Content(self.HINT), classes="hint")

    def offer(self, entries: Sequence[Entry[T]]) -> None:
        """Offer other entries; the highlight stays on its line."""
        index = self.query_one(OptionList).highlighted
        self._entries = entries
        self._narrow()
        if index is not None and index < len(self.shown):
            self.query_one(OptionList).highlighted = index

    @on(Input.Changed)
    def _narrow(self) -> None:
        typed = self.query_one(Input).value
        words = typed.casefold().split()
        found = [entry for entry in self._entries if _is_meant(entry, words)]
        if words:
            found.sort(key=lambda entry: _rank(entry, typed.strip()))
        found = [*self.written(typed), *found]
        self.shown = found
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([_Line(entry) for entry in found])
        self._begin()
        hint = self.HINT if found else f"nothing found for “{typed.strip()}” · Esc closes"
        self.query_one(".hint", Label).update(Content(hint))

    def written(self, typed: str) -> Sequence[Entry[T]]:
        """Return entries that come from what was typed itself."""
        return ()

    def on_mount(self) -> None:
        """Begin at the first entry."""
        super().on_mount()
        self._begin()

    def _begin(self) -> None:
        """Go to the first entry that can be picked."""
        indices = (i for i, entry in enumerate(self.shown) if not entry.is_heading)
        self.query_one(OptionList).highlighted = next(indices, None)

    def action_cursor(self, step: int) -> None:
        """Move within the entries."""
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_page(self, step: int) -> None:
        """Move within the entries by pages."""
        self.query_one(Lines).page(step)

    async def action_take(self) -> None:
        """Close with the entry that all that was typed leads to."""
        options = self.query_one(OptionList)
        await heard(self.query_one(Input), self)
        index = options.highlighted
        if index is not None and self.shown[index].value is not None:
            self.dismiss(self.shown[index].value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        entry = event.option.entry if isinstance(event.option, _Line) else None
        if entry is not None and entry.value is not None:  # by now its index may be another's
            self.dismiss(entry.value)
