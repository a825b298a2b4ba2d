"""What all dialogs share: they take every key in turn, and close once."""

from typing import ClassVar, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from paperreader.tui.attached_screen import AttachedScreen

T = TypeVar("T")


class Dialog(AttachedScreen[T], ModalScreen[T]):
    """A box over the screen that gives a value, or None where the person thinks better of it.

    Keys and clicks come in bursts over a slow line: once it is closing, a dialog ignores them.
    Push it with `await`, so that the keys behind the one that opens it are typed into it.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, priority=True),
        Binding("ctrl+c", "copy_or_close", "Copy or close", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._is_closing = False

    @property
    def first(self) -> Widget | None:
        """The widget that keys go to when the dialog opens."""
        return next(iter(self.query(Input)), None)

    @property
    def is_open(self) -> bool:
        """Whether the dialog has its widgets: not yet when it is pushed, no more once it closes."""
        return self.is_mounted and not self._is_closing

    def on_mount(self) -> None:
        """Take keys from now on: the focus that Textual gives comes later than the next key."""
        self.set_focus(self.first)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with a value; what closes it a second time does nothing."""
        if self._is_closing:
            return AwaitComplete()
        self._is_closing = True
        return super().dismiss(result)

    async def on_event(self, event: events.Event) -> None:
        """Ignore keys and clicks that come while the dialog closes."""
        if not (self._is_closing and isinstance(event, events.InputEvent)):
            await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dialog that is closing does nothing more."""
        return self.is_open

    async def action_close(self) -> None:
        """Close without a value."""
        self.dismiss(None)

    async def action_copy_or_close(self) -> None:
        """Copy what is selected in the line of text; without a selection, close."""
        focused = self.focused
        if isinstance(focused, Input) and focused.selected_text:
            self.app.copy_to_clipboard(focused.selected_text)
        else:
            await self.action_close()

    async def on_click(self, event: events.Click) -> None:
        """A click beside the dialog closes it."""
        if event.widget is self:
            await self.action_close()
