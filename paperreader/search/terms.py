"""The terms of a query: scored, and kept between keystrokes.

Terms are kept within a bound of bytes, so that typing on reads only the last word.
"""

from collections.abc import Sequence

import numpy as np

from paperreader.query.text_field import Field
from paperreader.search import analysis
from paperreader.search.byte_cache import ByteLimitedCache
from paperreader.search.combining import any_of, at_least, values_in
from paperreader.search.postings import (
    NOTHING,
    POSITION_BITS,
    Flags,
    Numbers,
    TermFrequencies,
    count_papers,
    papers_of,
    phrase_positions,
    union,
)
from paperreader.search.scoring import BM25, LEAST, Term
from paperreader.search.segment import LONGEST_PREFIX
from paperreader.search.snapshot import Snapshot
from paperreader.search.word_postings import Check, WordPostings

# Weight of a word among the authors, in parts of its idf; and of a year that is the paper's. It
# makes no difference on CACM and CISI: people are found by what `people` adds.
NAME = 0.5
# Weight of the singular of an irregular plural that was asked for, and the other way round.
OTHER = 0.5
# Weight of a close spelling by the number of edits, as one word: Lucene has 1 - edits / length.
CLOSE = (1.0, 0.7, 0.4)

# Bytes of terms that are kept. Those of single letters are kept too in a library of 573,807 papers:
# with 16 MB they are not, and p95 of a key is 37 ms instead of 27.
_TERM_BYTES = 24 << 20

_NO_FREQUENCIES = TermFrequencies(NOTHING, NOTHING, NOTHING)


class Terms(WordPostings):
    """The terms of a snapshot, read when they are first asked for.

    Words are folded, as `analysis` gives them. `check` is called now and then, and ends the
    search by what it raises.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Read from `snapshot`."""
        super().__init__(snapshot)
        self._bm25 = BM25(snapshot)
        self.idf = self._bm25.idf
        self._kept: ByteLimitedCache[tuple[object, ...], Term] = ByteLimitedCache(
            _TERM_BYTES, lambda term: term.nbytes
        )

    def word(
        self, word: str, field: Field | None, check: Check, *, both_numbers: bool = True
    ) -> Term:
        """Return the papers that have a word, in any of its forms.

        `both_numbers`: the singular of an irregular plural too, or the plural of a singular.
        """
        other = analysis.other_number(word) if both_numbers else ""

        def read() -> Term:
            term = self._placed(self.forms(word, check), self.names(word, check), field)
            if not other:
                return term
            return self._with(term, self._placed(self.forms(other, check), NOTHING, field), OTHER)

        return self._kept.get_or_make(("word", word, other, field), read)

    def text(self, word: str, check: Check) -> Term:
        """Return the papers whose title or abstract has a word, whoever wrote them."""
        return self._kept.get_or_make(
            ("text", word), lambda: self._placed(self.postings(word, check), NOTHING, None)
        )

    def prefix(self, word: str, field: Field | None, check: Check) -> Term:
        """Return the papers that have a word with this prefix; the whole word counts more."""

        def read() -> Term:
            names = self.name_prefix(word, check)
            if self.has_few_postings(word):
                term = self._placed(np.sort(self.prefix_postings(word, check)), names, field)
            else:
                frequencies = _in_field(self.prefix_frequencies(word, check), field)
                term = self._scored(frequencies, NOTHING, names, field)
            if len(term.papers):
                return self._at_least_whole(term, word, field, check)
            whole = word not in analysis.STOP_WORDS
            return self.word(word, field, check) if whole else term

        return self._kept.get_or_make(("prefix", word, field), read)

    def prefix_among(self, word: str, among: Flags, check: Check) -> Term:
        """Return what `prefix` does, but only papers that are `among` some: a flag for each.

        Where other words leave few papers, this is much less work. It is not kept.
        """
        if (kept := self._kept.get(("prefix", word, None))) is not None:
            return kept
        names = self.name_prefix(word, check)
        few = self.has_few_postings(word)
        if few or len(analysis.bare(word)) > LONGEST_PREFIX:
            text = self.prefix_postings(word, check)
            papers = count_papers(text, len(self.snapshot))
            text = np.sort(text[among[text >> np.uint32(POSITION_BITS)]])
            frequencies = self._counted(text)
        else:
            frequencies = self.prefix_frequencies(word, check)
            papers = len(frequencies.papers)
            frequencies = frequencies.at(np.flatnonzero(among[frequencies.papers]))
        if not papers and not len(names):
            return self.prefix(word, None, check)
        scored = self._text_term(frequencies, text if few else NOTHING, self.idf(papers))
        term = self._with_names(scored, names, None, among)
        return self._at_least_whole(term, word, None, check)

    def _at_least_whole(self, term: Term, word: str, field: Field | None, check: Check) -> Term:
        if word in analysis.STOP_WORDS:
            return term
        return at_least(term, self.word(word, field, check), len(self.snapshot))

    def close(self, words: Sequence[tuple[str, int]], field: Field | None, check: Check) -> Term:
        """Return the papers that have any of some words, given with their edits, as one word."""
        term = self._placed(
            union([self.postings(word, check) for word, _ in words]),
            union([self.names(word, check) for word, _ in words]),
            field,
        )
        weights = np.zeros(len(self.snapshot), np.float32)
        for word, edits in sorted(words, key=lambda pair: -pair[1]):
            weights[self.word(word, field, check).papers] = CLOSE[min(edits, len(CLOSE) - 1)]
        return term._replace(scores=term.scores * weights[term.papers])

    def phrase(
        self,
        words: Sequence[str],
        field: Field | None,
        check: Check,
        *,
        prefix: bool = False,
        exact: bool = False,
    ) -> Term:
        """Return the papers in which words stand in a row; an empty word stands for any.

        `prefix`: the last is only a prefix. Of one letter it is looked for as a word, since a
        letter begins nearly any word; if there is none, it is left out. `exact`: the words are
        written so, in no other form.
        """

        def read() -> Term:
            last = words[-1]
            if prefix and len(last) == 1:
                term = self.phrase(words, field, check, exact=exact)
                others = words[:-1]
                waits = last.isalpha() and any(others) and not len(term.papers)
                return self.phrase(others, field, check, exact=exact) if waits else term
            read_word = self.exact if exact else self.postings
            whole = words[:-1] if prefix else words
            texts = [read_word(word, check) if word else None for word in whole]
            names = [self.names(word, check) if word else None for word in whole]
            if prefix:
                texts.append(np.sort(self.prefix_postings(last, check)))
                names.append(self.name_prefix(last, check))
            return self._placed(phrase_positions(texts), phrase_positions(names), field)

        return self._kept.get_or_make(("phrase", prefix, exact, *words, field), read)

    def or_joined(
        self, term: Term, word: str, joined: str, field: Field | None, check: Check
    ) -> Term:
        """Return the term of `word`, with the papers that have it `joined` with its neighbour.

        Rare as it may be, the joined word counts no more than `word`: with its own idf, nDCG@10
        on CACM and CISI was .008 lower.
        """

        def read() -> Term:
            return self._with(term, self.word(joined, field, check), 1.0)

        return self._kept.get_or_make(("joined", word, joined, field), read)

    def either(self, terms: Sequence[Term]) -> Term:
        """Return the papers of any of the terms; one that has several gets the best score."""
        if len(terms) == 1:
            return terms[0]
        papers, scores = any_of(terms, len(self.snapshot))
        postings = union([term.postings for term in terms])
        return Term(papers, scores, postings, min(term.idf for term in terms))

    def dated(self, first: int, last: int, least: float) -> Term:
        """Return the papers of the dates `first` to `last`, each with `NAME` times the idf.

        Their scores are `least` where that is more: a paper of 2017 is not behind one that
        mentions 2017.
        """
        dates = self.snapshot.dates
        papers = np.flatnonzero((dates >= first) & (dates <= last)).astype(np.uint32)
        idf = self.idf(len(papers))
        scores = np.full(len(papers), np.float32(max(NAME * idf, least)), np.float32)
        return Term(papers, scores, NOTHING, idf)

    def approximate_idf(self, stem: str) -> float:
        """Return about the idf of a stem, without reading its postings."""
        return self.idf(min(self.count(stem), self.snapshot.papers))

    def scored_names(self, names: Numbers, weight: float) -> Term:
        """Return the papers of some postings of names, each with `weight` as its score."""
        papers, _ = papers_of(names)
        return Term(
            papers,
            np.full(len(papers), np.float32(weight), np.float32),
            NOTHING,
            max(weight, LEAST),
        )

    def _with(self, term: Term, other: Term, weight: float) -> Term:
        """Return a term with the papers of another, which count `weight` times it at most."""
        if not len(other.papers):
            return term
        if not len(term.papers):
            return other
        scores = other.scores * np.float32(weight * min(1, term.idf / other.idf))
        return self.either([term, other._replace(scores=scores)])

    def _placed(self, text: Numbers, names: Numbers, field: Field | None) -> Term:
        """Return the term of some sorted postings, as far as they stand in `field`."""
        frequencies = _in_field(self._counted(text), field)
        if field is not None:
            at = self.snapshot.titled(text)
            text = text[at] if field is Field.TITLE else np.delete(text, at)
        return self._scored(frequencies, text, names, field)

    def _counted(self, text: Numbers) -> TermFrequencies:
        """Return how often the term of some sorted postings occurs in their papers."""
        papers, starts = papers_of(text)
        counts = np.diff(starts, append=len(text)).astype(np.uint32)
        at = self.snapshot.titled(text)
        titled, first = papers_of(text[at])
        by_title = np.diff(first, append=len(at)).astype(np.uint32)
        in_titles = values_in(papers, titled, by_title, len(self.snapshot))
        return TermFrequencies(papers, counts, in_titles)

    def _scored(
        self, frequencies: TermFrequencies, text: Numbers, names: Numbers, field: Field | None
    ) -> Term:
        """Return the term of some frequencies, and of names where `field` lets them count."""
        term = self._text_term(frequencies, text, self.idf(len(frequencies.papers)))
        if field is Field.TITLE or field is Field.ABSTRACT or not len(names):
            return term
        return self._with_names(term, names, field)

    def _text_term(self, frequencies: TermFrequencies, text: Numbers, idf: float) -> Term:
        return Term(frequencies.papers, self._bm25.scores(frequencies, idf), text, idf)

    def _with_names(
        self, term: Term, names: Numbers, field: Field | None, among: Flags | None = None
    ) -> Term:
        """Return a term with the papers of some postings of names, only those `among` some."""
        if not len(names):
            return term
        papers, _ = papers_of(names)
        by_names = self.idf(len(papers))
        weight = by_names if field is Field.AUTHOR else NAME * min(term.idf, by_names)
        if among is not None:
            names = names[among[names >> np.uint32(POSITION_BITS)]]
        by_name = self.scored_names(names, weight)._replace(idf=by_names)
        return self.either([term, by_name])


def _in_field(frequencies: TermFrequencies, field: Field | None) -> TermFrequencies:
    """Return the frequencies of what stands in `field`."""
    match field:
        case None:
            return frequencies
        case Field.TITLE:
            counts = frequencies.in_titles
        case Field.ABSTRACT:
            counts = frequencies.counts - frequencies.in_titles
        case Field.AUTHOR:
            return _NO_FREQUENCIES
    held = np.flatnonzero(counts != 0)
    in_titles = counts if field is Field.TITLE else np.zeros_like(counts)
    return TermFrequencies(frequencies.papers[held], counts[held], in_titles[held])
