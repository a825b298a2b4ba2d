"""Reading a segment: its papers, its term dictionaries and its postings (see `codec`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search.array_file import ArrayFile
from paperreader.search.faults import IndexBroken
from paperreader.search.postings import (
    NOTHING,
    Numbers,
    TermFrequencies,
    term_frequencies,
)

# So many terms are read at once; the first of each such block is kept for binary search. With 32,
# 573,807 papers took 9 MB more, and a key was not faster.
_BLOCK = 64
# Term frequencies are stored for prefixes of up to so many letters, if they have many postings.
LONGEST_PREFIX = 3
# Terms whose ranks are remembered, and blocks: each key that is typed looks for the same words
# again, and for a longer prefix among the terms of the last one.
_REMEMBERED = 1024
_REMEMBERED_BLOCKS = 8


class _Blocks(NamedTuple):
    """The first term of each block, and where each begins, with the end of the last."""

    terms: list[bytes]
    starts: Numbers


class TermDictionary:
    """Sorted terms, each known by its rank: its index in that order.

    They are read in blocks of `_BLOCK`, whose first terms are kept.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Read the terms called `name`, in UTF-8, each ended by a newline."""
        self._file, self._name = file, name
        self._length = file.length(f"{name}.ends")
        last = file.part(f"{name}.ends", max(self._length - 1, 0), self._length)
        if file.length(name) != int(last.sum()) + len(last):
            raise IndexBroken(f"The search index is damaged (the terms {name!r} are cut off).")
        self._found: dict[bytes, range] = {}
        self._read_blocks: dict[int, list[bytes]] = {}

    def __len__(self) -> int:
        """Return how many terms there are."""
        return self._length

    def word(self, rank: int) -> bytes:
        """Return the term of that rank."""
        return self._block(rank // _BLOCK)[rank % _BLOCK]

    def find(self, word: bytes) -> range:
        """Return the rank of `word`, as a range that is empty if it is not a term."""
        found = self._found.get(word)
        if found is None:
            rank, present = self._locate(word)
            found = range(rank, rank + 1) if present else range(0)
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[word] = found
        return found

    def prefix(self, prefix: bytes) -> range:
        """Return the ranks of the terms that start with `prefix`."""
        return range(self.first_from(prefix), self.first_from(prefix + b"\xff"))

    def words(self) -> Iterator[str]:
        """Yield all terms in order."""
        yield from self._file[self._name].tobytes().decode().split("\n")[:-1]

    def first_from(self, word: bytes) -> int:
        """Return the rank of the first term that is not before `word`."""
        return self._locate(word)[0]

    def _locate(self, word: bytes) -> tuple[int, bool]:
        """Return the rank of the first term that is not before `word`, and whether it is `word`."""
        number = max(bisect_right(self._blocks.terms, word) - 1, 0)
        block = self._block(number) if self._length else []
        index = bisect_left(block, word)
        return number * _BLOCK + index, index < len(block) and block[index] == word

    def _block(self, number: int) -> list[bytes]:
        block = self._read_blocks.get(number)
        if block is None:
            start, stop = self._blocks.starts[number : number + 2].tolist()
            block = self._file.part(self._name, start, stop).tobytes().split(b"\n")[:-1]
            if len(self._read_blocks) >= _REMEMBERED_BLOCKS:
                self._read_blocks.clear()
            self._read_blocks[number] = block
        return block

    @cached_property
    def _blocks(self) -> _Blocks:
        text = self._file[self._name].tobytes()
        ends = self._file[f"{self._name}.ends"]
        starts = [0, *(ends[_BLOCK - 1 : -1 : _BLOCK] + 1).tolist()] if len(ends) else []
        terms = [text[start : text.index(b"\n", start)] for start in starts]
        return _Blocks(terms, np.array([*starts, len(text)], np.uint32))


class FieldPostings:
    """The terms of a field and the postings of each, read when they are asked for."""

    def __init__(
        self, file: ArrayFile, name: str, terms: TermDictionary, *, forms: bool = False
    ) -> None:
        """Read the postings called `name`, which belong to `terms`, with the `forms` of words."""
        self.terms = terms
        self._file = file
        self._postings = f"{name}.postings"
        self._starts: Numbers = file[f"{name}.starts"]
        if len(self._starts) != len(terms) + 1 or self._starts[-1] != file.length(self._postings):
            raise IndexBroken(f"The search index is damaged ({name!r} has lost postings).")
        self._forms = f"{name}.forms" if forms else ""
        if forms and file.length(self._forms) != self._starts[-1]:
            raise IndexBroken(f"The search index is damaged ({name!r} has lost forms of words).")

    def postings(self, terms: range) -> Numbers:
        """Return the postings of terms of adjacent ranks: sorted in each, one after the other."""
        if not terms:
            return NOTHING
        start, stop = int(self._starts[terms.start]), int(self._starts[terms.stop])
        return self._file.part(self._postings, start, stop)

    def forms(self, terms: range) -> NDArray[np.uint8]:
        """Return for each posting of `postings` how its word is written; 0 if it has no forms."""
        if not (terms and self._forms):
            return np.zeros(self.count(terms), np.uint8)
        start, stop = int(self._starts[terms.start]), int(self._starts[terms.stop])
        return self._file.part(self._forms, start, stop)

    def count(self, terms: range) -> int:
        """Return how many postings terms of adjacent ranks have together."""
        return int(self._starts[terms.stop] - self._starts[terms.start]) if terms else 0

    def counts(self) -> Numbers:
        """Return how many postings each term has, by rank."""
        return np.diff(self._starts)


class Segment:
    """A segment as it was written: papers by ordinal, counted from 0 in each segment.

    `text` are the stems of titles and abstracts with their postings, `names` the words of authors'
    names, `words` the words as written. The other arrays are uint32, and read where they are asked
    for.
    """

    def __init__(self, papers: ArrayFile, terms: ArrayFile) -> None:
        """Take the file of the papers and that of the terms."""
        self.papers, self._terms = papers, terms
        self._size = papers.length("rows")
        lengths = {papers.length("dates"), terms.length("titles"), terms.length("lengths")}
        if lengths != {self._size}:
            raise IndexBroken("The search index is damaged (a segment has lost papers).")
        self.words = TermDictionary(terms, "words")
        self.text = FieldPostings(terms, "text", TermDictionary(terms, "stems"), forms=True)
        self.names = FieldPostings(terms, "names", TermDictionary(terms, "names"))
        self._prefixes = TermDictionary(terms, "prefixes")
        # The last prefix and its stems: `size` is asked before `prefix` or `frequencies`.
        self._last_stems: tuple[bytes, list[range]] = (b"", [])

    def __len__(self) -> int:
        """Return how many papers there are, dead ones too."""
        return self._size

    @property
    def rows(self) -> Numbers:
        """The library's numbers of the papers."""
        return self.papers["rows"]

    @property
    def dates(self) -> Numbers:
        """Numbers such as 20190501 that grow with the date, 0 where there is none."""
        return self.papers["dates"]

    @cached_property
    def titles(self) -> Numbers:
        """How many words the titles have, joined words left out; kept, as each key asks for it."""
        return self._terms["titles"]

    @property
    def lengths(self) -> Numbers:
        """How many words titles and abstracts have together, joined words left out."""
        return self._terms["lengths"]

    @property
    def in_titles(self) -> Numbers:
        """How many postings of each stem are in titles."""
        return self._terms["text.in_titles"]

    @property
    def word_counts(self) -> Numbers:
        """How often each of `words` occurs."""
        return self._terms["words.counts"]

    @property
    def word_stems(self) -> Numbers:
        """The rank in `text.terms` of the stem of each of `words`."""
        return self._terms["words.stems"]

    def verify(self) -> None:
        """Read all of it. Raises `IndexBroken` if any of it is not as it was written."""
        self.papers.verify()
        self._terms.verify()

    def stem(self, stem: bytes) -> Numbers:
        """Return the postings of a stem, sorted."""
        return self.text.postings(self.text.terms.find(stem))

    def exact(self, stem: bytes, form: int) -> Numbers:
        """Return the postings of a stem whose words are written in one form, sorted."""
        found = self.text.terms.find(stem)
        postings: Numbers = self.text.postings(found)[self.text.forms(found) == form]
        return postings

    def prefix(self, prefix: bytes) -> Numbers:
        """Return the postings of the stems of all words with this prefix, sorted in each stem."""
        found = [self.text.postings(run) for run in self._stems(prefix)]
        return found[0] if len(found) == 1 else np.concatenate([NOTHING, *found])

    def size(self, prefix: bytes) -> int:
        """Return how many postings `prefix` would return."""
        return sum(self.text.count(run) for run in self._stems(prefix))

    def frequencies(self, prefix: bytes) -> TermFrequencies:
        """Return how often words with this prefix occur in the papers."""
        stored = self.stored_frequencies(prefix)
        return stored or term_frequencies(self.prefix(prefix), self.titles)

    def stored_frequencies(self, prefix: bytes) -> TermFrequencies | None:
        """Return what `frequencies` does, but None where they would have to be counted."""
        found = self._prefixes.find(prefix)
        if not found:
            return None
        start, stop = self._terms.part("prefixes.starts", found.start, found.stop + 1).tolist()
        return TermFrequencies.unpack(self._terms.part("prefixes.frequencies", start, stop))

    def _stems(self, prefix: bytes) -> list[range]:
        """Return the ranks of the stems of all words with this prefix, as runs without gaps."""
        last, runs = self._last_stems
        if last == prefix:
            return runs
        words = self.words.prefix(prefix)
        stems = self._terms.part("words.stems", words.start, words.stop).astype(np.int64)
        if not len(stems):
            return []
        runs = _runs(stems)
        self._last_stems = (prefix, runs)
        return runs


def _runs(numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[range]:
    """Return some numbers, in any order and not none, as ascending ranges without gaps."""
    if len(numbers) == 1:
        return [range(int(numbers[0]), int(numbers[0]) + 1)]
    lowest = int(numbers.min())
    flags = np.zeros(int(numbers.max()) - lowest + 3, np.int8)
    flags[numbers - lowest + 1] = 1
    edges = np.flatnonzero(np.diff(flags)) + lowest
    return [range(start, end) for start, end in edges.reshape(-1, 2).tolist()]
