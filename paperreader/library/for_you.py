"""The order "for you": papers by what the person bookmarks, tags, finishes and skips."""

from typing import TYPE_CHECKING

from paperreader.errors import CancelToken
from paperreader.library.indexer import Indexer
from paperreader.papers.paper import Paper
from paperreader.search.vectors.stored_rows import VectorsBroken
from paperreader.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from paperreader.search.preference import Preference
    from paperreader.search.vectors.library_vectors import LibraryVectors

# With fewer liked papers there is nothing to learn from.
NEEDED = 5
# Of the papers that are liked, and of those that are skipped, the last so many count.
_MOST = 300


class ForYou:
    """Learns what the person likes; again whenever a mark or the index changed."""

    def __init__(
        self,
        store: Store,
        indexer: Indexer,
        vectors: "Callable[[], LibraryVectors | None]",
    ) -> None:
        """Learn from the marks in `store`; `vectors` gives those of the papers, if any."""
        self._store = store
        self._indexer = indexer
        self._vectors = vectors
        self._known: tuple[object, Preference] | None = None

    def missing(self) -> int:
        """Return how many more papers have to be marked."""
        return max(0, NEEDED - sum(liked for _, liked in self._store.reading.judged(NEEDED)))

    def wanting(self) -> str:
        """Return a sentence about what is missing, or an empty text."""
        if not (more := self.missing()):
            return ""
        papers = "one more paper" if more == 1 else f"{more} more papers"
        return f"for-you needs {papers} bookmarked, tagged or done; newest first till then"

    def preference(self, cancel: CancelToken) -> "Preference | None":
        """Return what the person prefers, or None where too little is marked."""
        judged = self._store.reading.judged(_MOST)
        if sum(liked for _, liked in judged) < NEEDED:
            return None
        vectors = self._vectors()
        state = (tuple(judged), self._indexer.upto(), vectors and vectors.upto)
        if self._known is None or self._known[0] != state:
            try:
                learnt = self._learnt(dict(judged), vectors, cancel)
            except VectorsBroken:  # they are made again; words alone do meanwhile
                learnt = self._learnt(dict(judged), None, cancel)
            self._known = (state, learnt)
        return self._known[1]

    def reasons(self, paper: Paper) -> tuple[str, ...]:
        """Return what in a paper speaks for it, as far as was learnt by now."""
        if self._known is None:
            return ()
        text = paper.abstract or paper.summary
        return self._known[1].reasons(paper.title, text, paper.authors)

    def _learnt(
        self,
        judged: dict[int, bool],
        vectors: "LibraryVectors | None",
        cancel: CancelToken,
    ) -> "Preference":
        from paperreader.search.preference import Example, Vectors
        from paperreader.search.vectors.quantised import STEP

        examples = [
            Example(
                record.row,
                record.paper.title,
                record.paper.abstract or record.paper.summary,
                record.paper.authors,
                judged[record.row],
            )
            for record in self._store.papers.records(list(judged))
        ]
        known = None if vectors is None else Vectors(vectors.rows, vectors.papers, float(STEP))
        return self._indexer.ask(lambda searcher: searcher.preference(examples, known, cancel))
