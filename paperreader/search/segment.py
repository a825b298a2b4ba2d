"""Reading a segment: its papers, its term dictionaries and its postings (see `codec`)."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

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

# Every 32nd term is kept decoded: a sparse index for binary search.
_STRIDE = 32
# Terms whose ranks are remembered: each key that is typed looks for the same words again.
_REMEMBERED = 1024


class TermDictionary:
    """Sorted terms, each known by its rank: its index in that order."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        """Read the terms called `name`, in UTF-8, each ended by a newline."""
        self._blob = file[name]
        self._ends: Numbers = file[f"{name}.ends"]
        if len(self._blob) != (int(self._ends[-1]) + 1 if len(self._ends) else 0):
            raise IndexBroken(f"The search index is damaged (the terms {name!r} are cut off).")
        self._found: dict[bytes, range] = {}

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self._ends)

    def word(self, rank: int) -> bytes:
        """Return the term of that rank."""
        return self._blob[self._start(rank) : self._ends[rank]].tobytes()

    def find(self, word: bytes) -> range:
        """Return the rank of `word`, as a range that is empty if it is not a term."""
        found = self._found.get(word)
        if found is None:
            rank = self.first_from(word)
            present = rank < len(self) and self.word(rank) == word
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
        yield from self._blob.tobytes().decode().split("\n")[:-1]

    def first_from(self, word: bytes) -> int:
        """Return the rank of the first term that is not before `word`."""
        stride = bisect_left(self._strides, word)
        if stride == 0:
            return 0
        first = (stride - 1) * _STRIDE
        end = self._ends[min(first + _STRIDE, len(self)) - 1]
        terms = self._blob[self._start(first) : end].tobytes().split(b"\n")
        return first + bisect_left(terms, word)

    def _start(self, rank: int) -> int:
        return int(self._ends[rank - 1]) + 1 if rank else 0

    @cached_property
    def _strides(self) -> list[bytes]:
        return [self.word(rank) for rank in range(0, len(self), _STRIDE)]


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

    `rows` are the library's numbers of the papers, `dates` numbers such as 20190501 that grow
    with the date, 0 where there is none; `titles` and `lengths` count the words of the title and
    of the whole text, joined words left out; all uint32. `words` are the words as written, which
    have counts and the ranks of their stems in `text.terms`.
    """

    def __init__(self, papers: ArrayFile, terms: ArrayFile) -> None:
        """Take the file of the papers and that of the terms."""
        self.rows: Numbers = papers["rows"]
        self.dates: Numbers = papers["dates"]
        self.titles: Numbers = terms["titles"]
        self.lengths: Numbers = terms["lengths"]
        if {len(self.dates), len(self.titles), len(self.lengths)} != {len(self.rows)}:
            raise IndexBroken("The search index is damaged (a segment has lost papers).")
        self.papers, self._terms = papers, terms
        self.words = TermDictionary(terms, "words")
        self.word_counts: Numbers = terms["words.counts"]
        self.word_stems: Numbers = terms["words.stems"]
        self.text = FieldPostings(terms, "text", TermDictionary(terms, "stems"), forms=True)
        self.in_titles: Numbers = terms["text.in_titles"]
        self.names = FieldPostings(terms, "names", TermDictionary(terms, "names"))
        self._prefixes = TermDictionary(terms, "prefixes")
        # The last prefix and its stems: `size` is asked before `prefix` or `frequencies`.
        self._last_stems: tuple[bytes, list[range]] = (b"", [])

    def __len__(self) -> int:
        """Return how many papers there are, dead ones too."""
        return len(self.rows)

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
        found = self._prefixes.find(prefix)
        if not found:
            return term_frequencies(self.prefix(prefix), self.titles)
        start, stop = self._terms.part("prefixes.starts", found.start, found.stop + 1).tolist()
        return TermFrequencies.unpack(self._terms.part("prefixes.frequencies", start, stop))

    def _stems(self, prefix: bytes) -> list[range]:
        """Return the ranks of the stems of all words with this prefix, as runs without gaps."""
        last, runs = self._last_stems
        if last == prefix:
            return runs
        words = self.words.prefix(prefix)
        stems = self.word_stems[words.start : words.stop].astype(np.int64)
        if not len(stems):
            return []
        runs = _runs(stems)
        self._last_stems = (prefix, runs)
        return runs


def _runs(numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> list[range]:
    """Return some numbers, in any order and not none, as ascending ranges without gaps."""
    lowest = int(numbers.min())
    flags = np.zeros(int(numbers.max()) - lowest + 3, np.int8)
    flags[numbers - lowest + 1] = 1
    edges = np.flatnonzero(np.diff(flags)) + lowest
    return [range(start, end) for start, end in edges.reshape(-1, 2).tolist()]
