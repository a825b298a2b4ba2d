"""Word vectors fitted to one library: each word moves towards the papers that hold it.

The table knows words in general; the papers of a library say what a word means in it.
With E the table, a paper is d = unit(unit(sum over its words of (1 + ln tf) E_w) - mean), and a
word becomes

    E'_w = (1 - b_w) E_w + b_w c idf_w unit(sum over its papers of (1 + ln tf) d)

where c makes the idf as long as E on average, and b_w is MOVED, or MOVED_UNKNOWN for a word that
the table does not know. Then the papers are made again from E'. A word of one paper alone has
nothing to be moved by: E'_w = (1 - b_w) E_w. One round is best: a second lost .005 nDCG@10.
"""

from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import CancelToken
from paperreader.search.vectors.bags import (
    Bag,
    Bags,
    Integers,
    WordNumbers,
    grouped_sums,
    word_keys,
)
from paperreader.search.vectors.quantised import (
    DIMENSIONS,
    STEP,
    Floats,
    QuantisedRows,
    blocks,
    rounded,
    unit,
)
from paperreader.search.vectors.word_table import WordTable

# How far a word is moved. On six judged collections, nDCG@10 of the blend was .502 without, .512
# at .3, .514 from .4 to .7.
MOVED = 0.4
# In CACM and CISI with other letters for all letters, as in a language that the table knows
# nothing of, nDCG@10 of the blend was .375 at .4, .381 at .9, and .378 by words alone; with their
# own letters, .476 at both.
MOVED_UNKNOWN = 0.9
# Words in memory at once as they are moved: 32 MB of float32. For more, the papers are read again.
_MOVED_AT_ONCE = 1 << 16
# The table's own mean is about 0, and counts as that of so many papers where a library has few.
_PAPERS_OF_MEAN = 50


class Fitted(NamedTuple):
    """What was fitted to a library.

    `words` are the keys of the words that at least two papers hold, in order, and `word_vectors`
    their vectors. `mean` is what is taken from the unit vector of every text. `papers` are the
    vectors of the papers, int8 (n, DIMENSIONS) in steps of STEP; over all of them, `centre` is
    their mean and `spread` their covariance.
    """

    words: NDArray[np.uint64]
    word_vectors: QuantisedRows
    mean: Floats
    papers: NDArray[np.int8]
    centre: Floats
    spread: Floats


class CollectedBags:
    """The bags of a whole library, kept in a file: at 500,000 papers they take 180 MB."""

    def __init__(self, file: IO[bytes]) -> None:
        """Write to `file`, which is empty."""
        self._numbers = WordNumbers()
        self._file = file
        self._chunks: list[tuple[int, Integers]] = []

    def __len__(self) -> int:
        """Return the number of bags."""
        return sum(len(starts) - 1 for _, starts in self._chunks)

    def taken_words(self) -> list[str]:
        """Return the words by their numbers, and forget them: those of a large library take 50 MB.

        No more bags can be added then.
        """
        words = self._numbers.words
        self._numbers = WordNumbers()
        return words

    def add(self, bags: Sequence[Bag]) -> None:
        """Add some bags after the others; words are numbered as they are met."""
        more = Bags.of(bags, self._numbers)
        self._chunks.append((self._file.tell(), more.starts))
        self._file.write(more.words.tobytes() + more.counts.tobytes())

    def __iter__(self) -> Iterator[tuple[slice, Bags]]:
        """Yield the bags as they were added, each time with their places among all."""
        place = 0
        for offset, starts in self._chunks:
            size = int(starts[-1])
            self._file.seek(offset)
            words = np.frombuffer(self._file.read(4 * size), np.uint32)
            counts = np.frombuffer(self._file.read(size), np.uint8)
            yield slice(place, place + len(starts) - 1), Bags(starts, words, counts)
            place += len(starts) - 1


def fitted(bags: CollectedBags, table: WordTable, token: CancelToken) -> Fitted:
    """Return what `table` becomes in a library of these bags; ends when cancelled."""
    words = bags.taken_words()
    frequencies = np.zeros(len(words), np.int64)
    for _, some in bags:
        token.check()
        frequencies += np.bincount(some.words, minlength=len(words))
    vectors, stays = _general(table, words, token)
    kept = np.flatnonzero(frequencies > 1)
    keys = word_keys([words[number] for number in kept])
    del words  # only their numbers are needed from here on
    kept, keys = kept[np.argsort(keys)], np.sort(keys)
    papers = np.zeros((len(bags), DIMENSIONS), np.int8)
    _make_papers(papers, bags, vectors, token)
    idf = _idf(frequencies, len(bags))
    longer = _mean_length(vectors) / max(float(idf.mean()), 1e-6) if len(idf) else 0.0
    lonely = frequencies < 2
    vectors.scales[lonely] = vectors.scales[lonely].astype(np.float32) * stays[lonely]
    for start in range(0, len(kept), _MOVED_AT_ONCE):
        part = kept[start : start + _MOVED_AT_ONCE]
        place = np.full(len(frequencies), -1, np.int64)
        place[part] = np.arange(len(part))
        by = np.float32(longer) * idf
        # Given no name, so that it is gone before the next one is made.
        _move(vectors, part, stays, _moved(bags, papers, place, token), by)
    mean = _make_papers(papers, bags, vectors, token)
    adapted = QuantisedRows(vectors.values[kept], vectors.scales[kept])
    return Fitted(keys, adapted, mean, papers, *moments(papers))


def stays(known: NDArray[np.bool_]) -> Floats:
    """Return how much stays of the table's vectors of words that it knows, or does not."""
    return np.where(known, np.float32(1 - MOVED), np.float32(1 - MOVED_UNKNOWN))


def moments(papers: NDArray[np.int8]) -> tuple[Floats, Floats]:
    """Return the mean of the papers' vectors and their covariance."""
    total = np.zeros(DIMENSIONS, np.float64)
    products = np.zeros((DIMENSIONS, DIMENSIONS), np.float64)
    for block in blocks(len(papers)):
        vectors = papers[block].astype(np.float32) * STEP
        total += vectors.sum(axis=0)
        products += vectors.T @ vectors
    centre = total / max(len(papers), 1)
    spread = products / max(len(papers), 1) - np.outer(centre, centre)
    return centre.astype(np.float32), spread.astype(np.float32)


def _general(
    table: WordTable, words: Sequence[str], token: CancelToken
) -> tuple[QuantisedRows, Floats]:
    """Return the table's vectors of words, and how much stays of each."""
    values = np.empty((len(words), DIMENSIONS), np.int8)
    scales = np.empty(len(words), np.float16)
    parts = np.empty(len(words), np.float32)
    for block in blocks(len(words)):
        token.check()
        vectors, known = table.look_up(words[block])
        quantised = QuantisedRows.of(vectors)
        values[block], scales[block] = quantised.values[:], quantised.scales
        parts[block] = stays(known)
    return QuantisedRows(values, scales), parts


def _make_papers(
    papers: NDArray[np.int8], bags: CollectedBags, vectors: QuantisedRows, token: CancelToken
) -> Floats:
    """Set the papers' vectors from the words' ones; return the mean that was taken from all.

    A paper without words stays 0.
    """
    total = np.zeros(DIMENSIONS, np.float64)
    count = _PAPERS_OF_MEAN
    for place, some in bags:
        token.check()
        units = unit(some.sums(vectors))
        papers[place] = rounded(units)
        total += units.sum(axis=0)
        count += int(units.any(axis=1).sum())
    mean = (total / count).astype(np.float32)
    for block in blocks(len(papers)):
        papers[block] = rounded(centred(papers[block].astype(np.float32) * STEP, mean))
    return mean


def centred(units: Floats, mean: Floats) -> Floats:
    """Return unit vectors less a mean, as unit vectors; those that are 0 stay 0."""
    less: Floats = unit(units - mean) * units.any(axis=-1, keepdims=True)
    return less


def _moved(
    bags: CollectedBags, papers: NDArray[np.int8], place: Integers, token: CancelToken
) -> Floats:
    """Return the unit vectors of the papers that hold some words, in the order of the words.

    `place` has for each word its index in that order, or -1.
    """
    total = np.zeros((int(place.max()) + 1, DIMENSIONS), np.float32)
    for papers_here, some in bags:
        token.check()
        words = place[some.words]
        order = np.argsort(words, kind="stable")
        order = order[np.searchsorted(words[order], 0) :]
        starts = np.flatnonzero(np.diff(words[order], prepend=-1))
        total[words[order[starts]]] += grouped_sums(
            papers[papers_here],
            some.owners[order],
            some.weights[order],
            np.append(starts, len(order)),
        )
    for block in blocks(len(total)):
        total[block] = unit(total[block])
    return total


def _mean_length(vectors: QuantisedRows) -> float:
    """Return how long some vectors are on average."""
    everyone = np.arange(len(vectors))
    lengths = [np.linalg.norm(vectors.take(everyone[b]), axis=1) for b in blocks(len(vectors))]
    return float(np.concatenate(lengths).mean())


def _move(
    vectors: QuantisedRows, words: Integers, stays: Floats, moved: Floats, lengths: Floats
) -> None:
    """Set the vectors of some words: a part of them stays, the rest is `moved`, so long."""
    values = cast("NDArray[np.int8]", vectors.values)  # as they were made in memory
    for block in blocks(len(words)):
        some = words[block]
        by = lengths[some] * (1 - stays[some])
        new = QuantisedRows.of(vectors.take(some, stays[some]) + by[:, None] * moved[block])
        values[some], vectors.scales[some] = new.values[:], new.scales


def _idf(frequencies: Integers, papers: int) -> Floats:
    """Return BM25's idf of words that so many of the papers hold."""
    return np.log1p((papers - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
