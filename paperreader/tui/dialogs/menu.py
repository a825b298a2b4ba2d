"""A small menu: one key chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.widgets.lines import Lines


@dataclass(frozen=True)
class Choice:
    """A line of a menu, the key that takes it, and a mark such as ↑ for the present one.

    `also` is another key that takes it.
    """

    key: str
    label: str
    mark: str = ""
    also: str = ""


class Menu(Dialog[str]):
    """Choices under a title; gives the key of the one taken, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "Close", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], *, wide: bool = False) -> None:
        super().__init__()
        self._title = title
        self._wide = wide
        self._choices = choices

    @property
    def first(self) -> Widget:
        """The choices."""
        return self.query_one(OptionList)

    def compose(self) -> ComposeResult:
        """Lay out title and choices."""
        options = [Option(self._line(choice)) for choice in self._choices]
        with Vertical(classes="dialog -menu -wide" if self._wide else "dialog -menu"):
            yield Label(Content(self._title), classes="title")
            choices = Lines(*options)
            choices.styles.height = len(options)
            yield choices

    def _line(self, choice: Choice) -> Content:
        key = (choice.key, "bold $accent")
        return Content.assemble(key, f"  {choice.label}", (f"  {choice.mark}", "$dim"))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index].key)

    def on_key(self, event: events.Key) -> None:
        """Take the choice that has this key."""
        for choice in self._choices:
            if event.character and event.character in (choice.key, choice.also):
                event.stop()
                self.dismiss(choice.key)
