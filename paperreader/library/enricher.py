"""Filling in what is missing of papers from what the services know of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from paperreader.errors import NEVER, CancelToken
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.lookups import Lookup
from paperreader.follow.matching import completed, missing
from paperreader.library.network import Network
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.store import Store

# What is answered to a question that the service cannot answer; it may answer the next one.
_NOT_UNDERSTOOD = frozenset({400, 404, 414})
# A service that did not know a paper is not asked again for so many days.
_DAYS = 30


@dataclass(slots=True)
class ServiceReport:
    """How often a service was asked about a paper, knew it, and why it was given up, if it was."""

    asked: int = 0
    matched: int = 0
    problem: str = ""


@dataclass(slots=True)
class EnrichReport:
    """What was filled in: how often each fact, and by whom; and the papers that nobody knew."""

    papers: int = 0
    completed: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    services: dict[str, ServiceReport] = field(default_factory=dict)
    left: list[Record] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether no service could be asked."""
        return bool(self.services) and all(each.problem for each in self.services.values())


class Enricher:
    """Asks the services about papers of a library."""

    def __init__(self, store: Store, network: Network) -> None:
        """Complete papers of `store` by what is known on the `network`."""
        self._store = store
        self._network = network

    def enrich(
        self,
        records: Sequence[Record],
        *,
        again: bool = False,
        cancel: CancelToken = NEVER,
        progress: Callable[[str, int, int], None] = lambda service, done, total: None,
    ) -> EnrichReport:
        """Fill in what is missing of `records`, and return what was found.

        A service that was asked about a paper in the last 30 days is asked only `again`. After
        each answer everything is saved. `progress` gets a service, for how many papers it has
        answered, and for how many it is asked. Raises `Cancelled`.
        """
        from paperreader.follow.lookups.order import lookups

        report = EnrichReport()
        work = _Work({record.row: record for record in records}, report)
        with closing(self._network.client(cancel)) as client:
            for lookup in lookups(client, self._network.options):
                self._look_up(lookup, work, progress, again=again)
        report.completed = len(work.matched)
        report.papers = len(work.wanted)
        report.left = [work.records[row] for row in work.wanted if row not in work.matched]
        return report

    def _look_up(
        self,
        lookup: Lookup,
        work: "_Work",
        progress: Callable[[str, int, int], None],
        *,
        again: bool,
    ) -> None:
        """Ask one service about the papers that it may know something new of."""
        name = f"{lookup.service} by {lookup.by}"
        recent = (
            set() if again else self._store.lookups.asked_since(name, self._network.now(-_DAYS))
        )
        rows = [
            row
            for row, record in work.records.items()
            if row not in recent and lookup.wants(record.paper)
        ]
        if not rows:
            return
        work.wanted |= dict.fromkeys(rows)
        service = work.report.services.setdefault(lookup.service, ServiceReport())
        for start in range(0, len(rows), lookup.batch):
            if service.problem:
                return
            batch = rows[start : start + lookup.batch]
            try:
                found = lookup.ask([work.records[row].paper for row in batch])
            except FetchError as error:
                service.problem = str(error)
                if isinstance(error, StatusError) and error.status in _NOT_UNDERSTOOD:
                    service.problem = ""
                    continue
                return
            service.asked += len(batch)
            service.matched += sum(paper is not None for paper in found)
            changed = work.take(batch, found)
            self._store.lookups.complete(name, batch, changed, self._network.now())
            progress(lookup.service, start + len(batch), len(rows))


class _Work:
    """The papers under way, by row, as they are by now."""

    def __init__(self, records: dict[int, Record], report: EnrichReport) -> None:
        self.records = records
        self.report = report
        self.wanted: dict[int, None] = {}
        self.matched: set[int] = set()

    def take(self, rows: Sequence[int], found: Sequence[Paper | None]) -> list[Record]:
        """Complete the papers in `rows` by those `found`; return the records that changed."""
        changed = []
        for row, paper in zip(rows, found, strict=True):
            if paper is None:
                continue
            self.matched.add(row)
            record = self.records[row]
            whole = completed(record.paper, paper)
            if whole != record.paper:
                self.report.facts.update(missing(record.paper) - missing(whole))
                self.records[row] = replace(record, paper=whole)
                changed.append(self.records[row])
        return changed
