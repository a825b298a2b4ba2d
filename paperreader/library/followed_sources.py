"""The sources that are followed: named, paused, fetched."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from paperreader.errors import Cancelled, CancelToken, PaperreaderError
from paperreader.follow.clock import Clock
from paperreader.follow.options import FetchOptions
from paperreader.follow.pages import Fetcher, Page
from paperreader.follow.progress import Progress
from paperreader.follow.rate_limit import RateLimit
from paperreader.follow.response import Validators
from paperreader.follow.source import NoSuchSource, Source, SourceKind
from paperreader.formats.base import Heading, Unparsed
from paperreader.library.add_report import counted
from paperreader.library.side_by_side import side_by_side
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
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

    def __init__(
        self,
        store: Store,
        paths: Paths,
        options: FetchOptions,
        clock: Clock | None = None,
        ca_file: str | None = None,
    ) -> None:
        """Fetch into `store` as `options` say; `clock` and `ca_file` are for tests."""
        self._store = store
        self._options = options
        self._clock = clock or Clock()
        self._ca_file = ca_file
        self._limits = RateLimit(paths.cache / "hosts", self._clock)

    def all(self) -> list[Followed]:
        """Return what is followed, in the order of adding."""
        return self._store.following.all()

    def add(self, written: str) -> tuple[str, bool]:
        """Follow what `written` names; return its name, and whether it was not followed before.

        Raises `NoSuchSource` where nothing that can be followed is written so.
        """
        source = Source.parse(written)
        return source.name, self._store.following.add(source.name, self._now())

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
        self._store.following.pause(name, self._now() if on else "")
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
            by_host.setdefault(self._options.group(self._address(each.name)), []).append(each)
        reports: dict[str, FetchReport] = {}

        def fetch_host(sources: Iterable[Followed]) -> None:
            with closing(self._client(cancel)) as client:
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
            self._options,
            lambda url: Validators(*self._store.following.validators(name, url)),
            datetime.fromtimestamp(self._clock.time(), UTC).date(),
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
        self._store.following.fetched(name, self._now(), problem)
        return FetchReport(name, len(rows), sum(rows.values()), passages, problem)

    def _receive(self, name: str, page: Page) -> list[tuple[int, Outcome]]:
        """Keep a page; validators only where there are any."""
        return self._store.following.receive(
            name,
            [item for item in page.items if isinstance(item, Paper)],
            self._now(),
            progress=page.progress.to_json(),
            validators=(page.url, *page.validators) if any(page.validators) else None,
            headings=[(h.kind, h.text) for h in page.items if isinstance(h, Heading)],
        )

    def _client(self, cancel: CancelToken) -> "Client":
        # Only now: urllib3 opens a socket when it is imported, to see whether there is IPv6.
        from paperreader.follow.client import Client

        return Client(
            self._options, self._limits, self._clock, cancel=cancel, ca_file=self._ca_file
        )

    def _address(self, name: str) -> str:
        """Return an address at the host that `name` is fetched from."""
        source = Source.parse(name)
        match source.kind:
            case SourceKind.ADDRESS:
                return source.query
            case SourceKind.ARXIV:
                return self._options.services.arxiv
            case _:
                return self._options.services.huggingface

    def _now(self) -> str:
        moment = datetime.fromtimestamp(self._clock.time(), UTC)
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
