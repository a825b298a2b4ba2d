"""Library, the one front door: everything that the screen and the command line ask for."""

import threading
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from paperreader.errors import NEVER, CancelToken
from paperreader.library import adding
from paperreader.library.add_report import AddReport
from paperreader.library.changes import Changes
from paperreader.library.clock import now
from paperreader.library.lookups import Lookups
from paperreader.library.results import Found, Results
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record, View
from paperreader.paths import Paths
from paperreader.query.request import Request, SortKey
from paperreader.settings import MEANING
from paperreader.store import Step, Store
from paperreader.text import line

if TYPE_CHECKING:
    from paperreader.follow.clock import Clock
    from paperreader.follow.options import FetchOptions
    from paperreader.formats.base import Item
    from paperreader.library.enricher import Enricher
    from paperreader.library.facets import Facet
    from paperreader.library.finder import Finder
    from paperreader.library.followed_sources import FollowedSources
    from paperreader.library.indexer import Indexer
    from paperreader.library.vector_indexer import VectorIndexer

__all__ = ["Library", "Results", "SavedSearch", "Step"]

# The source of the papers that a first start shows.
SAMPLE = "sample page"
# More rows than a screen shows of the list that a start begins with.
_BEGINNING = 200
# After this many added papers another process begins to index them, beside the adding.
_MANY = 32_000


class SavedSearch(NamedTuple):
    """A list that has a name, and how many papers are in it now, and how many of them unread."""

    name: str
    request: Request
    total: int
    unread: int


class Library(Lookups, Changes):
    """The papers a person has, what they did with them, and the search over them.

    Any thread may use it. What changes something is one transaction, and a step of the history
    that `undo` takes back.
    """

    def __init__(self, paths: Paths, meaning: float = MEANING) -> None:
        """Open the library at `paths`, created if there is none; the index opens later.

        `meaning` is how much meaning counts in searches beside words; with 0 it does not.
        """
        self.paths = paths
        self._meaning = meaning
        self._store = Store(paths.library)
        self._listeners: list[Callable[[str], None]] = []
        # Held while the indexers or the finder are made; the finder needs the indexers.
        self._lazy = threading.RLock()
        self._indexer: Indexer | None = None
        self._vector_indexer: VectorIndexer | None = None
        self._made_finder: Finder | None = None

    def listen(self, listener: Callable[[str], None]) -> None:
        """Let `listener` get the library's notices, such as that the index is being rebuilt.

        It is called from any thread, with one sentence.
        """
        self._listeners.append(listener)

    def read_beside_writers(self) -> None:
        """See to it that reading never waits for another process that adds papers."""
        self._store.use_log()

    def wait_at_most(self, seconds: float) -> None:
        """Let this thread wait so long for another program that writes, instead of a minute."""
        self._store.wait_at_most(seconds)

    def close(self) -> None:
        """Close the library; what was being indexed goes on at the next start."""
        if self._indexer is not None:
            self._indexer.close()
        if self._vector_indexer is not None:
            self._vector_indexer.close()
        self._store.close()

    def __enter__(self) -> Self:
        """Return the library, closed when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the library."""
        self.close()

    def add(
        self,
        items: "Iterable[Item]",
        source: str,
        *,
        report: AddReport | None = None,
        progress: Callable[[int], None] = lambda papers: None,
    ) -> AddReport:
        """Add the papers among `items`, which come from `source`; return the report.

        They are saved in batches: what is saved when `items` breaks off stays, and `report`, if
        given, counts it. `progress` gets the number of papers in `report` so far.
        """
        report, since = report or AddReport(), 0
        for papers in adding.add_items(self._store, items, source, now(), report):
            progress(report.papers)
            since += papers
            if since >= _MANY:
                self.indexer.start()
                since = 0
        return report

    def restore(self, records: Iterable[Record], source: str) -> tuple[AddReport, int]:
        """Add the papers of another library with their bookmarks, tags, notes and marks.

        They keep their sources and times of adding; what is marked here stays. Returns the
        report, and how many papers' marks changed; a second time changes nothing.
        """
        return adding.restore_records(self._store, records, source, now())

    def search(self, request: Request, cancel: CancelToken = NEVER) -> Results:
        """Return the papers that `request` asks for.

        Raises `Cancelled` soon after `cancel` is set.
        """
        if request == Request(view=request.view):
            everything = request.view is View.ALL
            lists = self._store.lists
            rows = lists.everything(_BEGINNING) if everything else lists.view(request.view)
            groups = self.new_groups() if request.view is View.NEW else ()
            found, highlighter = Found(rows, len(rows), groups=groups), None
        else:
            from paperreader.search.highlighting import Highlighter

            found, tree = self._finder.find(request, cancel)
            highlighter = Highlighter(tree)
        read = self._store.papers.records
        for_you = request.sort.key is SortKey.FOR_YOU and not found.notices
        reasons = self.reasons if for_you else None
        return Results(found, read, request, highlighter=highlighter, reasons=reasons)

    def with_close(self, results: Results, cancel: CancelToken = NEVER) -> Results:
        """Return results with up to 20 papers after them that are close in meaning.

        The same results where nothing is close, or more is asked for than words: phrases, fields,
        negations, another order. Raises `Cancelled` soon after `cancel` is set.
        """
        request = results.request
        found = self._finder.with_close(request, results.found, cancel) if request else None
        if found is None:
            return results
        read = self._store.papers.records
        return Results(found, read, request, highlighter=results.highlighter)

    def related(self, row: int, limit: int = 20) -> Results:
        """Return the papers most like the one in `row`, best first, and the words they share."""
        record, read = self.record(row), self._store.papers.records
        related = self._finder.related(record, limit)
        here = {other.row for other in read([other.row for other in related])}
        related = [other for other in related if other.row in here]
        rows, scores, shared, close = zip(*related, strict=True) if related else ((), (), (), ())
        near = {row: words for row, words in zip(rows, close, strict=True) if words}
        return Results(
            Found(array("q", rows), len(rows), scores, close=near),
            read,
            title=f"related to {record.paper.title}",
            shared=shared,
        )

    def facets(self, results: Results) -> "list[Facet]":
        """Return years, categories, venues, sources and tags of the full matches, with counts."""
        return self._finder.facets(results.found.full_rows())

    def nearest_unread(self, rows: Sequence[int], count: int = 1) -> int | None:
        """Return the index of the first of `rows` that is neither read nor done, or None.

        With a `count` it is the second, third and so on, or the last that there is.
        """
        return self._finder.nearest_unread(rows, count)

    def reasons(self, paper: Paper) -> tuple[str, ...]:
        """Return what in a paper put it where it is in the order "for you"."""
        return self._finder.for_you.reasons(paper)

    def untouched(self, days: int) -> list[int]:
        """Return the papers that a fetch brought `days` ago or earlier and nobody touched since."""
        before = datetime.now(UTC) - timedelta(days=days)
        return self._store.following.untouched(before.isoformat(timespec="milliseconds"))

    def suggestion(self, results: Results, cancel: CancelToken = NEVER) -> str | None:
        """Return a query that finds more than that of `results`, with its words mended, or None.

        Looked for only where hardly anything was found; `search` does so itself for a query
        that is not still being typed.
        """
        if results.request is None or not results.request.text:
            return None
        return self._finder.suggestion(results.request, results.found, cancel)

    def saved_searches(self) -> list[SavedSearch]:
        """Return the saved searches, in their order, with what they hold now."""
        saved = []
        for name, fields in self._store.saved.all().items():
            request = Request.from_json(fields)
            rows = self.search(request).found.full_rows()
            saved.append(SavedSearch(name, request, len(rows), self._finder.unread(rows)))
        return saved

    def saved_search(self, name: str) -> Request | None:
        """Return the search called `name`, or None."""
        fields = self._store.saved.all().get(line(name))
        return None if fields is None else Request.from_json(fields)

    def search_names(self) -> list[str]:
        """Return the names of the saved searches, in their order."""
        return list(self._store.saved.all())

    def save_search(self, name: str, request: Request) -> Step | None:
        """Give `request` a name, in place of the search that had it."""
        request = replace(request, text=line(request.text), chips=tuple(map(line, request.chips)))
        return self._store.saved.put(line(name), request.to_json(), now())

    def rename_search(self, old: str, new: str) -> Step | None:
        """Give the search called `old` another name, which no search may have yet."""
        return self._store.saved.rename(line(old), line(new), now())

    def move_search(self, name: str, by: int) -> Step | None:
        """Move a saved search `by` places down (negative: up) in their order."""
        return self._store.saved.move(line(name), by, now())

    def forget_search(self, name: str) -> Step | None:
        """Forget the search called `name`; None if there is none."""
        return self._store.saved.remove(line(name), now())

    def back_up_if_due(self, cancel: CancelToken = NEVER, *, unless_new: bool = False) -> None:
        """Copy the library, if it changed since the last backup and that is not of today.

        With `unless_new`, the first backup of a large library that was begun today is left for
        later. Raises `Cancelled` soon after `cancel` is set.
        """
        from paperreader.store.backup import Backups

        backups = Backups(self.paths.library)
        backups.sweep()
        if backups.is_due() and not (unless_new and backups.can_wait()):
            backups.make(cancel)

    def followed_sources(
        self,
        options: "FetchOptions | None" = None,
        clock: "Clock | None" = None,
        ca_file: str | None = None,
    ) -> "FollowedSources":
        """Return what is followed, to be fetched as `options` say; the others are for tests."""
        from paperreader.library.followed_sources import FollowedSources
        from paperreader.library.network import Network

        return FollowedSources(self._store, Network(self.paths, options, clock, ca_file))

    def enricher(
        self, options: "FetchOptions | None" = None, clock: "Clock | None" = None
    ) -> "Enricher":
        """Return what fills in what is missing of papers, asking as `options` say."""
        from paperreader.library.enricher import Enricher
        from paperreader.library.network import Network

        return Enricher(self._store, Network(self.paths, options, clock))

    def behind(self) -> int:
        """Return how many papers the index has not read yet."""
        return self.indexer.behind()

    @property
    def index_restarts(self) -> int:
        """How often the index was broken and emptied: it is then to be caught up with again."""
        return self._indexer.restarts if self._indexer else 0

    def catch_up(
        self,
        cancel: CancelToken = NEVER,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """Bring the index up to date; return when it is, or soon after `cancel` is set.

        `progress` gets how many papers are searchable, of how many, whenever there are more.
        """
        self.indexer.catch_up(cancel, progress)

    @property
    def indexer(self) -> "Indexer":
        """What keeps the index up with the store; made at its first use, as numpy loads slowly."""
        with self._lazy:
            if self._indexer is None:
                from paperreader.library.indexer import Indexer

                self._indexer = Indexer(self._store, self.paths, self._notify)
            return self._indexer

    def make_vectors(self, cancel: CancelToken = NEVER, *, if_few: bool = False) -> None:
        """Bring the vectors up to date that papers are found by meaning with.

        Nothing waits for that; with `if_few`, it is left for later where it takes long. Raises
        `Cancelled` soon after `cancel` is set, and `PaperreaderError`.
        """
        if not if_few or self.vector_indexer.has_few_to_read():
            self.vector_indexer.catch_up(cancel)

    @property
    def vector_indexer(self) -> "VectorIndexer":
        """What keeps the vectors of the papers up with the store; made at its first use."""
        with self._lazy:
            if self._vector_indexer is None:
                from paperreader.library.vector_indexer import VectorIndexer

                self._vector_indexer = VectorIndexer(self._store, self.paths)
            return self._vector_indexer

    @property
    def _finder(self) -> "Finder":
        with self._lazy:
            if self._made_finder is None:
                from paperreader.library.finder import Finder

                self._made_finder = Finder(
                    self._store, self.indexer, self.vector_indexer, self._meaning
                )
            return self._made_finder

    def _notify(self, notice: str) -> None:
        for listener in self._listeners:
            listener(notice)
