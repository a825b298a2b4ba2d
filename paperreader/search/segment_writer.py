"""Writing a segment: the words of many papers become sorted arrays, all of them at once (`codec`).

The words come in paper by paper and are only numbered and kept (`word_buffer`). At the end the
postings of the whole segment are sorted together (`posting_sort`).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search import analysis
from paperreader.search.packed_text import unpack
from paperreader.search.posting_sort import (
    Forms,
    PostingSource,
    SortedPostings,
    alive_postings,
    living_postings,
    sort_postings,
)
from paperreader.search.postings import (
    GAP,
    LAST_POSITION,
    MOST_WITH_FREQUENCIES,
    POSITION_BITS,
    Flags,
    Numbers,
    term_frequencies,
)
from paperreader.search.segment import LONGEST_PREFIX, Segment
from paperreader.search.word_buffer import WordBuffer, new_numbering

# Term frequencies are stored for short prefixes with more postings than this: counting them when
# such a prefix is typed took 150 ms in a library of 87,000 papers, reading them 3 to 15 ms.
_MANY = 32768

Arrays = dict[str, NDArray[Any]]


class _Vocabulary(NamedTuple):
    """Words as they are written, the stem of each, and how often each occurs."""

    words: Sequence[str]
    stems: Sequence[str]
    counts: Sequence[int]


class SegmentBuilder:
    """Collects papers, new ones and those of older segments, and makes one segment of them."""

    def __init__(self) -> None:
        """Begin with no papers."""
        self._ids = new_numbering()
        self._name_ids = new_numbering()
        self._stem_ids = new_numbering()
        self._fields = {
            "title": WordBuffer(self._ids),
            "abstract": WordBuffer(self._ids),
            "authors": WordBuffer(self._name_ids, wrap=True),
        }
        self._stemmed = {
            "title": WordBuffer(self._stem_ids),
            "abstract": WordBuffer(self._stem_ids),
        }
        self._merged: list[tuple[Segment, Flags, int]] = []

    def add(self, field: str, paper: int, packed: bytes) -> None:
        """Add the words of a field of the new paper with the ordinal `paper`."""
        self._fields[field].add(paper, unpack(packed))

    def add_term(self, field: str, paper: int, term: str, positions: Iterable[int]) -> None:
        """Add a term, a stem already if the field is stemmed, that stands at some positions."""
        words = self._stemmed.get(field, self._fields[field])
        for position in positions:
            words.add_at(paper, term, position)

    def add_segment(self, segment: Segment, alive: Flags, base: int) -> None:
        """Add the papers of `segment` that are alive, with ordinals from `base` on, in order."""
        self._merged.append((segment, alive, base))

    def arrays(self, papers: int) -> Arrays:
        """Return the arrays of the segment, which holds so many papers (see `codec`)."""
        titles = self._lengths("title", papers)
        lengths = titles + self._lengths("abstract", papers)
        for segment, alive, base in self._merged:
            end = base + int(np.count_nonzero(alive))
            titles[base:end] = segment.titles[alive]
            lengths[base:end] = segment.lengths[alive]
        np.minimum(titles, LAST_POSITION, out=titles)
        text, words = self._text(titles)
        starts = np.zeros(papers, np.uint32)
        written = list(self._name_ids)
        terms = [analysis.name(word) for word in written]
        new = _source(terms, written, self._fields["authors"], starts)
        names = sort_postings([new, *self._old("names")])
        return {
            "titles": titles,
            "lengths": lengths,
            **_dictionary("stems", text.terms),
            **_postings_arrays("text", text),
            "text.forms": text.forms,
            "text.in_titles": _in_titles(text, titles),
            **_dictionary("names", names.terms),
            **_postings_arrays("names", names),
            **_vocabulary(words, text.terms),
            **_prefixes(text, titles),
        }

    def _lengths(self, field: str, papers: int) -> Numbers:
        lengths = self._fields[field].lengths(papers)
        return np.maximum(lengths, self._stemmed[field].lengths(papers))

    def _text(self, titles: Numbers) -> tuple[SortedPostings, list[_Vocabulary]]:
        """Return the postings of titles and abstracts, and the words they were made of."""
        sources, words = self._old("text"), [self._old_words(*merged) for merged in self._merged]
        for fields, ids in ((self._fields, self._ids), (self._stemmed, self._stem_ids)):
            written = list(ids)
            stems = analysis.stems(written) if fields is self._fields else written
            counts = fields["title"].counts() + fields["abstract"].counts()
            words.append(_Vocabulary(written, stems, counts.tolist()))
            # The abstract follows the title after a gap.
            sources += [
                _source(stems, written, fields["title"], np.zeros_like(titles)),
                _source(stems, written, fields["abstract"], titles + np.uint32(GAP)),
            ]
        return sort_postings(sources), words

    def _old(self, field: str) -> list[PostingSource]:
        """Return what the papers taken from older segments have in `text` or in `names`."""
        sources = []
        for segment, alive, base in self._merged:
            postings = segment.text if field == "text" else segment.names
            size = int(np.count_nonzero(alive_postings(postings, alive)))
            read = partial(living_postings, postings, alive, base)
            sources.append(PostingSource(list(postings.terms.words()), size, read))
        return sources

    def _old_words(self, segment: Segment, alive: Flags, _: int) -> _Vocabulary:
        """Return the words that the papers taken from an older segment have."""
        words, stems = list(segment.words.words()), list(segment.text.terms.words())
        counts: NDArray[Any] = segment.word_counts
        if not alive.all():
            counts = _living_counts(segment, alive, words)
        of_words = [stems[stem] for stem in segment.word_stems.tolist()]
        return _Vocabulary(words, of_words, counts.tolist())


def _living_counts(segment: Segment, alive: Flags, words: Sequence[str]) -> NDArray[np.int64]:
    """Return how often each word of an older segment occurs in the papers that are alive.

    A posting tells its stem and the form of its word, which is the word unless two words of a
    stem have the same form: these share what is left, in proportion to what they had.
    """
    forms = np.array([analysis.form(word) for word in words], np.uint32)
    codes, of_words = np.unique(segment.word_stems << np.uint32(8) | forms, return_inverse=True)
    terms = range(len(segment.text.terms))
    stems = np.repeat(np.arange(len(terms), dtype=np.uint32), segment.text.counts())
    of_postings = (stems << np.uint32(8) | segment.text.forms(terms))[
        alive_postings(segment.text, alive)
    ]
    left = np.bincount(np.searchsorted(codes, of_postings), minlength=len(codes))[of_words]
    before = np.bincount(of_words, segment.word_counts)[of_words]
    counts = np.rint(segment.word_counts * (left / before)).astype(np.int64)
    return np.where(left > 0, np.maximum(counts, 1), 0)


def _source(
    terms: Sequence[str], written: Sequence[str], words: WordBuffer, starts: Numbers
) -> PostingSource:
    """Return the postings of words, which are `written` so and have these terms."""
    forms = np.array([analysis.form(word) for word in written], np.uint8)

    def read() -> Iterator[tuple[Numbers, Numbers, Forms]]:
        for ids, postings in words.postings(starts):
            yield ids, postings, forms[ids]

    return PostingSource(terms, len(words), read)


def _postings_arrays(name: str, postings: SortedPostings) -> Arrays:
    return {
        f"{name}.starts": postings.starts.astype(np.uint32),
        f"{name}.postings": postings.postings,
    }


def _in_titles(text: SortedPostings, titles: Numbers) -> Numbers:
    """Return how many of each term's postings are in titles."""
    if not text.terms:
        return np.empty(0, np.uint32)
    papers = text.postings >> np.uint32(POSITION_BITS)
    in_title = (text.postings & np.uint32(LAST_POSITION)) < titles[papers]
    return np.add.reduceat(in_title, text.starts[:-1], dtype=np.uint32)


def _prefixes(text: SortedPostings, titles: Numbers) -> Arrays:
    """Return short prefixes of many postings, each with its term frequencies."""
    found: list[tuple[str, Numbers]] = []
    for length in range(1, LONGEST_PREFIX + 1):
        end = 0
        while end < len(text.terms) and len(titles) <= MOST_WITH_FREQUENCIES:
            first, prefix = end, text.terms[end][:length]
            if len(prefix) < length:
                end += 1
                continue
            end = bisect_left(text.terms, prefix + "\U0010ffff", lo=first)
            postings = text.postings[text.starts[first] : text.starts[end]]
            if len(postings) > _MANY:
                found.append((prefix, term_frequencies(postings, titles).pack()))
    found.sort()
    return {
        **_dictionary("prefixes", [prefix for prefix, _ in found]),
        "prefixes.starts": np.cumsum([0, *(len(packed) for _, packed in found)]).astype(np.uint32),
        "prefixes.frequencies": np.concatenate([np.empty(0, np.uint32), *(p for _, p in found)]),
    }


def _vocabulary(parts: Sequence[_Vocabulary], stems: list[str]) -> Arrays:
    """Return the written words in order, each with the rank of its stem and its count."""
    rank = {stem: index for index, stem in enumerate(stems)}
    counts: defaultdict[str, int] = defaultdict(int)
    ranks: dict[str, int] = {}
    for part in parts:
        for word, stem, number in zip(*part, strict=True):
            if number and stem in rank:
                counts[word] += number
                ranks[word] = rank[stem]
    words = sorted(counts)
    return {
        **_dictionary("words", words),
        "words.stems": np.array([ranks[word] for word in words], np.uint32),
        "words.counts": np.array([counts[word] for word in words], np.uint32),
    }


def _dictionary(name: str, terms: Sequence[str]) -> Arrays:
    """Return sorted terms, each ended by a newline, in UTF-8, and where each ends."""
    blob = np.frombuffer("".join(f"{term}\n" for term in terms).encode(), np.uint8)
    return {name: blob, f"{name}.ends": np.flatnonzero(blob == ord("\n")).astype(np.uint32)}
