"""The list of papers: draws only the rows that are seen, whatever their number."""

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
from paperreader.papers.record import Record
from paperreader.query.tree import Field
from paperreader.tui.bindings import key
from paperreader.tui.messages import Failed
from paperreader.tui.state.listing import Listing, ListPosition, Span
from paperreader.tui.widgets.paper_row import HIT, Columns, RowStyles, draw
from paperreader.tui.widgets.readable import readable

_TITLES_KEPT = 2_000
CURSOR = "▎"
DIVIDER = "not all of your words"
UNREADABLE = "    (this paper cannot be read now)"


class PaperList(ScrollView, can_focus=True):
    """A list over any sequence of papers; cost is that of the screen, not of the sequence."""

    BINDING_GROUP_TITLE = "In the list"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("j,down", "move(1)", "Next paper", name="list.down"),
        key("k,up", "move(-1)", "Previous paper", name="list.up"),
        key("g", "top", "First paper (g g)", name="list.top"),
        key("home", "first", "First paper", name="list.first"),
        key("G,end", "last", "Last paper", name="list.last"),
        key("ctrl+d", "page(0.5)", "Half a page down", name="list.half_down"),
        key("ctrl+u", "page(-0.5)", "Half a page up", name="list.half_up"),
        key("pagedown,ctrl+f", "page(1)", "A page down", name="list.page_down"),
        key("pageup,ctrl+b", "page(-1)", "A page up", name="list.page_up"),
        key("enter,l,right", "open", "Read the abstract", name="list.open"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--cursor",
        "paper-list--read",
        "paper-list--dim",
        "paper-list--state",
        "paper-list--divider",
    }

    cursor: reactive[int] = reactive(0)
    """The selected paper, as an index."""

    class Highlighted(Message):
        """Another paper is selected, or none."""

        def __init__(self, record: Record | None) -> None:
            super().__init__()
            self.record = record

    class Opened(Message):
        """The person wants to read the selected paper."""

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing()
        self.empty = Content("")
        self.moved = False
        """Whether the person has chosen a paper in this list: then the selection is kept."""
        self._g_pressed = False
        self._is_seen = False
        self._titles: dict[int, tuple[str, list[Span]]] = {}

    def on_mount(self) -> None:
        """Leave LaTeX as it is until the list has been seen: what reads it takes time to load."""
        self.call_after_refresh(self._seen)

    def _seen(self) -> None:
        self._is_seen = True
        self.reload()

    def show(self, listing: Listing, cursor: int = 0, top: int | None = None) -> None:
        """Show other papers, with one selected; `top` is the first row on the screen."""
        self.listing = listing
        self._titles.clear()
        self._resize_rows()
        if top is None and cursor == 0:
            top = 0  # with the divider, if it stands first
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self.set_reactive(PaperList.cursor, self.validate_cursor(cursor))
        if top is None:
            self._show_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self.record))

    def reload(self) -> None:
        """Draw the same papers as they are now."""
        self._titles.clear()
        self.refresh()

    @property
    def record(self) -> Record | None:
        """The selected paper, or None where there is none or it cannot be read."""
        return self._read(self.cursor) if len(self.listing) else None

    def _read(self, index: int) -> Record | None:
        """Return a paper; None, which is said, where the library cannot read it now."""
        try:
            return self.listing.papers[index]
        except PaperreaderError as error:
            self.post_message(Failed(error))
            return None

    @property
    def place(self) -> ListPosition:
        """What is shown, selected, and scrolled to."""
        return ListPosition(self.listing, self.cursor, self.scroll_offset.y)

    @property
    def lines(self) -> int:
        """The rows of the whole list, with its divider."""
        return len(self.listing) + self.listing.divided

    def line_of(self, index: int) -> int:
        """Return the row in which a paper is drawn."""
        return index + (self.listing.divided and index >= self.listing.full)

    def index_at(self, line: int) -> int | None:
        """Return the paper drawn in a row, or None for the divider and the empty room below."""
        if self.listing.divided and line >= self.listing.full:
            if line == self.listing.full:
                return None
            line -= 1
        return line if 0 <= line < len(self.listing) else None

    def validate_cursor(self, cursor: int) -> int:
        """Keep the selection within the list."""
        return max(0, min(cursor, len(self.listing) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that change and tell which paper is selected."""
        self._show_cursor()
        self.refresh_line(self.line_of(old))
        self.refresh_line(self.line_of(new))
        self.post_message(self.Highlighted(self.record))

    def render_line(self, y: int) -> Strip:
        """Draw the row at `y` of the screen."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if not len(self.listing):
            return self._empty_line(y, width)
        index = self.index_at(line)
        if index is not None:
            content, style = self._row(index, width)
        elif line < self.lines:
            style = self.get_visual_style("paper-list--divider")
            content = Content(f"── {DIVIDER} ".ljust(width, "─")[:width])
        else:
            content, style = Content(""), self.visual_style
        strip = Strip(content.render_segments(style))
        return strip.adjust_cell_length(width, style.rich_style)

    def _row(self, index: int, width: int) -> tuple[Content, Style]:
        record = self._read(index)
        if record is None:
            return Content(UNREADABLE), self.get_visual_style("paper-list--divider")
        shared = self.listing.shared[index] if self.listing.shared else ()
        title, hits = self._title(index, record)
        columns = Columns.fit(width, wide_aside=bool(self.listing.shared))
        content = draw(record, title, columns, hits, self._row_styles(), shared=shared)
        if index == self.cursor:
            content = Content.styled(CURSOR, self._style_of("$accent")) + content[1:]
            return content, self.get_visual_style("paper-list--cursor")
        return content, self.visual_style

    def _title(self, index: int, record: Record) -> tuple[str, list[Span]]:
        """Return a title as it is shown and its hits; found once, as moving draws every row."""
        if index not in self._titles:
            if len(self._titles) > _TITLES_KEPT:
                self._titles.clear()
            title = readable(record.paper.title) if self._is_seen else record.paper.title
            self._titles[index] = title, self.listing.marker.spans(title, Field.TITLE)
        return self._titles[index]

    def _row_styles(self) -> RowStyles:
        read, dim, state = (
            self.get_visual_style(f"paper-list--{name}", partial=True)
            for name in ("read", "dim", "state")
        )
        return RowStyles(read, dim, state, self._style_of(HIT))

    def _empty_line(self, y: int, width: int) -> Strip:
        """Draw a line of what is said where there are no papers."""
        lines = self.empty.wrap(max(1, width - 4)) if self.empty else []
        line = lines[y - 1] if 0 < y <= len(lines) else Content("")
        style = self.visual_style
        content = Content("  ") + line
        segments = [
            Segment(text, (style + part).rich_style)
            for text, part in content.render(Style.null(), "", self._style_of)
        ]
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def _style_of(self, name: str | Style) -> Style:
        return name if isinstance(name, Style) else self.app.stylesheet.parse_style(name)

    def _resize_rows(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.lines)

    def _show_cursor(self) -> None:
        """Scroll just so far that the selected row is seen."""
        line = self.line_of(self.cursor)
        self.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True, immediate=True)

    def on_resize(self) -> None:
        """Keep the selected row on the screen when its room changes."""
        self._resize_rows()
        self._show_cursor()

    def on_focus(self) -> None:
        """The cursor is drawn stronger with the focus."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is drawn weaker without the focus."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Select the row; a second click opens it."""
        index = self.index_at(event.y + self.scroll_offset.y)
        if index is None:
            return
        self.choose(index)
        if event.chain == 2:
            self.action_open()

    def choose(self, index: int) -> None:
        """Select a paper because the person said so."""
        self.moved = True
        self._g_pressed = False
        self.cursor = index

    def action_move(self, by: int) -> None:
        """Select the paper so many rows on."""
        self.choose(self.cursor + by)

    def action_page(self, pages: float) -> None:
        """Select the paper so many pages on."""
        self.choose(self.cursor + int(pages * max(1, self.size.height - 1)))

    def action_top(self) -> None:
        """Select the first paper on the second g."""
        if self._g_pressed:
            self.action_first()
        else:
            self._g_pressed = True

    def action_first(self) -> None:
        """Select the first paper."""
        self.choose(0)

    def action_last(self) -> None:
        """Select the last paper."""
        self.choose(len(self.listing) - 1)

    def action_open(self) -> None:
        """Ask to read the selected paper."""
        if self.record is not None:
            self.post_message(self.Opened(self.record))
