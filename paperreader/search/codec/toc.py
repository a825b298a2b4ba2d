"""The table of contents of the index: which segments there are now."""

import struct
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, TypeVar

from whoosh import index
from whoosh.util.filelock import try_for
from whoosh.writing import LockError, SegmentWriter

from paperreader.search.codec import PaperCodec, PaperSegment, paper_writer
from paperreader.search.codec.storage import TOC_EXT, PaperStorage, UnsafeIndex
from paperreader.search.faults import IndexBroken, IndexNotWritten
from paperreader.search.schema import paper_schema

# What Whoosh calls an index that is alone in its directory.
_NAME = "MAIN"
_LOCK = f"{_NAME}_WRITELOCK"
# How often a reader can be overtaken by commits, which take longer than opening the index does.
_TRIES = 20
# Generations are signed 32-bit numbers in the file.
_LAST_GENERATION = (1 << 31) - 2
# What Whoosh raises for a table of contents that is not what it expects.
_FAULTS = (index.IndexError, index.IndexVersionError, AssertionError, TypeError, struct.error)


T = TypeVar("T")


class Contents(NamedTuple):
    """The segments, oldest first, after so many commits."""

    generation: int
    segments: list[PaperSegment]


def generation(storage: PaperStorage) -> int:
    """Return how many commits there were, -1 if there is no index."""
    number: int = index.TOC._latest_generation(storage, _NAME)  # noqa: SLF001  (there is no other)
    return number


def read(storage: PaperStorage) -> Contents:
    """Return what the index holds now.

    Raises `IndexBroken`, or `FileNotFoundError` if the next commit came in between.
    """
    try:
        toc = index.TOC.read(storage, _NAME, schema=paper_schema())
    except _FAULTS as error:
        raise IndexBroken(f"The search index is damaged ({error!r}).") from error
    if type(toc.segments) is not list or any(type(s) is not PaperSegment for s in toc.segments):
        raise IndexBroken("The search index is damaged (its table of contents).")
    return Contents(toc.generation, toc.segments)


def writer(storage: PaperStorage, codec: PaperCodec) -> SegmentWriter | None:
    """Return what writes to the index, or None while somebody else does."""
    try:
        papers = undisturbed(lambda: index.FileIndex(storage, schema=paper_schema()))
        new = paper_writer(papers, codec)
        # A table of contents that was not finished: whoever wrote it has the lock no longer.
        storage.delete(lambda name: f"{TOC_EXT}." in name)
    except _FAULTS as error:
        raise IndexBroken(f"The search index is damaged ({error!r}).") from error
    except LockError:
        return None
    return new


def undisturbed(read: Callable[[], T]) -> T:
    """Return what `read` returns, tried again if a commit deletes what it was about to open."""
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):
            return read()
    raise IndexBroken("The search index is damaged (files are missing).")


def clear(storage: PaperStorage, timeout: float, *, only_if_missing: bool = False) -> None:
    """Begin an empty index, in place of the one that there may be.

    It is one more generation, so that whoever has the old one open sees that it is newer. Waits
    `timeout` seconds for a writer to end, then raises `IndexNotWritten`.
    """
    try:
        lock = storage.lock(_LOCK)
    except UnsafeIndex:
        storage.delete(_LOCK.__eq__)
        lock = storage.lock(_LOCK)
    if not try_for(lock.acquire, timeout=timeout, delay=0.05):
        raise IndexNotWritten(
            "The search index is being written by another paperreader; try again when it is done."
        )
    try:
        last = generation(storage)
        if last < 0 or not only_if_missing:
            new = last + 1 if last < _LAST_GENERATION else 0
            contents = index.TOC(paper_schema(), [], new)
            name = contents._filename(_NAME, new)  # noqa: SLF001  (there is no other)
            if last >= _LAST_GENERATION:
                storage.delete(lambda other: other != _LOCK)
            contents.write(storage, _NAME)
            storage.delete(lambda other: other not in (_LOCK, name))
    finally:
        lock.release()
