"""The vectors of a library: opened when first needed, kept up with the store."""

from paperreader.errors import CancelToken
from paperreader.library.own_process import OwnProcess
from paperreader.paths import Paths
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.vector_index import VectorIndex
from paperreader.store import Store

# More papers than this are read by a process of its own.
MANY = 3000


class VectorIndexer:
    """The vectors of the papers, and the store that they are derived from."""

    def __init__(self, store: Store, paths: Paths) -> None:
        """Keep the vectors at `paths` up with `store`."""
        self._store = store
        self._vectors = VectorIndex(paths.vectors, store.id)
        self._process = OwnProcess(paths, "index", "update", "--quiet")

    def vectors(self) -> LibraryVectors | None:
        """Return the vectors that there are now, of all papers or of most, or None."""
        return self._vectors.vectors()

    def catch_up(self, token: CancelToken) -> None:
        """Make the vectors of papers that have none. Raises `Cancelled` and `NoVectors`."""
        if not self.has_few_to_read():
            self._process.run(token)
        self.catch_up_here(token)

    def has_few_to_read(self) -> bool:
        """Whether `catch_up` takes no longer than a second or two."""
        pending = self._store.papers.pending(self._vectors.upto)
        return self._vectors.papers_to_read(pending) <= MANY

    def catch_up_here(self, token: CancelToken) -> None:
        """Do what `catch_up` does in this thread, however much it is.

        What comes in meanwhile is left for the next time.
        """
        last = self._store.revision
        self._vectors.catch_up(
            lambda after, limit: self._store.papers.changes(after, limit, last), token
        )

    def clear(self) -> None:
        """Delete the vectors; they are made again when the library is next caught up with."""
        self._vectors.drop()

    def close(self) -> None:
        """End what is under way."""
        self._process.stop()
