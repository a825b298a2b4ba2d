"""The desk: what can be done with the selected paper and with the papers shown."""

from collections.abc import Callable
from functools import partial
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message

from paperreader.papers.paper import LinkKind
from paperreader.papers.record import Record, View
from paperreader.query.request import Request
from paperreader.text import is_web_address
from paperreader.tui.bindings import key
from paperreader.tui.guard import guarded
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.messages import Changed, Said
from paperreader.tui.state.listing import Listing
from paperreader.tui.state.undo_history import MANY, UndoHistory

if TYPE_CHECKING:
    from paperreader.library.library import Library

COPIES = {"l": "link", "b": "BibTeX", "t": "title", "m": "Markdown"}


def page_of(record: Record, search_url: str) -> str:
    """Return the address of a paper's page; a search for its title where none is known."""
    paper = record.paper
    for kind in (LinkKind.PAGE, LinkKind.PAPER, LinkKind.PROJECT):
        if url := paper.link(kind):
            return url
    return search_url.replace("{title}", quote(paper.title))


def copy_of(record: Record, what: str, search_url: str) -> str:
    """Return what is copied: link (l), BibTeX (b), title (t) or Markdown (m)."""
    url = page_of(record, search_url)
    if what == "b":
        from paperreader import export

        out = StringIO()
        export.write("bibtex", [record], out)
        return out.getvalue()
    return {"l": url, "t": record.paper.title}.get(what, f"[{record.paper.title}]({url})")


class PaperCommands(Container):
    """The panes, and the keys that act on the selected paper."""

    BINDING_GROUP_TITLE = "Paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("b", "bookmark", "Reading list: on or off", name="paper.bookmark", label="later"),
        key("r", "read", "Mark as read and go on", name="paper.read", label="read"),
        key("u", "unread", "Mark as unread", name="paper.unread"),
        key("d", "done", "Done with it, or not", name="paper.done", label="done"),
        key("o", "page", "Open its page in the browser", name="paper.page", label="open"),
        key("p", "pdf", "Open the PDF", name="paper.pdf"),
        key("c", "code", "Open the code", name="paper.code"),
        key("y", "copy", "Copy link, BibTeX, title, Markdown", name="paper.copy", label="copy"),
        key("t", "tags", "Tags", name="paper.tags"),
        key("a", "note", "Note", name="paper.note"),
        key("shift+up", "shift(-1)", "Up the reading list", name="paper.up"),
        key("shift+down", "shift(1)", "Down the reading list", name="paper.down"),
        key("A", "all_read", "Mark all shown as read", name="list.all_read"),
        key("e", "export", "Export", name="list.export"),
        key("z,ctrl+z", "undo", "Undo", name="undo"),
        key("ctrl+r", "redo", "Redo", name="redo"),
    ]

    panes = getters.query_one(ListDetail)

    class FarUnread(Message):
        """Where in a list the nearest unread paper stands, if there is one."""

        def __init__(self, listing: Listing, index: int | None) -> None:
            super().__init__()
            self.listing, self.index = listing, index

    def __init__(self, library: "Library", search_url: str) -> None:
        super().__init__()
        self._in_turn = Lock()
        self._waiting = 0
        self._library = library
        self._history = UndoHistory(library)
        self._search_url = search_url

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield ListDetail()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is nothing to do but undo."""
        return action in ("undo", "redo") or self.panes.record is not None

    @on(ListDetail.Emptied)
    def _emptied(self) -> None:
        self.refresh_bindings()

    def _with_paper(self, act: Callable[[Record], str]) -> None:
        """Do something with the selected paper, and say what was done."""
        if self.panes.record is not None:
            self._act(partial(act, self.panes.record))

    def _act(self, act: Callable[[], str], *, aloud: bool = True, long: bool = False) -> None:
        """Do something, at once or, where it takes long, beside what the person does next.

        What comes meanwhile is done in its turn: undo takes back what was done last.
        """
        if long or self._waiting:
            self._waiting += 1
            self.post_message(Said("a moment …"))
            self._act_aside(act, aloud=aloud)
        else:
            self._do(act, aloud=aloud)

    @work(thread=True, group="long")
    def _act_aside(self, act: Callable[[], str], *, aloud: bool) -> None:
        try:
            with self._in_turn:
                self._do(act, aloud=aloud)
        finally:
            self.call_later(self._one_less_waits)

    def _one_less_waits(self) -> None:
        self._waiting -= 1

    @guarded
    def _do(self, act: Callable[[], str], *, aloud: bool) -> None:
        try:
            said = act()
            if aloud:
                self.post_message(Said(said))
        finally:
            self.post_message(Changed())

    @on(Changed)
    def _changed(self) -> None:
        self.panes.reload()

    def _open(self, url: str, what: str) -> None:
        """Open a web address, and nothing else, in the browser."""
        if not is_web_address(url):
            self.post_message(Said(f"no {what} is known for this paper"))
            return
        self.app.open_url(url)
        self.post_message(Said(f"opening {url}"))

    @on(ListDetail.Shown)
    def _shown(self, message: ListDetail.Shown) -> None:
        """A paper that is opened and seen is read; nothing is said of it."""
        message.stop()
        if not message.record.read:
            self._act(lambda: self._history.read([message.record.row]), aloud=False)

    def action_bookmark(self) -> None:
        """Put the paper on the reading list, or take it off."""
        self._with_paper(self._history.bookmark)

    def action_read(self) -> None:
        """Mark the paper as read and go on to the next."""
        self._with_paper(lambda record: self._history.read([record.row]))
        self.panes.papers.action_move(1)

    def action_unread(self) -> None:
        """Mark the paper as unread."""
        self._with_paper(lambda record: self._history.read([record.row], on=False))

    def action_done(self) -> None:
        """Mark the paper as done, or not."""
        self._with_paper(self._history.done)

    def action_shift(self, by: int) -> None:
        """Move the paper within the reading list, where that stands in its own order."""
        request = self.panes.place.listing.request
        if request is None or request != Request(view=View.READING):
            self.post_message(Said("Shift-↑ and ↓ move in the reading list (3) in its own order"))
            return
        self._with_paper(lambda record: self._history.move(record, by))
        self.post_message(Changed(order=True))

    def action_all_read(self) -> None:
        """Mark every paper shown as read."""
        listing = self.panes.place.listing
        if len(listing):
            self._act(lambda: self._history.read(listing.rows()), long=len(listing) > MANY)

    @on(ListDetail.FarUnreadWanted)
    def _far_unread_wanted(self, message: ListDetail.FarUnreadWanted) -> None:
        place = self.panes.place
        self._find_unread(place.listing, place.listing.beyond(place.cursor, message.step))

    @work(thread=True, exclusive=True, group="unread")
    @guarded
    def _find_unread(self, listing: Listing, places: range) -> None:
        found = self._library.first_unread([listing.row(place) for place in places])
        self.post_message(self.FarUnread(listing, None if found is None else places[found]))

    @on(FarUnread)
    def _far_unread(self, message: FarUnread) -> None:
        if message.index is None:
            self.post_message(Said("no more unread papers that way"))
        elif message.listing is self.panes.place.listing:
            self.panes.papers.choose(message.index)

    @guarded
    def action_undo(self) -> None:
        """Take back the last change."""
        self._act(self._history.undo, long=self._history.undo_is_long)

    @guarded
    def action_redo(self) -> None:
        """Do again what was undone last."""
        self._act(self._history.redo, long=self._history.redo_is_long)

    def action_page(self) -> None:
        """Open the paper's page."""
        if self.panes.record is not None:
            self._open(page_of(self.panes.record, self._search_url), "page")

    def action_pdf(self) -> None:
        """Open the paper's PDF."""
        if self.panes.record is not None:
            self._open(self.panes.record.paper.link(LinkKind.PDF), "PDF")

    def action_code(self) -> None:
        """Open the paper's code."""
        if self.panes.record is not None:
            self._open(self.panes.record.paper.link(LinkKind.CODE), "code")

    async def action_copy(self) -> None:
        """Choose what to copy."""
        record = self.panes.record
        if record is not None:
            from paperreader.tui.dialogs.menu import Choice, Menu

            choices = [Choice(letter, label) for letter, label in COPIES.items()]
            await self.app.push_screen(Menu("Copy", choices), partial(self._copy, record))

    @guarded
    def _copy(self, record: Record, what: str | None) -> None:
        if what is not None:
            self.app.copy_to_clipboard(copy_of(record, what, self._search_url))
            self.post_message(Said(f"copied: {COPIES[what]}"))

    async def action_tags(self) -> None:
        """Ask for the paper's tags."""
        record = self.panes.record
        if record is None:
            return
        from paperreader.tui.dialogs.prompt import Prompt

        def keep(typed: str | None) -> None:
            if typed is not None:
                tags = list(dict.fromkeys(typed.replace(",", " ").replace("#", " ").split()))
                self._act(lambda: self._history.tag(record, tags))

        await self.app.push_screen(
            Prompt("Tags", " ".join(record.tags), "words, a space between"), keep
        )

    async def action_note(self) -> None:
        """Ask for the paper's note."""
        record = self.panes.record
        if record is None:
            return
        from paperreader.tui.dialogs.prompt import Prompt

        def keep(typed: str | None) -> None:
            if typed is not None:
                self._act(lambda: self._history.note(record, typed.strip()))

        await self.app.push_screen(
            Prompt("Note", record.note, "what to remember of this paper"), keep
        )

    async def action_export(self) -> None:
        """Ask what to export, how, and where to."""
        listing = self.panes.place.listing
        if len(listing):
            from paperreader.tui.dialogs.export_dialog import ExportDialog

            record = self.panes.record
            await self.app.push_screen(ExportDialog(listing.papers, record), self._exported)

    def _exported(self, said: str | None) -> None:
        if said:
            self.post_message(Said(said))
