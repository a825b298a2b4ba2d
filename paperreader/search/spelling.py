"""Close spellings, from the words of the library's own papers."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from paperreader.search import analysis
from paperreader.search.snapshot import Snapshot

# In a library of more papers than this, a word that stands less often is not offered: it may be a
# slip itself.
_LARGE = 5000
_OFTEN = 3
# A word that was written is only doubted where it is rare, and another one stands so many times
# as often.
_RARE = 20
_MUCH_OFTENER = 40
# A word that stands more often than this is meant as it is.
_SURE = 25
# What a letter less, more, other or swapped weighs against ten times as many occurrences.
_SLIP = 1.5
_SAME_START = 0.5
_MOST_CLOSE = 30


class Spelling:
    """The words in a snapshot and how often each stands in it."""

    def __init__(self, snapshot: Snapshot, check: Callable[[], None]) -> None:
        """Take the words of `snapshot`; of a large one, not those that stand in it once."""
        self.snapshot = snapshot
        large = len(snapshot) > _LARGE
        self._often = _OFTEN if large else 1
        counts: Counter[str] = Counter()
        for segment in snapshot.segments:
            check()
            names = segment.names.terms
            written = zip(segment.words.words(), segment.word_counts.tolist(), strict=True)
            signed = zip(names.words(), segment.names.counts().tolist(), strict=True)
            for word, number in chain(written, signed):
                if number > large:
                    counts[word] += number
        self._counts = counts
        # Of each length, the most frequent first, so that rare ones need not be looked at.
        self._by_length: dict[int, list[str]] = {}
        for word, _ in counts.most_common():
            self._by_length.setdefault(len(word), []).append(word)

    def close(self, word: str) -> list[tuple[str, int]]:
        """Return the folded words that are spelled nearly like `word`, and the edits of each.

        The likeliest come first.
        """
        found = self._near(word)
        found.sort(key=lambda near: -self._likely(word, *near))
        return found[:_MOST_CLOSE]

    def better(self, word: str) -> str | None:
        """Return the word that was probably meant where `word` was written, or None."""
        written = self._counts.get(word, 0)
        if written > _SURE or word in analysis.STOP_WORDS:
            return None
        if word in analysis.STOP_WORDS or written > _RARE:
            return None
        wanted = max(self._often, written * _MUCH_OFTENER)
        near = [
            (other, distance)
            for other, distance in self._near(word, wanted)
            if other not in analysis.STOP_WORDS and analysis.stem(other) != analysis.stem(word)
        ]
        return max(near, key=lambda n: self._likely(word, *n))[0] if near else None

    def _near(self, word: str, often: int = 0) -> list[tuple[str, int]]:
        """Return known words within reach of `word`, and how far each is from it.

        They stand `often` at least.
        """
        reach = analysis.max_edits(word)
        found: list[tuple[str, int]] = []
        for length in range(len(word) - reach, len(word) + reach + 1):
            choices = self._by_length.get(length, [])
            if often:
                choices = choices[: bisect_right(choices, -often, key=self._minus_count)]
            near = process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=reach, limit=None
            )
            found += [(choice, int(distance)) for choice, distance, _ in near]
        return found

    def _minus_count(self, word: str) -> int:
        return -self._counts[word]

    def _likely(self, word: str, near: str, distance: int) -> float:
        often = float(np.log10(self._counts[near]))
        return often - _SLIP * distance + _SAME_START * (near[:1] == word[:1])


def mended(spelling: Spelling, words: Sequence[str]) -> dict[str, str]:
    """Return for each of some words of a query what was probably meant, where that is another."""
    found: dict[str, str] = {}
    for written in words:
        variants = analysis.variants(written)
        if len(variants) == 1 and len(variants[0]) == 1:
            better = spelling.better(variants[0][0])
            if better is not None:
                found[written] = better
    return found
