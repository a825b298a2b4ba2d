"""From a request to the rows that answer it: the index and the store put together."""

import time
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import CancelToken
from paperreader.library import facets, fallbacks
from paperreader.library.facets import Facet
from paperreader.library.for_you import ForYou
from paperreader.library.indexer import Indexer
from paperreader.library.meaning_search import MeaningSearch
from paperreader.library.results import Found
from paperreader.library.row_sets import RowSets, has_words
from paperreader.library.suggestions import Suggestions
from paperreader.library.vector_indexer import VectorIndexer
from paperreader.papers.record import Record, View
from paperreader.query.plain_words import PlainWords
from paperreader.query.query import Query, all_of
from paperreader.query.request import Request, Sort, SortKey
from paperreader.query.tree import Filter, Node, only_words
from paperreader.search.ranking import Ranked
from paperreader.search.vectors.stored_rows import VectorsBroken
from paperreader.store import Store

if TYPE_CHECKING:
    from paperreader.search.similar import Related
    from paperreader.search.vectors.library_vectors import LibraryVectors, Meaning

_READ_AS_TEXT = "nothing matches it as a query; read as plain text"


class Finder:
    """Answers requests from a store and its index."""

    def __init__(
        self, store: Store, indexing: Indexer, vectors: VectorIndexer, weight: float
    ) -> None:
        """Search `store` with the index that `indexing` keeps, and the vectors.

        `weight` is that of meaning beside words; see `MeaningSearch`.
        """
        self._store = store
        self._indexing = indexing
        self._vectors = vectors
        self._sets = RowSets(store)
        self._meaning = MeaningSearch(store, vectors, self._sets, weight)
        self._suggestions = Suggestions(indexing, self._sets, self._full)
        self.for_you = ForYou(store, indexing, vectors.vectors)

    def find(self, request: Request, cancel: CancelToken) -> tuple[Found, Node | None]:
        """Return what `request` finds, and the tree of its words for marking them.

        A query that nothing fits is read otherwise: as plain text, or for the papers that it
        names by their identifiers.
        """
        started = time.perf_counter()
        query = Query.parse(request.text, typing=request.typing)
        chips = [Query.parse(chip) for chip in request.chips]
        tree = all_of([query, *chips])
        notices = [notice for q in (query, *chips) for notice in q.notices]
        answer = self._answer(tree, request, cancel)
        if not answer.full and (other := self._otherwise(query, chips, request, answer, cancel)):
            answer, tree, notice = other
            notices += [notice] if notice else []
        found = Found(
            rows=_array("q", answer.rows.astype(np.int64, copy=False)),
            full=answer.full,
            scores=_array("f", answer.scores.astype(np.float32, copy=False)),
            took=time.perf_counter() - started,
            notices=(*self._notices(request), *notices),
        )
        if not request.typing:
            found = found._replace(suggestion=self.suggestion(request, found, cancel))
        return found, tree

    def suggestion(self, request: Request, found: Found, cancel: CancelToken) -> str | None:
        """Return a query that might have been meant, or None; see `Suggestions`."""
        return self._suggestions.of(request, found, cancel)

    def _full(self, tree: Node | None, request: Request, cancel: CancelToken) -> int:
        return self._answer(tree, request, cancel).full

    def _answer(self, tree: Node | None, request: Request, cancel: CancelToken) -> Ranked:
        """Return the papers that a tree matches, in the order that is wanted."""
        if tree is None or not has_words(tree):
            rows = self._listed(tree, request, cancel)
            return Ranked(rows, np.zeros(0, np.float32), len(rows))
        ranked = self._ranked(tree, request, cancel)
        ranked = self._meaning.blend(PlainWords.of(tree), ranked)
        return self._sorted(ranked, request.sort, cancel)

    def _otherwise(
        self,
        query: Query,
        chips: Sequence[Query],
        request: Request,
        partial: Ranked,
        cancel: CancelToken,
    ) -> tuple[Ranked, Node | None, str] | None:
        """Return the papers that a query means that only `partial` match, the tree, a notice."""
        text = fallbacks.as_text(query, typing=request.typing)
        if text is not None and text.tree is not None and text.tree != query.tree:
            tree = all_of([text, *chips])
            answer = self._answer(tree, request, cancel)
            if answer.full or len(answer.rows) > len(partial.rows) == 0:
                operators = not only_words(query.tree)
                return answer, tree, _READ_AS_TEXT if operators else ""
        rows = self._sets.view(request.view)
        for key in fallbacks.keys_in(query):
            named = self._sets.rows(Filter("id", key))
            if len(named):
                tree = all_of(chips)
                mask = self._sets.mask(named)
                if tree is not None and not has_words(tree):
                    mask = mask & self._sets.matching(tree)[: len(mask)]
                found = _within(rows, mask)
                if len(found):
                    return Ranked(found, np.zeros(0, np.float32), len(found)), query.tree, ""
        return None

    def _notices(self, request: Request) -> tuple[str, ...]:
        wanting = self.for_you.wanting() if request.sort.key is SortKey.FOR_YOU else ""
        return (wanting,) if wanting else ()

    def with_close(self, request: Request, found: Found, cancel: CancelToken) -> Found | None:
        """Return what was found for `request`, and papers close in meaning after that.

        None where no more than words is asked for, or nothing is close. Raises `Cancelled`.
        """
        texts = ((request.text, request.typing), *((chip, False) for chip in request.chips))
        words = PlainWords.of(all_of([Query.parse(t, typing=typing) for t, typing in texts]))
        if words is None or request.sort != Sort():
            return None
        rows = np.frombuffer(found.all_rows(), np.int64)
        ranked = Ranked(rows, np.array(found.scores, np.float32), found.full)
        if (both := self._meaning.with_close(words, ranked, request.view, cancel)) is None:
            return None
        ranked, close = both
        return found._replace(
            rows=_array("q", np.concatenate([ranked.rows, close.rows])),
            scores=_array("f", np.concatenate([ranked.scores, close.cosines])),
            close=dict(zip(close.rows.tolist(), close.words, strict=True)),
        )

    def related(self, record: Record, limit: int) -> "list[Related]":
        """Return rows that resemble `record`, how much, and the words that are the reason."""
        try:
            return self._related(record, limit, self._vectors.vectors())
        except VectorsBroken:  # they are made again; words alone do meanwhile
            return self._related(record, limit, None)

    def _related(
        self, record: Record, limit: int, vectors: "LibraryVectors | None"
    ) -> "list[Related]":
        paper = record.paper
        text = paper.abstract or paper.summary
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
            else other._replace(close=self._nearest(vectors, meaning, other.row))
            for other in related
        ]

    def _nearest(self, vectors: "LibraryVectors", meaning: "Meaning", row: int) -> tuple[str, ...]:
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

    def nearest_unread(self, rows: Sequence[int], count: int) -> int | None:
        """Return the index of the unread one of `rows` that is `count`-th, or last; or None."""
        unread = self._sets.mask(self._sets.view(View.UNREAD))
        indices = np.flatnonzero(unread[np.array(rows, dtype=np.int64)])
        return int(indices[:count][-1]) if len(indices) else None

    def _listed(
        self, tree: Node | None, request: Request, cancel: CancelToken
    ) -> NDArray[np.int64]:
        """Return the rows for which a tree without words holds, in the order that is wanted."""
        key = request.sort.key
        if key is SortKey.RELEVANCE:
            rows = self._sets.view(request.view)
        else:
            rows = self._in_order(key, cancel)
            if request.view is not View.ALL:
                rows = _within(rows, self._sets.mask(self._sets.view(request.view)))
        if tree is not None:
            rows = _within(rows, self._sets.matching(tree))
        return rows[::-1] if request.sort.reverse else rows

    def _in_order(self, key: SortKey, cancel: CancelToken) -> NDArray[np.int64]:
        """Return all rows in an order; "for you" is newest first until enough is marked."""
        if key is not SortKey.FOR_YOU:
            return self._sets.in_order(key)
        rows = self._sets.in_order(SortKey.NEWEST)
        preference = self.for_you.preference(cancel)
        if preference is None:
            return rows
        return rows[np.argsort(-preference.of_rows(rows), kind="stable")]

    def _ranked(self, tree: Node, request: Request, cancel: CancelToken) -> Ranked:
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
                cancel=cancel,
            )
        )

    def _sorted(self, ranked: Ranked, sort: Sort, cancel: CancelToken) -> Ranked:
        """Return what was ranked in the order that is wanted."""
        rows, scores, full = ranked.rows.astype(np.int64, copy=False), ranked.scores, ranked.full
        if sort.key is not SortKey.RELEVANCE:
            order = self._in_order(sort.key, cancel)
            rank = np.zeros(self._store.lists.last_row() + 1, dtype=np.int64)
            rank[order] = np.arange(len(order))
            place = np.concatenate(
                [np.argsort(rank[rows[:full]]), full + np.argsort(rank[rows[full:]])]
            )
        elif sort.reverse:
            place = np.arange(len(rows))
        else:
            return Ranked(rows, scores, full)
        if sort.reverse:
            place = np.concatenate([place[:full][::-1], place[full:][::-1]])
        return Ranked(rows[place], scores[place], full)


def _array(code: str, values: NDArray[Any]) -> "array[Any]":
    """Return numbers of the type `code` as an array, copied once: they may be millions."""
    copied = array(code)
    copied.frombytes(np.ascontiguousarray(values).view(np.uint8).data)
    return copied


def _within(rows: NDArray[np.int64], mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return those of `rows` that are in the set `mask`, in their order."""
    rows = rows[rows < len(mask)]
    return rows[mask[rows]]
