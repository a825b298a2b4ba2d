"""How papers are filed in the index: a block of them at a time, in numpy arrays.

The postings of a block are ordered by stem, then paper, then position, and cut into pages; a page
is filed under its first stem. A common stem has a page of its own, rare ones share a page with
their neighbours in the alphabet. So a stem is one page, and a beginning is a few pages in a row,
however many words it may become. Of short beginnings that fill many pages, the block also keeps
how often they stand in each paper.
"""

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import count, pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from paperreader.search import analysis
from paperreader.search.postings import (
    LAST_POSITION,
    POSITION_BITS,
    Numbers,
    pack28,
    term_frequencies,
)

# Words of the title and the abstract, or of two authors, never stand together.
GAP = 8
# The date of a paper that is one no longer.
GONE = (1 << 28) - 1
_PAGE = 8192
# Beginnings up to so many letters are tallied where they have more postings than this.
_LONGEST_START = 3
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
SegmentData = dict[str, Iterable[tuple[bytes, bytes]]]


class PostingsBuffer:
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
        keys = np.repeat(_array(self._starts), lengths)
        positions = np.arange(len(keys), dtype=np.uint32)
        positions -= np.repeat(np.cumsum(lengths, dtype=np.uint32) - lengths, lengths)
        positions += keys & np.uint32(LAST_POSITION)
        np.minimum(positions, LAST_POSITION, out=positions)
        keys &= ~np.uint32(LAST_POSITION)
        keys |= positions
        return (
            np.concatenate([_array(self._words), _array(self._joined_words)]),
            np.concatenate([keys, _array(self._joined_keys)]),
        )


def write_segment(
    texts: Iterable[Text], about: Callable[[], dict[str, Any]], cancelled: Callable[[], None]
) -> SegmentData:
    """Return a block of `texts` as it is filed; what `about` says in the end is kept with it.

    `cancelled` is called now and then; what it raises ends the work.
    """
    words, names = PostingsBuffer(), PostingsBuffer()
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
    to_numbers = [(b"about", json.dumps(about()).encode())]
    to_numbers += [
        (name.encode(), pack28(np.array(told, np.uint32))) for name, told in columns.items()
    ]
    ids, keys = words.arrays()
    stems = analysis.stems(words.ids)
    stemmed = SortedPostings(ids, keys, stems)
    cancelled()
    authors = SortedPostings(*names.arrays(), list(names.ids))
    to_numbers += stemmed.columns("text") + authors.columns("names")
    to_numbers += _vocabulary(list(words.ids), stems, ids)
    starts = stemmed.prefixes(np.array(columns["titles"], np.uint32))
    to_numbers.append((b"starts.terms", b"\n".join(start for start, _ in starts)))
    return {
        "columns": to_numbers,
        "text": stemmed.pages(),
        "names": authors.pages(),
        "starts": starts,
    }


class SortedPostings:
    """Postings in the order of their terms."""

    def __init__(self, ids: Numbers, keys: Numbers, terms: list[str]) -> None:
        """Order the postings `keys` of the words `ids`, which are filed under `terms`."""
        self._terms = sorted(set(terms))
        rank = {term: place for place, term in enumerate(self._terms)}
        ranks = np.array([rank[term] for term in terms], dtype=np.uint64)
        numbers = np.bincount(ids, minlength=len(terms))
        counts = np.bincount(ranks.astype(np.int64), numbers, len(self._terms)).astype(np.int64)
        both = ranks[ids]
        both <<= np.uint64(32)
        both |= keys
        both.sort()
        self._keys = both.astype(np.uint32)
        self._starts = np.concatenate([[0], np.cumsum(counts)])
        self._firsts = _page_starts(self._starts)

    def pages(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the postings in pages, each with its first term."""
        for first, end in pairwise([*self._firsts, len(self._terms)]):
            keys = self._keys[self._starts[first] : self._starts[end]]
            yield self._terms[first].encode(), pack28(keys)

    def columns(self, field: str) -> list[tuple[bytes, bytes]]:
        """Return what is needed to find a term's page."""
        return [
            (f"{field}.terms".encode(), _blob(self._terms)),
            (f"{field}.starts".encode(), pack28(self._starts)),
            (f"{field}.pages".encode(), pack28(np.array(self._firsts, dtype=np.uint32))),
        ]

    def prefixes(self, titles: Numbers) -> list[tuple[bytes, bytes]]:
        """Return short beginnings of many postings, each with how often it stands where."""
        found = []
        for length in range(1, _LONGEST_START + 1):
            end = 0
            while end < len(self._terms):
                place, start = end, self._terms[end][:length]
                if len(start) < length:
                    end += 1
                    continue
                end = bisect_left(self._terms, start + "\U0010ffff", lo=place)
                keys = self._keys[self._starts[place] : self._starts[end]]
                if len(keys) > _MANY:
                    found.append(
                        (start.encode(), pack28(term_frequencies(keys, titles).to_numbers()))
                    )
        return found


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
        (b"words.stems", pack28(np.array([rank[stems[place]] for place in order], np.uint32))),
        (b"words.counts", pack28(counts)),
    ]


def _blob(words: list[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()


def _array(numbers: "array[int]") -> Numbers:
    return np.frombuffer(numbers, dtype=np.uint32) if numbers else np.empty(0, np.uint32)


def _date(told: str) -> int:
    """Return an ISO 8601 date as a number that grows with it; 0 where there is none."""
    digits = told[:10].replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0
