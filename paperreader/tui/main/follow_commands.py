"""Commands for what is followed: fetch it, look at it, choose it."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import get_current_worker

from paperreader.errors import Cancelled, CancelToken
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.tui.bindings import bindings
from paperreader.tui.guard import guarded
from paperreader.tui.main.browser import Browser
from paperreader.tui.main.list_commands import ListCommands
from paperreader.tui.messages import Said
from paperreader.tui.ordering import answered
from paperreader.tui.state import wording
from paperreader.tui.state.session import Session
from paperreader.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperreader.library.followed_sources import FetchReport, Followed, FollowedSources
    from paperreader.library.library import Library

_GROUP = "fetch"
_NOTHING = "nothing is followed yet; S and a name such as arxiv:cs.CL follow it"


class FollowCommands(Container):
    """The lists, and the keys that bring new papers from the network."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("follow")

    browser = getters.query_one(Browser)

    class Progressed(Message):
        """So many papers came of a source by now."""

        def __init__(self, name: str, papers: int) -> None:
            super().__init__()
            self.name, self.papers = name, papers

    class Fetched(Message):
        """Fetching ended, with what came of each source; stopped by the person if None."""

        def __init__(self, reports: "Sequence[FetchReport] | None") -> None:
            super().__init__()
            self.reports = reports

    class SourcesRead(Message):
        """What is followed was read."""

        def __init__(self, followed: "Sequence[Followed]") -> None:
            super().__init__()
            self.followed = followed

    def __init__(self, library: "Library", session: Session) -> None:
        super().__init__()
        self._library = library
        self._session = session
        self._fetching = False

    def compose(self) -> ComposeResult:
        """Lay out the lists."""
        yield ListCommands(self._library, self._session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave letters to the search box."""
        return not self.browser.typing

    # Fetching

    def action_fetch(self) -> None:
        """Fetch what is followed, beside what the person does; stop if that is under way."""
        if self._fetching:
            self.workers.cancel_group(self, _GROUP)
            self._status.progress = "stopping …"
            return
        self._fetching = True
        self._status.progress = "fetching …"
        self._fetch()

    @work(thread=True, group=_GROUP)
    @guarded
    def _fetch(self) -> None:
        def progress(name: str, papers: int) -> None:
            self.post_message(self.Progressed(name, papers))

        reports: Sequence[FetchReport] | None = ()
        try:
            cancel = CancelToken(get_current_worker().cancelled_event)
            reports = self._sources().fetch(cancel=cancel, progress=progress)
        except Cancelled:
            reports = None
        finally:
            self.post_message(self.Fetched(reports))

    def _sources(self) -> "FollowedSources":
        """Return what is followed, to be fetched as the settings say."""
        from paperreader.follow.options import FetchOptions

        tables = self._session.settings.tables
        options = FetchOptions.of(tables.get("fetch", {}), tables.get("services", {}))
        return self._library.followed_sources(options)

    @on(Progressed)
    def _progressed(self, message: Progressed) -> None:
        if self._fetching:
            papers = wording.papers(message.papers)
            self._status.progress = f"fetching {message.name}: {papers}"

    @on(Fetched)
    def _fetched(self, message: Fetched) -> None:
        self._fetching = False
        self._status.progress = ""
        self.post_message(Said(_summary(message.reports)))

    @property
    def _status(self) -> StatusLine:
        return self.screen.query_one(StatusLine)

    # Sources

    async def action_sources(self) -> None:
        """Show what is followed."""
        await answered(self._read_sources(), self)

    @work(thread=True, exclusive=True, group="sources")
    @guarded
    def _read_sources(self) -> None:
        self.post_message(self.SourcesRead(self._library.followed_sources().all()))

    @on(SourcesRead)
    async def _sources_read(self, message: SourcesRead) -> None:
        from paperreader.tui.dialogs.followed_sources import FollowedSourcesDialog

        dialog = FollowedSourcesDialog(self._library.followed_sources(), message.followed)
        await self.app.push_screen(dialog, self._chosen)

    def _chosen(self, name: str | None) -> None:
        """Show the new papers of a source, or of all of them."""
        if name is None:
            return
        request = Request(view=View.NEW, sort=self.browser.wanted.sort)
        self.browser.ask_beyond(replace(request, chips=(f'source:"{name}"',) if name else ()))


def _summary(reports: "Sequence[FetchReport] | None") -> str:
    """Return what came of fetching, in a line."""
    if reports is None:
        return "fetching stopped; what came is here, and F goes on"
    if not reports:
        return _NOTHING
    new = sum(report.new for report in reports)
    said = f"{wording.papers(new)} new" if new else "nothing new"
    failed = [report for report in reports if report.problem]
    if len(failed) == 1:
        return f"{said}; {failed[0].name}: {failed[0].problem}"
    return f"{said}; {len(failed)} sources failed, S says why" if failed else said
