"""A block: some thousands of papers as the index keeps them, in numpy arrays.

A posting is one number: the paper's place in the block, then the word's position in the paper.
The postings of a block are ordered by stem, then paper, then position, and cut into pages; a page
is filed under its first stem. A common stem has a page of its own, rare ones share a page with
their neighbours in the alphabet. So a stem is one page, and a beginning is a few pages in a row,
however many words it may become. Of short beginnings that fill many pages, the block also keeps
how often they stand in each paper.

Positions count the words of the title, a gap, and the words of the abstract; a position below the
title's length is in the title. Names have postings of their own, with a gap between authors.
"""

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import count, pairwise
from typing import Any, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from paperreader import analysis

Numbers = NDArray[np.uint32]

POSITION_BITS = 10
LAST_POSITION = (1 << POSITION_BITS) - 1
# Words of the title and the abstract, or of two authors, never stand together.
GAP = 8
# A block's papers fit into what a packed number has left beside the position.
_PAPER_BITS = 15
MOST_PAPERS = 1 << _PAPER_BITS
_PAGE = 8192
# Beginnings up to so many letters are tallied where they have more postings than this.
LONGEST_START = 3
_MANY = 4 * _PAGE
_CHECK_EVERY = 256


class Text(Protocol):
    """What the index takes of a paper; with no text at all, the paper is one no longer."""

    @property
    def row(self) -> int:
        """The library's number for the paper."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def abstract(self) -> str:
        """The abstract."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors."""

    @property
    def published(self) -> str:
        """The date, as ISO 8601 says it, whole or cut."""


# What a block is filed as: for each field, pairs of a term and its payload.
Filed = dict[str, list[tuple[bytes, bytes]]]


def packed(numbers: NDArray[Any]) -> bytes:
    """Return numbers below 2**28 as bytes below 2**7.

    Whoosh pickles payloads as text, which doubles every byte above that.
    """
    n = numbers.astype(np.uint32)
    spread = n & 0x7F | (n & 0x3F80) << 1 | (n & 0x1FC000) << 2 | (n & 0xFE00000) << 3
    return spread.astype("<u4").tobytes()


def unpacked(payload: bytes) -> Numbers:
    """Return the numbers that were `packed`."""
    n = np.frombuffer(payload, dtype="<u4").astype(np.uint32, copy=False)
    numbers: NDArray[Any] = n & 0x7F | n >> 1 & 0x3F80 | n >> 2 & 0x1FC000 | n >> 3 & 0xFE00000
    return numbers


class _Postings:
    """Words as they are met, and where they were met."""

    def __init__(self) -> None:
        self.ids: defaultdict[str, int] = defaultdict(count().__next__)
        self._words = array("I")
        self._lengths = array("I")
        self._starts = array("I")
        self._joined_words = array("I")
        self._joined_keys = array("I")

    def add(self, paper: int, start: int, text: str) -> int:
        """Add the words of `text`, the first at position `start`; return how many there are."""
        found = analysis.words(text)
        id_of = self.ids.__getitem__
        self._words.extend(map(id_of, found.words))
        self._lengths.append(len(found.words))
        self._starts.append(paper << POSITION_BITS | min(start, LAST_POSITION))
        for position, word in found.joined:
            self._joined_words.append(id_of(word))
            self._joined_keys.append(paper << POSITION_BITS | min(start + position, LAST_POSITION))
        return len(found.words)

    def arrays(self) -> tuple[Numbers, Numbers]:
        """Return the words met, by their ids, and their postings."""
        lengths = _array(self._lengths)
        starts = np.repeat(_array(self._starts), lengths)
        within = np.arange(len(starts), dtype=np.uint32)
        within -= np.repeat(np.cumsum(lengths, dtype=np.uint32) - lengths, lengths)
        positions = np.minimum((starts & LAST_POSITION) + within, LAST_POSITION)
        keys = starts & ~np.uint32(LAST_POSITION) | positions
        return (
            np.concatenate([_array(self._words), _array(self._joined_words)]),
            np.concatenate([keys, _array(self._joined_keys)]),
        )


def file_block(
    texts: Iterable[Text], about: dict[str, Any], cancelled: Callable[[], None]
) -> Filed:
    """Return a block of `texts` as it is filed; `about` is kept with it.

    `cancelled` is called now and then; what it raises ends the work.
    """
    words, names = _Postings(), _Postings()
    columns: dict[str, list[int]] = {name: [] for name in ("rows", "titles", "lengths", "dates")}
    for paper, text in enumerate(texts):
        if paper % _CHECK_EVERY == 0:
            cancelled()
        title = words.add(paper, 0, text.title)
        length = title + words.add(paper, title + GAP, text.abstract)
        start = 0
        for author in text.authors:
            start += names.add(paper, start, author) + GAP
        columns["rows"].append(text.row)
        columns["titles"].append(min(title, LAST_POSITION))
        columns["lengths"].append(length)
        columns["dates"].append(_date(text.published) if length or start else GONE)
    cancelled()
    filed = [(b"about", json.dumps(about).encode())]
    filed += [(name.encode(), packed(np.array(told, np.uint32))) for name, told in columns.items()]
    ids, keys = words.arrays()
    stems = analysis.stems(words.ids)
    stemmed = _Ordered(ids, keys, stems)
    cancelled()
    authors = _Ordered(*names.arrays(), list(names.ids))
    filed += stemmed.columns("text") + authors.columns("names")
    filed += _vocabulary(list(words.ids), stems, ids)
    starts = stemmed.beginnings(np.array(columns["titles"], np.uint32))
    filed.append((b"starts.terms", b"\n".join(start for start, _ in starts)))
    return {
        "columns": filed,
        "text": stemmed.pages(),
        "names": authors.pages(),
        "starts": starts,
    }


# The date of a paper that is one no longer.
GONE = (1 << 28) - 1


class _Ordered:
    """Postings in the order of their terms."""

    def __init__(self, ids: Numbers, keys: Numbers, terms: list[str]) -> None:
        """Order the postings `keys` of the words `ids`, which are filed under `terms`."""
        self._terms = sorted(set(terms))
        rank = {term: place for place, term in enumerate(self._terms)}
        ranks = np.array([rank[term] for term in terms], dtype=np.uint64)
        both = ranks[ids] << np.uint64(32) | keys
        both.sort()
        self._keys = both.astype(np.uint32)
        both >>= np.uint64(32)
        counts = np.bincount(both.astype(np.int64), minlength=len(self._terms))
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._firsts = _page_starts(self._starts)

    def pages(self) -> list[tuple[bytes, bytes]]:
        """Return the postings in pages, each with its first term."""
        cuts = [*self._firsts, len(self._terms)]
        return [
            (
                self._terms[first].encode(),
                packed(self._keys[self._starts[first] : self._starts[end]]),
            )
            for first, end in pairwise(cuts)
        ]

    def columns(self, field: str) -> list[tuple[bytes, bytes]]:
        """Return what is needed to find a term's page."""
        return [
            (f"{field}.terms".encode(), _blob(self._terms)),
            (f"{field}.starts".encode(), packed(self._starts)),
            (f"{field}.pages".encode(), packed(np.array(self._firsts, dtype=np.uint32))),
        ]

    def beginnings(self, titles: Numbers) -> list[tuple[bytes, bytes]]:
        """Return short beginnings of many postings, each with how often it stands where."""
        found = []
        for length in range(1, LONGEST_START + 1):
            end = 0
            while end < len(self._terms):
                place, start = end, self._terms[end][:length]
                if len(start) < length:
                    end += 1
                    continue
                end = bisect_left(self._terms, start + "\U0010ffff", lo=place)
                keys = self._keys[self._starts[place] : self._starts[end]]
                if len(keys) > _MANY:
                    found.append((start.encode(), packed(tallied(keys, titles).filed())))
        return found


class Tally(NamedTuple):
    """How often something stands in some papers: their places in order, all in all, in titles."""

    papers: Numbers
    counts: Numbers
    in_titles: Numbers

    def filed(self) -> Numbers:
        """Return the tally as numbers that can be packed."""
        counts = np.minimum(self.counts, 127) << _PAPER_BITS
        in_titles = np.minimum(self.in_titles, 63) << _PAPER_BITS + 7
        return np.asarray(self.papers | counts | in_titles, dtype=np.uint32)

    @classmethod
    def read(cls, filed: Numbers) -> Self:
        """Return the tally that was `filed`."""
        return cls(
            filed & np.uint32(MOST_PAPERS - 1),
            filed >> np.uint32(_PAPER_BITS) & np.uint32(127),
            filed >> np.uint32(_PAPER_BITS + 7),
        )


def tallied(postings: Numbers, titles: Numbers) -> Tally:
    """Return the tally of postings in any order; `titles` are the lengths of all titles."""
    papers = postings >> np.uint32(POSITION_BITS)
    counts = np.bincount(papers, minlength=len(titles))
    titled = papers[(postings & np.uint32(LAST_POSITION)) < titles[papers]]
    in_titles = np.bincount(titled, minlength=len(titles))
    found = np.flatnonzero(counts)
    return Tally(
        found.astype(np.uint32),
        counts[found].astype(np.uint32),
        in_titles[found].astype(np.uint32),
    )


def _page_starts(starts: NDArray[np.int64]) -> list[int]:
    """Return the places of the terms that begin a page."""
    firsts: list[int] = []
    term = 0
    while term < len(starts) - 1:
        firsts.append(term)
        end = int(np.searchsorted(starts, starts[term] + _PAGE, side="right")) - 1
        term = max(end, term + 1)
    return firsts


def _vocabulary(words: list[str], stems: list[str], ids: Numbers) -> list[tuple[bytes, bytes]]:
    """Return the written words in order, each with its stem's place and how often it stands."""
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = {stem: place for place, stem in enumerate(sorted(set(stems)))}
    counts = np.bincount(ids, minlength=len(words))[order]
    return [
        (b"words", _blob([words[place] for place in order])),
        (b"words.stems", packed(np.array([rank[stems[place]] for place in order], np.uint32))),
        (b"words.counts", packed(counts)),
    ]


def _blob(words: list[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _array(numbers: "array[int]") -> Numbers:
    return np.frombuffer(numbers, dtype=np.uint32) if numbers else np.empty(0, np.uint32)


def _date(told: str) -> int:
    """Return an ISO 8601 date as a number that grows with it; 0 where there is none."""
    digits = told[:10].replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0


_NONE = np.empty(0, np.uint32)


class Lexicon:
    """Words in order, each known by its place."""

    def __init__(self, blob: bytes) -> None:
        """Take the words of `blob`, each ended by a newline."""
        self._blob = blob
        ends = np.flatnonzero(np.frombuffer(blob, dtype=np.uint8) == ord("\n"))
        self._ends = ends.astype(np.uint32)

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

    def beginning(self, beginning: bytes) -> range:
        """Return the places of the words that begin with `beginning`."""
        return range(self._left(beginning), self._left(beginning + b"\xff"))

    def words(self) -> Iterator[str]:
        """Yield all words in order."""
        yield from self._blob.decode().split("\n")[:-1]

    def _left(self, word: bytes) -> int:
        return bisect_left(range(len(self)), word, key=self.word)


class Inverted:
    """The postings of one field of a block, by term."""

    def __init__(
        self, columns: Callable[[str], bytes], field: str, page: Callable[[bytes], Numbers]
    ) -> None:
        """Take the terms from `columns`, and the postings from what `page` gives for a term."""
        self.terms = Lexicon(columns(f"{field}.terms"))
        self._starts = unpacked(columns(f"{field}.starts"))
        self._firsts = unpacked(columns(f"{field}.pages"))
        self._page = page

    def postings(self, terms: range) -> Numbers:
        """Return the postings of terms in a row, one term after the other."""
        if not terms:
            return _NONE
        first, last = np.searchsorted(self._firsts, [terms[0], terms[-1]], side="right") - 1
        pages = [self._page(self.terms.word(int(self._firsts[p]))) for p in range(first, last + 1)]
        whole = pages[0] if len(pages) == 1 else np.concatenate(pages)
        before = self._starts[self._firsts[first]]
        return whole[self._starts[terms.start] - before : self._starts[terms.stop] - before]

    def frequencies(self, terms: range) -> Numbers:
        """Return how many postings each of the terms has."""
        return np.diff(self._starts[terms.start : terms.stop + 1])


class About(NamedTuple):
    """What a block says of itself: the format, the library, and how far the store was read."""

    format: int
    library: str
    upto: int


class Block:
    """A block as it was filed."""

    def __init__(
        self, read: Callable[[str, bytes], bytes], kept: Callable[[str, bytes], Numbers]
    ) -> None:
        """Take what is needed at once by `read`; pages, when they are asked for, by `kept`."""

        def column(name: str) -> bytes:
            return read("columns", name.encode())

        self.about = About(**json.loads(column("about")))
        self.rows = unpacked(column("rows"))
        self.titles = unpacked(column("titles"))
        self.lengths = unpacked(column("lengths"))
        self.dates = unpacked(column("dates"))
        self.words = Lexicon(column("words"))
        self.word_counts = unpacked(column("words.counts"))
        self._word_stems = unpacked(column("words.stems"))
        self._kept = kept
        self._tallied = frozenset(column("starts.terms").split())
        self.text = Inverted(column, "text", lambda term: kept("text", term))
        self.names = Inverted(column, "names", lambda term: kept("names", term))

    def stem(self, stem: bytes) -> Numbers:
        """Return the postings of a stem, ordered."""
        return self.text.postings(self.text.terms.find(stem))

    def beginning(self, beginning: bytes) -> Numbers:
        """Return the postings of the stems that words with this beginning have, one by one."""
        found = [self.text.postings(run) for run in self._stems(beginning)]
        return found[0] if len(found) == 1 else np.concatenate([_NONE, *found])

    def size(self, beginning: bytes) -> int:
        """Return how many postings `beginning` would give."""
        return sum(int(self.text.frequencies(run).sum()) for run in self._stems(beginning))

    def _stems(self, beginning: bytes) -> list[range]:
        """Return the stems that words with this beginning have, as runs of neighbours."""
        words = self.words.beginning(beginning)
        stems = self._word_stems[words.start : words.stop]
        if not len(stems):
            return []
        lowest = int(stems.min())
        flags = np.zeros(int(stems.max()) - lowest + 3, np.int8)
        flags[stems - np.uint32(lowest - 1)] = 1
        edges = np.flatnonzero(np.diff(flags)) + lowest
        return [range(int(start), int(end)) for start, end in edges.reshape(-1, 2)]

    def tally(self, beginning: bytes) -> Tally:
        """Return how often words with this beginning stand in the papers."""
        if beginning in self._tallied:
            return Tally.read(self._kept("starts", beginning))
        return tallied(self.beginning(beginning), self.titles)
