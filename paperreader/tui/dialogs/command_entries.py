"""Every action with its key, gathered from the bindings themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.actions import parse
from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from paperreader.tui.dialogs.picker import Entry


@dataclass(frozen=True, eq=False)
class Command:
    """An action, what it is called, where it belongs, and the keys that do it."""

    node: Widget | App[None]
    action: str
    name: str
    section: str
    keys: tuple[str, ...]

    async def run(self) -> None:
        """Do it."""
        await self.node.run_action(self.action)


def commands(screen: Screen[None]) -> list[Command]:
    """Return what can be done on a screen and on its parts."""
    found: dict[tuple[int, str], Command] = {}
    nodes: list[Widget | App[None]] = [*screen.walk_children(Widget), screen, screen.app]
    for node in nodes:
        for binding in _bindings(node):
            _, name, parameters = parse(binding.action)
            if not node.check_action(name, parameters):
                continue
            known = found.get((id(node), binding.action))
            keys = (*(known.keys if known else ()), screen.app.get_key_display(binding))
            section = node.BINDING_GROUP_TITLE or ""
            title = binding.tooltip or binding.description
            command = Command(node, binding.action, title, section, tuple(dict.fromkeys(keys)))
            found[id(node), binding.action] = command
    return list(found.values())


def _bindings(node: Widget | App[None]) -> Iterator[Binding]:
    """Yield a node's own bindings, with the keys that the settings gave them."""
    keymap = getattr(node.app, "keymap", {})
    for binding in Binding.make_bindings(type(node).__dict__.get("BINDINGS", ())):
        if binding.id is None or binding.system:
            continue
        for key in keymap.get(binding.id, binding.key).split(","):
            yield binding.with_key(key)


def entries(found: Sequence[Command], room: int) -> list[Entry[Command]]:
    """Return commands as lines of `room` cells: key, what it does, where it belongs."""
    wide = room > 50
    lines = []
    for command in found:
        keys = " ".join(command.keys)
        line = Content.assemble(
            (keys.rjust(14 if wide else 8) + "  ", "bold $accent"),
            command.name.ljust(36) if wide else command.name,
            (command.section if wide else "", "$foreground 50%"),
        )
        lines.append(Entry(line, f"{command.name} {command.section} {keys}", command))
    return lines
