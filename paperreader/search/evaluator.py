"""What a tree of words and conditions matches, and what each match is worth."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeGuard

import numpy as np
from numpy.typing import NDArray

from paperreader.query.tree import And, Field, Filter, Node, Not, Or, Phrase, Word, wanted
from paperreader.search import analysis
from paperreader.search.postings import NOTHING, Flags, Numbers, is_member
from paperreader.search.proximity import QueryTerm
from paperreader.search.ranking import Ranked, in_order
from paperreader.search.scoring import Scores, Term, Terms
from paperreader.search.spelling import Spelling
from paperreader.text import fold

# Where fewer papers hold all the words, those that hold most of them follow, this many at most.
FEW = 10
MOST_PARTIAL = 200
# How much of their scores hangs on how much of the query they hold.
COVERED = 0.3
# A term that this part of all papers hold is looked up by a flag for each paper.
_COMMON = 8


class _Asked(NamedTuple):
    """The parts of what is asked for.

    `sought` are the words and phrases, `others` alternatives and the like, each with what it is
    worth to each paper; `allowed` are the papers that the conditions leave, if there are any.
    """

    terms: list[QueryTerm]
    others: list[tuple[Flags, Scores]]
    allowed: Flags | None

    @property
    def parts(self) -> int:
        """How many things a paper can hold of what is asked for."""
        return len(self.terms) + len(self.others)


class Evaluator:
    """One search under way over one snapshot."""

    def __init__(
        self,
        terms: Terms,
        spelling: Callable[[Callable[[], None]], Spelling],
        filters: Callable[[Filter], NDArray[Any]],
        check: Callable[[], None],
    ) -> None:
        """Take words from `terms`, close ones from `spelling`, rows of conditions from `filters`.

        `check` is called often, and ends the search by what it raises.
        """
        self._terms = terms
        self._snapshot = terms.snapshot
        self._filters = filters
        self._spelling = spelling
        self._check = check

    def ranked(self, tree: Node, within: NDArray[Any] | None) -> Ranked:
        """Return what the tree asks for, only those `within` some rows if given, ranked."""
        allowed = None if self._snapshot.papers == len(self._snapshot) else self._snapshot.alive
        if within is not None:
            allowed = _both(allowed, self._flags(within))
        asked = self._asked(_parts(tree), allowed)
        papers = self._complete(asked)
        best = in_order(self._snapshot, papers, self._scores(papers, asked), asked.terms)
        words = _in_words(tree)
        if len(papers) >= FEW or max(asked.parts, len(words)) < 2:
            return best
        rest = self._most(words, allowed, papers)
        return Ranked(
            np.concatenate([best.rows, rest.rows[:MOST_PARTIAL]]),
            np.concatenate([best.scores, rest.scores[:MOST_PARTIAL]]),
            len(papers),
        )

    def _asked(self, nodes: Sequence[Node], allowed: Flags | None) -> _Asked:
        """Return what `nodes` ask for, among the papers that are `allowed`."""
        query_terms: list[QueryTerm] = []
        others: list[tuple[Flags, Scores]] = []
        telling = {id(node) for node in _without_stop_words(nodes)}
        place = 0
        for node, joined in _with_joined(nodes):
            if isinstance(node, Filter | Not):
                allowed = _both(allowed, self._match(node)[0])
            elif not isinstance(node, Word | Phrase):
                others.append(self._match(node))
            elif variants := analysis.variants(node.text):
                if id(node) in telling:
                    term = self._term(node, variants)
                    for word in joined:
                        term = self._terms.or_joined(
                            term, variants[0][0], word, node.field, self._check
                        )
                    query_terms.append(QueryTerm(term, place))
                place += len(variants[0])
        return _Asked(query_terms, others, allowed)

    def _complete(self, asked: _Asked) -> Numbers:
        """Return the papers that hold all that is asked for."""
        terms = sorted((item.term for item in asked.terms), key=lambda term: len(term.papers))
        papers = terms[0].papers if terms else np.arange(len(self._snapshot), dtype=np.uint32)
        for flags in (asked.allowed, *(flags for flags, _ in asked.others)):
            if flags is not None:
                papers = papers[flags[papers]]
        for term in terms[1:]:
            if len(papers) * _COMMON < len(self._snapshot):
                papers = papers[is_member(papers, term.papers)]
            else:
                flags = np.zeros(len(self._snapshot), np.bool_)
                flags[term.papers] = True
                papers = papers[flags[papers]]
        return papers

    def _scores(self, papers: Numbers, asked: _Asked) -> Scores:
        """Return what all that is asked for is worth to papers that hold it."""
        scores = np.zeros(len(papers), np.float32)
        for item in asked.terms:
            term = item.term
            if len(term.papers) == len(papers):
                scores += term.scores
            elif len(papers) * _COMMON < len(self._snapshot):
                scores += term.scores[np.searchsorted(term.papers, papers)]
            else:
                by_paper = np.zeros(len(self._snapshot), np.float32)
                by_paper[term.papers] = term.scores
                scores += by_paper[papers]
        for _, by_paper in asked.others:
            scores += by_paper[papers]
        return scores

    def _most(self, nodes: Sequence[Node], allowed: Flags | None, complete: Numbers) -> Ranked:
        """Return the papers that hold most of the words; the more of them, the better.

        Who asks for an author wants nobody else's papers.
        """
        for node in nodes:
            if _names_author(node):
                allowed = _both(allowed, self._match(node)[0])
        asked = self._asked(nodes, allowed)
        size = len(self._snapshot)
        terms = [item.term for item in asked.terms]
        lengths = [len(term.papers) for term in terms]
        whole = max(sum(term.idf for term in terms), 1e-9)
        parts = [term.idf / whole for term in terms]
        papers = np.concatenate([NOTHING, *(term.papers for term in terms)]).astype(np.intp)
        weights = np.concatenate([np.empty(0, np.float32), *(term.scores for term in terms)])
        held = np.bincount(papers, minlength=size)
        covered = np.bincount(papers, np.repeat(parts, lengths), size)
        scores = np.bincount(papers, weights, size).astype(np.float64)
        for flags, other in asked.others:
            held += flags
            scores += other
        scores *= 1 - COVERED + COVERED * covered
        some = held >= _enough(asked.parts)
        if asked.allowed is not None:
            some &= asked.allowed
        some[complete] = False
        best = np.flatnonzero(some)
        if len(best) > 2 * MOST_PARTIAL:
            best = np.sort(
                best[np.argpartition(-scores[best], 2 * MOST_PARTIAL)[: 2 * MOST_PARTIAL]]
            )
        best_scores = scores[best].astype(np.float32)
        return in_order(self._snapshot, best.astype(np.uint32), best_scores, asked.terms)

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
                variants = analysis.variants(node.text)
                if not variants:
                    return ~flags, scores
                term = self._term(node, variants)
                flags[term.papers] = True
                scores[term.papers] = term.scores
                return flags, scores

    def _matches(self, nodes: Sequence[Node], *, every: bool) -> tuple[Flags, Scores]:
        flags = np.full(len(self._snapshot), every, np.bool_)
        scores = np.zeros(len(self._snapshot), np.float32)
        for node in nodes:
            more, more_scores = self._match(node)
            flags = flags & more if every else flags | more
            scores += more_scores
        return flags, scores

    def _term(self, node: Word | Phrase, variants: Sequence[tuple[str, ...]]) -> Term:
        """Return the term that a word or a phrase is, any of `ways` of writing it."""
        return self._terms.either([self._variant(node, variant) for variant in variants])

    def _variant(self, node: Word | Phrase, words: tuple[str, ...]) -> Term:
        if isinstance(node, Word) and node.close and len(words) == 1:
            close = [words[0], *self._spelling(self._check).close(words[0])]
            return self._terms.any_of(close, node.field, self._check)
        if len(words) > 1:
            return self._terms.phrase(words, node.field, self._check, prefix=node.prefix)
        if node.prefix:
            return self._terms.prefix(words[0], node.field, self._check)
        return self._terms.word(words[0], node.field, self._check)


def _both(some: Flags | None, others: Flags) -> Flags:
    """Return what is flagged by both."""
    return others if some is None else some & others


def _parts(tree: Node) -> list[Node]:
    """Return what a tree asks for, all of it."""
    if isinstance(tree, And):
        return [part for inner in tree.parts for part in _parts(inner)]
    return [tree]


def _in_words(tree: Node) -> list[Node]:
    """Return the parts of a tree, each phrase as the words that it is made of."""
    nodes: list[Node] = []
    for part in _parts(tree):
        variants = analysis.variants(part.text) if isinstance(part, Phrase) else []
        if isinstance(part, Phrase) and variants:
            nodes += [Word(word, part.field) for word in variants[0]]
        else:
            nodes.append(part)
    return nodes


def _with_joined(nodes: Sequence[Node]) -> list[tuple[Node, list[str]]]:
    """Return the nodes, each with the words that it makes with its neighbours, as time series."""
    pairs: list[tuple[Node, list[str]]] = [(node, []) for node in nodes]
    for (a, with_a), (b, with_b) in pairwise(pairs):
        if _is_plain(a) and _is_plain(b) and a.field is b.field:
            joined = fold(a.text + b.text)
            with_a.append(joined)
            with_b.append(joined)
    return pairs


def _is_plain(node: Node) -> TypeGuard[Word]:
    """Whether a node is one whole word that could be a part of another."""
    return (
        isinstance(node, Word)
        and not node.prefix
        and not node.close
        and node.text.isalpha()
        and node.field is not Field.AUTHOR
        and not _is_stop_word(node)
    )


def _without_stop_words(parts: Sequence[Node]) -> Sequence[Node]:
    """Leave out the words that say nothing, where there are others."""
    telling = [part for part in parts if not _is_stop_word(part)]
    return telling if any(not isinstance(part, Filter | Not) for part in telling) else parts


def _is_stop_word(node: Node) -> bool:
    return (
        isinstance(node, Word)
        and node.field is not Field.AUTHOR
        and fold(node.text) in analysis.STOP_WORDS
    )


def _names_author(node: Node) -> bool:
    leaves = list(wanted(node))
    return bool(leaves) and all(leaf.field is Field.AUTHOR for leaf in leaves)


def _enough(parts: int) -> int:
    """Return how many of so many words a paper has to hold to be shown at all."""
    return (parts + 1) // 2 if parts < 6 else 1
