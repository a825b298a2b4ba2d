"""Adding papers from inside: a file or folder by its path, or text that is pasted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken, PaperreaderError
from paperreader.library.add_report import AddReport
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.paths import expanded
from paperreader.text import is_web_address
from paperreader.tui.dialogs.dialog import Dialog
from paperreader.tui.dialogs.note_editor import NoteArea
from paperreader.tui.ordering import heard
from paperreader.tui.state import wording
from paperreader.tui.state.paths import completed, completions
from paperreader.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from paperreader.library.library import Library

_HINT = "Enter adds the path · Tab completes it · Ctrl-s adds the text · Esc closes"


def is_there(path: Path) -> bool:
    """Whether something lies at a path, even if it cannot be read."""
    try:
        return path.exists()
    except (OSError, ValueError):  # no name of a file
        return False


def names_papers(text: str) -> bool:
    """Whether a text consists of ids and addresses of papers."""
    words = text.split()
    return all(identifiers_in(word) or arxiv_id(word) or doi(word) for word in words)


class PathInput(LineInput):
    """A line for a path; a paste of several lines is not one, and goes to the text below."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def on_paste(self, event: events.Paste) -> None:
        """Take one line; pass on several."""
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


class AddDialog(Dialog[str]):
    """Asks for a path or a text, adds its papers, and gives the report."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "path", "Add the path", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
        Binding("ctrl+s", "text", "Add the text", show=False, priority=True),
    ]

    class Progressed(Message):
        """So many papers have been read."""

        def __init__(self, papers: int) -> None:
            super().__init__()
            self.papers = papers

    class Ended(Message):
        """The papers are added, or cannot be."""

        def __init__(self, said: str, *, added: bool) -> None:
            super().__init__()
            self.said, self.added = said, added

    def __init__(self, library: "Library") -> None:
        super().__init__()
        self._library = library
        self._working = False

    def compose(self) -> ComposeResult:
        """Lay out path, completions, text, outcome."""
        with Vertical(classes="dialog -note"):
            yield Label(Content("Add papers"), classes="title")
            yield PathInput(placeholder="a file or folder, such as ~/papers.bib, or an arXiv id")
            yield Static(id="offer")
            yield NoteArea(
                placeholder="or paste here: a page, BibTeX, arXiv ids, DOIs, addresses",
                compact=True,
            )
            yield Label(Content(_HINT), classes="hint")

    @property
    def _box(self) -> PathInput:
        return self.query_one(PathInput)

    @property
    def _area(self) -> NoteArea:
        return self.query_one(NoteArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter in the text is a new line."""
        if action in ("path", "complete"):
            return self._box.has_focus and not self._working
        return super().check_action(action, parameters)

    @on(PathInput.Pasted)
    def _pasted(self, message: PathInput.Pasted) -> None:
        self._area.load_text(self._area.text + message.text)
        self.set_focus(self._area)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        names = [Path(path).name for path in completions(event.value)] if event.value else []
        self.query_one("#offer", Static).update(Content("  ".join(names)))

    async def action_complete(self) -> None:
        """Complete the path as far as it is certain; where it is complete, go to the text."""
        box, area = self._box, self._area
        await heard(box)
        path = completed(box.value)
        if not box.value or path == box.value:
            self.set_focus(area)
        box.value = path
        box.cursor_position = len(path)

    async def action_path(self) -> None:
        """Add what lies at the path, or the papers that ids and addresses in its place name."""
        box = self._box
        await heard(box)
        if typed := box.value.strip():
            from paperreader.library.documents import add_path, add_text

            path = expanded(typed)
            if is_there(path) or not names_papers(typed):
                self._begin(add_path, typed if is_web_address(typed) else str(path))
            else:
                self._begin(add_text, typed)

    async def action_text(self) -> None:
        """Add the papers of the text."""
        area = self._area
        await heard(area)
        if not self._working and (text := area.text.strip()):
            from paperreader.library.documents import add_text

            self._begin(add_text, text)

    async def action_close(self) -> None:
        """Close; what is being added stops, and what came in stays."""
        self.dismiss("adding was stopped; what came in stays" if self._working else None)

    def _begin(self, add: Callable[..., None], what: str) -> None:
        self._working = True
        self._say("reading …")
        self._add(add, what)

    @work(thread=True, exclusive=True, group="add")
    def _add(self, add: Callable[..., None], what: str) -> None:
        cancel = CancelToken(get_current_worker().cancelled_event)
        reports: dict[str, AddReport] = {}
        try:
            add(
                self._library,
                what,
                reports=reports,
                progress=lambda papers: self.post_message(self.Progressed(papers)),
                cancel=cancel,
            )
        except PaperreaderError as error:
            self.post_message(self.Ended(str(error), added=False))
        except Cancelled:
            return
        else:
            total = AddReport.total(reports.values())
            self.post_message(self.Ended(str(total), added=True))

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        self._say(f"{wording.papers(message.papers)} …")

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        self._working = False
        if message.added:
            self.dismiss(message.said)
        else:
            self._say(message.said)

    def _say(self, text: str) -> None:
        if self.is_open:
            self.query_one(".hint", Label).update(Content(text))
