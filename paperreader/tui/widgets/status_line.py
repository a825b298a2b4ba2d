"""The bottom line: what was just done, else the keys that work here; progress at its end."""

from operator import attrgetter
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

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

    def __init__(self) -> None:
        super().__init__()
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
            if binding.show and enabled and binding.action not in shown:
                key = self.app.get_key_display(binding)
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

    def _fitting(self) -> list[Shown]:
        """Return the keys that fit; help and quit do always."""
        room = self.size.width - len(self.progress) - 2
        room -= sum(one.cells for one in self._keys if one.always)
        fitting = []
        for one in self._keys:
            room -= 0 if one.always else one.cells
            if one.always or room >= 0:
                fitting.append(one)
        return fitting

    def render(self) -> Content:
        """Draw words or keys, and progress at the right."""
        if self.said:
            left = Content.styled(f" {self.said}", "$text")
        else:
            left = Content("")
            for one in self._fitting():
                key, name = (f" {one.key}", "$accent"), (f" {one.name} ", "$foreground 60%")
                left += Content.assemble(key, name)
        room = self.size.width - len(self.progress) - 1
        left = left.truncate(max(0, room), ellipsis=True, pad=True)
        return left + Content.styled(f"{self.progress} ", "$foreground 60%")

    def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        end = 0
        for one in self._fitting() if not self.said else []:
            end += one.cells
            if event.x < end:
                self.app.simulate_key(one.pressed)
                return
