"""Writing a segment: the words of many papers become sorted arrays, all of them at once.

The words come in paper by paper and are only numbered and kept, in the order of the text. At the
end every posting gets the rank of its term in the upper half of one 64-bit number, and one sort
of these numbers orders the whole segment: 0.15 s for 20,000 papers, where a loop over postings
takes 46 µs for each.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search import analysis
from paperreader.search.analysis import Words
from paperreader.search.packed_text import unpack
from paperreader.search.postings import (
    GAP,
    LAST_POSITION,
    MOST_WITH_FREQUENCIES,
    POSITION_BITS,
    Flags,
    Numbers,
    term_frequencies,
)
from paperreader.search.segment import FieldPostings, Segment

# Term frequencies are stored for prefixes of up to so many letters with more postings than this:
# counting them when such a prefix is typed took 150 ms in a library of 87,000 papers, reading
# them 3 to 15 ms.
_LONGEST_PREFIX = 3
_MANY = 32768
# So many texts, or terms of an older segment, are turned into postings at a time.
_TEXTS = 4096

Arrays = dict[str, NDArray[Any]]


class _Source(NamedTuple):
    """Postings to be sorted, in any order, made when it is their turn.

    `read` returns, in parts, the index in `terms` of each posting's term, and the postings.
    """

    terms: Sequence[str]
    size: int
    read: Callable[[], Iterator[tuple[Numbers, Numbers]]]


class _Vocabulary(NamedTuple):
    """Words as they are written, the stem of each, and how often each occurs."""

    words: Sequence[str]
    stems: Sequence[str]
    counts: Sequence[int]


class _Sorted(NamedTuple):
    """Terms in order; the postings of term i are `postings[starts[i]:starts[i + 1]]`, sorted."""

    terms: list[str]
    starts: NDArray[np.int64]
    postings: Numbers


class _Words:
    """The words of one field of many papers, in the order in which they came."""

    def __init__(self, ids: defaultdict[str, int]) -> None:
        """Number the words by `ids`, which gives a new word the next number."""
        self._ids = ids
        self._words, self._lengths = array("I"), array("I")
        self._papers, self._starts = array("I"), array("I")
        self._joined_words, self._joined_papers = array("I"), array("I")
        self._joined_positions = array("I")

    def add(self, paper: int, texts: Iterable[Words]) -> None:
        """Add the texts of a paper, a gap between each two."""
        id_of, start = self._ids.__getitem__, 0
        for text in texts:
            self._words.extend(map(id_of, text.words))
            self._lengths.append(len(text.words))
            self._papers.append(paper)
            self._starts.append(start)
            for position, word in text.joined:
                self.add_at(paper, word, start + position)
            start += len(text.words) + GAP

    def add_at(self, paper: int, word: str, position: int) -> None:
        """Add one word of a paper that stands at `position`."""
        self._joined_words.append(self._ids[word])
        self._joined_papers.append(paper)
        self._joined_positions.append(position)

    def lengths(self, papers: int) -> Numbers:
        """Return how many positions the field has in each of so many papers."""
        lengths = np.zeros(papers, np.uint32)
        np.maximum.at(
            lengths, _numbers(self._papers), _numbers(self._starts) + _numbers(self._lengths)
        )
        np.maximum.at(lengths, _numbers(self._joined_papers), _numbers(self._joined_positions) + 1)
        return lengths

    def __len__(self) -> int:
        """Return how many postings there will be."""
        return len(self._words) + len(self._joined_words)

    def counts(self) -> NDArray[np.int64]:
        """Return how often each word occurs, by its number."""
        counts = np.bincount(_numbers(self._words), minlength=len(self._ids))
        counts += np.bincount(_numbers(self._joined_words), minlength=len(self._ids))
        return counts

    def postings(self, starts: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the numbers of words, and their postings: first the words in turn, then others.

        `starts` is the position at which the field begins, by paper.
        """
        words, lengths = _numbers(self._words), _numbers(self._lengths)
        papers, ends = _numbers(self._papers), np.cumsum(lengths, dtype=np.int64)
        # Some texts at a time, so that little memory is needed beside the result.
        for some in (slice(at, at + _TEXTS) for at in range(0, len(papers), _TEXTS)):
            begin, end = int(ends[some][0] - lengths[some][0]), int(ends[some][-1])
            first = _numbers(self._starts)[some] + starts[papers[some]]
            before = ends[some] - lengths[some] - begin  # words of texts before each
            positions = np.arange(end - begin, dtype=np.int64)
            positions += np.repeat(first - before, lengths[some])
            postings = _postings(np.repeat(papers[some], lengths[some]), positions)
            yield words[begin:end], postings
        papers = _numbers(self._joined_papers)
        joined = _numbers(self._joined_positions) + starts[papers]
        yield _numbers(self._joined_words), _postings(papers, joined)


class SegmentBuilder:
    """Collects papers, new ones and those of older segments, and makes one segment of them."""

    def __init__(self) -> None:
        """Begin with no papers."""
        self._ids = _numbering()
        self._name_ids = _numbering()
        self._stem_ids = _numbering()
        self._fields = {
            "title": _Words(self._ids),
            "abstract": _Words(self._ids),
            "authors": _Words(self._name_ids),
        }
        self._stemmed = {"title": _Words(self._stem_ids), "abstract": _Words(self._stem_ids)}
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
        terms = [analysis.name(word) for word in self._name_ids]
        new = _source(terms, self._fields["authors"], starts)
        names = _sort([new, *self._old("names")])
        return {
            "titles": titles,
            "lengths": lengths,
            **_dictionary("stems", text.terms),
            **_postings_arrays("text", text),
            "text.in_titles": _in_titles(text, titles),
            **_dictionary("names", names.terms),
            **_postings_arrays("names", names),
            **_vocabulary(words, text.terms),
            **_prefixes(text, titles),
        }

    def _lengths(self, field: str, papers: int) -> Numbers:
        lengths = self._fields[field].lengths(papers)
        return np.maximum(lengths, self._stemmed[field].lengths(papers))

    def _text(self, titles: Numbers) -> tuple[_Sorted, list[_Vocabulary]]:
        """Return the postings of titles and abstracts, and the words they were made of."""
        sources, words = self._old("text"), [self._old_words(*merged) for merged in self._merged]
        for fields, ids in ((self._fields, self._ids), (self._stemmed, self._stem_ids)):
            written = list(ids)
            stems = analysis.stems(written) if fields is self._fields else written
            counts = fields["title"].counts() + fields["abstract"].counts()
            words.append(_Vocabulary(written, stems, counts.tolist()))
            # The abstract follows the title after a gap.
            sources += [
                _source(stems, fields["title"], np.zeros_like(titles)),
                _source(stems, fields["abstract"], titles + np.uint32(GAP)),
            ]
        return _sort(sources), words

    def _old(self, field: str) -> list[_Source]:
        """Return what the papers taken from older segments have in `text` or in `names`."""
        sources = []
        for segment, alive, base in self._merged:
            postings = segment.text if field == "text" else segment.names
            size = int(np.count_nonzero(_alive(postings, alive)))
            read = partial(_living, postings, alive, base)
            sources.append(_Source(list(postings.terms.words()), size, read))
        return sources

    def _old_words(self, segment: Segment, alive: Flags, _: int) -> _Vocabulary:
        """Return the words of an older segment.

        The postings of a stem do not say which of its words each was. So where some of its papers
        are dead, the counts of its words shrink as those of the stem did, and no word goes while
        the stem is there: a prefix still finds whatever it found.
        """
        stems = list(segment.text.terms.words())
        counts = segment.word_counts.astype(np.float64)
        if not alive.all():
            postings = segment.text.postings(range(len(stems)))
            ids = np.repeat(np.arange(len(stems)), segment.text.counts())
            left = np.bincount(ids, alive[postings >> np.uint32(POSITION_BITS)], len(stems))
            counts *= (left / segment.text.counts())[segment.word_stems]
            counts = np.maximum(np.rint(counts), 1)
        return _Vocabulary(
            list(segment.words.words()),
            [stems[stem] for stem in segment.word_stems.tolist()],
            counts.astype(np.int64).tolist(),
        )


def _source(terms: Sequence[str], words: _Words, starts: Numbers) -> _Source:
    return _Source(terms, len(words), partial(words.postings, starts))


def _alive(postings: FieldPostings, alive: Flags) -> Flags:
    """Return for each posting of an older segment whether its paper is alive."""
    flags: Flags = alive[postings.postings(range(len(postings.terms))) >> np.uint32(POSITION_BITS)]
    return flags


def _living(postings: FieldPostings, alive: Flags, base: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the ranks of terms, and the postings of living papers, with ordinals from `base`."""
    ordinals = np.cumsum(alive, dtype=np.uint32) + np.uint32(base) - np.uint32(1)
    counts = postings.counts()
    for some in (range(at, min(at + _TEXTS, len(counts))) for at in range(0, len(counts), _TEXTS)):
        keys = postings.postings(some)
        ranks = np.repeat(
            np.arange(some.start, some.stop, dtype=np.uint32), counts[some.start : some.stop]
        )
        papers = keys >> np.uint32(POSITION_BITS)
        keep = alive[papers]
        yield ranks[keep], _postings(ordinals[papers[keep]], keys[keep] & np.uint32(LAST_POSITION))


def _sort(sources: Sequence[_Source]) -> _Sorted:
    """Put postings in the order of their terms, then of papers and positions."""
    terms = sorted(set().union(*(source.terms for source in sources)))
    rank = {term: index for index, term in enumerate(terms)}
    both = np.empty(sum(source.size for source in sources), np.uint64)
    end = 0
    for source in sources:
        ranks = np.array([rank[term] for term in source.terms], np.uint64)
        for ids, keys in source.read():
            part = both[end : end + len(ids)]
            np.take(ranks, ids, out=part, mode="clip")  # does not copy `part`, and never clips
            part <<= np.uint64(32)
            part |= keys
            end += len(ids)
    both.sort()
    starts = np.searchsorted(both, np.arange(len(terms) + 1, dtype=np.uint64) << np.uint64(32))
    used = np.diff(starts) > 0
    if not used.all():  # terms that only dead papers had
        terms = [term for term, is_used in zip(terms, used.tolist(), strict=True) if is_used]
        starts = np.append(starts[:-1][used], starts[-1])
    return _Sorted(terms, starts, both.astype(np.uint32))


def _postings_arrays(name: str, postings: _Sorted) -> Arrays:
    return {
        f"{name}.starts": postings.starts.astype(np.uint32),
        f"{name}.postings": postings.postings,
    }


def _in_titles(text: _Sorted, titles: Numbers) -> Numbers:
    """Return how many of each term's postings are in titles."""
    if not text.terms:
        return np.empty(0, np.uint32)
    papers = text.postings >> np.uint32(POSITION_BITS)
    in_title = (text.postings & np.uint32(LAST_POSITION)) < titles[papers]
    return np.add.reduceat(in_title, text.starts[:-1], dtype=np.uint32)


def _prefixes(text: _Sorted, titles: Numbers) -> Arrays:
    """Return short prefixes of many postings, each with its term frequencies."""
    found: list[tuple[str, Numbers]] = []
    for length in range(1, _LONGEST_PREFIX + 1):
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
            if stem in rank:
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


def _postings(papers: Numbers, positions: NDArray[Any]) -> Numbers:
    """Return the postings of some positions, those beyond the last one cut, in some papers."""
    postings = papers << np.uint32(POSITION_BITS)
    postings |= np.minimum(positions, LAST_POSITION).astype(np.uint32)
    return postings


def _numbering() -> defaultdict[str, int]:
    """Return a dictionary that gives each new word the next number, from 0."""
    return defaultdict(count().__next__)


def _numbers(values: "array[int]") -> Numbers:
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)
