"""The list of papers: draws only the rows that are seen, whatever their number."""

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from paperreader.errors import PaperreaderError
from paperreader.library.results import NOTHING, Results
from paperreader.papers.record import Record
from paperreader.query.text_field import Field
from paperreader.tui.bindings import bindings
from paperreader.tui.messages import Failed
from paperreader.tui.state.back_stack import ListPosition
from paperreader.tui.state.count import Count
from paperreader.tui.state.selection import Selection
from paperreader.tui.widgets.list_lines import Divider, ListLines, dividers
from paperreader.tui.widgets.paper_row import (
    HIT,
    Columns,
    Range,
    RowStyles,
    draw,
    draw_two,
    readable,
)

_KEPT = 2_000  # titles and records, about 5 MB
CURSOR, SELECTED, BOTH = "▌", "┃", "█"
UNREADABLE = "    (this paper cannot be read now)"


class PaperList(ScrollView, can_focus=True):
    """A list over the papers of `results`; cost is that of the screen, not of the sequence."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"paper-list--{name}"
        for name in ("cursor", "selected", "read", "dim", "state", "tag", "divider", "bar")
    }

    cursor: reactive[int] = reactive(0, repaint=False)
    """The selected paper, as an index."""

    class Highlighted(Message):
        """The cursor is at another paper, or at none."""

        def __init__(self, record: Record | None) -> None:
            super().__init__()
            self.record = record

    class Opened(Message):
        """The person wants to read the paper at the cursor."""

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class SelectionChanged(Message):
        """Other papers are selected."""

    def __init__(self, paper_height: int = 1) -> None:
        super().__init__()
        self.styles.overflow_x = "hidden"
        self.results = Results(NOTHING, lambda rows: [])
        self.empty = Content("")
        self.moved = False
        """Whether the person has chosen a paper in this list: then the cursor stays with it."""
        self.paper_height = paper_height
        """The lines of a paper, one or two."""
        self.lines = ListLines(0, paper_height)
        self.count = Count()
        self.selection = Selection()
        self._top: int | None = None
        self._g_pressed = False
        self._is_seen = False
        self._titles: dict[int, tuple[str, list[Range]]] = {}
        self._records: dict[int, Record] = {}
        self._strips: dict[int, Strip] = {}
        """Lines of papers that are neither at the cursor nor selected, by their number."""

    def on_mount(self) -> None:
        """Leave LaTeX as it is until the list has been seen: what reads it takes time to load."""
        self.call_after_refresh(self._seen)

    def _seen(self) -> None:
        self._is_seen = True
        self._titles.clear()
        self._strips.clear()
        for index in self._indices_seen():
            record = self._read(index)
            if record is not None and readable(record.paper.title) != record.paper.title:
                self._refresh_row(index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is none to open or to select."""
        return action not in ("open", "select", "select_range") or len(self.results) > 0

    def show(
        self,
        results: Results,
        cursor: int = 0,
        top: int | None = None,
        headings: Sequence[Divider] = (),
    ) -> None:
        """Show other papers, with one selected; `top` is the first line on the screen.

        `headings` are the indices of the papers before which something is to be said, with that.
        """
        self.selection.carry(self.results, self.cursor, results)
        self.results = results
        self.lines = ListLines(len(results), self.paper_height, headings or dividers(results))
        self._forget()
        self._resize_rows()
        if top is None and cursor == 0:
            top = 0  # with the divider, if it stands first
        self._top = top
        self._scroll_to_top()
        self.set_reactive(PaperList.cursor, self.validate_cursor(cursor))
        self._show_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self.record))

    def reload(self) -> None:
        """Draw the same papers as they are now, the rows that have changed."""
        before = self._records
        self._forget()
        for index in self._indices_seen():
            if before.get(index) != self._read(index) or index not in before:
                self._refresh_row(index)

    def _forget(self) -> None:
        self._titles.clear()
        self._strips.clear()
        self._records = {}

    @property
    def record(self) -> Record | None:
        """The paper at the cursor, or None where there is none or it cannot be read."""
        return self._read(self.cursor) if len(self.results) else None

    def _indices_seen(self) -> range:
        first = self.lines.index_below(self.scroll_offset.y)
        return range(
            first, min(len(self.results), first + self.size.height // self.paper_height + 2)
        )

    def _read(self, index: int) -> Record | None:
        """Return a paper; None, which is said, where the library cannot read it now.

        All that are on the screen are read at once.
        """
        if (record := self._records.get(index)) is not None:
            return record
        if len(self._records) > _KEPT:
            self._records = {}
        seen = self._indices_seen()
        indices = seen if index in seen else range(index, index + 1)
        try:
            papers = self.results[indices.start : indices.stop]
        except PaperreaderError as error:
            self.post_message(Failed(error))
            return None
        self._records.update(zip(indices, papers, strict=True))
        return self._records.get(index)

    @property
    def position(self) -> ListPosition:
        """What is shown, where the cursor is, and how far it is scrolled."""
        return ListPosition(self.results, self.cursor, self.scroll_offset.y)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(cursor, len(self.results) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the rows that change and tell which paper the cursor is at."""
        self._show_cursor()
        if self.selection.ranging:
            self.refresh()
            self.post_message(self.SelectionChanged())
        else:
            self._refresh_row(old)
            self._refresh_row(new)
        self.post_message(self.Highlighted(self.record))

    def _refresh_row(self, index: int) -> None:
        """Paint one paper again, without the cell of the scroll bar beside it."""
        y = self.lines.line_of(index) - self.scroll_offset.y
        width = self.scrollable_content_region.width
        self.refresh(Region(0, y, width, self.paper_height))

    def notify_style_update(self) -> None:
        """Draw every line anew, in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a region of the screen.

        Around them is no border, padding or tint. Textual would wrap each line for these, which
        took a third of the time of a key that scrolls.
        """
        filters, background = self.get_line_filters(), self.background_colors[1]
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y)
            strip = strip.crop_extend(*crop.column_span, self.visual_style.rich_style)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip)
        return strips

    def render_line(self, y: int) -> Strip:
        """Draw the line at `y` of the screen."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if not len(self.results):
            return self._empty_line(y, width)
        index = self.lines.index_at(line)
        if index is not None:
            return self._row(index, line, width)
        if (text := self.lines.divider_at(line)) is not None:
            style = self.get_visual_style("paper-list--divider")
            return _strip(Content(f"── {text} ".ljust(width, "─")[:width]), style, width)
        return _strip(Content(""), self.visual_style, width)

    def _row(self, index: int, line: int, width: int) -> Strip:
        """Draw a line of a paper; those that stay the same while one moves are kept."""
        row = self.results.row(index)
        marked = index == self.cursor or self.selection.holds(index, row, self.cursor)
        if not marked and (strip := self._strips.get(line)) is not None:
            return strip
        record = self._read(index)
        if record is None:
            return _strip(Content(UNREADABLE), self.get_visual_style("paper-list--divider"), width)
        content, style = self._drawn(index, record, line - self.lines.line_of(index), width)
        strip = _strip(content, style, width)
        if not marked:
            if len(self._strips) > _KEPT:
                self._strips.clear()
            self._strips[line] = strip
        return strip

    def _drawn(self, index: int, record: Record, part: int, width: int) -> tuple[Content, Style]:
        title, hits = self._title(index, record)
        if self.paper_height == 1:
            content = draw(record, title, Columns.fit(width), hits, self._row_styles())
        else:
            content = draw_two(record, title, width, hits, self._row_styles())[part]
        selected = self.selection.holds(index, record.row, self.cursor)
        at_cursor = index == self.cursor
        if not (selected or at_cursor):
            return content, self.visual_style
        bar = (BOTH if selected else CURSOR) if at_cursor else SELECTED
        name = "cursor" if at_cursor else "selected"
        styled = Content.styled(bar, self.get_visual_style("paper-list--bar", partial=True))
        return styled + content[1:], self.get_visual_style(f"paper-list--{name}")

    def _title(self, index: int, record: Record) -> tuple[str, list[Range]]:
        """Return a title as it is shown and its hits, which are looked for only once."""
        if index not in self._titles:
            if len(self._titles) > _KEPT:
                self._titles.clear()
            title = readable(record.paper.title) if self._is_seen else record.paper.title
            hits = self.results.spans_of(index)(title, Field.TITLE)
            self._titles[index] = title, hits
        return self._titles[index]

    def _row_styles(self) -> RowStyles:
        read, dim, state, tag = (
            self.get_visual_style(f"paper-list--{name}", partial=True)
            for name in ("read", "dim", "state", "tag")
        )
        return RowStyles(read, dim, state, tag, self.app.stylesheet.parse_style(HIT))

    def _empty_line(self, y: int, width: int) -> Strip:
        """Draw a line of what is said where there are no papers."""
        lines = self.empty.wrap(max(1, width - 4)) if self.empty else []
        line = lines[y - 1] if 0 < y <= len(lines) else Content("")
        style = self.visual_style
        segments = [
            Segment(text, (style + part).rich_style)
            for text, part in (Content("  ") + line).render(
                Style.null(), "", self.app.stylesheet.parse_style
            )
        ]
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def _resize_rows(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.lines))

    def _scroll_to_top(self) -> None:
        """Scroll to the line that is to stand first, again once there is room on the screen."""
        if self._top is not None:
            self.scroll_to(y=self._top, animate=False, force=True, immediate=True)
        if self.size.height:
            self._top = None

    def _show_cursor(self) -> None:
        """Scroll just so far that the row at the cursor is seen."""
        if not self.size.height:
            return
        top = self.lines.top_of(self.cursor)
        height = self.lines.line_of(self.cursor) + self.paper_height - top
        region = Region(0, top, 1, height)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Keep the row at the cursor on the screen when its room changes."""
        self._strips.clear()
        self._resize_rows()
        self._scroll_to_top()
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor is drawn stronger with the focus."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor is drawn weaker without the focus."""
        self._refresh_row(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor there; a second click opens the paper."""
        index = self.lines.index_at(event.y + self.scroll_offset.y)
        if index is None:
            return
        self.choose(index)
        if event.chain == 2:
            self.action_open()

    def choose(self, index: int) -> None:
        """Move the cursor because the person said so."""
        self.moved = True
        self._g_pressed = False
        self.cursor = index

    def action_move(self, by: int) -> None:
        """Go so many papers on; a count multiplies."""
        self.choose(self.cursor + by * (self.count.take() or 1))

    def action_page(self, pages: float) -> None:
        """Go so many pages on; a count multiplies."""
        page = max(1, self.size.height // self.paper_height - 1)
        self.choose(self.cursor + int(pages * page * (self.count.take() or 1)))

    def action_top(self) -> None:
        """Go to the first paper, or to that of the count, on the second g."""
        if self._g_pressed:
            self.choose((self.count.take() or 1) - 1)
        else:
            self._g_pressed = True

    def action_first(self) -> None:
        """Go to the first paper."""
        self.count.take()
        self.choose(0)

    def action_last(self) -> None:
        """Go to the last paper, or to that of the count."""
        self.choose((self.count.take() or len(self.results)) - 1)

    def action_seen(self, end: int) -> None:
        """Go to the first paper on the screen (0) or to the last (1); a count goes inwards."""
        top, height = self.scroll_offset.y, self.size.height - self.paper_height
        seen = [i for i in self._indices_seen() if 0 <= self.lines.line_of(i) - top <= height]
        inwards = (self.count.take() or 1) - 1
        if seen:
            self.choose(seen[-1] - inwards if end else seen[0] + inwards)

    def action_goto(self, number: int) -> None:
        """Go to the paper of this number, the first being 1."""
        self.choose(number - 1)

    def action_open(self) -> None:
        """Ask to read the paper at the cursor."""
        if (record := self.record) is not None:
            self.post_message(self.Opened(record))

    # Selecting

    def selected_rows(self) -> list[int]:
        """Return the rows of the papers selected, none where no paper is."""
        return self.selection.rows(self.results, self.cursor)

    def action_select(self) -> None:
        """Select the paper at the cursor, or no longer, and go on."""
        if len(self.results):
            self.selection.toggle(self.results.row(self.cursor))
            self._selection_changed()
            self.choose(self.cursor + 1)

    def action_select_range(self) -> None:
        """Open a range at the cursor, or close it there."""
        if self.selection.ranging:
            self.selection.end(self.results, self.cursor)
        elif len(self.results):
            self.selection.begin(self.cursor)
        self._selection_changed()

    def action_select_none(self) -> None:
        """Select nothing."""
        self.selection.clear()
        self._selection_changed()

    def action_select_all(self) -> None:
        """Select every paper of the list."""
        self.selection.all(self.results)
        self._selection_changed()

    def _selection_changed(self) -> None:
        self.refresh()
        self.post_message(self.SelectionChanged())


def _strip(content: Content, style: Style, width: int) -> Strip:
    strip = Strip(content.render_segments(style))
    return strip.adjust_cell_length(width, style.rich_style).simplify()
