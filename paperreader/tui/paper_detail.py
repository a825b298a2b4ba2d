"""The pane in which one paper is read."""

from functools import lru_cache
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from paperreader.paper import Record
from paperreader.tui.key import key
from paperreader.tui.listing import NoSpans, Spans
from paperreader.tui.paper_text import PaperText, paper_text


@lru_cache(maxsize=256)
def readable(text: str) -> str:
    """Return text with its LaTeX as Unicode; the library for it is loaded at the first need."""
    from paperreader.latex import to_unicode

    return to_unicode(text)


def as_stored(text: str) -> str:
    """Return the text as its source has it."""
    return text


class PaperDetail(VerticalScroll, can_focus=True):
    """One paper: title, authors, state, abstract with its hits, links, origin."""

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
    body = getters.query_one("#body", Static)

    def __init__(self) -> None:
        super().__init__()
        self.record: Record | None = None
        self._marker: Spans = NoSpans()
        self._text = PaperText(Content(""))
        self._hit = -1
        self._painted = False

    def compose(self) -> ComposeResult:
        """Lay out the one text that is scrolled."""
        yield Static(Content(""), id="body")

    def on_mount(self) -> None:
        """Leave LaTeX alone until something has been seen on the screen."""
        self.call_after_refresh(self._first_paint_done)

    def _first_paint_done(self) -> None:
        self._painted = True
        self._draw()

    def show(self, record: Record | None, marker: Spans) -> None:
        """Show a paper with its hits; the same paper again stays where it is scrolled."""
        same = record is not None and self.record is not None and record.row == self.record.row
        self.record, self._marker = record, marker
        self._hit = -1
        if not same:
            self.scroll_home(animate=False, immediate=True)
        self._draw()

    def watch_raw(self) -> None:
        """Show the text anew."""
        self._draw()

    def _draw(self) -> None:
        if self.record is None:
            self._text = PaperText(Content(""))
        else:
            shown = as_stored if self.raw or not self._painted else readable
            self._text = paper_text(self.record, self._marker, shown)
        self.body.update(self._text.content)

    @property
    def has_hits(self) -> bool:
        """Whether words of the search are marked in the abstract."""
        return bool(self._text.hits)

    def walk(self, step: int) -> str:
        """Go to the next hit (1) or the one before (-1), around the end; return which it is."""
        count = len(self._text.hits)
        self._hit = (self._hit + step) % count if self._hit >= 0 else (0 if step > 0 else count - 1)
        self.body.update(self._text.with_current(self._hit))
        width = max(1, self.body.content_region.width)
        line = len(self._text.content[: self._text.hits[self._hit][0] + 1].wrap(width)) - 1
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
