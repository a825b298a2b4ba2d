"""The bottom line: what was just done, else the keys that work here; progress at its end."""

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

_SAID_FOR = 4.0  # seconds


class StatusLine(Widget):
    """One line that shows keys, and words for a while."""

    said: reactive[str] = reactive("")
    progress: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        """Follow the keys that work where the focus is."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if screen is not self.screen:
            return
        shown: dict[str, tuple[str, str, str]] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and enabled and binding.action not in shown:
                key = self.app.get_key_display(binding)
                shown[binding.action] = (key, binding.description, binding.key)
        keys = list(shown.values())
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

    def _fitting(self) -> list[tuple[str, str, str]]:
        """Return the keys that fit, the last two (help, quit) always among them."""
        room = self.size.width - len(self.progress) - 2
        cells = [len(key) + len(name) + 3 for key, name, _ in self._keys]
        must = min(2, len(cells))
        room -= sum(cells[len(cells) - must :])
        fitting = []
        for entry, width in zip(self._keys[: len(cells) - must], cells, strict=False):
            room -= width
            if room < 0:
                break
            fitting.append(entry)
        return fitting + self._keys[len(cells) - must :]

    def render(self) -> Content:
        """Draw words or keys, and progress at the right."""
        if self.said:
            left = Content.styled(f" {self.said}", "$text")
        else:
            left = Content("")
            for key, name, _ in self._fitting():
                left += Content.assemble((f" {key}", "$accent"), (f" {name} ", "$foreground 60%"))
        room = self.size.width - len(self.progress) - 1
        left = left.truncate(max(0, room), ellipsis=True, pad=True)
        return left + Content.styled(f"{self.progress} ", "$foreground 60%")

    def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        end = 0
        for key, name, pressed in self._fitting() if not self.said else []:
            end += len(key) + len(name) + 3
            if event.x < end:
                self.app.simulate_key(pressed)
                return
