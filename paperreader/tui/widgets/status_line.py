"""The bottom line: what was just done, else the keys that work here; progress at its end."""

from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from paperreader.tui.commands import NAMED, keys_of
from paperreader.tui.widgets.paper_row import cut

if TYPE_CHECKING:
    from textual.timer import Timer

_SAID_FOR = 4.0  # seconds


class Shown(NamedTuple):
    """A key as it is shown, what it does, what a click presses; `always`: never left out."""

    key: str
    name: str
    pressed: str
    always: bool

    @property
    def cells(self) -> int:
        """The width on the line."""
        return len(self.key) + len(self.name) + 3


class StatusLine(Widget):
    """One line that shows keys, and words for a while."""

    said: reactive[str] = reactive("")
    progress: reactive[str] = reactive("")

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap
        self._keys: list[Shown] = []
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Follow the keys that work where the focus is."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen:
            return
        shown: dict[str, Shown] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.action not in shown and binding.id in NAMED:
                key = keys_of(NAMED[binding.id or ""], self._keymap)[0]
                always = binding.id in ("help", "quit")
                shown[binding.action] = Shown(key, binding.description, binding.key, always)
        keys = sorted(shown.values(), key=attrgetter("always"))
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def say(self, text: str) -> None:
        """Show a word in place of the keys for some seconds."""
        self.said = text
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_SAID_FOR, self._hush)

    def _hush(self) -> None:
        self.said = ""

    @property
    def _message(self) -> Content:
        """What is said; it leaves room for help and quit, and where it is short for more."""
        if not self.said:
            return Content("")
        room = self.size.width - len(self.progress) - sum(k.cells for k in self._keys if k.always)
        what, dot, then = self.said.rpartition(" · ")
        if dot and len(then) < room // 3:  # of a long title, the way back is left
            shown = cut(what, (), room - cell_len(dot + then) - 4)[0] + dot + then
        else:
            shown = self.said
        return Content(f" {shown}  ").truncate(max(1, room - 1), ellipsis=True)

    def _fitting(self) -> list[Shown]:
        """Return the keys that fit; help and quit do always."""
        room = self.size.width - len(self.progress) - 2 - self._message.cell_length
        room -= sum(key.cells for key in self._keys if key.always)
        fitting = []
        for key in self._keys:
            room -= 0 if key.always else key.cells
            if key.always or room >= 0:
                fitting.append(key)
        return fitting

    def render(self) -> Content:
        """Draw what is said, then keys, and progress at the right."""
        left = self._message
        for shown in self._fitting():
            key, name = (f" {shown.key}", "$accent"), (f" {shown.name} ", "$dim")
            left += Content.assemble(key, name)
        room = self.size.width - len(self.progress) - 1
        left = left.truncate(max(0, room), ellipsis=True, pad=True)
        return left + Content.styled(f"{self.progress} ", "$dim")

    def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        end = self._message.cell_length
        for shown in self._fitting():
            end += shown.cells
            if event.x < end:
                if event.x >= end - shown.cells:
                    self.app.simulate_key(shown.pressed)
                return
