"""Library, the one front door: everything that the screen and the command line ask for."""

import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from paperreader.errors import NEVER, CancelToken, PaperreaderError
from paperreader.library import adding
from paperreader.library.add_report import AddReport
from paperreader.library.local_files import local_files
from paperreader.library.results import Found, Results
from paperreader.papers.paper import Paper
from paperreader.papers.record import Interest, Record, View
from paperreader.paths import Paths
from paperreader.query.request import Request, SortKey
from paperreader.search.highlighting import Highlighter
from paperreader.store import Step, Store
from paperreader.store.backup import Backups
from paperreader.text import clean, line, only_text

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


class Library:
    """The papers a person has, what they did with them, and the search over them.

    Any thread may use it. What changes something is one transaction, and a step of the history
    that `undo` takes back.
    """

    def __init__(self, paths: Paths) -> None:
        """Open the library at `paths`, created if there is none; the index opens later."""
        self.paths = paths
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

    # Adding

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

    # Looking up

    @property
    def revision(self) -> int:
        """A number that moves with every change, also by another paperreader."""
        return self._store.change

    @property
    def first_start(self) -> bool:
        """Whether the library has never held a paper."""
        return self._store.revision == 0

    def record(self, row: int) -> Record:
        """Return the paper in `row`, or the one that it was found to be and merged into."""
        papers = self._store.papers
        [record] = papers.records([row]) or papers.records([papers.present(row)])
        return record

    def find(self, key: str) -> Record:
        """Return the paper whose key is `key` or alone begins with it."""
        return self.record(self._store.papers.row_of(line(key)))

    def keys(self, prefix: str, limit: int) -> list[str]:
        """Return the keys with `prefix`, in order, at most `limit` of them."""
        return self._store.papers.keys(line(prefix), limit)

    def counts(self) -> Mapping[View, int]:
        """Return how many papers each view holds."""
        return self._store.lists.counts()

    def sources(self) -> list[tuple[str, int]]:
        """Return the sources that papers came from, with their number, the largest first."""
        return self._store.papers.sources()

    def find_source(self, name: str) -> str:
        """Return the source that `name` names: whole, as a path, or by the end of its path.

        Raises `PaperreaderError` if there is none, or more than one.
        """
        names = [each for each, _ in self.sources()]
        path = line(str(Path(name).absolute()))
        found = [each for each in names if each in (line(name), path)]
        found = found or [each for each in names if Path(each).name == line(name)]
        if len(found) != 1:
            some = ", ".join((found or names)[:5]) or "none"
            problem = "Several sources are" if found else "There is no source"
            raise PaperreaderError(f"{problem} called {name!r} ({some}); give its whole name.")
        return found[0]

    # Lists

    def search(self, request: Request, cancel: CancelToken = NEVER) -> Results:
        """Return the papers that `request` asks for.

        Raises `Cancelled` soon after `cancel` is set.
        """
        if request == Request(view=request.view):
            everything = request.view is View.ALL
            lists = self._store.lists
            rows = lists.everything(_BEGINNING) if everything else lists.view(request.view)
            found, tree = Found(rows, len(rows)), None
        else:
            found, tree = self._finder.find(request, cancel.is_cancelled)
        read = self._store.papers.records
        for_you = request.sort.key is SortKey.FOR_YOU and not found.notices
        reasons = self.reasons if for_you else None
        return Results(found, read, request, highlighter=Highlighter(tree), reasons=reasons)

    def related(self, row: int, limit: int = 20) -> Results:
        """Return the papers most like the one in `row`, best first, and the words they share."""
        record, read = self.record(row), self._store.papers.records
        related = self._finder.related(record, limit)
        here = {other.row for other in read([row for row, _, _ in related])}
        related = [other for other in related if other[0] in here]
        rows, scores, shared = zip(*related, strict=True) if related else ((), (), ())
        return Results(
            Found(array("q", rows), len(rows), scores),
            read,
            title=f"related to {record.paper.title}",
            shared=shared,
        )

    def facets(self, results: Results) -> "list[Facet]":
        """Return years, categories, venues, sources and tags of the full matches, with counts."""
        return self._finder.facets(results.found.full_rows())

    def first_unread(self, rows: Sequence[int]) -> int | None:
        """Return the index of the first of `rows` that is neither read nor done, or None."""
        return self._finder.first_unread(rows)

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
        return self._finder.suggestion(results.request, results.found, cancel.is_cancelled)

    def added_since(self, when: str) -> list[int]:
        """Return the papers that were added after a time (ISO 8601, UTC), the last first."""
        return self._store.following.added_since(when)

    def records(self, rows: Sequence[int]) -> list[Record]:
        """Return the papers in `rows`, in their order; rows that are gone are left out."""
        return self._store.papers.records(rows)

    def arrivals(self, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return the followed source that brought each of `rows`, and when; only fetched ones."""
        return self._store.following.arrivals(rows)

    # Saved searches

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

    # What the person does: each returns the step that undoes it, or None if nothing changed.

    def bookmark(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Put `rows` at the end of the reading list, or take them off it.

        A paper that was done and is put there is no longer done.
        """
        return self._store.reading.bookmark(rows, on, now())

    def mark_read(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Mark `rows` read, or unread."""
        return self._store.reading.mark_read(rows, on, now())

    def mark_done(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Mark `rows` done, or not."""
        return self._store.reading.mark_done(rows, on, now())

    def judge(self, rows: Sequence[int], interest: Interest) -> Step | None:
        """Ask for more or less like `rows` in the order "for you"; less also skips them: read."""
        return self._store.reading.judge(rows, interest, now())

    def move(self, rows: Sequence[int], by: int) -> Step | None:
        """Move papers `by` places down (negative: up) in the reading list."""
        return self._store.reading.move(rows, by, now())

    def tag(
        self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str] = ()
    ) -> Step | None:
        """Give `rows` tags and take tags from them."""
        add = [tag for name in add if (tag := line(name))]
        return self._store.reading.tag(rows, add, remove, now())

    def note(self, row: int, text: str, *, typing: bool = False) -> Step | None:
        """Replace the note of `row`; an empty text removes it.

        Saved while the person is `typing`, it goes into one step with the save before it.
        """
        return self._store.reading.note(row, clean(text), now(), typing=typing)

    def attach(self, row: int, path: Path, on: bool = True) -> Step | None:
        """Note that the local file at `path` is of the paper `row`, or no longer.

        Raises `PaperreaderError` if there is no such file.
        """
        name = str(path.expanduser().absolute())
        if only_text(name) != name:
            raise PaperreaderError(f"The name of {name!r} is not plain text; rename the file.")
        if on and not path.expanduser().is_file():
            raise PaperreaderError(f"{path} is not a file; give the path of one.")
        return self._store.reading.attach(row, name, on, now())

    def local_files(self, record: Record) -> list[Path]:
        """Return the files of a paper that are on this machine, such as its PDF."""
        return local_files(record)

    def merge(self, rows: Sequence[int]) -> Step | None:
        """Make one paper of those in `rows`: the sources disagree, or name it differently."""
        return self._store.identity.merge(rows, now())

    def split(self, key: str) -> Step | None:
        """Make a paper of its own of the records that `key` names in their paper, or of each.

        Raises `PaperreaderError` if one source alone describes the paper, or none has the key.
        """
        row, name = self._store.papers.named(line(key))
        return self._store.identity.split(row, name, now())

    def remove(self, rows: Sequence[int]) -> Step | None:
        """Put papers into the trash with all that was done to them; undo brings them back."""
        return self._store.reading.remove(rows, now())

    def remove_source(self, name: str) -> Step | None:
        """Remove a source: the papers that came only from it go into the trash."""
        return self._store.reading.remove_source(line(name), now())

    def undo(self) -> Step | None:
        """Take back the last step of this reader, or the last from before it was opened.

        Returns that step, or None if there is nothing to undo.
        """
        return self._store.history.undo()

    def redo(self) -> Step | None:
        """Do again what was undone last; return that step, or None."""
        return self._store.history.redo()

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back."""
        return self._store.history.next_undo()

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would do again."""
        return self._store.history.next_redo()

    def steps(self) -> list[Step]:
        """Return the steps of the history, newest first; those that are undone say so."""
        return self._store.history.steps()

    def tags(self) -> list[tuple[str, int]]:
        """Return all tags in use with their number of papers, the most used first."""
        return self._store.reading.tags()

    def back_up_if_due(self, cancel: CancelToken = NEVER) -> None:
        """Copy the library, if it changed since the last backup and that is not of today.

        Raises `Cancelled` soon after `cancel` is set.
        """
        backups = Backups(self.paths.library)
        if backups.is_due():
            backups.make(cancel)

    # What the screen remembers

    def screen_state(self) -> dict[str, object]:
        """Return what `remember` was given, by name."""
        return self._store.screen.all()

    def remember(self, **values: object) -> None:
        """Keep how the screen was left: values that JSON can hold; None is one of them."""
        self._store.screen.put(values)

    def past_searches(self) -> list[str]:
        """Return what was searched for, the last one first."""
        return self._store.screen.searches()

    def searched(self, text: str) -> None:
        """Remember that `text` was searched for."""
        if text := line(text):
            self._store.screen.searched(text, now())

    # The network

    def followed_sources(
        self,
        options: "FetchOptions | None" = None,
        clock: "Clock | None" = None,
        ca_file: str | None = None,
    ) -> "FollowedSources":
        """Return what is followed, to be fetched as `options` say; the others are for tests."""
        from paperreader.follow.options import FetchOptions
        from paperreader.library.followed_sources import FollowedSources

        options = options or FetchOptions()
        return FollowedSources(self._store, self.paths, options, clock, ca_file)

    def enricher(
        self, options: "FetchOptions | None" = None, clock: "Clock | None" = None
    ) -> "Enricher":
        """Return what fills in what is missing of papers, asking as `options` say."""
        from paperreader.follow.options import FetchOptions
        from paperreader.library.enricher import Enricher

        return Enricher(self._store, self.paths, options or FetchOptions(), clock)

    # The index

    def behind(self) -> int:
        """Return how many papers the index has not read yet."""
        return self.indexer.behind()

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

                self._made_finder = Finder(self._store, self.indexer, self.vector_indexer)
            return self._made_finder

    def _notify(self, notice: str) -> None:
        for listener in self._listeners:
            listener(notice)


def now() -> str:
    """Return this moment in UTC as ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
