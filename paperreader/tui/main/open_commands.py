"""Commands that take papers elsewhere: open, copy, export, pipe."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.worker import get_current_worker

from paperreader.papers.links import page_url
from paperreader.papers.paper import LinkKind
from paperreader.papers.record import Record
from paperreader.text import urls
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.main.list_detail import ListDetail
from paperreader.tui.messages import Said
from paperreader.tui.state import wording
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.paper_row import readable

if TYPE_CHECKING:
    from subprocess import Popen

    from paperreader.library.library import Library
    from paperreader.tui.dialogs.pipe_prompt import Pipe

COPIES = {"l": "link", "b": "BibTeX", "t": "title", "m": "Markdown"}
_KEYS = "123456789abcdefghilmnoprstuvwxyz"  # of links: not those that move in the menu


def page_of(record: Record, search_url: str) -> str:
    """Return the address of a paper's page; a search for its title where none is known."""
    return page_url(record.paper) or search_url.replace(
        "{title}", quote(readable(record.paper.title))
    )


def links_of(record: Record) -> list[str]:
    """Return the addresses of a paper, its page first, and those that its texts name."""
    paper = record.paper
    known = [paper.link(kind) for kind in LinkKind] + [link.url for link in paper.links]
    named = [url for text in (paper.abstract, paper.comment, record.note) for url in urls(text)]
    return list(dict.fromkeys(url for url in (*known, *named) if url))


def exported(records: Sequence[Record], name: str, scheme: str = "") -> str:
    """Return papers in the format of this name, with citation keys by `scheme` if given."""
    from paperreader import export

    out = StringIO()
    export.write(name, records, out, scheme)
    return out.getvalue()


def to_cite(record: Record) -> Record:
    """Return a record with what a bibliography needs: no abstract, nothing that is the reader's."""
    paper = replace(record.paper, abstract="", keywords=())
    return replace(record, paper=paper, tags=(), note="")


def copy_of(records: Sequence[Record], what: str, search_url: str, scheme: str = "") -> str:
    """Return what is copied: link (l), BibTeX (b), title (t) or Markdown (m)."""
    if what == "b":
        return exported([to_cite(record) for record in records], "bibtex", scheme)
    lines = []
    for record in records:
        url, title = page_of(record, search_url), record.paper.title
        lines.append({"l": url, "t": title}.get(what, f"[{title}]({url})"))
    return "\n".join(lines)


class OpenCommands(Container):
    """The panes, and the keys that take papers elsewhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("open")

    panes = getters.query_one(ListDetail)

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._pipe_format = ""

    def compose(self) -> ComposeResult:
        """Lay out the panes."""
        yield ListDetail(self._session.layout, self._session.settings)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a paper there is nothing to take."""
        return self.panes.record is not None

    @property
    def _record(self) -> Record | None:
        return self.panes.record

    @property
    def _records(self) -> Sequence[Record]:
        """The papers selected, else the one at the cursor."""
        return self.panes.records

    def _open(self, url: str, what: str) -> None:
        from paperreader.tui import outside

        if url:
            self.post_message(Said(outside.open_address(self.app, url)))
        else:
            self.post_message(Said(f"no {what} is known for this paper"))

    @guarded
    def action_page(self) -> None:
        """Open the paper's page."""
        if self._record is not None:
            self._open(page_of(self._record, self._session.settings.search_url), "page")

    @guarded
    def action_pdf(self) -> None:
        """Open the paper's PDF: the file that is attached, else the address."""
        if self._record is None:
            return
        if files := self._library.local_files(self._record):
            self._view(str(files[0]))
        elif self._record.files:
            self.post_message(Said(f"{self._record.files[0]} is not there any more"))
        else:
            page = self._record.paper.link(LinkKind.PAGE)
            url = self._record.paper.link(LinkKind.PDF) or (page if page.endswith(".pdf") else "")
            self._open(url, "PDF")

    def _view(self, path: str) -> None:
        from paperreader.tui import outside

        viewer = self._session.settings.viewer
        program, name = outside.open_file(path, viewer), outside.viewer_words(viewer)[0]
        if program is None:
            self.app.copy_to_clipboard(path)
            self.post_message(Said(f"there is no {name} here (setting: viewer); copied: {path}"))
        else:
            self.post_message(Said(f"opening {path}"))
            self._watch(program, name)

    @work(thread=True, group="viewer")
    def _watch(self, program: "Popen[bytes]", name: str) -> None:
        """Say so where a viewer could not open what it was given."""
        from paperreader.tui import outside

        if status := outside.failure(program, get_current_worker().cancelled_event):
            said = f"{name} ended with status {status}; set viewer in the settings to another"
            self.post_message(Said(said))

    @guarded
    def action_code(self) -> None:
        """Open the paper's code."""
        if self._record is not None:
            self._open(self._record.paper.link(LinkKind.CODE), "code")

    @guarded
    async def action_links(self) -> None:
        """Choose one of the paper's links."""
        if self._record is None:
            return
        from paperreader.tui.dialogs.menu import Choice, Menu

        addresses = links_of(self._record)[: len(_KEYS)]
        if not addresses:
            self.post_message(Said("no link is known for this paper; o searches for its title"))
            return
        choices = [Choice(key, url) for key, url in zip(_KEYS, addresses, strict=False)]
        await self.app.push_screen(
            Menu("Links", choices, wide=True), partial(self._follow, addresses)
        )

    @guarded
    def _follow(self, urls: Sequence[str], key: str | None) -> None:
        if key is not None:
            self._open(urls[_KEYS.index(key)], "link")

    @guarded
    async def action_copy(self) -> None:
        """Choose what to copy."""
        if not self._records:
            return
        from paperreader.tui.dialogs.menu import Choice, Menu

        choices = [Choice(letter, label) for letter, label in COPIES.items()]
        choices[0] = replace(choices[0], mark="also y", also="y")  # as y y copies in vim
        await self.app.push_screen(Menu("Copy", choices), partial(self._copy, self._records))

    @guarded
    def _copy(self, records: Sequence[Record], what: str | None) -> None:
        if what is not None:
            settings = self._session.settings
            text = copy_of(records, what, settings.search_url, settings.citation_keys)
            self.app.copy_to_clipboard(text)
            of = f" of {wording.papers(len(records))}" if len(records) > 1 else ""
            self.post_message(Said(f"copied: {COPIES[what]}{of}"))

    @guarded
    async def action_export(self) -> None:
        """Ask what to export, how, and where to."""
        results = self.panes.position.results
        if len(results):
            from paperreader.tui.dialogs.export_dialog import ExportDialog

            selected = self._records if self.panes.papers.selected_rows() else ()
            scheme = self._session.settings.citation_keys
            dialog = ExportDialog(results, self._record, selected, scheme)
            await self.app.push_screen(dialog, self._exported)

    def _exported(self, said: str | None) -> None:
        if said:
            self.post_message(Said(said))

    @guarded
    async def action_pipe(self) -> None:
        """Ask for a command that gets the papers."""
        from paperreader.tui.dialogs.pipe_prompt import PipePrompt

        records = self._records
        prompt = PipePrompt(wording.papers(len(records)), self._pipe_format)
        await self.app.push_screen(prompt, partial(self._pipe, records))

    @guarded
    def _pipe(self, records: Sequence[Record], pipe: "Pipe | None") -> None:
        from paperreader.tui import outside

        if pipe is not None and pipe.command:
            self._pipe_format = pipe.format
            text = exported(records, pipe.format, self._session.settings.citation_keys)
            self.post_message(Said(outside.pipe(self.app, pipe.command, text)))
