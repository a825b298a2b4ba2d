"""The search line: what is looked for, and how much of it was found."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Label

PLACEHOLDER = "search titles, abstracts, authors"
SYNTAX = 'words  "a phrase"  author:name  year:2020..  -not  ~close'


class SearchInput(Input):
    """The box in which letters are only text."""

    BINDING_GROUP_TITLE = "Search box"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "keep", id="search.keep", tooltip="Keep the results"),
        Binding(
            "escape", "restore", "back to the old list", id="search.restore", tooltip="Old list"
        ),
        Binding(
            "down,ctrl+n", "results(1)", "next result", id="search.next", tooltip="Next result"
        ),
        Binding("up,ctrl+p", "results(-1)", "Previous result", id="search.prev", show=False),
        Binding("pagedown", "results(10)", "Ten results on", id="search.page_down", show=False),
        Binding("pageup", "results(-10)", "Ten results back", id="search.page_up", show=False),
        Binding("tab", "suggestion", "Take the spelling", id="search.suggestion", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The person moves in the results while typing."""

        by: int

    class Restored(Message):
        """The person wants the old list back."""

    class SuggestionTaken(Message):
        """The person takes the spelling that is proposed."""

    class Opened(Message):
        """The box has the focus."""

    def action_results(self, by: int) -> None:
        """Move in the results."""
        self.post_message(self.Moved(by))

    def action_restore(self) -> None:
        """Give the search up."""
        self.post_message(self.Restored())

    def action_suggestion(self) -> None:
        """Take the proposed spelling."""
        self.post_message(self.SuggestionTaken())

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

    @dataclass
    class Kept(Message):
        """The person is content with the results."""

        text: str

    def compose(self) -> ComposeResult:
        """Lay out prompt, box and count."""
        yield Label(Content("/"), id="prompt")
        yield SearchInput(placeholder=PLACEHOLDER, compact=True, select_on_focus=False)
        yield Label(Content(""), id="count")

    def open(self) -> None:
        """Let the person type."""
        self.box.cursor_position = len(self.box.value)
        self.box.focus()

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

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Kept(event.value))

    def on_click(self, event: events.Click) -> None:
        """A click anywhere on the line lets the person type."""
        event.stop()
        self.open()
