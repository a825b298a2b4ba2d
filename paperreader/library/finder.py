"""From a request to the rows that answer it: the index and the store put together."""

import re
import time
from array import array
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from paperreader.library import facets
from paperreader.library.facets import Facet
from paperreader.library.for_you import ForYou
from paperreader.library.indexer import Indexer
from paperreader.library.results import Found
from paperreader.library.row_sets import RowSets, has_words
from paperreader.library.vector_indexer import VectorIndexer
from paperreader.papers.record import Record, View
from paperreader.query.query import Query
from paperreader.query.request import Request, Sort, SortKey
from paperreader.query.tree import And, Node, Word, wanted
from paperreader.search.ranking import Ranked
from paperreader.search.similar import Related
from paperreader.search.vectors.library_vectors import LibraryVectors, Meaning
from paperreader.store import Store

# With fewer hits than this, a misspelt word is looked for; in a sentence, which hardly any paper
# holds as a whole, only where nothing else was found.
_FEW = 3
_SENTENCE = 6


class Finder:
    """Answers requests from a store and its index."""

    def __init__(self, store: Store, indexing: Indexer, vectors: VectorIndexer) -> None:
        """Search `store` with the index that `indexing` keeps, and the vectors."""
        self._store = store
        self._indexing = indexing
        self._vectors = vectors
        self._sets = RowSets(store)
        self.for_you = ForYou(store, indexing, vectors.vectors)

    def find(self, request: Request, cancelled: Callable[[], bool]) -> tuple[Found, Node | None]:
        """Return what `request` finds, and the tree of its words for marking them."""
        started = time.perf_counter()
        query = Query.parse(request.text, typing=request.typing)
        chips = [Query.parse(chip) for chip in request.chips]
        trees = [q.tree for q in (query, *chips) if q.tree is not None]
        tree = And(tuple(trees)) if len(trees) > 1 else trees[0] if trees else None
        suggestion = None
        if tree is None or not has_words(tree):
            rows, full = self._listed(tree, request, cancelled), -1
            scores = np.zeros(0, np.float32)
        else:
            ranked = self._ranked(tree, request, cancelled)
            rows, scores, full = self._sorted(ranked, request.sort, cancelled)
            words = len(request.text.split())
            if full < _FEW and not request.typing and (words < _SENTENCE or not len(rows)):
                suggestion = self._suggestion(request.text, query.tree, cancelled)
        found = Found(
            rows=array("q", rows.astype(np.int64).tobytes()),
            full=len(rows) if full < 0 else full,
            scores=array("f", scores.tobytes()),
            took=time.perf_counter() - started,
            notices=(*self._notices(request), *(n for q in (query, *chips) for n in q.notices)),
            suggestion=suggestion,
        )
        return found, tree

    def _notices(self, request: Request) -> tuple[str, ...]:
        wanting = self.for_you.wanting() if request.sort.key is SortKey.FOR_YOU else ""
        return (wanting,) if wanting else ()

    def related(self, record: Record, limit: int) -> list[Related]:
        """Return rows that resemble `record`, how much, and the words that are the reason."""
        paper = record.paper
        text = paper.abstract or paper.summary
        vectors = self._vectors.vectors()
        meaning = vectors.meaning_of(paper.title, text) if vectors else None
        standings = vectors.standings(meaning) if vectors and meaning else None
        related = self._indexing.ask(
            lambda searcher: searcher.related(
                record.row, paper.title, text, limit, standings=standings
            )
        )
        if not vectors or not meaning:
            return related
        return [
            other
            if other.words
            else other._replace(words=self._nearest(vectors, meaning, other.row))
            for other in related
        ]

    def _nearest(self, vectors: LibraryVectors, meaning: Meaning, row: int) -> tuple[str, ...]:
        """Return the words of the paper in `row` that bring it close to a meaning."""
        texts = self._store.papers.texts([row])
        return vectors.nearest_words(
            meaning, *(part for t in texts for part in (t.title, t.abstract))
        )

    def facets(self, rows: "array[int]") -> list[Facet]:
        """Return what `rows` are made of."""
        return facets.count(rows, self._sets)

    def unread(self, rows: "array[int]") -> int:
        """Return how many of `rows` are unread."""
        unread = self._sets.mask(self._sets.view(View.UNREAD))
        return int(unread[np.frombuffer(rows, dtype=np.int64)].sum())

    def first_unread(self, rows: Sequence[int]) -> int | None:
        """Return the place of the first unread one of `rows`, or None."""
        unread = self._sets.mask(self._sets.view(View.UNREAD))
        places = np.flatnonzero(unread[np.array(rows, dtype=np.int64)])
        return int(places[0]) if len(places) else None

    def _listed(
        self, tree: Node | None, request: Request, cancelled: Callable[[], bool]
    ) -> NDArray[np.int64]:
        """Return the rows for which a tree without words holds, in the order that is wanted."""
        key = request.sort.key
        if key is SortKey.RELEVANCE:
            rows = self._sets.view(request.view)
        else:
            rows = self._in_order(key, cancelled)
            if request.view is not View.ALL:
                rows = _within(rows, self._sets.mask(self._sets.view(request.view)))
        if tree is not None:
            rows = _within(rows, self._sets.matching(tree))
        return rows[::-1] if request.sort.reverse else rows

    def _in_order(self, key: SortKey, cancelled: Callable[[], bool]) -> NDArray[np.int64]:
        """Return all rows in an order; "for you" is newest first until enough is marked."""
        if key is not SortKey.FOR_YOU:
            return self._sets.in_order(key)
        rows = self._sets.in_order(SortKey.NEWEST)
        preference = self.for_you.preference(cancelled)
        if preference is None:
            return rows
        return rows[np.argsort(-preference.of_rows(rows), kind="stable")]

    def _ranked(self, tree: Node, request: Request, cancelled: Callable[[], bool]) -> Ranked:
        """Return what the index finds in the view that is asked for, best first."""
        gone = self._store.lists.gone()
        within = None
        if request.view is not View.ALL or gone:
            within = self._sets.view(request.view)
        return self._indexing.ask(
            lambda searcher: searcher.search(
                tree,
                filters=self._sets.rows,
                within=within,
                text=request.text,
                cancelled=cancelled,
            )
        )

    def _sorted(
        self, ranked: Ranked, sort: Sort, cancelled: Callable[[], bool]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], int]:
        """Return rows, scores and the number of full matches in the order that is wanted."""
        rows, scores, full = ranked.rows.astype(np.int64), ranked.scores, ranked.full
        if sort.key is not SortKey.RELEVANCE:
            order = self._in_order(sort.key, cancelled)
            rank = np.zeros(self._store.lists.last_row() + 1, dtype=np.int64)
            rank[order] = np.arange(len(order))
            place = np.concatenate(
                [np.argsort(rank[rows[:full]]), full + np.argsort(rank[rows[full:]])]
            )
        elif sort.reverse:
            place = np.arange(len(rows))
        else:
            return rows, scores, full
        if sort.reverse:
            place = np.concatenate([place[:full][::-1], place[full:][::-1]])
        return rows[place], scores[place], full

    def _suggestion(
        self, text: str, tree: Node | None, cancelled: Callable[[], bool]
    ) -> str | None:
        """Return `text` with its misspelt words mended, or None where there are none."""
        if tree is None:
            return None
        words = [word.text for word in wanted(tree) if isinstance(word, Word)]
        mended = self._indexing.ask(lambda searcher: searcher.suggest(words, cancelled))
        for word, better in mended.items():
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, text, flags=re.IGNORECASE)
        return text if mended else None


def _within(rows: NDArray[np.int64], mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return those of `rows` that are in the set `mask`, in their order."""
    rows = rows[rows < len(mask)]
    return rows[mask[rows]]
