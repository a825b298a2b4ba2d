"""The search index: blocks of papers in Whoosh. The only module that imports it.

A Whoosh document is a block, a posting's payload is a page of the block (see `filing`). Whoosh
keeps the terms, finds them, and commits: each commit adds one block, says up to which change of
the store it has read, and lets go of the blocks that the new one holds again.

The index is a cache. Whatever is wrong with it is said by `IndexBroken`; then it is dropped and
built again from the store.
"""

import pickle
import shutil
import struct
import threading
import warnings
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from paperreader.errors import Cancelled, PaperreaderError
from paperreader.search.byte_cache import ByteLimitedCache
from paperreader.search.change_batch import ChangeBatch, Changed, present_texts
from paperreader.search.merge_policy import segments_to_merge
from paperreader.search.postings import MOST_PAPERS, Numbers, unpack28
from paperreader.search.segment import Segment
from paperreader.search.segment_writer import Text, write_segment
from paperreader.search.snapshot import Snapshot

with warnings.catch_warnings():
    # Whoosh 2.7.4 has literals that newer Pythons warn of when they compile it.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.reading import IndexReader, ReaderClosed
    from whoosh.writing import IndexWriter, LockError

FORMAT = 2
# The first batch is soon there to be searched, the next ones grow.
FIRST_BATCH = 512
GROWTH = 4
# Pages kept in memory between keystrokes.
PAGE_BYTES = 16 << 20

# What reading a damaged index was seen to raise.
_DAMAGE = (
    *(OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, AssertionError),
    *(ImportError, MemoryError, OverflowError, RecursionError, struct.error, zlib.error),
    pickle.PickleError,
)


class IndexBroken(PaperreaderError):
    """An index that cannot be used: damaged, of another format, or of another library."""


class IndexNotWritten(PaperreaderError):
    """An index that cannot be written, for want of room on the disk or of permission."""


class Page(formats.Format):
    """How Whoosh keeps a page: as it is."""

    def word_values(self, value: Any, analyzer: Any, **kwargs: Any) -> Any:
        """Never called: a page is not analysed."""
        raise NotImplementedError


class Paged(fields.FieldType):
    """A field whose values are pairs of a term and its page."""

    def __init__(self) -> None:
        """Keep neither lengths nor values, only pages."""
        super().__init__(format=Page(), analyzer=None)

    def index(
        self, value: Iterable[tuple[bytes, bytes]], **kwargs: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term with its frequency, weight and page, as Whoosh wants them."""
        for term, page in value:
            yield term, 1, 1.0, page + _seal(page)


class SearchIndex:
    """The index of one library in a directory of its own."""

    def __init__(self, directory: Path, library: str, revision: Callable[[], int]) -> None:
        """Open the index, or begin one where the directory is missing or empty.

        `library` is the store's id, `revision` gives the store's present one. Raises
        `IndexBroken` where the index cannot be this store's, or cannot be read.
        """
        self._library = library
        self._lock = threading.Lock()
        self._pages: ByteLimitedCache[tuple[str, str, bytes], Numbers] = ByteLimitedCache(
            PAGE_BYTES, lambda page: page.nbytes
        )
        self._segments: dict[str, Segment] = {}
        self._closing: dict[str, weakref.finalize[[], Segment]] = {}
        with self._lock, _Reading():
            self._index = _open(directory)
            self._generation, self._snapshot = self._read()
        # Asked now, as another paperreader may have added papers and filed them just before.
        if self._snapshot.upto > revision():
            raise IndexBroken("The search index has read further than the library goes.")

    @staticmethod
    def drop(directory: Path) -> None:
        """Delete the index in `directory`."""
        with _Writing(), suppress(FileNotFoundError):
            shutil.rmtree(directory)

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
        with self._lock, _Reading():
            if self._index.latest_generation() == self._generation:
                return False
            self._generation, self._snapshot = self._read()
            return True

    def close(self) -> None:
        """Let go of the files; nothing can be searched any more."""
        with self._lock:
            for closing in self._closing.values():
                closing()
            self._index.close()

    def catch_up(
        self,
        changes: Callable[[int, int], Sequence[Changed]],
        texts: Callable[[Sequence[int]], Sequence[Text]],
        cancelled: Callable[[], bool],
        progress: Callable[[int], None],
    ) -> bool:
        """Take in what has changed in the store, until nothing is left or it is `cancelled`.

        `changes(after, limit)` gives the next changes after a revision, `texts(rows)` the
        present texts of papers. After each commit, `progress` is told how many papers it took
        in. Returns whether the index is up to date: not where cancelled, nor where another
        paperreader is building it at this moment.
        """
        limit = FIRST_BATCH
        while not cancelled():
            self.refresh()
            if not changes(self.upto, 1):
                return True
            with _Writing():
                writer = self._writer()
            if writer is None:
                return False
            try:
                self.refresh()
                batch = ChangeBatch(changes, self.upto, limit)
                if batch.size:
                    self._commit(writer, batch, texts, cancelled)
            except Cancelled:
                return False
            finally:
                with _Writing():
                    if not writer.is_closed:
                        writer.cancel()
            self.refresh()
            progress(batch.read)
            limit = min(limit * GROWTH, MOST_PAPERS)
        return False

    def _writer(self) -> IndexWriter | None:
        """Return what writes to the index, or None while another paperreader does."""
        try:
            # Compound files would be copied into memory where they are opened.
            return self._index.writer(codec=W3Codec(compression=0), compound=False, limitmb=1024)
        except LockError:
            return None

    def _commit(
        self,
        writer: IndexWriter,
        batch: ChangeBatch,
        texts: Callable[[Sequence[int]], Sequence[Text]],
        cancelled: Callable[[], bool],
    ) -> None:
        """File the batch as a block, with the papers of the blocks that it absorbs."""

        def check() -> None:
            if cancelled():
                raise Cancelled

        def about() -> dict[str, Any]:
            return {"format": FORMAT, "library": self._library, "upto": batch.upto}

        keep, rows = segments_to_merge(self._snapshot, batch.size)
        to_numbers = write_segment(chain(present_texts(rows, texts), batch), about, check)
        with _Writing():
            writer.add_document(**to_numbers)
            check()
            writer.commit(mergetype=lambda _, segments: list(segments)[:keep])

    def _read(self) -> tuple[int, Snapshot]:
        """Return the blocks as they are now, and of which generation of the index that is.

        Blocks that are known already are not read again.
        """
        generation: int = self._index.latest_generation()
        known, self._segments = self._segments, {}
        for leaf, _ in self._index.reader().leaf_readers():
            if not leaf.doc_count_all():
                continue
            name = leaf.segment().segment_id()
            if name in known:
                self._segments[name] = known[name]
                leaf.close()
            else:
                self._segments[name] = self._segment(name, leaf)
        self._closing = {name: self._closing[name] for name in self._segments}
        for segment in self._segments.values():
            if segment.about.format != FORMAT:
                raise IndexBroken("The search index is of another version.")
            if segment.about.library != self._library:
                raise IndexBroken("The search index is of another library.")
        return generation, Snapshot(list(self._segments.values()))

    def _segment(self, name: str, leaf: IndexReader) -> Segment:
        """Return the block that `leaf` reads; its files are closed when nobody has it any more."""
        pages, lock = self._pages, self._lock

        def kept(field: str, term: bytes) -> Numbers:
            page = pages.get((name, field, term))
            if page is None:
                with lock, _Reading():
                    page = unpack28(_payload(leaf, field, term))
                pages.put((name, field, term), page)
            return page

        segment = Segment(lambda field, term: _payload(leaf, field, term), kept)
        self._closing[name] = weakref.finalize(segment, leaf.close)
        return segment


def _open(directory: Path) -> index.Index:
    """Open the index in `directory`, or begin one; nobody else may look into it."""
    with _Writing():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if index.exists_in(str(directory)):
        return index.open_dir(str(directory), schema=_schema())
    with _Writing():
        return index.create_in(str(directory), _schema())


def _schema() -> fields.Schema:
    return fields.Schema(columns=Paged(), text=Paged(), names=Paged(), starts=Paged())


def _payload(leaf: IndexReader, field: str, term: bytes) -> bytes:
    """Return the one posting's payload of a term."""
    payload: bytes = leaf.postings(field, term).value()
    page = payload[:-_SEAL]
    if payload[-_SEAL:] != _seal(page):
        raise ValueError(f"a page of {field!r} is not what was written")
    return page


_SEAL = 4


def _seal(page: bytes) -> bytes:
    """Return a checksum: damage is found, and Whoosh, which loses empty payloads, gets none."""
    return zlib.adler32(page).to_bytes(_SEAL, "little")


class _Reading:
    """Says `IndexBroken` for whatever a damaged index does to those who read it."""

    def __enter__(self) -> None:
        """Begin to read."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Tell damage from other errors, and from an index that was closed under a search."""
        if isinstance(error, ReaderClosed):
            raise Cancelled from error
        if isinstance(error, _DAMAGE) or _is_by_whoosh(error):
            raise IndexBroken(f"The search index is damaged ({error!r}).") from error


class _Writing:
    """Tells an index that is damaged from one that the machine does not let grow."""

    def __enter__(self) -> None:
        """Begin to write."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Say what it is that went wrong."""
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise IndexNotWritten(
                f"The search index cannot be written ({error.strerror or error}); new papers are"
                " found by search once there is room."
            ) from error
        if isinstance(error, FileNotFoundError) or _is_by_whoosh(error):
            raise IndexBroken(f"The search index is damaged ({error!r}).") from error


def _is_by_whoosh(error: BaseException | None) -> bool:
    """Whether Whoosh raised the error: one of its own, or a bare `Exception`."""
    return type(error) is Exception or type(error).__module__.startswith("whoosh.")
