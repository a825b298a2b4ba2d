"""The search line: what is looked for, and where among how many papers the person is."""

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.widgets import Input

PLACEHOLDER = "search titles, abstracts, authors"
SYNTAX = 'words  "a phrase"  author:name  year:2020..  -not  ~close'


class _Count(Widget):
    """The count at the end of the line, a widget of its own: it is painted with every `j`."""

    text: reactive[str] = reactive("")

    def render(self) -> Content:
        """Draw the count."""
        return Content.styled(f"{self.text.rjust(self.size.width - 1)} ", "$dim")


class SearchBar(Widget):
    """Prompt, text and count on one line; a box over the text while the person types.

    The box is made at its first use: an Input takes a tenth of a start to load.
    """

    count: reactive[str] = reactive("", repaint=False)
    text: reactive[str] = reactive("")

    class Opened(Message):
        """The person is in the box."""

    class Typed(Message):
        """The text in the box is another one now."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__()
        self._box: Input | None = None
        self._offered = ""
        self._count = _Count()
        self._count_cells = 0
        """The room that the count was given, though it may not be laid out yet."""

    def compose(self) -> ComposeResult:
        """Lay out the count."""
        yield self._count

    def render(self) -> Content:
        """Draw prompt, and text or what the line is for."""
        shown = (self.text, "") if self.text else (PLACEHOLDER, "$dim")
        left = Content.assemble((" / ", "bold $accent"), shown)
        return left.truncate(max(0, self.size.width - self._count_cells), ellipsis=True)

    @property
    def _fitting_count(self) -> str:
        """As much of the count as leaves half of the line to the text."""
        count = self.count
        width = self.size.width or self.app.size.width  # before it is laid out
        while len(count) + 3 > width // 2 and " · " in count:
            count = count.rpartition(" · ")[0]
        return count

    def _show_count(self) -> None:
        """Show the count; it gets more room where it needs it, and gives back what is too much."""
        count = self._fitting_count
        self._count.text = count
        needed, has = len(count) + 2, self._count_cells
        if needed > has or needed < has - 4:
            self._count.styles.width = self._count_cells = needed
            self.refresh()

    @property
    def box(self) -> "Input":
        """The box, made now if it is not there yet."""
        if self._box is None:
            from paperreader.tui.widgets.line_input import LineInput

            self._box = LineInput(self.text, SYNTAX)
            self._box.display = False
            self.mount(self._box)
        return self._box

    @property
    def typing(self) -> bool:
        """Whether the person is in the box, where letters are only text."""
        return self._box is not None and self.screen.focused is self._box

    @property
    def selected_text(self) -> str:
        """What the person has selected in the box while in it."""
        selected = self.box.selected_text if self.typing else ""
        return "" if selected == self._offered else selected

    def open(self) -> None:
        """Let the person type: other words, or with → more of those that are there."""
        self._offered = self.box.value
        self.box.display = True
        self.box.select_all()
        self.screen.set_focus(self.box)

    def show(self, text: str) -> None:
        """Show a text that was not typed, without a message."""
        self.text = text
        if self._box is not None and text != self._box.value:
            with self._box.prevent(self._box.Changed):
                self._box.value = text

    def replace(self, text: str) -> None:
        """Put another text in the box, as if it had been typed."""
        self.text = self.box.value = text
        self.box.cursor_position = len(text)

    def watch_count(self) -> None:
        """Show the count."""
        self._show_count()

    def on_resize(self) -> None:
        """Show as much of the count as has room."""
        self._show_count()

    def on_descendant_focus(self) -> None:
        """Say that the person is in the box."""
        self.post_message(self.Opened())

    def on_descendant_blur(self) -> None:
        """Show the text alone."""
        self.box.display = self.typing

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Say what was typed."""
        event.stop()
        self._offered = ""
        self.text = event.value
        self.post_message(self.Typed(event.value))

    def on_click(self, event: events.Click) -> None:
        """A click anywhere on the line lets the person type."""
        event.stop()
        self.open()
