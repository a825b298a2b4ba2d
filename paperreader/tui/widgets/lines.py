"""Lines to choose one from."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import OptionList


class Lines(OptionList):
    """An OptionList that bears keys and clicks that come while its lines or its size change.

    Textual's own looks up a line that a click was on, though it may have gone, and pages by the
    lines that it last laid out, which may be none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    def on_click(self, event: events.Click) -> None:
        """Leave to Textual only the lines that there are."""
        if event.style.meta.get("option", 0) >= self.option_count:
            event.prevent_default()

    def action_page_down(self) -> None:
        """Go a page down."""
        self.page(1)

    def action_page_up(self) -> None:
        """Go a page up."""
        self.page(-1)

    def page(self, step: int) -> None:
        """Go so many pages on."""
        if self.highlighted is not None:
            index = self.highlighted + step * max(1, self.size.height - 1)
            ends = [i for i in range(self.option_count) if not self.options[i].disabled]
            self.highlighted = min(ends, key=lambda i: abs(i - index), default=None)
