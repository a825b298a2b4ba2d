"""A line for tags, with those that there are already."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.ordering import heard
from paperreader.tui.state.tags import completed, completions
from paperreader.tui.widgets.line_input import LineInput

_MOST = 8


class TagPrompt(Dialog[str]):
    """Asks for tags; Tab completes the word at the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Keep", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(self, tags: Sequence[str], known: Sequence[tuple[str, int]], papers: int) -> None:
        super().__init__()
        self._tags, self._known, self._papers = tags, known, papers

    def compose(self) -> ComposeResult:
        """Lay out title, line, tags in use, hint."""
        several = self._papers > 1
        title = f"Tags for {self._papers:,} papers" if several else "Tags"
        hint = "+tag and -tag" if several else "a space between"
        with Vertical(classes="dialog -prompt"):
            yield Label(Content(title), classes="title")
            yield LineInput("".join(f"{tag} " for tag in self._tags))
            yield Static(self._offer(), id="offer")
            yield Label(
                Content(f"{hint} · Tab completes · Enter keeps, Esc leaves"), classes="hint"
            )

    def _offer(self, typed: str = "") -> Content:
        """Return the tags in use that the last word may become, the one that Tab takes first."""
        found = completions(typed, self._known, _MOST)
        parts = [Content.assemble(f"#{tag}", (f" {n:,}", "$dim")) for tag, n in found]
        return Content("  ").join(parts) if parts else Content("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.query_one("#offer", Static).update(self._offer(event.value))

    async def action_complete(self) -> None:
        """Complete the last word by the first of the tags on offer."""
        box = self.query_one(Input)
        await heard(box)
        if found := completions(box.value, self._known, 1):
            box.value = completed(box.value, found[0][0])
            box.cursor_position = len(box.value)

    async def action_take(self) -> None:
        """Close with all that was typed."""
        box = self.query_one(Input)
        await heard(box)
        self.dismiss(box.value)
