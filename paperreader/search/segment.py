"""A block of papers as it is read from the index (see `filing` for how it is made)."""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from paperreader.search.postings import (
    NOTHING,
    Numbers,
    TermFrequencies,
    term_frequencies,
    unpack28,
)

# Of so many words, one is at hand for finding the others.
_STRIDE = 32


class TermDictionary:
    """Words in order, each known by its place."""

    def __init__(self, blob: bytes) -> None:
        """Take the words of `blob`, each ended by a newline."""
        self._blob = blob
        ends = np.flatnonzero(np.frombuffer(blob, dtype=np.uint8) == ord("\n"))
        self._ends = ends.astype(np.uint32)
        self._stride = [self.word(place) for place in range(0, len(ends), _STRIDE)]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._ends)

    def word(self, place: int) -> bytes:
        """Return the word at `place`."""
        start = int(self._ends[place - 1]) + 1 if place else 0
        return self._blob[start : self._ends[place]]

    def find(self, word: bytes) -> range:
        """Return the place of `word`, as a range that is empty where it is not here."""
        place = self._left(word)
        found = place < len(self) and self.word(place) == word
        return range(place, place + 1) if found else range(0)

    def prefix(self, prefix: bytes) -> range:
        """Return the places of the words that begin with `beginning`."""
        return range(self._left(prefix), self._left(prefix + b"\xff"))

    def words(self) -> Iterator[str]:
        """Yield all words in order."""
        yield from self._blob.decode().split("\n")[:-1]

    def _left(self, word: bytes) -> int:
        """Return the place of the first word that is not before `word`."""
        stride = bisect_left(self._stride, word)
        if stride == 0:
            return 0
        first = (stride - 1) * _STRIDE
        start = int(self._ends[first - 1]) + 1 if first else 0
        end = self._ends[min(first + _STRIDE, len(self)) - 1]
        return first + bisect_left(self._blob[start:end].split(b"\n"), word)


class FieldPostings:
    """The postings of one field of a block, by term."""

    def __init__(
        self, columns: Callable[[str], bytes], field: str, page: Callable[[bytes], Numbers]
    ) -> None:
        """Take the terms from `columns`, and the postings from what `page` gives for a term."""
        self.terms = TermDictionary(columns(f"{field}.terms"))
        self._starts = unpack28(columns(f"{field}.starts"))
        self._firsts = unpack28(columns(f"{field}.pages"))
        self._page = page

    def postings(self, terms: range) -> Numbers:
        """Return the postings of terms in a row, one term after the other."""
        if not terms:
            return NOTHING
        first, last = np.searchsorted(self._firsts, [terms[0], terms[-1]], side="right") - 1
        pages = [self._page(self.terms.word(int(self._firsts[p]))) for p in range(first, last + 1)]
        whole = pages[0] if len(pages) == 1 else np.concatenate(pages)
        before = self._starts[self._firsts[first]]
        return whole[self._starts[terms.start] - before : self._starts[terms.stop] - before]

    def frequencies(self, terms: range) -> Numbers:
        """Return how many postings each of the terms has."""
        return np.diff(self._starts[terms.start : terms.stop + 1])


class SegmentInfo(NamedTuple):
    """What a block says of itself: the format, the library, and how far the store was read."""

    format: int
    library: str
    upto: int


class Segment:
    """A block as it was filed."""

    def __init__(
        self, read: Callable[[str, bytes], bytes], kept: Callable[[str, bytes], Numbers]
    ) -> None:
        """Take what is needed at once by `read`; pages, when they are asked for, by `kept`."""

        def column(name: str) -> bytes:
            return read("columns", name.encode())

        self.about = SegmentInfo(**json.loads(column("about")))
        self.rows = unpack28(column("rows"))
        self.titles = unpack28(column("titles"))
        self.lengths = unpack28(column("lengths"))
        self.dates = unpack28(column("dates"))
        self.words = TermDictionary(column("words"))
        self.word_counts = unpack28(column("words.counts"))
        self._word_stems = unpack28(column("words.stems"))
        self._kept = kept
        # The runs of the beginning that was asked for last: its size is asked first.
        self._runs_of: tuple[bytes, list[range]] = (b"", [])
        self._frequencies = frozenset(column("starts.terms").split())
        self.text = FieldPostings(column, "text", lambda term: kept("text", term))
        self.names = FieldPostings(column, "names", lambda term: kept("names", term))

    def stem(self, stem: bytes) -> Numbers:
        """Return the postings of a stem, ordered."""
        return self.text.postings(self.text.terms.find(stem))

    def prefix(self, prefix: bytes) -> Numbers:
        """Return the postings of the stems that words with this beginning have, one by one."""
        found = [self.text.postings(run) for run in self._stems(prefix)]
        return found[0] if len(found) == 1 else np.concatenate([NOTHING, *found])

    def size(self, prefix: bytes) -> int:
        """Return how many postings `beginning` would give."""
        return sum(int(self.text.frequencies(run).sum()) for run in self._stems(prefix))

    def _stems(self, prefix: bytes) -> list[range]:
        """Return the stems that words with this beginning have, as runs of neighbours."""
        known, runs = self._runs_of
        if known == prefix:
            return runs
        words = self.words.prefix(prefix)
        stems = self._word_stems[words.start : words.stop].astype(np.int64)
        if not len(stems):
            return []
        lowest = int(stems.min())
        flags = np.zeros(int(stems.max()) - lowest + 3, np.int8)
        flags[stems - lowest + 1] = 1
        edges = np.flatnonzero(np.diff(flags)) + lowest
        runs = [range(start, end) for start, end in edges.reshape(-1, 2).tolist()]
        self._runs_of = (prefix, runs)
        return runs

    def frequencies(self, prefix: bytes) -> TermFrequencies:
        """Return how often words with this beginning stand in the papers."""
        if prefix in self._frequencies:
            return TermFrequencies.from_numbers(self._kept("starts", prefix))
        return term_frequencies(self.prefix(prefix), self.titles)
