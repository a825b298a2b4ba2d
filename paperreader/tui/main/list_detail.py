"""List and abstract, side by side, one over the other, or in turns, as the room allows."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.papers.record import Record
from paperreader.tui.bindings import key
from paperreader.tui.guard import guarded
from paperreader.tui.messages import Said
from paperreader.tui.state.listing import Listing, ListPosition
from paperreader.tui.widgets.paper_detail import PaperDetail
from paperreader.tui.widgets.paper_list import PaperList


class ListDetail(Container):
    """The list with the selected paper beside it."""

    BINDING_GROUP_TITLE = "Panes"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "switch", "Other pane", name="pane.next"),
        key("shift+tab", "switch", "Other pane", name="pane.previous"),
        key("h,left,escape", "back", "Back to the list", name="pane.back", label="back"),
        key("J", "scroll(1)", "Scroll the abstract down", name="abstract.scroll_down"),
        key("K", "scroll(-1)", "Scroll the abstract up", name="abstract.scroll_up"),
        key("n", "next(1)", "Next hit, or next unread", name="paper.next"),
        key("N", "next(-1)", "Previous hit, or previous unread", name="paper.prev"),
        key("M", "raw", "LaTeX as the source has it", name="abstract.raw"),
        key("+", "zoom", "Abstract over the full width", name="abstract.zoom"),
    ]

    papers = getters.query_one(PaperList)
    detail = getters.query_one(PaperDetail)

    class Shown(Message):
        """A paper was opened and really stands on the screen."""

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class Emptied(Message):
        """There are no papers any more, or there are again."""

    class FarUnreadWanted(Message):
        """No paper near the selected one is unread: one is to be looked for in the whole list."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class SuggestionWanted(Message):
        """The person takes the spelling that is proposed."""

    def compose(self) -> ComposeResult:
        """Lay out the two panes."""
        yield PaperList()
        yield PaperDetail()

    @property
    def place(self) -> ListPosition:
        """What the list shows and where the person is in it."""
        return self.papers.place

    @property
    def record(self) -> Record | None:
        """The selected paper."""
        return self.papers.record

    @property
    def reading(self) -> bool:
        """Whether the person is in the abstract and not in the list."""
        return self.screen.focused is self.detail or self.has_class("-zoomed")

    def show(self, listing: Listing, cursor: int = 0, top: int | None = None) -> None:
        """Show other papers."""
        self.papers.show(listing, cursor, top)

    def reload(self) -> None:
        """Show the same papers as they are now."""
        self.papers.reload()
        self._show_record()

    def focus_list(self) -> None:
        """Go to the list."""
        self.remove_class("-zoomed", "-reading")
        self.screen.set_focus(self.papers)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only who reads can go back to the list."""
        return action != "back" or self.reading

    def _show_record(self) -> None:
        if (self.record is None) != (self.detail.record is None):
            self.post_message(self.Emptied())
        self.detail.show(self.record, self.papers.listing.marker)

    @on(PaperList.Highlighted)
    def _highlighted(self, message: PaperList.Highlighted) -> None:
        message.stop()
        self._show_record()

    @on(PaperList.Opened)
    def _opened(self, message: PaperList.Opened) -> None:
        message.stop()
        self.add_class("-reading")
        self.screen.set_focus(self.detail)
        self.call_after_refresh(self._tell_shown, message.record)

    def _tell_shown(self, record: Record) -> None:
        """A paper counts as seen only while its abstract has the focus and room on the screen."""
        if (
            self.screen.focused is self.detail
            and self.detail.size.height
            and self.detail.record is not None
        ):
            self.post_message(self.Shown(record))

    def on_descendant_focus(self) -> None:
        """In little room, the pane with the focus is the one that is seen."""
        if self.papers.has_focus:
            self.remove_class("-zoomed", "-reading")
        elif self.detail.has_focus:
            self.add_class("-reading")

    def action_switch(self) -> None:
        """Go to the other pane; where a spelling is proposed, take it."""
        if self.papers.listing.suggestion is not None and not self.reading:
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

    @guarded
    def action_next(self, step: int) -> None:
        """Walk the hits in the abstract while a search is on, else the unread papers."""
        if self.papers.listing.searched and self.detail.size.height and self.detail.has_hits:
            self.post_message(Said(self.detail.walk(step)))
            return
        index = self.papers.listing.unread_from(self.papers.cursor, step)
        if index is None:
            self.post_message(self.FarUnreadWanted(step))
        else:
            self.papers.choose(index)

    def action_raw(self) -> None:
        """Show LaTeX as stored, or as Unicode again."""
        self.detail.raw = not self.detail.raw

    def action_zoom(self) -> None:
        """Give the abstract the full width, or the list its room back."""
        if self.has_class("-zoomed"):
            self.focus_list()
        elif self.record is not None:
            self.add_class("-zoomed")
            self.screen.set_focus(self.detail)
