"""What a library answers without a search."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from paperreader.errors import PaperreaderError
from paperreader.library.clock import now
from paperreader.library.local_files import local_files
from paperreader.papers.record import Record, View
from paperreader.store import NewGroup, Store
from paperreader.text import line


class Lookups:
    """What a library answers without a search: papers by row or key, counts, names, state."""

    _store: Store

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

    def added_since(self, when: str) -> list[int]:
        """Return the papers that were added after a time (ISO 8601, UTC), the last first."""
        return self._store.following.added_since(when)

    def records(self, rows: Sequence[int]) -> list[Record]:
        """Return the papers in `rows`, in their order; rows that are gone are left out."""
        return self._store.papers.records(rows)

    def new_groups(self) -> list[NewGroup]:
        """Return the groups of the new papers, by day and source, in the order of their view."""
        return self._store.lists.new_groups()

    def arrivals(self, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return the followed source that brought each of `rows`, and when; only fetched ones."""
        return self._store.following.arrivals(rows)

    def local_files(self, record: Record) -> list[Path]:
        """Return the files of a paper that are on this machine, such as its PDF."""
        return local_files(record)

    def tags(self) -> list[tuple[str, int]]:
        """Return all tags in use with their number of papers, the most used first."""
        return self._store.reading.tags()

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
