"""List and abstract: side by side, one over the other, or in turns, as the room allows."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.library.results import Results
from paperreader.papers.record import Record
from paperreader.settings import Settings
from paperreader.tui.bindings import bindings
from paperreader.tui.messages import Said
from paperreader.tui.state.back_stack import ListPosition
from paperreader.tui.state.headings import group_headings
from paperreader.tui.state.layout import Layout, detail_cells
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_list import PaperList
from paperreader.tui.widgets.paper_text import Because


class ListDetail(Container):
    """The list with the paper at its cursor."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("panes")

    papers = getters.query_one(PaperList)
    detail = getters.query_one(PaperDetail)

    class Shown(Message):
        """A paper was opened and really stands on the screen."""

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class Moved(Message):
        """The cursor is at another paper, or other papers are selected."""

    class Emptied(Message):
        """There are no papers any more, or there are again."""

    class LayoutChosen(Message):
        """The person wants another layout."""

        def __init__(self, layout: Layout) -> None:
            super().__init__()
            self.layout = layout

    class SuggestionWanted(Message):
        """The person accepts the spelling that is proposed."""

    def __init__(self, layout: Layout, settings: Settings) -> None:
        super().__init__()
        self._layout = layout
        self._settings = settings
        self._shown: int | None = None  # the row that was opened last

    def compose(self) -> ComposeResult:
        """Lay out the two panes."""
        yield PaperList(self._settings.lines_per_paper)
        yield PaperDetail(self._settings.text_width, self._settings.date_style)

    def on_mount(self) -> None:
        """Have the layout before anything is painted."""
        self.detail.count = self.papers.count
        # At once: a message would come after the list is painted, and the screen be sent twice.
        self.watch(self.papers, "cursor", self._show_record, init=False)
        size = self.app.size
        self._lay_out(size.width, size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the room there is."""
        self._lay_out(event.size.width, self.screen.size.height)

    def _lay_out(self, width: int, height: int) -> None:
        fitting = self._layout.fitting(width, height)
        for layout in (Layout.LIST, Layout.STACKED, Layout.BESIDE):
            self.set_class(layout is fitting, f"-{layout}")
        self.detail.indent = 4 if fitting is Layout.STACKED else 2
        beside = detail_cells(width, self._settings.list_width)
        self.detail.styles.width = beside if fitting is Layout.BESIDE else None

    @property
    def position(self) -> ListPosition:
        """What the list shows and where the person is in it."""
        return self.papers.position

    @property
    def record(self) -> Record | None:
        """The paper at the cursor."""
        return self.papers.record

    @property
    def rows(self) -> list[int]:
        """The papers that a command is for: those selected, else the one at the cursor."""
        if selected := self.papers.selected_rows():
            return selected
        return [self.record.row] if self.record is not None else []

    @property
    def records(self) -> Sequence[Record]:
        """The papers that a command is for, read where they are looked at."""
        return self.papers.results.subset(self.rows)

    @property
    def shows_hits(self) -> bool:
        """Whether words of a search are marked in an abstract that has room on the screen."""
        has_room = self.detail.size.height > 0
        return self.papers.results.searched and has_room and self.detail.has_hits

    @property
    def reading(self) -> bool:
        """Whether the person is in the abstract and not in the list."""
        return self.screen.focused is self.detail or self.has_class("-zoomed")

    def show(self, results: Results, cursor: int = 0, top: int | None = None) -> None:
        """Show other papers, and the one at the cursor: the next key may be for its hits."""
        headings = group_headings(results, self._settings.date_style)
        self.papers.show(results, cursor, top, headings)
        self._show_record()

    def reload(self) -> None:
        """Show the same papers as they are now."""
        self.papers.reload()
        self._show_record()

    def focus_list(self) -> None:
        """Go to the list."""
        self.remove_class("-zoomed", "-reading")
        self.screen.set_focus(self.papers)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who reads can go back to the list; without a paper there is none to read."""
        if action == "zoom":
            return self.record is not None
        return action != "back" or self.reading

    def _show_record(self) -> None:
        results, cursor, record = self.papers.results, self.papers.cursor, self.record
        if (record is None) != (self.detail.record is None):
            self.post_message(self.Emptied())
        words = results.shared[cursor] if cursor < len(results.shared) else ()
        because = Because("shares", words)
        if record is not None and (words := results.close_words(cursor)):
            because = Because("close by", words)
        if record is not None and results.reasons is not None:
            because = Because("for you", results.reasons(record.paper))
        self.detail.show(record, results.spans_of(cursor), because)

    @on(PaperList.Highlighted)
    def _highlighted(self, message: PaperList.Highlighted) -> None:
        message.stop()
        self._show_record()
        self.post_message(self.Moved())
        if self.reading and message.record is not None and message.record.row != self._shown:
            self.call_after_refresh(self._say_shown, message.record)

    @on(PaperList.SelectionChanged)
    def _selection_changed(self, message: PaperList.SelectionChanged) -> None:
        message.stop()
        self.post_message(self.Moved())

    @on(PaperList.Opened)
    def _opened(self, message: PaperList.Opened) -> None:
        message.stop()
        self.add_class("-reading")
        self.screen.set_focus(self.detail)
        self.call_after_refresh(self._say_shown, message.record)

    def _say_shown(self, record: Record) -> None:
        """A paper counts as seen only while its abstract has the focus and room on the screen."""
        if (
            self.screen.focused is self.detail
            and self.detail.size.height
            and self.detail.record is not None
        ):
            self._shown = record.row
            self.post_message(self.Shown(record))

    def on_descendant_focus(self) -> None:
        """In little room, the pane with the focus is the one that is seen."""
        if self.papers.has_focus:
            self.remove_class("-zoomed", "-reading")
        elif self.detail.has_focus:
            self.add_class("-reading")

    def action_switch(self) -> None:
        """Go to the other pane; where a spelling is proposed, accept it."""
        if self.papers.results.suggestion is not None and not self.reading:
            self.post_message(self.SuggestionWanted())
        elif self.reading:
            self.focus_list()
        elif self.record is not None:
            self.add_class("-reading")
            self.screen.set_focus(self.detail)

    def action_back(self) -> None:
        """Go from the abstract to the list."""
        self.focus_list()

    def action_scroll(self, lines: int) -> None:
        """Scroll the abstract, whichever pane has the focus."""
        self.detail.action_lines(lines)

    def action_raw(self) -> None:
        """Show LaTeX as stored, or as Unicode again."""
        self.detail.raw = not self.detail.raw

    def action_authors(self) -> None:
        """Show all authors of a long list, or few again."""
        self.detail.all_authors = not self.detail.all_authors

    def action_record(self) -> None:
        """Show the whole record below the abstract, or only what one reads by."""
        self.detail.whole_record = not self.detail.whole_record

    def action_layout(self) -> None:
        """Go to the next layout, and say which it is."""
        self._layout = self._layout.next
        size = self.screen.size
        self._lay_out(size.width, size.height)
        fitting = self._layout.fitting(size.width, size.height)
        what = f"automatic, here {fitting}" if self._layout is Layout.AUTO else fitting
        small = "" if self._layout in (Layout.AUTO, fitting) else " (the screen is too small)"
        self.post_message(Said(f"layout: {what}{small}"))
        self.post_message(self.LayoutChosen(self._layout))

    def action_zoom(self) -> None:
        """Give the abstract the full width, or the list its room back."""
        if self.has_class("-zoomed"):
            self.focus_list()
        elif self.record is not None:
            self.add_class("-zoomed")
            self.screen.set_focus(self.detail)
