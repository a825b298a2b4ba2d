"""Keeps the vectors of a library up with its papers.

The vectors are derived: a missing, damaged or foreign file only means that there are none yet.
They are in the order of the library's rows, not of the index's documents: so they are made from
the store's changes alone, and stay as they are where segments of the index are merged.
"""

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import CancelToken, PaperreaderError
from paperreader.search.change_batch import Changed, Changes
from paperreader.search.vectors import vector_file
from paperreader.search.vectors.adaptation import CollectedBags, fitted
from paperreader.search.vectors.bags import Bag, telling, word_counts
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.quantised import rounded
from paperreader.search.vectors.stored_rows import VectorsBroken
from paperreader.search.vectors.word_table import WordTable

# The words are fitted again when the library has grown by this factor.
GROWTH = 1.5
_READ_AT_ONCE = 1000


class NoVectors(PaperreaderError):
    """Vectors that cannot be made or written."""


class VectorIndex:
    """The vectors of one library, in a file of their own; any thread may use them."""

    def __init__(self, path: Path, library: str) -> None:
        """Keep the vectors of `library`, the store's id, in `path`."""
        self._path = path
        self._library = library
        self._table = WordTable()
        self._known: tuple[object, LibraryVectors | None] = (None, None)

    def vectors(self) -> LibraryVectors | None:
        """Return the vectors as they are now, or None where there are none that can be used."""
        try:
            status = self._path.lstat()
            identity = (status.st_ino, status.st_ctime_ns, status.st_mtime_ns, status.st_size)
            if self._known[0] == identity:
                return self._known[1]
            vectors = vector_file.read(self._path, self._library, self._table)
        except OSError:
            return None
        except VectorsBroken:
            vectors = None
        self._known = (identity, vectors)
        return vectors

    @property
    def upto(self) -> int:
        """Up to which revision of the library the papers have vectors."""
        vectors = self.vectors()
        return vectors.upto if vectors else 0

    def papers_to_read(self, pending: int) -> int:
        """Return how many papers have to be read to take in so many changes: perhaps all."""
        vectors = self.vectors()
        if vectors is None:
            return pending
        papers = len(vectors.rows) + pending
        return pending if papers <= GROWTH * vectors.fitted else papers

    def drop(self) -> None:
        """Delete the vectors."""
        vector_file.remove(self._path)

    def catch_up(self, changes: Changes, token: CancelToken) -> None:
        """Take in what has changed in the library.

        `changes(after, limit)` gives the next changes after a revision. Raises `Cancelled` when
        `token` says so, and `NoVectors`.
        """
        try:
            self._catch_up(changes, token)
        except OSError as error:
            raise NoVectors(
                "New papers are not found by meaning: the vectors cannot be written to"
                f" {self._path.parent} ({error.strerror or error}); search by words goes on."
            ) from error

    def _catch_up(self, changes: Changes, token: CancelToken) -> None:
        vectors = self.vectors()
        try:
            more = self._with_more(vectors, changes, token) if vectors else None
        except VectorsBroken:
            more = None
        if more is None:
            more = self._fitted(changes, token)
        if more is not vectors:
            self.write(more)

    def _with_more(
        self, vectors: LibraryVectors, changes: Changes, token: CancelToken
    ) -> LibraryVectors | None:
        """Return vectors with those of what has changed, or None if they are to be fitted again."""
        more = _Papers(vectors.upto)
        for some in _read(changes, vectors.upto, token):
            more.add(some, rounded(vectors.of_bags(list(map(telling, _words(some))))))
            if len(vectors.rows) + len(more.rows) > GROWTH * vectors.fitted:
                return None
        return more.added_to(vectors) if more.rows else vectors

    def write(self, vectors: LibraryVectors) -> None:
        """Write vectors in place of those that there are. Raises `OSError`."""
        vector_file.write(self._path, self._library, vectors)

    def _fitted(self, changes: Changes, token: CancelToken) -> LibraryVectors:
        """Return the vectors of the whole library, made again."""
        if not self._table.is_sound:
            raise NoVectors(
                "Papers are not found by meaning: the table of word vectors is damaged; install"
                " paperreader again."
            )
        everything = _Papers(0)
        with tempfile.TemporaryFile() as file:
            collected = CollectedBags(file)
            for some in _read(changes, 0, token):
                collected.add(_words(some))
                everything.add(some)
            fit = fitted(collected, self._table, token)
        rows, newest = everything.latest()
        is_in_order = np.array_equal(newest, np.arange(len(fit.papers)))
        papers = fit.papers if is_in_order else fit.papers[newest]  # a copy of 73 MB of 573,807
        return LibraryVectors(
            upto=everything.upto,
            fitted=len(rows),
            mean=fit.mean,
            centre=fit.centre,
            spread=fit.spread,
            rows=rows,
            papers=papers,
            words=fit.words,
            word_vectors=fit.word_vectors,
            table=self._table,
        )


class _Papers:
    """Papers that are new or changed, in the order of their revisions, and their vectors."""

    def __init__(self, upto: int) -> None:
        """Start after the revision `upto`."""
        self.upto = upto
        self.rows = array("Q")
        self._gone = array("B")
        self._vectors: list[NDArray[np.int8]] = []

    def add(self, changes: Sequence[Changed], vectors: NDArray[np.int8] | None = None) -> None:
        """Add the papers of some changes."""
        self.upto = changes[-1].revision
        self.rows.extend(change.row for change in changes)
        self._gone.extend(not (change.title or change.abstract) for change in changes)
        if vectors is not None:
            self._vectors.append(vectors)

    def latest(self) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Return the rows of the papers that are not gone, in order, and their latest places."""
        rows, first_from_end = np.unique(np.array(self.rows[::-1], np.uint32), return_index=True)
        places = len(self.rows) - 1 - first_from_end
        there = ~np.array(self._gone, np.bool_)[places]
        return rows[there], places[there]

    def added_to(self, vectors: LibraryVectors) -> LibraryVectors:
        """Return vectors with these ones, which take the place of older ones of the same rows."""
        kept = ~np.isin(vectors.rows, np.array(self.rows, np.uint32))
        rows, places = self.latest()
        rows = np.concatenate([vectors.rows[kept], rows])
        papers = np.concatenate([vectors.papers[kept], np.concatenate(self._vectors)[places]])
        order = np.argsort(rows)
        return vectors._replace(upto=self.upto, rows=rows[order], papers=papers[order])


def _read(changes: Changes, after: int, token: CancelToken) -> Iterator[Sequence[Changed]]:
    """Yield all changes after a revision, some at a time."""
    token.check()
    while some := changes(after, _READ_AT_ONCE):
        yield some
        token.check()
        after = some[-1].revision


def _words(changes: Sequence[Changed]) -> list[Bag]:
    return [word_counts(change.title, change.abstract) for change in changes]
