"""The line below the search: filters that can be taken off, and what is to be said of it."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class HintLine(Widget):
    """Chips and hints on one line, which is gone where there are none."""

    chips: reactive[Sequence[str]] = reactive(tuple, layout=True)
    hints: reactive[Sequence[str]] = reactive(tuple, layout=True)
    suggestion: reactive[str | None] = reactive(None, layout=True)

    class Removed(Message):
        """A chip was clicked away."""

        def __init__(self, chip: str) -> None:
            super().__init__()
            self.chip = chip

    class SuggestionClicked(Message):
        """The proposed spelling was clicked."""

    def render(self) -> Content:
        """Draw chips, then the proposed spelling, then the hints."""
        parts = [Content.assemble((f" {chip} ✕ ", "$text on $primary 30%")) for chip in self.chips]
        if self.suggestion is not None:
            parts.append(
                Content.assemble(
                    "did you mean ",
                    Content.styled(self.suggestion, "bold $accent"),
                    Content.styled("?  Tab takes it", "$foreground 60%"),
                )
            )
        parts += [Content.styled(hint, "$text-warning") for hint in self.hints]
        return Content("  ").join(parts)

    def watch_chips(self) -> None:
        """Be there only with something to show."""
        self._show_or_hide()

    def watch_hints(self) -> None:
        """Be there only with something to show."""
        self._show_or_hide()

    def watch_suggestion(self) -> None:
        """Be there only with something to show."""
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        self.display = bool(self.chips or self.hints or self.suggestion is not None)

    def on_click(self, event: events.Click) -> None:
        """Take off the chip under the mouse, or take the spelling."""
        end = 0
        for chip in self.chips:
            end += len(chip) + 6
            if event.x - self.styles.padding.left < end:
                self.post_message(self.Removed(chip))
                return
        if self.suggestion is not None:
            self.post_message(self.SuggestionClicked())
