"""Evaluating a query: which papers its tree matches, with what score."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.query.text_field import Field
from paperreader.query.tree import And, Filter, Node, Not, Or, Phrase, Word, wanted
from paperreader.search import analysis
from paperreader.search.combining import values_in
from paperreader.search.people import Person, by_person, people_in
from paperreader.search.postings import NOTHING, Flags, Numbers, is_member
from paperreader.search.proximity import QueryTerm
from paperreader.search.query_words import (
    dates,
    flat_parts,
    joined_words,
    phrase_words,
    variants,
    without_stop_words,
)
from paperreader.search.ranking import Ranked, in_order
from paperreader.search.scoring import Scores, Term
from paperreader.search.terms import Terms
from paperreader.search.titles import title_bonus

if TYPE_CHECKING:
    from paperreader.search.spelling import Spelling

# Where fewer papers than this have all the words, those that have most of them follow, this many
# at most: more than are shown, as meaning may bring any of them up.
FEW = 10
MOST_PARTIAL = 1000
# Share of the score of a partial match that depends on how much of the query it has, by idf.
# Without it nDCG@10 is .005 lower on CACM.
COVERED = 0.3
# In a longer query the number of a noun is left as it is: as one term with matrix, matrices cost
# .017 nDCG@10 on the questions of CACM.
_SHORT_QUERY = 6
# A term that more than this part of all papers have is looked up by a flag for each paper, which
# is faster than binary search.
_COMMON = 8
_DATES = re.compile(r"[\d-]*\.\.[\d-]*")


class _Asked(NamedTuple):
    """The parts of a query.

    `terms` are the words and phrases, `others` alternatives and the like, each with a score for
    every paper; `allowed` are the papers that the conditions leave, if there are any; `people`
    those that the words name.
    """

    terms: list[QueryTerm]
    others: list[tuple[Flags, Scores]]
    allowed: Flags | None
    people: list[Person]

    @property
    def parts(self) -> int:
        """How many parts of the query a paper can have."""
        return len(self.terms) + len(self.others)


class Evaluator:
    """One search over one snapshot."""

    def __init__(
        self,
        terms: Terms,
        spelling: "Callable[[Callable[[], None]], Spelling]",
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
        self._is_short = True

    def ranked(self, tree: Node, within: NDArray[Any] | None, text: str = "") -> Ranked:
        """Return the papers that match the tree, only those `within` some rows if given, ranked.

        `text` is the query as it was typed: a title that is the same comes first.
        """
        allowed = None if self._snapshot.papers == len(self._snapshot) else self._snapshot.alive
        if within is not None:
            allowed = _both(allowed, self._flags(within))
        words = _in_words(tree)
        self._is_short = len(words) <= _SHORT_QUERY
        asked = self._asked(flat_parts(tree), allowed, complete=True)
        papers = self._complete(asked)
        scores = self._scores(papers, asked)
        self._add_bonuses(papers, scores, asked.people, text, tree)
        best = in_order(self._snapshot, papers, scores, asked.terms)
        if len(papers) >= FEW or max(asked.parts, len(words)) < 2:
            return best
        rest = self._most(words, allowed, papers)
        return Ranked(
            np.concatenate([best.rows, rest.rows[:MOST_PARTIAL]]),
            np.concatenate([best.scores, rest.scores[:MOST_PARTIAL]]),
            len(papers),
        )

    def _add_bonuses(
        self, papers: Numbers, scores: Scores, people: Sequence[Person], text: str, tree: Node
    ) -> None:
        """Raise the scores of papers by people who are named, and with the title that is typed."""
        for person in people:
            scores += self._scores_in(papers, person.term.papers, person.term.scores)
        words = analysis.variants(text)
        leaves = list(wanted(tree))
        if words and leaves and len(papers):
            prefix = leaves[-1].prefix
            titled, bonus = title_bonus(words[0], self._terms, self._check, prefix=prefix)
            scores += self._scores_in(papers, titled, bonus)

    def _asked(
        self, nodes: Sequence[Node], allowed: Flags | None, *, complete: bool = False
    ) -> _Asked:
        """Return the parts of a query, among the papers that are `allowed`.

        `complete`: only papers that have all parts are wanted, so that a prefix may be read in
        those alone that the parts before it leave.
        """
        people = people_in(nodes, self._terms, self._check)
        units = {person.first: person for person in people if person.is_unit}
        telling = set(map(id, without_stop_words(nodes)))
        joined = joined_words(nodes)
        asked = _Asked([], [], allowed, people)
        place, skip = 0, 0
        for index, node in enumerate(nodes):
            if index < skip:
                continue
            if index in units:
                unit = units[index]
                asked.terms.append(QueryTerm(self._unit(unit), place, len(unit.parts)))
                place, skip = place + len(unit.parts), unit.end
            elif isinstance(node, Filter | Not):
                asked = asked._replace(allowed=_both(asked.allowed, self._match(node)[0]))
            elif not isinstance(node, Word | Phrase):
                asked.others.append(self._match(node))
            elif found := variants(node):
                if id(node) in telling:
                    among = self._among(asked) if complete and _is_prefix(node, found) else None
                    if among is not None:
                        term = self._terms.prefix_among(found[0][0], among, self._check)
                        written = term.postings
                    else:
                        term = self._term(node, found)
                        written = self._written(node, found)
                    for word in joined[index]:
                        term = self._terms.or_joined(
                            term, found[0][0], word, node.field, self._check
                        )
                    asked.terms.append(QueryTerm(term, place, len(found[0]), written))
                place += len(found[0])
        return asked

    def _among(self, asked: _Asked) -> Flags | None:
        """Return the papers that have all parts so far, if they are few."""
        papers = self._complete(asked)
        if len(papers) * _COMMON > len(self._snapshot):
            return None
        flags = np.zeros(len(self._snapshot), np.bool_)
        flags[papers] = True
        return flags

    def _written(self, node: Word | Phrase, found: Sequence[tuple[str, ...]]) -> Numbers:
        """Return where a word stands as it was typed."""
        if isinstance(node, Phrase) or node.prefix or node.close or len(found[0]) > 1:
            return self._term(node, found).postings
        return self._terms.written(found[0][0], self._check)

    def _unit(self, person: Person) -> Term:
        """Return the papers of a person, and those whose text has the same words in a row."""
        phrase = self._terms.phrase(person.parts, None, self._check)
        return self._terms.either([phrase, person.term])

    def _complete(self, asked: _Asked) -> Numbers:
        """Return the papers that have all parts (ordinals, ascending)."""
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
        """Return the scores of all parts together in papers that have them (float32)."""
        scores = np.zeros(len(papers), np.float32)
        for item in asked.terms:
            scores += self._scores_in(papers, item.term.papers, item.term.scores)
        for _, by_paper in asked.others:
            scores += by_paper[papers]
        return scores

    def _scores_in(self, papers: Numbers, scored: Numbers, scores: Scores) -> Scores:
        return values_in(papers, scored, scores, len(self._snapshot))

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
        for person in asked.people:
            scores[person.term.papers] += person.term.scores
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
            case Filter("year", value) if _DATES.fullmatch(value):
                return self._dated(value), np.zeros(size, np.float32)
            case Filter():
                return self._flags(self._filters(node)), np.zeros(size, np.float32)
            case Not(part):
                return ~self._match(part)[0], np.zeros(size, np.float32)
            case And(parts) | Or(parts):
                return self._matches(without_stop_words(parts), every=isinstance(node, And))
            case Word() | Phrase():
                flags, scores = np.zeros(size, np.bool_), np.zeros(size, np.float32)
                found = variants(node)
                if not found:
                    return ~flags, scores
                term = self._term(node, found)
                flags[term.papers] = True
                scores[term.papers] = term.scores
                return flags, scores

    def _dated(self, value: str) -> Flags:
        """Return which papers have a date from FIRST to LAST, either of which may be cut or none.

        The store would answer the same from a row of each paper, in 60 ms for 114,762 of them.
        """
        first, _, last = (part.replace("-", "") for part in value.partition(".."))
        dates = self._snapshot.dates
        flags: Flags = dates >= max(int(first.ljust(8, "0")), 1)
        return flags & (dates <= int(last.ljust(8, "9")))

    def _matches(self, nodes: Sequence[Node], *, every: bool) -> tuple[Flags, Scores]:
        flags = np.full(len(self._snapshot), every, np.bool_)
        scores = np.zeros(len(self._snapshot), np.float32)
        for node in nodes:
            more, more_scores = self._match(node)
            flags = flags & more if every else flags | more
            scores += more_scores
        return flags, scores

    def _term(self, node: Word | Phrase, found: Sequence[tuple[str, ...]]) -> Term:
        """Return the term that a word or a phrase is, any of the variants `found` of it."""
        if isinstance(node, Phrase) and node.field is Field.AUTHOR:
            return by_person(node.text, prefix=node.prefix, terms=self._terms, check=self._check)
        term = self._terms.either([self._variant(node, variant) for variant in found])
        if span := dates(node):
            most = float(term.scores.max(initial=0.0))
            term = self._terms.either([term, self._terms.dated(*span, least=most)])
        return term

    def _variant(self, node: Word | Phrase, words: tuple[str, ...]) -> Term:
        terms, field, check = self._terms, node.field, self._check
        if isinstance(node, Word) and node.close and len(words) == 1:
            close = self._spelling(check).close(words[0])
            return terms.close([(words[0], 0), *close], field, check)
        exact = isinstance(node, Phrase)
        if len(words) > 1 or (exact and not node.prefix):
            return terms.phrase(words, field, check, prefix=node.prefix, exact=exact)
        if node.prefix:
            return terms.prefix(words[0], field, check)
        return terms.word(words[0], field, check, both_numbers=self._is_short)


def _both(some: Flags | None, others: Flags) -> Flags:
    """Return what is flagged by both."""
    return others if some is None else some & others


def _in_words(tree: Node) -> list[Node]:
    """Return the parts of a tree, each phrase as the words that it is made of."""
    nodes: list[Node] = []
    for part in flat_parts(tree):
        words = phrase_words(part) if isinstance(part, Phrase) else []
        nodes += words or [part]
    return nodes


def _is_prefix(node: Node, found: Sequence[tuple[str, ...]]) -> bool:
    """Whether a node is the prefix of one word, in any field, and no date."""
    return (
        isinstance(node, Word)
        and node.prefix
        and not (node.field or node.close or dates(node))
        and len(found) == len(found[0]) == 1
    )


def _names_author(node: Node) -> bool:
    leaves = list(wanted(node))
    return bool(leaves) and all(leaf.field is Field.AUTHOR for leaf in leaves)


def _enough(parts: int) -> int:
    """Return how many of so many words a paper has to hold to be shown at all."""
    return (parts + 1) // 2 if parts < 6 else 1
