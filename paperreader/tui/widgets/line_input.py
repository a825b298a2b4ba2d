"""A line of text to type in."""

from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.reactive import reactive
from textual.widgets import Input

_READLINE = {
    "ctrl+h": "delete_left",
    "alt+b": "cursor_left_word",
    "alt+f": "cursor_right_word",
    "alt+backspace": "delete_left_word",
    "alt+d": "delete_right_word",
}


class LineInput(Input):
    """An Input that takes letters and editing keys in the order they came, and pastes whole.

    Textual's own inserts a letter when the widget gets the key, but lets Backspace bubble up to
    the app first, so that of keys sent at once the letters come before it.
    """

    EDITING: ClassVar[dict[str, str]] = {
        binding.key: binding.action for binding in Binding.make_bindings(Input.BINDINGS)
    } | _READLINE

    cursor_blink = reactive(False, init=False)  # it would send something twice a second, for ever

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002 - as every widget has it
        super().__init__(value, placeholder=placeholder, id=id, compact=True, select_on_focus=False)

    async def on_key(self, event: events.Key) -> None:
        """Edit at once."""
        if (action := self.EDITING.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            await self.run_action(action)

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted, as one."""
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.split()), *self.selection)
