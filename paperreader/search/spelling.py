"""Close spellings, from the words of the library's own papers and the names of their authors."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from paperreader.query.text_field import Field
from paperreader.query.tree import Node, Word, wanted
from paperreader.search import analysis
from paperreader.search.segment import TermDictionary
from paperreader.search.snapshot import Snapshot
from paperreader.search.terms import Terms

# In a library of more papers than this, a word that occurs less often is not offered: it may be a
# slip itself.
_LARGE = 5000
_OFTEN = 3
# A word in more papers than this is meant as it is. A rarer one is doubted where another occurs so
# many times as often.
_RARE = 20
_MUCH_OFTENER = 40
# Penalty for each edit, in units of log10(frequency), and the bonus of the same first letter.
_EDIT = 1.5
_SAME_START = 0.5
# Words of so many letters or more may have two slips; shorter ones have one, and their first
# letter is right. Three letters may only lack one or have changed places, as an acronym is near any
# word.
_TWO_SLIPS = 8
_SHORT, _LONG = 3, 6
_MOST_CLOSE = 30
# So many spellings of each word are tried, and so many texts in all.
_EACH = 3
_TEXTS = 6
# The table of words is made again when the library has grown or shrunk by this part: it is only
# what might be meant; what is there is looked up in the index itself.
_STALE = 0.05


class _Table:
    """Words and how often each occurs."""

    def __init__(
        self,
        parts: Sequence[tuple[TermDictionary, "np.ndarray[tuple[int], np.dtype[np.uint32]]"]],
        least: int,
    ) -> None:
        """Take the words of some dictionaries with their counts, those that occur `least` times."""
        self.counts: Counter[str] = Counter()
        for terms, counts in parts:
            words = list(terms.words())
            for rank in np.flatnonzero(counts >= least).tolist():
                self.counts[analysis.bare(words[rank])] += int(counts[rank])
        # Of each length, the most frequent first, so that rare ones need not be looked at.
        self._by_length: dict[int, list[str]] = {}
        for word, _ in self.counts.most_common():
            self._by_length.setdefault(len(word), []).append(word)

    def near(self, word: str, edits: int, often: int) -> Iterator[tuple[str, int]]:
        """Yield the words within so many edits that occur `often` at least, and the edits."""
        for length in range(len(word) - edits, len(word) + edits + 1):
            choices = self._by_length.get(length, [])
            if often:
                choices = choices[: bisect_right(choices, -often, key=self._minus_count)]
            found = process.extract(
                word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None
            )
            yield from ((choice, int(distance)) for choice, distance, _ in found)

    def _minus_count(self, word: str) -> int:
        return -self.counts[word]


class Spelling:
    """The words in a snapshot and how often each occurs, in texts and in names."""

    def __init__(self, snapshot: Snapshot, check: Callable[[], None]) -> None:
        """Take the words of `snapshot`; of a large one, not those that occur once."""
        self._papers = snapshot.papers
        large = len(snapshot) > _LARGE
        self._often = _OFTEN if large else 1
        check()
        segments = snapshot.segments
        self._texts = _Table([(s.words, s.word_counts) for s in segments], 1 + large)
        check()
        self._names = _Table([(s.names.terms, s.names.counts()) for s in segments], 1 + large)

    def is_stale(self, snapshot: Snapshot) -> bool:
        """Whether `snapshot` has become another library than that of the words."""
        return abs(snapshot.papers - self._papers) > _STALE * self._papers

    def close(self, word: str) -> list[tuple[str, int]]:
        """Return the folded words that are spelled nearly like `word`, and the edits of each.

        The likeliest come first.
        """
        near = self._near(word, None, analysis.max_edits(word), 0)
        near.sort(key=lambda n: -self._likelihood(word, n, None))
        return near[:_MOST_CLOSE]

    def better(self, word: str, papers: int, field: Field | None) -> list[str]:
        """Return words that were probably meant by `word`, likeliest first.

        `papers` have the word as it is; in `field`, other words may be meant than elsewhere.
        """
        if len(word) < _SHORT or not word.isalpha():
            return []
        edits = 2 if len(word) >= _TWO_SLIPS else 1
        if papers > _RARE:
            return self._same_stem(word, field, edits)
        often = max(self._often, papers * _MUCH_OFTENER)
        near = [
            (other, distance)
            for other, distance in self._near(word, field, edits, often)
            if other not in analysis.STOP_WORDS
            and other.isalpha()
            and analysis.stem(other) != analysis.stem(word)
            and (other[0] == word[0] or (distance == 1 and len(word) > _SHORT + 1))
            and (len(word) > _SHORT or sorted(other) == sorted(word) or len(other) > _SHORT)
        ]
        near.sort(key=lambda n: -self._likelihood(word, n, field))
        return [other for other, _ in near[:_EACH]]

    def _same_stem(self, word: str, field: Field | None, edits: int) -> list[str]:
        """Return how a word is written whose stem is right: reinforcment, reinforcement."""
        if any(word in table.counts for table in self._tables(field)):
            return []
        stem = analysis.stem(word)
        near = self._near(word, field, edits, self._often)
        near = [n for n in near if analysis.stem(n[0]) == stem and n[0] != word]
        near.sort(key=lambda n: -self._likelihood(word, n, field))
        return [other for other, _ in near[:1]]

    def _near(
        self, word: str, field: Field | None, edits: int, often: int
    ) -> list[tuple[str, int]]:
        found = [n for table in self._tables(field) for n in table.near(word, edits, often)]
        return list(dict.fromkeys(found))

    def _likelihood(self, word: str, other: tuple[str, int], field: Field | None) -> float:
        near, edits = other
        count = sum(table.counts[near] for table in self._tables(field))
        return float(np.log10(count)) - _EDIT * edits + _SAME_START * (near[:1] == word[:1])

    def _tables(self, field: Field | None) -> list[_Table]:
        if field is None:
            return [self._texts, self._names]
        return [self._names if field is Field.AUTHOR else self._texts]


class _Doubted(NamedTuple):
    """A word of a query that may be misspelt, and what may be meant.

    `is_found`: it has the right stem already.
    """

    word: str
    better: list[str]
    is_found: bool


def mended_texts(
    text: str, tree: Node, spelling: Spelling, terms: Terms, check: Callable[[], None]
) -> list[str]:
    """Return texts that may be meant by a query, with its misspelt words mended, likeliest first.

    Words of phrases and parts of compounds are mended as well, numbers never.
    """
    doubted = [d for d in _doubted(tree, spelling, terms, check) if d.better]
    if all(d.is_found for d in doubted):
        return []
    tokens = [token for token in analysis.tokens(text) if not token.joined]
    texts: dict[str, None] = {}
    # All words are mended in the likeliest way, then in others, then each word alone.
    ways = [dict(zip([d.word for d in doubted], way, strict=True))
            for way in islice(product(*(d.better for d in doubted)), _TEXTS)]  # fmt: skip
    ways += [{d.word: d.better[0]} for d in doubted if len(doubted) > 1]
    for way in ways:
        mended = text
        for token in reversed(tokens):
            if better := way.get(analysis.bare(token.word)):
                mended = mended[: token.start] + better + mended[token.end :]
        texts[mended] = None
    return [mended for mended in texts if mended != text][:_TEXTS]


def _is_acronym(text: str) -> bool:
    """Whether a word is short and in capitals: LLM is neither lim nor LLVM."""
    return text.isupper() and len(text) < _LONG


def _doubted(
    tree: Node, spelling: Spelling, terms: Terms, check: Callable[[], None]
) -> Iterator[_Doubted]:
    """Yield the words of a query that are rare, each once."""
    seen: set[tuple[str, Field | None]] = set()
    for leaf in wanted(tree):
        if (isinstance(leaf, Word) and leaf.close) or _is_acronym(leaf.text):
            continue
        found = analysis.variants(leaf.text)
        if any(
            len(terms.word(way[0], leaf.field, check).papers) for way in found[1:] if len(way) == 1
        ):
            continue  # a compound that is written as one word
        for part in found[0] if found else ():
            word = analysis.bare(part)
            if (word, leaf.field) in seen or word in analysis.STOP_WORDS:
                continue
            seen.add((word, leaf.field))
            read = terms.prefix if leaf.prefix and part is found[0][-1] else terms.word
            papers = len(read(word, leaf.field, check).papers)
            yield _Doubted(word, spelling.better(word, papers, leaf.field), papers > _RARE)
