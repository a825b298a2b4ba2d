"""Textual's bindings of the commands in the table."""

from textual.binding import Binding, BindingType

from paperreader.tui.commands import of_room


def bindings(room: str) -> list[BindingType]:
    """Return the bindings of the commands that one part of the screen does.

    They have priority: the action is done when the key is read, before any widget sees it. Else a
    key that changes the focus would only be heard of when the keys behind it, typed ahead or sent
    at once by a slow line, had gone to the widget that had the focus before.
    """
    return [
        Binding(
            command.keys,
            command.action,
            command.label or command.text,
            show=bool(command.label),
            tooltip=command.text,
            id=command.name,
            priority=True,
        )
        for command in of_room(room)
    ]
