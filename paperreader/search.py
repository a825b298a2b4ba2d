"""Search: a tree of what is asked for becomes a ranked list of papers."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader import analysis
from paperreader.closeness import Placed
from paperreader.errors import Cancelled
from paperreader.ordering import Ranked, in_order
from paperreader.postings import Flags
from paperreader.query import And, Field, Filter, Node, Not, Or, Phrase, Word
from paperreader.ranking import Scores, Term, Terms
from paperreader.related import Related, related
from paperreader.search_index import SearchIndex
from paperreader.spelling import Spelling, mended

# Where fewer papers hold all the words, those that hold most of them follow, this many at most.
FEW = 10
MOST_PARTIAL = 200
# How much of their scores hangs on how much of the query they hold.
COVERED = 0.3


def never() -> bool:
    """Not cancelled."""
    return False


def checking(cancelled: Callable[[], bool]) -> Callable[[], None]:
    """Return what raises `Cancelled` once `cancelled` says so."""

    def check() -> None:
        if cancelled():
            raise Cancelled

    return check


class Searcher:
    """Answers queries from an index, always from its present snapshot."""

    def __init__(self, index: SearchIndex) -> None:
        """Search `index`."""
        self._index = index
        self._kept = Terms(index.snapshot)
        self._words: Spelling | None = None

    def search(
        self,
        tree: Node,
        *,
        filters: Callable[[Filter], NDArray[Any]],
        within: NDArray[Any] | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Ranked:
        """Return the papers that `tree` asks for, only those `within` some rows if given.

        `filters` answers a condition with the rows that it holds for. Raises `Cancelled` soon
        after `cancelled` says so.
        """
        return _Search(self._terms(), self._spelling, filters, cancelled).ranked(tree, within)

    def related(
        self,
        row: int,
        title: str,
        abstract: str,
        limit: int,
        cancelled: Callable[[], bool] = never,
    ) -> list[Related]:
        """Return the papers that resemble the paper `row` with this title and abstract."""
        text = (title, abstract)
        return related(self._terms(), row, text, limit, check=checking(cancelled))

    def suggest(
        self, words: Sequence[str], cancelled: Callable[[], bool] = never
    ) -> dict[str, str]:
        """Return for words of a query what was probably meant, where that is another word."""
        return mended(self._spelling(checking(cancelled)), words)

    def _terms(self) -> Terms:
        if self._kept.snapshot is not self._index.snapshot:
            self._kept = Terms(self._index.snapshot)
        return self._kept

    def _spelling(self, check: Callable[[], None]) -> Spelling:
        if self._words is None or self._words.snapshot is not self._index.snapshot:
            self._words = Spelling(self._index.snapshot, check)
        return self._words


class _Hits(NamedTuple):
    """What each paper has of what is sought, all in numpy arrays over all papers.

    `allowed` by filters; how many of the `parts` are `held`; `scores` for them; the words and
    phrases that were `sought`.
    """

    allowed: Flags
    held: NDArray[np.uint16]
    parts: int
    scores: Scores
    sought: list[Placed]


class _Search:
    """One search under way."""

    def __init__(
        self,
        terms: Terms,
        spelling: Callable[[Callable[[], None]], Spelling],
        filters: Callable[[Filter], NDArray[Any]],
        cancelled: Callable[[], bool],
    ) -> None:
        self._terms = terms
        self._snapshot = terms.snapshot
        self._filters = filters
        self._spelling = spelling
        self._check = checking(cancelled)

    def ranked(self, tree: Node, within: NDArray[Any] | None) -> Ranked:
        """Return what the tree asks for, ranked."""
        allowed = self._snapshot.alive.copy()
        if within is not None:
            allowed &= self._flags(within)
        hits = self._hits(_parts(tree))
        complete = allowed & hits.allowed & (hits.held == hits.parts)
        best = in_order(self._snapshot, complete, hits.scores, hits.sought)
        if len(best.rows) >= FEW or hits.parts < 2:
            return best
        rest = self._most(_in_words(tree), allowed & ~complete)
        return Ranked(
            np.concatenate([best.rows, rest.rows[:MOST_PARTIAL]]),
            np.concatenate([best.scores, rest.scores[:MOST_PARTIAL]]),
            len(best.rows),
        )

    def _most(self, nodes: Sequence[Node], allowed: Flags) -> Ranked:
        """Return the papers that hold most of the words; the more of them, the better."""
        hits = self._hits(nodes)
        whole = sum(item.term.rarity for item in hits.sought)
        held = np.zeros(len(self._snapshot), np.float32)
        for item in hits.sought:
            held[item.term.papers] += np.float32(item.term.rarity / max(whole, 1e-9))
        scores = hits.scores * (1 - COVERED + COVERED * held)
        some = allowed & hits.allowed & (hits.held >= _enough(hits.parts))
        return in_order(self._snapshot, some, scores, hits.sought)

    def _hits(self, nodes: Sequence[Node]) -> _Hits:
        """Return what the papers have of each of `nodes`."""
        size = len(self._snapshot)
        allowed = np.ones(size, np.bool_)
        held, scores = np.zeros(size, np.uint16), np.zeros(size, np.float32)
        sought: list[Placed] = []
        telling = _without_stop_words(nodes)
        parts = place = 0
        for node in nodes:
            if isinstance(node, Filter | Not):
                allowed &= self._match(node)[0]
            elif not isinstance(node, Word | Phrase):
                flags, worth = self._match(node)
                held += flags
                scores += worth
                parts += 1
            elif ways := analysis.alternatives(node.text):
                if node in telling:
                    term = self._term(node, ways)
                    held[term.papers] += 1
                    scores[term.papers] += term.scores
                    sought.append(Placed(term, place))
                    parts += 1
                place += len(ways[0])
        return _Hits(allowed, held, parts, scores, sought)

    def _flags(self, rows: NDArray[Any]) -> Flags:
        """Return a set of rows as a flag for each paper."""
        flags = np.zeros(len(self._snapshot), np.bool_)
        ordinals = self._snapshot.ordinals
        places = ordinals[rows[rows < len(ordinals)]]
        flags[places[places >= 0]] = True
        return flags

    def _match(self, node: Node) -> tuple[Flags, Scores]:
        """Return which papers a node holds for, and what it is worth to each."""
        size = len(self._snapshot)
        match node:
            case Filter():
                return self._flags(self._filters(node)), np.zeros(size, np.float32)
            case Not(part):
                return ~self._match(part)[0], np.zeros(size, np.float32)
            case And(parts) | Or(parts):
                return self._matches(_without_stop_words(parts), every=isinstance(node, And))
            case Word() | Phrase():
                flags, scores = np.zeros(size, np.bool_), np.zeros(size, np.float32)
                ways = analysis.alternatives(node.text)
                if not ways:
                    return ~flags, scores
                term = self._term(node, ways)
                flags[term.papers] = True
                scores[term.papers] = term.scores
                return flags, scores

    def _matches(self, nodes: Sequence[Node], *, every: bool) -> tuple[Flags, Scores]:
        flags = np.full(len(self._snapshot), every, np.bool_)
        scores = np.zeros(len(self._snapshot), np.float32)
        for node in nodes:
            more, worth = self._match(node)
            flags = flags & more if every else flags | more
            scores += worth
        return flags, scores

    def _term(self, node: Word | Phrase, ways: Sequence[tuple[str, ...]]) -> Term:
        """Return the term that a word or a phrase is, any of `ways` of writing it."""
        return self._terms.either([self._way(node, way) for way in ways])

    def _way(self, node: Word | Phrase, words: tuple[str, ...]) -> Term:
        if isinstance(node, Word) and node.close and len(words) == 1:
            close = [words[0], *self._spelling(self._check).close(words[0])]
            return self._terms.any_of(close, node.field, self._check)
        if len(words) > 1:
            return self._terms.phrase(words, node.field, self._check, beginning=node.prefix)
        if node.prefix:
            return self._terms.beginning(words[0], node.field, self._check)
        return self._terms.word(words[0], node.field, self._check)


def _parts(tree: Node) -> list[Node]:
    """Return what a tree asks for, all of it."""
    if isinstance(tree, And):
        return [part for inner in tree.parts for part in _parts(inner)]
    return [tree]


def _in_words(tree: Node) -> list[Node]:
    """Return the parts of a tree, each phrase as the words that it is made of."""
    nodes: list[Node] = []
    for part in _parts(tree):
        ways = analysis.alternatives(part.text) if isinstance(part, Phrase) else []
        if isinstance(part, Phrase) and ways:
            nodes += [Word(word, part.field) for word in ways[0]]
        else:
            nodes.append(part)
    return nodes


def _without_stop_words(parts: Sequence[Node]) -> Sequence[Node]:
    """Leave out the words that say nothing, where there are others."""
    telling = [part for part in parts if not _is_stop_word(part)]
    return telling if any(not isinstance(part, Filter | Not) for part in telling) else parts


def _is_stop_word(node: Node) -> bool:
    return (
        isinstance(node, Word)
        and node.field is not Field.AUTHOR
        and analysis.fold(node.text) in analysis.STOP_WORDS
    )


def _enough(parts: int) -> int:
    """Return how many of so many words a paper has to hold to be shown at all."""
    return (parts + 1) // 2 if parts < 6 else 1
