"""The commands of the table as lines to pick from."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.actions import parse
from textual.content import Content
from textual.dom import DOMNode

from paperreader.tui.commands import COMMANDS, Command, Where, keys_of
from paperreader.tui.dialogs.picker import Entry

if TYPE_CHECKING:
    from paperreader.tui.main.main_screen import MainScreen

_LEAST = 16  # cells: in less, an explanation stands below its key

Action = tuple[DOMNode, str]
"""What is done when an entry is picked: an action of a part of the screen."""


def available(screen: "MainScreen") -> Iterator[tuple[Command, Action]]:
    """Yield the commands that can be given on a screen now."""
    for command in COMMANDS:
        if command.where is Where.TRIAGE:
            continue
        node = screen.node(command.room)
        _, name, parameters = parse(command.action)
        if node.check_action(name, parameters):
            yield command, (node, command.action)


def entry(command: Command, action: Action, keymap: Mapping[str, str], room: int) -> Entry[Action]:
    """Return a command as a line of `room` cells: its keys, what it does, its section."""
    keys = " ".join(keys_of(command, keymap))
    line = explained(f" {keys}".ljust(12 if room > 50 else 10) + " ", command.text, room)
    words = f"{command.text} {command.section} {keys} {command.name} {command.words}"
    return Entry(line, words, action, (*keys.split(), command.name.rpartition(".")[2]))


def explained(head: str, text: str, room: int) -> Content:
    """Return a key or an example with its explanation, which goes on below its own beginning."""
    indent = len(head) if room - len(head) >= _LEAST else 3
    lines = Content(text).wrap(max(1, room - indent))
    below = Content("\n" + " " * indent)
    first = Content.styled(head.rstrip() if indent < len(head) else head, "bold $accent")
    return below.join([first, *lines] if indent < len(head) else [first + lines[0], *lines[1:]])
