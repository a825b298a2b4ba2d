"""The search line: what is looked for, and how much of it was found."""

from dataclasses import dataclass

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Label

PLACEHOLDER = "search titles, abstracts, authors"
SYNTAX = 'words  "a phrase"  author:name  year:2020..  -not  ~close'


class SearchInput(Input):
    """The box in which letters are only text."""

    class Opened(Message):
        """The box has the focus."""

    def on_focus(self) -> None:
        """Tell that a search begins."""
        self.post_message(self.Opened())


class SearchBar(Horizontal):
    """Prompt, box and count, on one line."""

    count: reactive[str] = reactive("")
    box = getters.query_one(SearchInput)

    @dataclass
    class Typed(Message):
        """The text in the box is another one now."""

        text: str

    def compose(self) -> ComposeResult:
        """Lay out prompt, box and count."""
        yield Label(Content("/"), id="prompt")
        yield SearchInput(placeholder=PLACEHOLDER, compact=True, select_on_focus=False)
        yield Label(Content(""), id="count")

    def open(self) -> None:
        """Let the person type."""
        self.box.cursor_position = len(self.box.value)
        self.screen.set_focus(self.box)

    def show(self, text: str) -> None:
        """Show a text without telling that it was typed."""
        if text != self.box.value:
            with self.box.prevent(Input.Changed):
                self.box.value = text

    def replace(self, text: str) -> None:
        """Put another text in the box, as if it had been typed."""
        self.box.value = text
        self.box.cursor_position = len(text)

    def watch_count(self, count: str) -> None:
        """Show the count."""
        self.query_one("#count", Label).update(Content(count))

    def on_descendant_focus(self) -> None:
        """Show what can be asked for."""
        self.box.placeholder = SYNTAX

    def on_descendant_blur(self) -> None:
        """Show which key leads here."""
        self.box.placeholder = PLACEHOLDER

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_click(self, event: events.Click) -> None:
        """A click anywhere on the line lets the person type."""
        event.stop()
        self.open()
