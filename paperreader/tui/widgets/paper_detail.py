"""The pane in which one paper is read."""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

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
_BAR = "┃"


def as_stored(text: str) -> str:
    """Return the text as its source has it."""
    return text


class PaperDetail(Widget, can_focus=True):
    """One paper: title, authors, state, abstract with its hits, links, origin.

    It scrolls by itself and paints only the cells that differ from what was there, so that another
    paper costs no layout, and a slow line hardly more than the text.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("abstract")

    indent: reactive[int] = reactive(2, init=False)
    """The cells that stay empty at the left where there is room."""

    raw: reactive[bool] = reactive(False, init=False)
    """Whether LaTeX is shown as its source has it."""

    all_authors: reactive[bool] = reactive(False, init=False)
    """Whether a long list of authors is shown whole."""

    whole_record: reactive[bool] = reactive(False, init=False)
    """Whether every fact of the record is shown below the abstract."""

    def __init__(self, text_width: float = 80, date_style: str = "words") -> None:
        super().__init__()
        self._widest = int(text_width)
        self._date_style = date_style
        self.record: Record | None = None
        self.count = Count()
        self.top = 0
        """The first line on the screen."""
        self._spans: Spans = no_spans
        self._because = NO_REASON
        self._text = PaperText(Content(""))
        self._lines: list[Content] = []
        self._painted: list[Content] = []
        self._barred = range(0)
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

        `because` holds the words for which it is in the list.
        """
        same = record is not None and self.record is not None and record.row == self.record.row
        if same and (record, spans, because) == (self.record, self._spans, self._because):
            return
        if not same or spans != self._spans:
            self._hit = -1
        self.record, self._spans, self._because = record, spans, because
        if not same:
            self.set_reactive(PaperDetail.all_authors, False)
            self.top = 0
        self._draw()

    def watch_indent(self) -> None:
        """Lay the text out again."""
        self._draw()
        self.refresh()

    def watch_raw(self) -> None:
        """Lay the text out again."""
        self._draw()

    def watch_all_authors(self) -> None:
        """Lay the text out again."""
        self._draw()

    def watch_whole_record(self) -> None:
        """Lay the text out again."""
        self._draw()

    def on_resize(self) -> None:
        """Lay the text out again."""
        self._draw()
        self.refresh()

    def _draw(self) -> None:
        if self.record is None or not self._list_is_seen:
            self._text = PaperText(Content(""))
        else:
            read = as_stored if self.raw else readable
            look = Look(
                self.text_width,
                read,
                self.all_authors,
                self._because,
                self._date_style,
                self.whole_record,
            )
            self._text = paper_text(self.record, self._spans, look)
        self._wrap()

    @property
    def text_width(self) -> int:
        """The cells of a line of text."""
        return max(1, min(self._widest, self.size.width - 2 * self._margin))

    @property
    def _margin(self) -> int:
        """The cells that stay empty at the left: below titles, text begins where they do."""
        return 1 if self.size.width <= _NARROW else self.indent

    def _wrap(self) -> None:
        content = self._text.content
        if 0 <= self._hit < len(self._text.hits):
            content = self._text.with_current(self._hit)
        self._lines = content.wrap(self.text_width)
        self.top = max(0, min(self.top, self._last_top))
        self._paint()

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)

    def _paint(self) -> None:
        """Have the lines painted that differ from those on the screen, as far as either reaches."""
        before, bar = self._painted, self._barred
        self._painted, self._barred = self._seen(), self._bar()
        if len(before) != len(self._painted) or not before:
            self.refresh()
            return
        regions = []
        for y, (old, new) in enumerate(zip(before, self._painted, strict=True)):
            if (y in bar) != (y in self._barred):
                regions.append(Region(0, y, self.size.width, 1))
            elif not old.is_same(new):
                cells = self._margin + max(old.cell_length, new.cell_length)
                regions.append(Region(0, y, cells, 1))
        if regions:
            self.refresh(*regions)

    def _seen(self) -> list[Content]:
        """Return a line of text for each line of the screen."""
        seen = self._lines[self.top : self.top + self.size.height]
        return seen + [Content("")] * (self.size.height - len(seen))

    def render_line(self, y: int) -> Strip:
        """Draw the line at `y` of the screen."""
        number = y + self.top
        width = self.size.width
        base = self.visual_style
        line = self._lines[number] if number < len(self._lines) else Content("")
        if self.text_selection is not None and (span := self.text_selection.get_span(number)):
            end = len(line) if span[1] == -1 else span[1] - self._margin
            line = line.stylize(_SELECTED, max(0, span[0] - self._margin), max(0, end))
        segments = [Segment(" " * self._margin, base.rich_style)]
        for text, style in line.render(Style.null(), "", self.app.stylesheet.parse_style):
            segments.append(Segment(text, (base + style).rich_style))
        strip = Strip(segments).adjust_cell_length(width - 1, base.rich_style).simplify()
        style = base + self.app.stylesheet.parse_style("$edge")
        bar = Segment(_BAR if y in self._barred else " ", style.rich_style)
        return Strip([*strip, bar], width).apply_offsets(0, number)

    def _bar(self) -> range:
        """Return the lines in which the bar at the right shows how far a long text is scrolled."""
        if not self._last_top:
            return range(0)
        height = self.size.height
        length = max(1, height * height // max(1, len(self._lines)))
        first = (height - length) * self.top // self._last_top
        return range(first, first + length)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse has selected."""
        margin = " " * self._margin
        return selection.extract("\n".join(margin + line.plain for line in self._lines)), "\n"

    @property
    def has_hits(self) -> bool:
        """Whether words of the search are marked in the abstract."""
        return bool(self._text.hits)

    def walk(self, step: int) -> str:
        """Go so many hits on, or back if negative, around the end; return which one it is."""
        count = len(self._text.hits)
        current = self._hit if self._hit >= 0 else -1 if step > 0 else 0
        self._hit = (current + step) % count
        before = self._text.content[: self._text.hits[self._hit][0] + 1]
        self.top = max(0, len(before.wrap(self.text_width)) - 1 - self.size.height // 2)
        self._wrap()
        return f"hit {self._hit + 1} of {count}"

    def scroll_to_line(self, line: int) -> None:
        """Show the text from this line on, or its end."""
        self.top = max(0, min(line, self._last_top))
        self._paint()

    def action_lines(self, lines: int) -> None:
        """Scroll by lines; a count multiplies."""
        self.scroll_to_line(self.top + lines * (self.count.take() or 1))

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.action_lines(int(pages * max(1, self.size.height - 1)))

    def action_edge(self, end: int) -> None:
        """Scroll to the top (0) or to the bottom (1); with a count, to that line."""
        number = self.count.take()
        self.scroll_to_line(end * self._last_top if number is None else number - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_to_line(self.top + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.scroll_to_line(self.top - 2)
