"""Asks for a command that gets papers, and for the format in which it gets them."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label

from paperreader import export
from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.ordering import heard
from paperreader.tui.widgets.line_input import LineInput

DEFAULT = "bibtex"


class Pipe(NamedTuple):
    """A shell command, and the name of the format that it gets papers in."""

    command: str
    format: str


class PipePrompt(Dialog[Pipe]):
    """Asks for a command; Tab goes through the formats."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "Pipe", show=False, priority=True),
        Binding("tab", "next(1)", "Next format", show=False, priority=True),
        Binding("shift+tab", "next(-1)", "Format before", show=False, priority=True),
    ]

    def __init__(self, papers: str, format_name: str) -> None:
        super().__init__()
        self._papers = papers
        self._format = format_name if format_name in export.FORMATS else DEFAULT

    def compose(self) -> ComposeResult:
        """Lay out title, command, format."""
        with Vertical(classes="dialog -prompt"):
            yield Label(Content("Pipe to"), classes="title")
            yield LineInput(placeholder="a command, such as less or pbcopy")
            yield Label(self._hint, classes="hint")

    @property
    def _hint(self) -> Content:
        title = export.FORMATS[self._format].title
        return Content.assemble(
            f"gets {self._papers} as ", (title, "bold $accent"), " · Tab changes that · Enter pipes"
        )

    def action_next(self, step: int) -> None:
        """Take the next format."""
        names = list(export.FORMATS)
        self._format = names[(names.index(self._format) + step) % len(names)]
        self.query_one(".hint", Label).update(self._hint)

    async def action_take(self) -> None:
        """Close with the command."""
        box = self.query_one(LineInput)
        await heard(box)
        self.dismiss(Pipe(box.value.strip(), self._format))
