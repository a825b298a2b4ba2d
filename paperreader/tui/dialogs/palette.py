"""The palette: every command by name, and a few that take words, such as :sort title."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from paperreader.query.request import SortKey
from paperreader.tui.commands import COMMANDS, NAMED
from paperreader.tui.dialogs.command_entries import Action, available, entry
from paperreader.tui.dialogs.picker import Entry, Picker, room
from paperreader.tui.widgets.view_tabs import SAVED_KEYS

if TYPE_CHECKING:
    from paperreader.tui.main.main_screen import MainScreen


class Palette(Picker[Action]):
    """Gives the action of the command that was picked or written."""

    HINT = "sort title · tag +x · view unread · filter year:2024 · 42 · Esc closes"

    def __init__(self, main: "MainScreen") -> None:
        self._main = main
        keymap = main.keymap
        space = room(main.size)
        entries = [
            entry(command, action, keymap, space)
            for command, action in available(main)
            if not command.name.startswith("saved.")
        ]
        entries += [_to_saved(main, number, space) for number in range(len(main.saved))]
        super().__init__("Commands", entries)

    def written(self, typed: str) -> Sequence[Entry[Action]]:
        """Return what was typed as a command, where it is one."""
        text = typed.strip().removeprefix(":")
        if text.isdecimal():
            return [self._written(f"go to paper {text}", "list", f"goto({int(text)})")]
        if text in _QUIT:
            return [self._written("quit paperreader", "app", "quit")]
        verb, _, words = text.partition(" ")
        if not (words := words.strip()) or verb not in _VERBS:
            return []
        return [
            self._written(label, room_name, action)
            for label, room_name, action in _VERBS[verb](words)
        ]

    def _written(self, label: str, room_name: str, action: str) -> Entry[Action]:
        line = Content.assemble((" Enter".ljust(13), "bold $accent"), label)
        return Entry(line, "", (self._main.node(room_name), action))


_QUIT = ("q", "q!", "qa", "qa!", "wq", "quit", "exit")  # as in vi


def _to_saved(main: "MainScreen", number: int, space: int) -> Entry[Action]:
    """Return a saved search, by its name."""
    key, name = SAVED_KEYS[number : number + 1], main.saved[number].name
    command = NAMED["search.saved"]._replace(text=f"Saved search: {name}", keys=key)
    return entry(command, (main.node("lists"), f"show_saved({number})"), {}, space)


def _sort(words: str) -> list[tuple[str, str, str]]:
    return [
        (f"sort by {key}", "lists", f"sort_by({str(key)!r})")
        for key in SortKey
        if key.startswith(words.casefold())
    ]


def _view(words: str) -> list[tuple[str, str, str]]:
    return [
        (command.text, command.room, f"show({command.name.removeprefix('view.')!r})")
        for command in COMMANDS
        if command.name.startswith(f"view.{words.casefold()}")
    ]


_VERBS: dict[str, Callable[[str], list[tuple[str, str, str]]]] = {
    "sort": _sort,
    "view": _view,
    "tag": lambda words: [(f"tags {words}", "note", f"tag({words!r})")],
    "filter": lambda words: [(f"filter {words}", "lists", f"toggle_filter({words!r})")],
    "search": lambda words: [(f"search {words}", "browser", f"search_for({words!r})")],
}
