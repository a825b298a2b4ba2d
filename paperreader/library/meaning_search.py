"""What meaning adds to a search by words: an order of partial matches, and papers after them.

Papers that hold all the words come first, in their own order, whatever they mean: with meaning
among them, those who remember some words of a title lose .012 of MRR.
"""

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import CancelToken
from paperreader.library.row_sets import RowSets
from paperreader.library.vector_indexer import VectorIndexer
from paperreader.papers.record import View
from paperreader.query.plain_words import PlainWords
from paperreader.query.tree import And
from paperreader.search.ranking import Ranked
from paperreader.search.scoring import Scores
from paperreader.search.vectors.blend import blended
from paperreader.search.vectors.library_vectors import LibraryVectors, Meaning
from paperreader.search.vectors.quantised import Floats, unit
from paperreader.search.vectors.stored_rows import VectorsBroken
from paperreader.store import Store

if TYPE_CHECKING:
    from paperreader.search.vectors.sentence_encoder import SentenceEncoder

# At most so many partial matches are shown, and so many where close papers follow them: these are
# then among the first hundred, which brings Recall@100 on CACM and CISI from .60 to .61.
MOST_PARTIAL = 200
BEFORE_CLOSE = 80
# At most so many papers are close to a query.
MOST_CLOSE = 20

Rows = NDArray[np.int64]


class ClosePapers(NamedTuple):
    """Papers close to a query, by their rows, the closest first.

    `cosines` say how close, from CLOSE to 1; `words` are those that bring each of them close.
    """

    rows: Rows
    cosines: Scores
    words: tuple[tuple[str, ...], ...]


class MeaningSearch:
    """Searches by meaning as far as papers have vectors."""

    def __init__(self, store: Store, vectors: VectorIndexer, sets: RowSets, weight: float) -> None:
        """Compare queries with `vectors`.

        `weight` is what a deviation of closeness counts where the best score by words is 1; with
        0 there is no search by meaning.
        """
        self._store = store
        self._vectors = vectors
        self._sets = sets
        self._weight = weight

    def blend(self, words: PlainWords | None, ranked: Ranked) -> Ranked:
        """Return papers found by words, the partial matches in the order of both."""
        with suppress(VectorsBroken):  # they are made again; words alone do meanwhile
            query = self._query(words) if ranked.full < len(ranked.rows) else None
            meaning = query.by_words() if query else None
            return self._blended(ranked, query, meaning, MOST_PARTIAL)
        return self._blended(ranked, None, None, MOST_PARTIAL)

    def with_close(
        self, words: PlainWords, ranked: Ranked, view: View, token: CancelToken
    ) -> tuple[Ranked, ClosePapers] | None:
        """Return the papers found by words, and those that are close; None if nothing is.

        Raises `Cancelled` when `token` says so.
        """
        with suppress(VectorsBroken):
            return self._with_close(words, ranked, view, token)
        return None

    def _with_close(
        self, words: PlainWords, ranked: Ranked, view: View, token: CancelToken
    ) -> tuple[Ranked, ClosePapers] | None:
        query = self._query(words)
        meaning = query.whole(self._encoder) if query else None
        if query is None or meaning is None:
            return None
        ranked = self._blended(ranked, query, query.by_both(self._encoder), BEFORE_CLOSE)
        allowed = self._allowed(words, view, ranked.rows)
        close = self._close(query.vectors, meaning, allowed, token)
        return (ranked, close) if len(close.rows) else None

    def _query(self, words: PlainWords | None) -> "_Query | None":
        vectors = self._vectors.vectors() if words and self._weight else None
        if words is None or vectors is None:
            return None
        unfinished = (words.unfinished,) if vectors.knows(words.unfinished) else ()
        query = _Query(vectors, " ".join([*words.words, *unfinished]))
        return query if vectors.knows(query.text) else None

    def _blended(
        self, ranked: Ranked, query: "_Query | None", meaning: Meaning | None, most: int
    ) -> Ranked:
        full = ranked.full
        if query is None or meaning is None:
            return Ranked(ranked.rows[: full + most], ranked.scores[: full + most], full)
        standings = np.zeros(len(ranked.rows), np.float32)
        standings[full:] = query.vectors.standings_of(ranked.rows[full:], meaning)
        scores = blended(ranked.scores, standings, self._weight)
        order = np.arange(len(ranked.rows))
        order[full:] = full + np.argsort(-scores[full:], kind="stable")
        order = order[: full + most]
        return Ranked(ranked.rows[order], ranked.scores[order], full)

    def _allowed(self, words: PlainWords, view: View, others: Rows) -> NDArray[np.bool_]:
        """Return which rows are in a view, fulfil the conditions, and are not among `others`."""
        allowed = self._sets.mask(self._sets.view(view))
        if words.filters:
            allowed = _both(allowed, self._sets.matching(And(words.filters)))
        allowed[others[others < len(allowed)]] = False
        return allowed

    def _close(
        self,
        vectors: LibraryVectors,
        meaning: Meaning,
        allowed: NDArray[np.bool_],
        token: CancelToken,
    ) -> ClosePapers:
        """Return the allowed papers that are close to a meaning."""
        rows, standings, least = vectors.standings(meaning, token)
        known = int(np.searchsorted(rows, len(allowed)))
        places = np.flatnonzero((standings[:known] >= least) & allowed[rows[:known]])
        if len(places) > MOST_CLOSE:
            places = places[np.argpartition(-standings[places], MOST_CLOSE)[:MOST_CLOSE]]
        places = places[np.argsort(-standings[places], kind="stable")]
        found = rows[places].astype(np.int64)
        cosines = standings[places] * np.float32(meaning.deviation) + np.float32(meaning.mean)
        return ClosePapers(found, cosines, self._words(vectors, meaning, found))

    def _words(
        self, vectors: LibraryVectors, meaning: Meaning, rows: Rows
    ) -> tuple[tuple[str, ...], ...]:
        texts = {text.row: text for text in self._store.papers.texts(rows.tolist())}
        return tuple(
            vectors.nearest_words(meaning, texts[row].title, texts[row].abstract)
            if row in texts
            else ()
            for row in rows.tolist()
        )

    @cached_property
    def _encoder(self) -> "SentenceEncoder | None":
        """What reads a query as a whole, if it is installed."""
        from paperreader.search.vectors.sentence_encoder import SentenceEncoder
        from paperreader.search.vectors.word_table import WordTable

        return SentenceEncoder.load(WordTable().pieces())


def _both(some: NDArray[np.bool_], others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what is in both of two sets of rows, which may know of different last rows."""
    least = min(len(some), len(others))
    return some[:least] & others[:least]


class _Query(NamedTuple):
    """The text of a query, and the vectors that it is compared with."""

    vectors: LibraryVectors
    text: str

    def by_words(self) -> Meaning | None:
        """Return what its words mean."""
        return self.vectors.meaning_of(self.text)

    def whole(self, encoder: "SentenceEncoder | None") -> Meaning | None:
        """Return what it means as a whole, else its words.

        Few words mean most as a whole: of the first five papers for 30 short questions to a library
        of 59, 42 were right by the whole, 26 by whole and words, 14 by words. Long questions lose a
        little: Recall@100 on CACM and CISI was .600 by the whole, .608 by both, .614 by words.
        """
        if encoder is None:
            return self.by_words()
        return self.vectors.meaning(self._encoded(encoder))

    def by_both(self, encoder: "SentenceEncoder | None") -> Meaning | None:
        """Return what it means as a whole and by its words."""
        words = self.by_words()
        if encoder is None or words is None:
            return words
        return self.vectors.meaning(unit(words.vector + self._encoded(encoder)))

    def _encoded(self, encoder: "SentenceEncoder") -> Floats:
        return self.vectors.table.from_encoder(encoder.encode(self.text))
