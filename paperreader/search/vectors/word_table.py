"""The table of word vectors that comes with paperreader.

It has a vector for each of 24,387 English stems and for each of the 30,522 WordPieces of BERT. A
word's vector is that of its stem plus those of its pieces, so that every word has one. See
`table/NOTICE` for where it comes from; `tests/benchmarks/word_table.py` makes it.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from paperreader.search import analysis
from paperreader.search.vectors.quantised import (
    DIMENSIONS,
    Floats,
    QuantisedRows,
    blocks,
    unit,
)
from paperreader.search.vectors.stored_rows import StoredRows, VectorData
from paperreader.search.vectors.word_pieces import WordPieces

TABLE = Path(__file__).parent / "table"
# SHA-256 over the files of the table, in this order.
FILES = (
    "vectors.npy",
    "scales.npy",
    "stems.txt",
    "pieces.txt",
    "projection.npy",
    "encoder_mean.npy",
)
SHA256 = "a8d0ed1892b5e8a6d0be789b156b3db1e4ffc8cbeaa1af179196fa2b7f1462b1"


def checksum(folder: Path) -> str:
    """Return the SHA-256 of the table in a folder. Raises `OSError`."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


class TableVectors(NamedTuple):
    """Vectors of words, float32 (n, DIMENSIONS), and whether the table knows each one's stem.

    What the pieces alone say of a word that it does not know, such as a word of another language,
    is of little value.
    """

    vectors: Floats
    known: NDArray[np.bool_]


class WordTable:
    """The table in a folder; of its 7 MB, what is looked up is read."""

    def __init__(self, folder: Path = TABLE) -> None:
        """Look words up in `folder`; nothing is opened until then."""
        self._folder = folder

    @cached_property
    def is_sound(self) -> bool:
        """Whether the files are as they were made."""
        return checksum(self._folder) == SHA256

    def look_up(self, words: Sequence[str]) -> TableVectors:
        """Return the vectors of folded words."""
        vectors = np.zeros((len(words), DIMENSIONS), np.float32)
        stems = [self._stems.get(stem) for stem in analysis.stems(words)]
        for block in blocks(len(words)):
            numbers = [
                self._pieces.split(word) if stem is None else [stem, *self._pieces.split(word)]
                for word, stem in zip(words[block], stems[block], strict=True)
            ]
            counts = np.fromiter(map(len, numbers), np.int64, len(numbers))
            rows = np.fromiter(chain.from_iterable(numbers), np.int64, counts.sum())
            vectors[block] = np.add.reduceat(self._rows.take(rows), np.cumsum(counts) - counts)
        return TableVectors(vectors, np.array([stem is not None for stem in stems], np.bool_))

    def from_encoder(self, sentence: Floats) -> Floats:
        """Return what the sentence encoder gives as a unit vector among those of papers."""
        centred = unit(sentence - np.load(self._folder / "encoder_mean.npy"))
        return unit(centred @ np.load(self._folder / "projection.npy"))

    @cached_property
    def _rows(self) -> QuantisedRows:
        file = (self._folder / "vectors.npy").open("rb", buffering=0)
        np.lib.format.read_magic(file)
        shape, _, _ = np.lib.format.read_array_header_1_0(file)
        start = file.tell()
        vectors = StoredRows(VectorData(file), start, shape)
        return QuantisedRows(vectors, np.load(self._folder / "scales.npy"))

    @cached_property
    def _stems(self) -> dict[str, int]:
        return {stem: number for number, stem in enumerate(self._lines("stems.txt"))}

    @cached_property
    def _pieces(self) -> WordPieces:
        return self.pieces(first=len(self._stems))

    def pieces(self, first: int = 0) -> WordPieces:
        """Return BERT's WordPieces, numbered from `first` on."""
        return WordPieces(self._lines("pieces.txt"), first)

    def _lines(self, name: str) -> list[str]:
        return (self._folder / name).read_text(encoding="utf-8").split("\n")[:-1]
