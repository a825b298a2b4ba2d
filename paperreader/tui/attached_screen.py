"""A screen that a click on something that is just going away does not break."""

from typing import TypeVar

from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget

T = TypeVar("T")


class AttachedScreen(Screen[T]):
    """What every screen of the reader is: a click meets attached widgets only.

    A removed widget, such as a notice, is drawn until the next layout. Textual (8.2) begins a
    selection of text there, in its parent, and fails since it has none.
    """

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """Return the widget at a cell of the screen and the offset in its text, or None twice."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is None or not widget.is_attached:
            return None, None
        return widget, offset
