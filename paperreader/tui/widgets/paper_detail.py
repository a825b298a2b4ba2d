"""The pane in which one paper is read."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from paperreader.papers.record import Record
from paperreader.tui.bindings import key
from paperreader.tui.state.listing import NoSpans, Spans
from paperreader.tui.widgets.paper_text import PaperText, paper_text
from paperreader.tui.widgets.readable import readable

READABLE = 80  # cells: longer lines are hard to read
_SELECTED = "$foreground on $primary 40%"


def as_stored(text: str) -> str:
    """Return the text as its source has it."""
    return text


class PaperDetail(ScrollView, can_focus=True):
    """One paper: title, authors, state, abstract with its hits, links, origin.

    Like the list it draws the lines that are seen, so that another paper costs no layout.
    """

    BINDING_GROUP_TITLE = "In the abstract"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "lines(1)", "Scroll down", name="abstract.down"),
        key("k,up", "lines(-1)", "Scroll up", name="abstract.up"),
        key("g,home", "edge(0)", "Top", name="abstract.top"),
        key("G,end", "edge(1)", "Bottom", name="abstract.bottom"),
        key("ctrl+d", "page(0.5)", "Half a page down", name="abstract.half_down"),
        key("ctrl+u", "page(-0.5)", "Half a page up", name="abstract.half_up"),
        key("space,pagedown", "page(1)", "A page down", name="abstract.page_down"),
        key("pageup", "page(-1)", "A page up", name="abstract.page_up"),
    ]

    raw: reactive[bool] = reactive(False, init=False)
    """Whether LaTeX is shown as its source has it."""

    def __init__(self) -> None:
        super().__init__()
        self.record: Record | None = None
        self._marker: Spans = NoSpans()
        self._text = PaperText(Content(""))
        self._lines: list[Content] = []
        self._hit = -1
        self._list_is_seen = False

    def on_mount(self) -> None:
        """Let the list be seen first: the paper comes with the next picture."""
        self.call_after_refresh(self._list_seen)

    def _list_seen(self) -> None:
        self._list_is_seen = True
        self._draw()

    def show(self, record: Record | None, marker: Spans) -> None:
        """Show a paper with its hits; the same paper again stays where it is scrolled."""
        same = record is not None and self.record is not None and record.row == self.record.row
        if not same or marker is not self._marker:
            self._hit = -1
        self.record, self._marker = record, marker
        self._draw()
        if not same:
            self.scroll_to(y=0, animate=False)

    def watch_raw(self) -> None:
        """Show the text anew."""
        self._draw()

    def _draw(self) -> None:
        if self.record is None or not self._list_is_seen:
            self._text = PaperText(Content(""))
        else:
            shown = as_stored if self.raw else readable
            self._text = paper_text(self.record, self._marker, shown)
        self._wrap()

    @property
    def text_width(self) -> int:
        """The cells of a line of text."""
        return max(1, min(READABLE, self.scrollable_content_region.width - 2 * self._margin))

    @property
    def _margin(self) -> int:
        """The cells that stay empty at the left; a wide pane has its text in the middle."""
        width = self.scrollable_content_region.width
        return max(2 if width > READABLE // 2 else 1, (width - READABLE) // 2 - 2)

    def _wrap(self) -> None:
        content = self._text.content
        if 0 <= self._hit < len(self._text.hits):
            content = self._text.with_current(self._hit)
        self._lines = content.wrap(self.text_width)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """Draw the line at `y` of the screen."""
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.visual_style
        line = self._lines[place] if place < len(self._lines) else Content("")
        if self.text_selection is not None and (span := self.text_selection.get_span(place)):
            end = len(line) if span[1] == -1 else span[1] - self._margin
            line = line.stylize(_SELECTED, max(0, span[0] - self._margin), max(0, end))
        segments = [Segment(" " * self._margin, base.rich_style)]
        for text, style in line.render(Style.null(), "", self.app.stylesheet.parse_style):
            segments.append(Segment(text, (base + style).rich_style))
        return Strip(segments).adjust_cell_length(width, base.rich_style).apply_offsets(0, place)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse has selected."""
        margin = " " * self._margin
        return selection.extract("\n".join(margin + line.plain for line in self._lines)), "\n"

    @property
    def has_hits(self) -> bool:
        """Whether words of the search are marked in the abstract."""
        return bool(self._text.hits)

    def walk(self, step: int) -> str:
        """Go to the next hit (1) or the one before (-1), around the end; return which it is."""
        count = len(self._text.hits)
        self._hit = (self._hit + step) % count if self._hit >= 0 else (0 if step > 0 else count - 1)
        self._wrap()
        before = self._text.content[: self._text.hits[self._hit][0] + 1]
        line = len(before.wrap(self.text_width)) - 1
        self.scroll_to(y=max(0, line - self.size.height // 2), animate=False)
        return f"hit {self._hit + 1} of {count}"

    def action_lines(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.action_lines(int(pages * max(1, self.size.height - 1)))

    def action_edge(self, end: int) -> None:
        """Scroll to the top (0) or to the bottom (1)."""
        self.scroll_to(y=end * self.max_scroll_y, animate=False)
