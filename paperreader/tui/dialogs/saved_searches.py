"""The saved searches: go to one, rename it, move it, forget it."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from paperreader.query.request import Request
from paperreader.tui.dialogs.picker import Entry, Picker
from paperreader.tui.dialogs.prompt import Prompt
from paperreader.tui.in_turn import InTurn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperreader.library.library import Library, SavedSearch


class SavedSearches(Picker[Request]):
    """Saved searches by name; gives the request of the one picked."""

    HINT = "Enter goes · Ctrl-r renames · Shift-↑↓ moves · Delete forgets · Esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "rename", "Rename", show=False, priority=True),
        Binding("shift+up", "move(-1)", "Up", show=False, priority=True),
        Binding("shift+down", "move(1)", "Down", show=False, priority=True),
        Binding("delete", "forget", "Forget", show=False, priority=True),
    ]

    def __init__(self, library: "Library", saved: "Sequence[SavedSearch]") -> None:
        self._library = library
        self._saved = list(saved)
        self._in_turn = InTurn(self)
        super().__init__("Saved searches", [_entry(search) for search in saved])

    @property
    def _picked(self) -> "SavedSearch | None":
        index = self.query_one(OptionList).highlighted
        if index is None:
            return None
        entry = self.shown[index]
        return next((search for search in self._saved if search.name == entry.words), None)

    def _show_again(self) -> None:
        if self.is_open:
            self.offer([_entry(search) for search in self._saved])

    async def action_rename(self) -> None:
        """Ask for another name."""
        search = self._picked
        if search is not None:
            prompt = Prompt("Rename", search.name, "another name")
            await self.app.push_screen(prompt, lambda name: self._rename(search, name))

    def _rename(self, search: "SavedSearch", name: str | None) -> None:
        if name and name.strip():
            self._in_turn.do(partial(self._rename_to, search, name.strip()))

    def _rename_to(self, search: "SavedSearch", name: str) -> None:
        if self._library.rename_search(search.name, name):
            self.call_later(self._renamed, search, name)

    def _renamed(self, search: "SavedSearch", name: str) -> None:
        self._saved[self._saved.index(search)] = search._replace(name=name)
        self._show_again()

    def action_move(self, by: int) -> None:
        """Move it in the list, which is the order of the tabs."""
        if search := self._picked:
            self._in_turn.do(partial(self._move, search, by))

    def _move(self, search: "SavedSearch", by: int) -> None:
        if self._library.move_search(search.name, by) is not None:
            self.call_later(self._moved, search, by)

    def _moved(self, search: "SavedSearch", by: int) -> None:
        index = self._saved.index(search)
        self._saved.insert(index + by, self._saved.pop(index))
        self._show_again()
        self.action_cursor(by)

    def action_forget(self) -> None:
        """Forget it; undo brings it back."""
        if search := self._picked:
            self._in_turn.do(partial(self._forget, search))

    def _forget(self, search: "SavedSearch") -> None:
        if self._library.forget_search(search.name):
            self.call_later(self._forgotten, search)

    def _forgotten(self, search: "SavedSearch") -> None:
        self._saved.remove(search)
        self._show_again()


def _entry(search: "SavedSearch") -> Entry[Request]:
    request = search.request
    words = " ".join(part for part in (request.text, *request.chips) if part)
    line = Content.assemble(
        search.name,
        (f"  {search.unread:,}/{search.total:,}", "$dim"),
        (f"  {words}", "$dim"),
    )
    return Entry(line, search.name, replace(request, typing=False))
