"""The sources that are followed: named, paused, fetched."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from paperreader.errors import Cancelled, CancelToken, PaperreaderError
from paperreader.follow.pages import Fetcher, Page
from paperreader.follow.progress import Progress
from paperreader.follow.response import Validators
from paperreader.follow.source import NoSuchSource, Source, SourceKind
from paperreader.formats.base import Heading, Unparsed
from paperreader.library.add_report import counted
from paperreader.library.network import Network
from paperreader.library.side_by_side import side_by_side
from paperreader.papers.paper import Paper
from paperreader.store import Followed, Outcome, Store

if TYPE_CHECKING:
    from paperreader.follow.client import Client

__all__ = ["FetchReport", "Followed", "FollowedSources"]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What came of fetching one source: papers, how many of them new, and what went wrong.

    `problem` is a sentence, empty where all went well. What came before it is in the library.
    """

    name: str
    papers: int = 0
    new: int = 0
    passages: int = 0
    problem: str = ""

    def __str__(self) -> str:
        """Return the report as one line."""
        if self.problem and not self.papers:
            return f"{self.name}: {self.problem}"
        line = f"{self.name}: {counted(self.papers, 'paper')}: {self.new:,} new, "
        line += f"{self.papers - self.new:,} known"
        if self.passages:
            line += f"; {counted(self.passages, 'passage')} not understood"
        return f"{line}; then: {self.problem}" if self.problem else line


class FollowedSources:
    """What a library follows; the way by which papers come from the network."""

    def __init__(self, store: Store, network: Network) -> None:
        """Fetch from the `network` into `store`."""
        self._store = store
        self._network = network

    def all(self) -> list[Followed]:
        """Return what is followed, in the order of adding."""
        return self._store.following.all()

    def add(self, written: str) -> tuple[str, bool]:
        """Follow what `written` names; return its name, and whether it was not followed before.

        Raises `NoSuchSource` where nothing that can be followed is written so.
        """
        source = Source.parse(written)
        return source.name, self._store.following.add(source.name, self._network.now())

    def name_of(self, written: str) -> str:
        """Return the name of what can be followed and is written so, or an empty text."""
        try:
            return Source.parse(written).name
        except NoSuchSource:
            return ""

    def remove(self, written: str) -> str:
        """Follow it no longer, and return its name; its papers stay."""
        name = self.named(written)
        self._store.following.remove(name)
        return name

    def pause(self, written: str, on: bool = True) -> str:
        """Leave it out of fetching, or no longer; return its name."""
        name = self.named(written)
        self._store.following.pause(name, self._network.now() if on else "")
        return name

    def named(self, written: str) -> str:
        """Return the name of the followed source that `written` is, or alone begins with.

        Raises `NoSuchSource`.
        """
        names = [followed.name for followed in self.all()]
        wanted = written.strip().lower()
        for candidate in (wanted, self.name_of(written).lower()):
            for name in names:
                if candidate == name.lower():
                    return name
        begun = [name for name in names if wanted and name.lower().startswith(wanted)]
        if len(begun) == 1:
            return begun[0]
        listed = ", ".join(begun or names) or "nothing yet"
        why = "several followed sources begin so" if begun else "no followed source is called so"
        raise NoSuchSource(f"{written!r}: {why} (there are: {listed}).")

    def fetch(
        self,
        names: Sequence[str] = (),
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[str, int], None] = lambda name, papers: None,
        done: Callable[[FetchReport], None] = lambda report: None,
    ) -> list[FetchReport]:
        """Fetch the sources called `names`, or all that are not paused; return what came of each.

        Hosts are asked side by side. `progress` gets a source and its papers so far, `done` each
        report as soon as it is there, both from other threads. Raises `Cancelled`; what came
        before stays, and the next fetch goes on from there.
        """
        cancel = cancel or CancelToken()
        wanted = set(names)
        followed = [f for f in self.all() if (f.name in wanted if wanted else not f.paused)]
        by_host: dict[str, list[Followed]] = {}
        for each in followed:
            host = self._network.options.group(self._address(each.name))
            by_host.setdefault(host, []).append(each)
        reports: dict[str, FetchReport] = {}

        def fetch_host(sources: Iterable[Followed]) -> None:
            with closing(self._network.client(cancel)) as client:
                for source in sources:
                    reports[source.name] = self._fetch_one(client, source, progress)
                    done(reports[source.name])

        side_by_side([partial(fetch_host, sources) for sources in by_host.values()], cancel)
        return [reports[f.name] for f in followed]

    def _fetch_one(
        self, client: "Client", followed: Followed, progress: Callable[[str, int], None]
    ) -> FetchReport:
        name = followed.name
        rows: dict[int, bool] = {}
        passages = 0
        problem = ""
        fetcher = Fetcher(
            client,
            self._network.options,
            lambda url: Validators(*self._store.following.validators(name, url)),
            self._network.today(),
        )
        try:
            for page in fetcher.pages(Source.parse(name), Progress.from_json(followed.progress)):
                passages += sum(isinstance(item, Unparsed) for item in page.items)
                for row, outcome in self._receive(name, page):
                    rows[row] = rows.get(row, False) or outcome is Outcome.NEW
                progress(name, len(rows))
        except Cancelled:
            raise
        except PaperreaderError as error:
            problem = str(error)
        self._store.following.fetched(name, self._network.now(), problem)
        return FetchReport(name, len(rows), sum(rows.values()), passages, problem)

    def _receive(self, name: str, page: Page) -> list[tuple[int, Outcome]]:
        """Keep a page; validators only where there are any."""
        return self._store.following.receive(
            name,
            [item for item in page.items if isinstance(item, Paper)],
            self._network.now(),
            progress=page.progress.to_json(),
            validators=(page.url, *page.validators) if any(page.validators) else None,
            headings=[(h.kind, h.text) for h in page.items if isinstance(h, Heading)],
        )

    def _address(self, name: str) -> str:
        """Return an address at the host that `name` is fetched from."""
        source = Source.parse(name)
        match source.kind:
            case SourceKind.ADDRESS:
                return source.query
            case SourceKind.ARXIV:
                return self._network.options.services.arxiv
            case _:
                return self._network.options.services.huggingface
