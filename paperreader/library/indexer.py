"""The search index of a library: opened when first needed, kept up with the store."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from paperreader.errors import NEVER, CancelToken
from paperreader.library.own_process import GLANCE, OwnProcess
from paperreader.paths import Paths
from paperreader.search.index import IndexBroken, SearchIndex
from paperreader.search.searcher import Searcher
from paperreader.store import Store

Answer = TypeVar("Answer")

# More new papers than this are indexed by a process of its own, so that the screen, which shares
# an interpreter lock with every thread of its process, does not stutter.
MANY = 3000


@dataclass(frozen=True, slots=True)
class IndexState:
    """The state of the index: the papers it finds, the changes it has not read, what is wrong."""

    papers: int
    behind: int
    wrong: str = ""

    @property
    def sound(self) -> bool:
        """Whether the index can be used as it is."""
        return not self.wrong

    def __str__(self) -> str:
        """Return the state as one line."""
        if self.wrong:
            return f"{self.wrong} It is rebuilt at the next search."
        rest = f"; {self.behind:,} still to be read" if self.behind else "; up to date"
        return f"The search index finds {self.papers:,} papers{rest}."


class Indexer:
    """A search index and the store that it is derived from.

    An index that cannot be used is emptied and rebuilt, and `notify` gets a line about it. If the
    new one cannot be used either, `IndexBroken` is raised, until `catch_up` tries it once more.
    """

    def __init__(self, store: Store, paths: Paths, notify: Callable[[str], None]) -> None:
        """Keep the index at `paths` up with `store`; `notify` takes a line for the person."""
        self._store = store
        self._paths = paths
        self._notify = notify
        self._lock = threading.RLock()
        self._index: SearchIndex | None = None
        self._searcher: Searcher | None = None
        self._process = OwnProcess(paths, "index", "update", "--quiet", "--words")
        # Whether the index was emptied since it was last known to be whole.
        self._emptied = False
        # How often it was emptied because it was broken: then there is all to be read again.
        self.restarts = 0

    def ask(self, question: Callable[[Searcher], Answer]) -> Answer:
        """Return what `question` gets out of the index, which is rebuilt if it is broken.

        Of a large library the new one holds nothing at first: `behind` says how much is missing.
        """
        index, searcher = self._opened()
        try:
            return question(searcher)
        except IndexBroken as error:
            self._start_over(error, index)
            if self.behind() <= MANY:
                self.catch_up_here(NEVER, lambda done, total: None)
            return question(self._opened()[1])

    def behind(self) -> int:
        """Return how many changes of the store the index has not read."""
        index, _ = self._opened()
        return self._store.papers.pending(index.upto)

    def upto(self) -> int:
        """Return up to which revision of the store the index has read."""
        return self._opened()[0].upto

    def check(self) -> IndexState:
        """Return the state of the index, having read all of it, without mending anything."""
        try:
            index = self._open()
            index.verify()
        except IndexBroken as error:
            return IndexState(0, self._store.papers.pending(0), str(error))
        return IndexState(index.snapshot.papers, self._store.papers.pending(index.upto))

    def clear(self) -> None:
        """Empty the index; what is in the library is then to be read again."""
        self._clear()

    def close(self) -> None:
        """End what is under way and let go of the index."""
        self.stop()
        with self._lock:
            self._let_go()

    def catch_up(self, cancel: CancelToken, progress: Callable[[int, int], None]) -> None:
        """Bring the index up to date; return when it is, or soon after it is cancelled.

        `progress` gets how many papers can be found, of how many, whenever there are more.
        """
        self._emptied = False
        while (behind := self.behind()) > MANY and not cancel.is_cancelled():
            self.start()
            self._wait(cancel, progress)
            if self.behind() >= behind:
                break  # what stands in its way is raised in this thread
        if not cancel.is_cancelled():
            self.catch_up_here(cancel, progress)

    def catch_up_here(self, cancel: CancelToken, progress: Callable[[int, int], None]) -> None:
        """Do what `catch_up` does in this thread, however much it is.

        What comes in meanwhile is left for the next time: chasing it would make small batches.
        """
        last = self._store.revision
        while not cancel.is_cancelled():
            index, _ = self._opened()
            try:
                if index.catch_up(
                    lambda after, limit: self._store.papers.changes(after, limit, last),
                    cancel,
                    lambda _: self._report(progress),
                ):
                    self._emptied = False
                    return
            except IndexBroken as error:
                self._start_over(error, index)
            else:
                # Another paperreader is at it; what it has done so far can be searched already.
                cancel.wait(GLANCE)
                self._refresh(progress)

    def start(self) -> None:
        """Begin to index what is new in a process of its own, unless one is at it already."""
        self._process.start()

    def stop(self) -> None:
        """End the process that `start` began; what it has committed stays."""
        self._process.stop()

    def _wait(self, cancel: CancelToken, progress: Callable[[int, int], None]) -> None:
        """Report the papers that the process makes findable until it ends or is cancelled."""
        while not cancel.is_cancelled() and self._process.wait():
            self._refresh(progress)
        self.stop()
        self._refresh(progress)

    def _refresh(self, progress: Callable[[int, int], None]) -> None:
        """Take in what somebody else has committed, and report it."""
        index, _ = self._opened()
        try:
            changed = index.refresh()
        except IndexBroken as error:
            self._start_over(error, index)
        else:
            if changed:
                self._report(progress)

    def _report(self, progress: Callable[[int, int], None]) -> None:
        index, _ = self._opened()
        done = index.snapshot.papers
        progress(done, done + self._store.papers.pending(index.upto))

    def _clear(self) -> Path | None:
        with self._lock:
            self._let_go()
            return SearchIndex.clear(self._paths.index)

    def _let_go(self) -> None:
        if self._index is not None:
            self._index.close()
        self._index = self._searcher = None

    def _opened(self) -> tuple[SearchIndex, Searcher]:
        """Return the index and what searches it, emptied first if it cannot be used."""
        with self._lock:
            if self._index is None or self._searcher is None:
                try:
                    self._index = self._open()
                except IndexBroken as error:
                    self._start_over(error, None)
                    self._index = self._open()
                self._searcher = Searcher(self._index)
            return self._index, self._searcher

    def _open(self) -> SearchIndex:
        return SearchIndex(self._paths.index, self._store.id, lambda: self._store.revision)

    def _start_over(self, error: IndexBroken, index: SearchIndex | None) -> None:
        """Empty the index, unless another thread has done so since `index` was opened.

        Raises `error` if that was done already and did not help.
        """
        with self._lock:
            if self._index is not index:
                return
            if self._emptied:
                raise error
            aside = self._clear()
            self._emptied = True
            self.restarts += 1
            kept = f" It was put aside as {aside}." if aside else ""
            # What matters comes first: the line of the reader may be cut.
            self._notify(f"The search index is being rebuilt; nothing is lost. {error}{kept}")
