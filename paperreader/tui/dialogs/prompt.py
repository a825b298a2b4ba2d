"""A question that is answered with one line of text."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.ordering import heard
from paperreader.tui.widgets.line_input import LineInput


class Prompt(Dialog[str]):
    """Asks for a line of text; gives it, or None where the person thinks better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Take", show=False, priority=True),
    ]

    def __init__(self, title: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._title, self._value, self._hint = title, value, hint

    def compose(self) -> ComposeResult:
        """Lay out title, line and hint."""
        with Vertical(classes="dialog -prompt"):
            yield Label(Content(self._title), classes="title")
            yield LineInput(self._value)
            yield Label(Content(f"{self._hint} · Enter keeps, Esc leaves"), classes="hint")

    async def action_take(self) -> None:
        """Close with all that was typed."""
        box = self.query_one(Input)
        await heard(box)
        self.dismiss(box.value)
