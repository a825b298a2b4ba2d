"""The line below the search: what the list is, its filters, and what is to be said of it."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class HintLine(Widget):
    """Title, chips and hints on one line, which is gone where there are none."""

    class Removed(Message):
        """A chip was clicked away."""

        def __init__(self, chip: str) -> None:
            super().__init__()
            self.chip = chip

    class SuggestionClicked(Message):
        """The proposed spelling was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._chips: Sequence[str] = ()
        self._hints: Sequence[str] = ()
        self.suggestion: str | None = None
        self.note = ""
        """A quiet word for a newcomer, while there is nothing else to say."""

    def show(
        self, title: str, chips: Sequence[str], hints: Sequence[str], suggestion: str | None
    ) -> None:
        """Show what a list is called, which filters it has, what to know of it, what was meant."""
        shown = (self._title, self._chips, self._hints, self.suggestion)
        if shown != (title, chips, hints, suggestion):
            self._title, self._chips, self._hints = title, chips, hints
            self.suggestion = suggestion
            self._appear()

    def tell(self, note: str) -> None:
        """Have a quiet word to say where there is nothing else."""
        self.note = note
        self._appear()

    def _appear(self) -> None:
        said = self._title or self._chips or self._hints or self.suggestion is not None
        self.display = bool(said or self.note)
        self.refresh()

    def render(self) -> Content:
        """Draw title and chips, then the proposed spelling, then the hints."""
        parts = [Content.styled(self._title, "$dim")] if self._title else []
        parts += [Content.styled(f" {chip} ✕ ", "$text on $primary 30%") for chip in self._chips]
        if self.suggestion is not None:
            parts.append(
                Content.assemble(
                    "did you mean ",
                    Content.styled(self.suggestion, "bold $accent"),
                    Content.styled("?  Tab accepts it", "$dim"),
                )
            )
        parts += [Content.styled(hint, "$text-warning") for hint in self._hints]
        if not parts:
            parts.append(Content.styled(self.note, "$dim"))
        return Content("  ").join(parts).truncate(max(1, self.size.width), ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Take off the chip under the mouse, or take the spelling."""
        end = cell_len(self._title) + 2 if self._title else 0
        for chip in self._chips:
            end += cell_len(chip) + 6
            if event.x - self.styles.padding.left < end:
                self.post_message(self.Removed(chip))
                return
        if self.suggestion is not None:
            self.post_message(self.SuggestionClicked())
