"""What a sought word is worth to each paper: BM25F over postings, a term at a time.

A `Term` is all that the search knows of one word, beginning or phrase: the papers that hold it,
what it adds to the score of each, and where it stands. Terms are kept between keystrokes within
a bound of bytes, so that typing on reads only the last word anew.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader import analysis
from paperreader.block import LAST_POSITION, POSITION_BITS, Block, Inverted, Numbers
from paperreader.query import Field
from paperreader.recent import Recent
from paperreader.search_index import Snapshot

Scores = NDArray[np.float32]
Flags = NDArray[np.bool_]

B = 0.75
K1 = 1.2
# What a word in the title adds, and a word among the authors, against one in the whole text.
TITLE = 0.4
NAME = 0.5

_TERM_BYTES = 48 << 20


class Term(NamedTuple):
    """A sought thing: the papers that hold it, in order, and what it is worth to each.

    `postings` tell where it stands in titles and abstracts, ordered; `rarity` is its idf.
    """

    papers: Numbers
    scores: Scores
    postings: Numbers
    rarity: float

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.papers.nbytes + self.scores.nbytes + self.postings.nbytes


NOTHING = np.empty(0, np.uint32)


class Terms:
    """The terms of a snapshot, read when they are first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from `snapshot`."""
        self.snapshot = snapshot
        self._text_norms = _norms(snapshot.lengths)
        self._title_norms = _norms(snapshot.titles)
        self._kept: Recent[tuple[object, ...], Term] = Recent(_TERM_BYTES, lambda t: t.nbytes)

    def word(self, word: str, field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold a folded word, in any of its English forms."""
        return self._term(("word", word), field, lambda: self._postings([word], check))

    def any_of(self, words: Sequence[str], field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold any of some folded words."""
        return self._term(("any", *words), field, lambda: self._postings(words, check))

    def beginning(self, word: str, field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold a word with this folded beginning; the whole word first."""
        key = ("beginning", word, field)
        kept = self._kept.get(key)
        if kept is None:
            whole = self.word(word, field, check)
            kept = self._scored(*self._beginning(word, check), field)
            kept = _at_least(kept, whole) if len(kept.papers) else whole
            self._kept.put(key, kept)
        return kept

    def phrase(
        self,
        words: Sequence[str],
        field: Field | None,
        check: Callable[[], None],
        *,
        beginning: bool = False,
    ) -> Term:
        """Return the papers in which folded words stand in a row; the last may be a beginning."""

        def postings() -> tuple[Numbers, Numbers]:
            whole = words[:-1] if beginning else words
            found = [self._postings([word], check) for word in whole]
            if beginning:
                found.append(self._beginning(words[-1], check))
            return _in_a_row([text for text, _ in found]), _in_a_row([name for _, name in found])

        return self._term(("phrase", beginning, *words), field, postings)

    def either(self, terms: Sequence[Term]) -> Term:
        """Return the papers of any of the terms; one that holds several has the best score."""
        if len(terms) == 1:
            return terms[0]
        papers = np.unique(np.concatenate([term.papers for term in terms]))
        scores = np.zeros(len(papers), np.float32)
        for term in terms:
            at = np.searchsorted(papers, term.papers)
            scores[at] = np.maximum(scores[at], term.scores)
        postings = np.sort(np.concatenate([term.postings for term in terms]))
        return Term(papers, scores, postings, min(term.rarity for term in terms))

    def _term(
        self,
        key: tuple[object, ...],
        field: Field | None,
        read: Callable[[], tuple[Numbers, Numbers]],
    ) -> Term:
        kept = self._kept.get((*key, field))
        if kept is None:
            kept = self._scored(*read(), field)
            self._kept.put((*key, field), kept)
        return kept

    def _postings(self, words: Sequence[str], check: Callable[[], None]) -> tuple[Numbers, Numbers]:
        """Return where any of the words stand in texts and among names."""
        stems = sorted({analysis.stem(word).encode() for word in words})
        names = [word.encode() for word in words]
        return (
            self._read(lambda b: [b.text.terms.find(stem) for stem in stems], _text, check),
            self._read(lambda b: [b.names.terms.find(name) for name in names], _names, check),
        )

    def _beginning(self, word: str, check: Callable[[], None]) -> tuple[Numbers, Numbers]:
        """Return where words with this beginning stand in texts and among names."""
        start = word.encode()
        return (
            self._read(lambda b: b.stems_of(b.words.beginning(start)), _text, check),
            self._read(lambda b: [b.names.terms.beginning(start)], _names, check),
        )

    def _read(
        self,
        ranges: Callable[[Block], Iterable[range]],
        field: Callable[[Block], Inverted],
        check: Callable[[], None],
    ) -> Numbers:
        """Return the postings of some terms in all blocks, ordered."""
        found: list[Numbers] = []
        many = False
        for block, base in zip(self.snapshot.blocks, self.snapshot.bases, strict=True):
            check()
            inverted = field(block)
            for terms in ranges(block):
                if terms:
                    many = many or len(terms) > 1 or bool(found)
                    found.append(inverted.postings(terms) + np.uint32(base << POSITION_BITS))
        if not found:
            return NOTHING
        postings = np.concatenate(found)
        if many:
            postings.sort()
        return postings

    def _scored(self, text: Numbers, names: Numbers, field: Field | None) -> Term:
        """Return the term of these postings, as far as they stand in `field`."""
        snapshot = self.snapshot
        if field is Field.AUTHOR:
            text = NOTHING
        elif field is not None:
            names = NOTHING
            in_title = (text & LAST_POSITION) < snapshot.titles[text >> POSITION_BITS]
            text = text[in_title if field is Field.TITLE else ~in_title]
        papers, starts = _papers(text)
        rarity = self.rarity(len(papers))
        scores = self._worth(text, papers, starts) * np.float32(rarity)
        term = Term(papers, scores, text, rarity)
        authored, _ = _papers(names)
        if not len(authored):
            return term
        rarity = self.rarity(len(authored))
        worth = np.float32(rarity if field is Field.AUTHOR else rarity * NAME)
        by_name = Term(authored, np.full(len(authored), worth, np.float32), NOTHING, rarity)
        return self.either([term, by_name]) if len(papers) else by_name

    def _worth(self, postings: Numbers, papers: Numbers, starts: NDArray[np.int64]) -> Scores:
        """Return what the postings are worth to each paper, before the term's rarity."""
        if not len(papers):
            return np.empty(0, np.float32)
        counts = np.diff(starts, append=len(postings))
        in_title = (postings & LAST_POSITION) < np.repeat(self.snapshot.titles[papers], counts)
        worth = _saturated(counts, self._text_norms[papers])
        counts = np.add.reduceat(in_title, starts, dtype=np.int32)
        worth += np.float32(TITLE) * _saturated(counts, self._title_norms[papers])
        return worth

    def rarity(self, papers: int) -> float:
        """Return the idf of a term that so many papers hold."""
        return float(np.log1p((len(self.snapshot) - papers + 0.5) / (papers + 0.5)))


def _text(block: Block) -> Inverted:
    return block.text


def _names(block: Block) -> Inverted:
    return block.names


def _norms(lengths: Numbers) -> Scores:
    """Return what BM25 takes for each paper's length."""
    average = lengths.mean() if len(lengths) else 1.0
    return (K1 * (1 - B + B * lengths / max(average, 1.0))).astype(np.float32)


def _saturated(counts: NDArray[Any], norms: Scores) -> Scores:
    frequencies = counts.astype(np.float32)
    return frequencies * np.float32(K1 + 1) / (frequencies + norms)


def _at_least(term: Term, other: Term) -> Term:
    """Return the term with, for each paper, the other's score where that is better."""
    at = np.minimum(np.searchsorted(term.papers, other.papers), len(term.papers) - 1)
    same = term.papers[at] == other.papers
    scores = term.scores.copy()
    scores[at[same]] = np.maximum(scores[at[same]], other.scores[same])
    return term._replace(scores=scores)


def _papers(postings: Numbers) -> tuple[Numbers, NDArray[np.int64]]:
    """Return the papers of ordered postings, and where the postings of each begin."""
    if not len(postings):
        return NOTHING, np.empty(0, np.int64)
    papers: Numbers = np.right_shift(postings, np.uint32(POSITION_BITS))
    starts = np.flatnonzero(np.diff(papers, prepend=papers[0] + 1))
    return papers[starts], starts


def _in_a_row(postings: Sequence[Numbers]) -> Numbers:
    """Return where the first word stands when each of the others stands right after the last."""
    last = len(postings) - 1
    rarest = min(range(len(postings)), key=lambda place: len(postings[place]))
    first = postings[rarest]
    position = first & LAST_POSITION
    first = first[(position >= rarest) & (position + (last - rarest) <= LAST_POSITION)] - rarest
    for place, others in enumerate(postings):
        if place != rarest and len(first):
            first = first[_among(first + place, others)]
    return np.unique(first) if len(first) else NOTHING


def _among(sought: Numbers, ordered: Numbers) -> Flags:
    """Return which of the sought numbers are among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(sought), np.bool_)
    at = np.searchsorted(ordered, sought)
    at[at == len(ordered)] = 0
    among: Flags = ordered[at] == sought
    return among
