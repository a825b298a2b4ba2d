"""What a sought word is worth to each paper: BM25F over postings, a term at a time.

A `Term` is all that the search knows of one word, beginning or phrase: the papers that hold it,
what it adds to the score of each, and where it stands. Terms are kept between keystrokes within
a bound of bytes, so that typing on reads only the last word anew.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.query.tree import Field
from paperreader.search import analysis
from paperreader.search.byte_cache import ByteLimitedCache
from paperreader.search.postings import (
    LAST_POSITION,
    NOTHING,
    Flags,
    Numbers,
    TermFrequencies,
    papers_of,
    phrase_positions,
    union,
)
from paperreader.search.snapshot import Snapshot

Scores = NDArray[np.float32]

B = 0.75
K1 = 1.2
# What a word in the title adds, and a word among the authors, against one in the whole text.
TITLE = 0.2
NAME = 0.5
# What a beginning is worth where it is the whole word, and the least that any word is worth.
WHOLE = 1.5
LEAST = 0.2

# A paper without an abstract is not short, only cut: none counts as shorter than this part of
# the average length.
SHORTEST = 1 / 3

# Bytes of terms kept, and the most postings of a beginning that are kept with it.
_TERM_BYTES = 32 << 20
_MOST_POSTINGS = 1 << 16


class Term(NamedTuple):
    """A sought thing: the papers that hold it, in order, and what it is worth to each.

    `postings` tell where it stands in titles and abstracts, ordered; they are left out where
    there would be very many. `rarity` is its idf.
    """

    papers: Numbers
    scores: Scores
    postings: Numbers
    idf: float

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.papers.nbytes + self.scores.nbytes + self.postings.nbytes


class Terms:
    """The terms of a snapshot, read when they are first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from `snapshot`."""
        self.snapshot = snapshot
        alive = snapshot.alive
        shortest = SHORTEST * _average(snapshot.lengths[alive])
        self._text_norms = _norms(np.maximum(snapshot.lengths, shortest), alive)
        self._title_norms = _norms(snapshot.titles, alive)
        self._kept: ByteLimitedCache[tuple[object, ...], Term] = ByteLimitedCache(
            _TERM_BYTES, lambda t: t.nbytes
        )

    def word(self, word: str, field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold a folded word, in any of its English forms."""
        key = ("word", word, field)
        return self._kept.get(key) or self._keep(
            key, self._placed(self._postings(word, check), self._names(word, check), field)
        )

    def prefix(self, word: str, field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold a word with this folded beginning; the whole word first."""
        key = ("beginning", word, field)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        start = word.encode()
        names = self._name_prefix(word, check)
        if sum(segment.size(start) for segment in self.snapshot.segments) <= _MOST_POSTINGS:
            term = self._placed(self._prefix(word, check), names, field)
        else:
            frequencies = self.snapshot.frequencies(
                lambda segment: segment.frequencies(start), check
            )
            term = self._scored(_in_field(frequencies, field), NOTHING, names, field)
        if word not in analysis.STOP_WORDS:
            term = _at_least(term, self.word(word, field, check))
        return self._keep(key, term)

    def text(self, word: str, check: Callable[[], None]) -> Term:
        """Return the papers whose title or abstract holds a folded word, whoever wrote them."""
        key = ("text", word)
        return self._kept.get(key) or self._keep(
            key, self._placed(self._postings(word, check), NOTHING, None)
        )

    def or_joined(
        self, term: Term, word: str, joined: str, field: Field | None, check: Callable[[], None]
    ) -> Term:
        """Return the term of `word`, with the papers that have it `joined` with its neighbour."""
        key = ("joined", word, joined, field)
        kept = self._kept.get(key)
        if kept is None:
            other = self.word(joined, field, check)
            if not len(other.papers):
                return term
            # Rare as it may be, it says no more than the word.
            scores = other.scores * np.float32(min(1, term.idf / other.idf))
            kept = self._keep(key, self.either([term, other._replace(scores=scores)]))
        return kept

    def any_of(self, words: Sequence[str], field: Field | None, check: Callable[[], None]) -> Term:
        """Return the papers that hold any of some folded words."""
        if not words:
            return Term(NOTHING, np.empty(0, np.float32), NOTHING, 0.0)
        return self.either([self.word(word, field, check) for word in words])

    def phrase(
        self,
        words: Sequence[str],
        field: Field | None,
        check: Callable[[], None],
        *,
        prefix: bool = False,
    ) -> Term:
        """Return the papers in which folded words stand in a row; the last may be a beginning.

        A last letter alone is still nearly any word, and is waited for.
        """
        key = ("phrase", prefix, *words, field)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        whole = words[:-1] if prefix else words
        texts = [self._postings(word, check) for word in whole]
        names = [self._names(word, check) for word in whole]
        if prefix and len(words[-1]) > 1:
            texts.append(self._prefix(words[-1], check))
            names.append(self._name_prefix(words[-1], check))
        return self._keep(
            key, self._placed(phrase_positions(texts), phrase_positions(names), field)
        )

    def either(self, terms: Sequence[Term]) -> Term:
        """Return the papers of any of the terms; one that holds several has the best score."""
        if len(terms) == 1:
            return terms[0]
        best = np.zeros(len(self.snapshot), np.float32)
        held = np.zeros(len(self.snapshot), np.bool_)
        for term in terms:
            held[term.papers] = True
            best[term.papers] = np.maximum(best[term.papers], term.scores)
        papers = np.flatnonzero(held).astype(np.uint32)
        postings = union([term.postings for term in terms])
        return Term(papers, best[papers], postings, min(term.idf for term in terms))

    def idf(self, papers: int) -> float:
        """Return the idf of a term that so many papers hold."""
        others = max(self.snapshot.papers - papers, 0)
        return max(float(np.log1p((others + 0.5) / (papers + 0.5))), LEAST)

    def approximate_idf(self, stem: str) -> float:
        """Return about the idf of a stem, without reading its postings."""
        told = stem.encode()
        number = 0
        for segment in self.snapshot.segments:
            place = segment.text.terms.find(told)
            number += segment.text.count(place)
        return self.idf(min(number, self.snapshot.papers))

    def _keep(self, key: tuple[object, ...], term: Term) -> Term:
        self._kept.put(key, term)
        return term

    def _postings(self, word: str, check: Callable[[], None]) -> Numbers:
        """Return where a folded word stands, and the acronym that is written like it.

        aids finds AIDS too. AIDS finds no aids, unless the library has no such acronym.
        """
        stem, acronym = analysis.stem(word), analysis.bare(word)
        if acronym != word and not self._is_word(word):
            return self._stem(analysis.stem(acronym), check)
        found = self._stem(stem, check)
        if acronym == word and stem != word and self._is_word(word + analysis.ACRONYM):
            return union([found, self._stem(word, check)])
        return found

    def _stem(self, stem: str, check: Callable[[], None]) -> Numbers:
        term = stem.encode()
        return self.snapshot.postings(lambda segment: segment.stem(term), check)

    def _is_word(self, word: str) -> bool:
        """Whether some paper has a folded word as it is written."""
        written = word.encode()
        return any(segment.words.find(written) for segment in self.snapshot.segments)

    def _names(self, word: str, check: Callable[[], None]) -> Numbers:
        name = analysis.name(word).encode()
        return self.snapshot.postings(
            lambda segment: segment.names.postings(segment.names.terms.find(name)), check
        )

    def _prefix(self, word: str, check: Callable[[], None]) -> Numbers:
        start = word.encode()
        return _sorted(self.snapshot.postings(lambda segment: segment.prefix(start), check))

    def _name_prefix(self, word: str, check: Callable[[], None]) -> Numbers:
        start = analysis.name(word).encode()
        return _sorted(
            self.snapshot.postings(lambda b: b.names.postings(b.names.terms.prefix(start)), check)
        )

    def _placed(self, text: Numbers, names: Numbers, field: Field | None) -> Term:
        """Return the term of these ordered postings, as far as they stand in `field`."""
        papers, starts = papers_of(text)
        if not len(papers):
            return self._scored(_NO_FREQUENCIES, NOTHING, names, field)
        counts = np.diff(starts, append=len(text))
        titles = np.repeat(self.snapshot.titles[papers], counts)
        in_title = (text & np.uint32(LAST_POSITION)) < titles
        in_titles = np.add.reduceat(in_title, starts, dtype=np.uint32)
        if field is not None:
            text = text[in_title if field is Field.TITLE else ~in_title]
        frequencies = TermFrequencies(papers, counts.astype(np.uint32), in_titles)
        return self._scored(_in_field(frequencies, field), text, names, field)

    def _scored(
        self, frequencies: TermFrequencies, text: Numbers, names: Numbers, field: Field | None
    ) -> Term:
        """Return the term of a tally, and of names where `field` lets them count."""
        idf = self.idf(len(frequencies.papers))
        scores = _saturated(frequencies.counts, self._text_norms[frequencies.papers])
        titled = np.flatnonzero(frequencies.in_titles)
        norms = self._title_norms[frequencies.papers[titled]]
        scores[titled] += np.float32(TITLE) * _saturated(frequencies.in_titles[titled], norms)
        scores *= np.float32(idf)
        term = Term(frequencies.papers, scores, text, idf)
        if field is Field.TITLE or field is Field.ABSTRACT or not len(names):
            return term
        papers, _ = papers_of(names)
        by_names = self.idf(len(papers))
        score = np.float32(by_names if field is Field.AUTHOR else min(idf, by_names) * NAME)
        by_name = Term(papers, np.full(len(papers), score, np.float32), NOTHING, by_names)
        return self.either([term, by_name]) if len(term.papers) else by_name


_NO_FREQUENCIES = TermFrequencies(NOTHING, NOTHING, NOTHING)


def _in_field(frequencies: TermFrequencies, field: Field | None) -> TermFrequencies:
    """Return the tally of what stands in `field`."""
    match field:
        case None:
            return frequencies
        case Field.TITLE:
            counts = frequencies.in_titles
        case Field.ABSTRACT:
            counts = frequencies.counts - frequencies.in_titles
        case Field.AUTHOR:
            return _NO_FREQUENCIES
    held = np.flatnonzero(counts)
    in_titles = counts if field is Field.TITLE else np.zeros_like(counts)
    return TermFrequencies(frequencies.papers[held], counts[held], in_titles[held])


def _average(lengths: NDArray[Any]) -> float:
    return max(float(lengths.mean()), 1.0) if len(lengths) else 1.0


def _norms(lengths: NDArray[Any], alive: Flags) -> Scores:
    """Return what BM25 takes for each paper's length; the average is that of living papers."""
    return (K1 * (1 - B + B * lengths / _average(lengths[alive]))).astype(np.float32)


def _saturated(counts: NDArray[Any], norms: Scores) -> Scores:
    frequencies = counts.astype(np.float32)
    return frequencies * np.float32(K1 + 1) / (frequencies + norms)


def _sorted(postings: Numbers) -> Numbers:
    """Return in order what is a few runs that are in order: that is what `stable` is quick at."""
    return np.sort(postings, kind="stable")


def _at_least(term: Term, other: Term) -> Term:
    """Return the term of a beginning with better scores for papers that hold it as a whole word.

    A word that is rare by itself, as an abbreviation, must not bury what is being typed.
    """
    if not len(term.papers):
        return other
    whole_word = other.scores * np.float32(min(1, WHOLE * term.idf / max(other.idf, 1e-9)))
    at = np.minimum(np.searchsorted(term.papers, other.papers), len(term.papers) - 1)
    same = term.papers[at] == other.papers
    scores = term.scores.copy()
    scores[at[same]] = np.maximum(scores[at[same]], whole_word[same])
    return term._replace(scores=scores)
