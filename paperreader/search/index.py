"""The search index of one library: opened, read, and kept up with the store.

It is a Whoosh index written by a codec of ours (`codec`). A commit adds one segment, which says up
to which change of the store it was read. Readers never wait for a writer: they go on with the
segments that they have opened until they ask for newer ones.

The index is a cache. Whatever is wrong with it is an `IndexBroken`; then it is emptied and written
again from the store.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperreader.errors import Cancelled, CancelToken
from paperreader.search.change_batch import ChangeBatch, Changes
from paperreader.search.codec import FORMAT, PaperCodec, abandon, toc
from paperreader.search.codec.files import opened
from paperreader.search.codec.storage import PaperStorage, UnsafeIndex
from paperreader.search.faults import IndexBroken, IndexNotWritten
from paperreader.search.merge_policy import MOST_PAPERS
from paperreader.search.own_files import put_aside
from paperreader.search.snapshot import Snapshot

if TYPE_CHECKING:
    from paperreader.search.segment import Segment

__all__ = ["IndexBroken", "IndexNotWritten", "SearchIndex"]

# The first batch can be searched soon, the next ones grow.
FIRST_BATCH = 512
GROWTH = 4
# How long an index that is to be emptied waits for another paperreader to write a batch, in
# seconds; the largest batch takes 4 on the machine it was tried on.
_PATIENCE = 60.0
_CHECK_EVERY = 256


class SearchIndex:
    """The index of one library in a directory of its own."""

    def __init__(self, directory: Path, library: str, revision: Callable[[], int]) -> None:
        """Open the index, or begin one where there is none.

        `library` is the store's id, `revision` returns the store's present one. Raises
        `IndexBroken` if the index cannot be this store's, or cannot be read, and
        `IndexNotWritten` if there is none and none can be begun.
        """
        self._library = library
        self._lock = threading.Lock()
        self._segments: dict[str, Segment] = {}
        with _writing():
            self._storage = PaperStorage(directory)
            if toc.generation(self._storage) < 0:
                toc.clear(self._storage, _PATIENCE, only_if_missing=True)
        with self._lock:
            self._generation, self._snapshot = self._read()
        # Asked now, as another paperreader may have added papers and indexed them just before.
        if self._snapshot.upto > revision():
            raise IndexBroken("The search index is newer than the library.")

    @staticmethod
    def clear(directory: Path) -> Path | None:
        """Empty the index in `directory`, whatever state it is in, beside readers and writers.

        A directory that others may have written to is renamed and its new name returned; an index
        is begun in its place.
        """
        aside = None
        with _writing():
            try:
                storage = PaperStorage(directory)
            except UnsafeIndex:
                aside = put_aside(directory)
                storage = PaperStorage(directory)
            toc.clear(storage, _PATIENCE)
        return aside

    @property
    def upto(self) -> int:
        """Up to which revision of the store its papers can be searched."""
        return self._snapshot.upto

    @property
    def snapshot(self) -> Snapshot:
        """All that can be searched now."""
        return self._snapshot

    def refresh(self) -> bool:
        """Take in what another thread or process has committed; return whether there was any."""
        with self._lock:
            if toc.generation(self._storage) == self._generation:
                return False
            self._generation, self._snapshot = self._read()
            return True

    def verify(self) -> None:
        """Read all of the index. Raises `IndexBroken` if any of it is not as it was written."""
        for segment in self._snapshot.segments:
            segment.verify()

    def close(self) -> None:
        """Let go of the files, as soon as no search uses them any more."""
        with self._lock:
            self._segments = {}

    def catch_up(
        self, changes: Changes, cancel: CancelToken, progress: Callable[[int], None]
    ) -> bool:
        """Take in what has changed in the store, until nothing is left or it is cancelled.

        `changes(after, limit)` returns the next changes after a revision. After each commit,
        `progress` is called with the number of changes that it took in. Returns whether the index
        is up to date: not if cancelled, nor if another paperreader is writing it now.
        """
        # Small batches are merged again soon: in a large index they would be more to write.
        limit = max(FIRST_BATCH, min(self._snapshot.papers // 8, MOST_PAPERS))
        while not cancel.is_cancelled():
            self.refresh()
            if not changes(self.upto, 1):
                return True
            taken = self._take(changes, limit, cancel)
            if not taken:
                return False
            self.refresh()
            progress(taken)
            limit = min(limit * GROWTH, MOST_PAPERS)
        return False

    def _take(self, changes: Changes, limit: int, cancel: CancelToken) -> int:
        """Take in at most `limit` changes; return how many, 0 if cancelled or not our turn."""
        with _writing():
            writer = toc.writer(self._storage, PaperCodec(self._library))
        if writer is None:
            return 0
        try:
            self.refresh()
            batch = ChangeBatch(changes, self.upto, limit)
            self._commit(writer, batch, cancel)
        except Cancelled:
            return 0
        finally:
            abandon(writer)
        return batch.read

    def _commit(self, writer: Any, batch: ChangeBatch, cancel: CancelToken) -> None:
        """Write a batch: the older text of each paper out, the new one in."""
        rows: set[int] = set()
        ordinals = self._snapshot.ordinals
        for change in batch:
            if change.row in rows:
                break  # it changed again meanwhile; the next batch replaces it
            if len(rows) % _CHECK_EVERY == 0:
                cancel.check()
            rows.add(change.row)
            if change.row < len(ordinals) and ordinals[change.row] >= 0:
                writer.delete_document(int(ordinals[change.row]))
            if change.title or change.abstract or change.authors:
                writer.add_document(
                    row=change.row,
                    title=change.title,
                    abstract=change.abstract,
                    authors=change.authors,
                    date=change.published,
                )
        cancel.check()
        writer.newsegment.upto = batch.upto
        with _writing():
            writer.commit()

    def _read(self) -> tuple[int, Snapshot]:
        """Return the segments as they are now, and of which generation of the index that is.

        Segments that are open already are not opened again.
        """
        try:
            return toc.undisturbed(self._read_once)
        except OSError as error:
            raise IndexBroken(f"The search index cannot be read ({error}).") from error

    def _read_once(self) -> tuple[int, Snapshot]:
        contents = toc.read(self._storage)
        segments: dict[str, Segment] = {}
        for segment in contents.segments:
            if segment.format != FORMAT:
                raise IndexBroken("The search index is of another version.")
            if segment.library != self._library:
                raise IndexBroken("The search index is of another library.")
            name = segment.segment_id()
            segments[name] = self._segments.get(name) or opened(self._storage, segment)
        self._segments = segments
        alive = [segment.alive() for segment in contents.segments]
        upto = max((segment.upto for segment in contents.segments), default=0)
        return contents.generation, Snapshot([*zip(segments.values(), alive, strict=True)], upto)


@contextmanager
def _writing() -> Iterator[None]:
    """Tell an index that is damaged from one that the machine does not let grow."""
    try:
        yield
    except FileNotFoundError as error:
        raise IndexBroken(f"The search index is damaged ({error}).") from error
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise IndexNotWritten(
            f"The search index{where} cannot be written ({error.strerror or error}); new papers are"
            " found by search once that is mended."
        ) from error
