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
from paperreader.tui.bindings import bindings
from paperreader.tui.state.count import Count
from paperreader.tui.widgets.paper_row import readable
from paperreader.tui.widgets.paper_text import (
    NO_REASON,
    Because,
    Look,
    PaperText,
    Spans,
    no_spans,
    paper_text,
)

_NARROW = 40  # cells, in which the edge costs too much
_SELECTED = "$foreground on $primary 40%"


def as_stored(text: str) -> str:
    """Return the text as its source has it."""
    return text


class PaperDetail(ScrollView, can_focus=True):
    """One paper: title, authors, state, abstract with its hits, links, origin.

    Like the list it draws the lines that are seen, so that another paper costs no layout.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("abstract")

    indent: reactive[int] = reactive(2)
    """The cells that stay empty at the left where there is room."""

    raw: reactive[bool] = reactive(False, init=False)
    """Whether LaTeX is shown as its source has it."""

    all_authors: reactive[bool] = reactive(False, init=False)
    """Whether a long list of authors is shown whole."""

    def __init__(self, text_width: float = 80, date_style: str = "words") -> None:
        super().__init__()
        self._widest = int(text_width)
        self._date_style = date_style
        self.record: Record | None = None
        self.count = Count()
        self._spans: Spans = no_spans
        self._because = NO_REASON
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

    def show(self, record: Record | None, spans: Spans, because: Because = NO_REASON) -> None:
        """Show a paper with its hits; the same paper again stays where it is scrolled.

        `because` are the words for which it is in the list.
        """
        same = record is not None and self.record is not None and record.row == self.record.row
        if same and (record, spans, because) == (self.record, self._spans, self._because):
            return
        if not same or spans != self._spans:
            self._hit = -1
        self.record, self._spans, self._because = record, spans, because
        if not same:
            self.set_reactive(PaperDetail.all_authors, False)
        self._draw()
        if not same:
            self.scroll_to(y=0, animate=False)

    def watch_indent(self) -> None:
        """Wrap the text again."""
        self._draw()

    def watch_raw(self) -> None:
        """Show the text again."""
        self._draw()

    def watch_all_authors(self) -> None:
        """Show the text again."""
        self._draw()

    def _draw(self) -> None:
        if self.record is None or not self._list_is_seen:
            self._text = PaperText(Content(""))
        else:
            read = as_stored if self.raw else readable
            look = Look(self.text_width, read, self.all_authors, self._because, self._date_style)
            self._text = paper_text(self.record, self._spans, look)
        self._wrap()

    @property
    def text_width(self) -> int:
        """The cells of a line of text."""
        return max(1, min(self._widest, self.scrollable_content_region.width - 2 * self._margin))

    @property
    def _margin(self) -> int:
        """The cells that stay empty at the left: below titles, text begins where they do."""
        if self.scrollable_content_region.width <= _NARROW:
            return 1
        return self.indent

    def _wrap(self) -> None:
        content = self._text.content
        if 0 <= self._hit < len(self._text.hits):
            content = self._text.with_current(self._hit)
        self._lines = content.wrap(self.text_width)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Wrap the text again."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Draw the line at `y` of the screen."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        base = self.visual_style
        line = self._lines[number] if number < len(self._lines) else Content("")
        if self.text_selection is not None and (span := self.text_selection.get_span(number)):
            end = len(line) if span[1] == -1 else span[1] - self._margin
            line = line.stylize(_SELECTED, max(0, span[0] - self._margin), max(0, end))
        segments = [Segment(" " * self._margin, base.rich_style)]
        for text, style in line.render(Style.null(), "", self.app.stylesheet.parse_style):
            segments.append(Segment(text, (base + style).rich_style))
        return Strip(segments).adjust_cell_length(width, base.rich_style).apply_offsets(0, number)

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
        """Scroll by lines; a count multiplies."""
        self.scroll_relative(y=lines * (self.count.take() or 1), animate=False)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.action_lines(int(pages * max(1, self.size.height - 1)))

    def action_edge(self, end: int) -> None:
        """Scroll to the top (0) or to the bottom (1)."""
        self.scroll_to(y=end * self.max_scroll_y, animate=False)
