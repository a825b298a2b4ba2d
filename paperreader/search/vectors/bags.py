"""Bags of words: how often each word stands in a text, and sums of word vectors over them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from itertools import chain
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from paperreader.search import analysis
from paperreader.search.vectors.quantised import Floats, QuantisedRows

Bag = Counter[str]
Integers = NDArray[np.int64]

# Vectors in memory at once: 4 MB of float32.
_AT_ONCE = 8192
_UNTELLING = -1


# So much of a text says what it is about: ten times the longest abstract. All of a text of a
# million characters, each word another, took 100 MB.
_LOOKED_AT = 60_000


def word_counts(*texts: str) -> Bag:
    """Return how often each word stands in some texts, as far as they are looked at.

    Words are folded, but not stemmed: forms of a word are close to each other anyway, and measured
    better apart.
    """
    words: Bag = Counter()
    for text in texts:
        words.update(map(analysis.bare, analysis.words(text[:_LOOKED_AT]).words))
    return words


def telling(words: Bag) -> Bag:
    """Return those words that say what a text is about."""
    return Counter({word: count for word, count in words.items() if is_telling(word)})


def is_telling(word: str) -> bool:
    """Whether a folded word is neither a stop word nor a number nor a single letter."""
    return len(word) > 1 and not word.isdigit() and word not in analysis.STOP_WORDS


class WordNumbers(dict[str, int]):
    """Numbers telling words as they are met; the others have the number -1."""

    def __init__(self) -> None:
        """Start without a word."""
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        number = _UNTELLING
        if is_telling(word):
            number = len(self.words)
            self.words.append(word)
        self[word] = number
        return number


def word_keys(words: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each word that no other word has, but by a chance of 2**-64.

    A library's words are kept and looked up by these: 8 bytes each, whatever their lengths.
    """
    digests = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, "<u8")


class Bags(NamedTuple):
    """Bags one after the other: bag i holds the words `words[starts[i] : starts[i + 1]]`.

    `words` are numbers of words, uint32, and `counts` how often each stands there, uint8.
    """

    starts: Integers
    words: NDArray[np.uint32]
    counts: NDArray[np.uint8]

    @classmethod
    def of(cls, bags: Sequence[Bag], numbers: WordNumbers) -> Self:
        """Return bags with their telling words by number."""
        sizes = np.fromiter(map(len, bags), np.int64, len(bags))
        words = np.fromiter(
            map(numbers.__getitem__, chain.from_iterable(bags)), np.int64, sizes.sum()
        )
        counts = np.fromiter(chain.from_iterable(b.values() for b in bags), np.int64, sizes.sum())
        tells = words != _UNTELLING
        ends = np.cumsum(np.concatenate([[0], tells]))[np.cumsum(np.concatenate([[0], sizes]))]
        return cls(
            ends, words[tells].astype(np.uint32), np.minimum(counts[tells], 255).astype(np.uint8)
        )

    def __len__(self) -> int:
        """Return the number of bags."""
        return len(self.starts) - 1

    @property
    def weights(self) -> Floats:
        """What each word counts in its bag: 1 + ln(count)."""
        return np.float32(1) + np.log(self.counts.astype(np.float32))

    @property
    def owners(self) -> Integers:
        """The bag that each word stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def sums(self, vectors: QuantisedRows) -> Floats:
        """Return the weighted sum of each bag's word vectors, float32 (n, DIMENSIONS)."""
        weights = self.weights * vectors.scales[self.words].astype(np.float32)
        return grouped_sums(vectors.values[:], self.words, weights, self.starts)


def grouped_sums(
    values: NDArray[Any], rows: NDArray[Any], weights: Floats, starts: Integers
) -> Floats:
    """Return the weighted sums of some rows of a matrix, from each of `starts` up to the next.

    The sum of none is 0. A product for each group is three times as fast as `np.add.reduceat`.
    """
    sums = np.zeros((len(starts) - 1, values.shape[1]), np.float32)
    places = starts.tolist()
    first = 0
    while first < len(sums):
        last = bisect_right(places, places[first] + _AT_ONCE) - 1
        last = min(max(last, first + 1), len(sums))
        base = places[first]
        taken = values[rows[base : places[last]]].astype(np.float32)
        for group in range(first, last):
            start, end = places[group], places[group + 1]
            np.dot(weights[start:end], taken[start - base : end - base], out=sums[group])
        first = last
    return sums
