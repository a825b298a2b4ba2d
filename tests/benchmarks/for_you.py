"""How well the order "for you" finds what a reader marks: precision of the first 20.

    python -m tests.benchmarks.for_you [CORPUS] --papers 114762

Categories of arXiv stand in for readers: one who has marked 20 papers of a narrow field, which
has 0.3 to 2 % of all papers, gets 20,000 new ones. A paper is right that is filed under that
category, be it as the second or third. The order is set against the nearest centroid (cosine
with the mean tf-idf vector of the marked papers) and against chance, with the words alone and
with the vectors of the meaning of texts.
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperreader.errors import NEVER
from paperreader.papers.paper import Paper
from paperreader.search.preference import Example, Preference, Vectors
from paperreader.search.similar import stem_counts
from paperreader.search.vectors.quantised import STEP
from paperreader.search.vectors.vector_index import VectorIndex
from tests.benchmarks import corpus, figures
from tests.corpus import Corpus

FIRST = 20
MARKED = 20
_NARROW = (0.003, 0.02)


class Centroid:
    """The tf-idf vectors of papers, each of length 1."""

    def __init__(self, papers: list[Paper]) -> None:
        """Count the stems of the papers."""
        stems: dict[str, int] = {}
        which: list[int] = []
        counts: list[int] = []
        self._starts = [0]
        for paper in papers:
            found, _ = stem_counts(paper.title, paper.abstract)
            which += [stems.setdefault(stem, len(stems)) for stem in found]
            counts += found.values()
            self._starts.append(len(which))
        self._which = np.array(which)
        self._papers = np.repeat(np.arange(len(papers)), np.diff(self._starts))
        self._stems = len(stems)
        idf = np.log(len(papers) / np.bincount(self._which, minlength=self._stems))
        weights = (1 + np.log(counts)) * idf[self._which]
        lengths = np.sqrt(np.bincount(self._papers, weights**2, len(papers)))
        self._weights = weights / np.maximum(lengths, 1e-9)[self._papers]

    def scores(self, marked: NDArray[Any]) -> NDArray[Any]:
        """Return the cosine of every paper with the mean of the marked ones."""
        chosen = np.isin(self._papers, marked)
        mean = np.bincount(self._which[chosen], self._weights[chosen], self._stems)
        products = self._weights * mean[self._which]
        return np.bincount(self._papers, products, len(self._starts) - 1)


def fields(papers: list[Paper], wanted: int, chance: np.random.Generator) -> list[str]:
    """Return narrow categories, at random."""
    counts = Counter(category for paper in papers for category in paper.categories)
    least, most = (share * len(papers) for share in _NARROW)
    narrow = sorted(name for name, count in counts.items() if least <= count <= most)
    return list(chance.choice(narrow, min(wanted, len(narrow)), replace=False))


def precision(scores: NDArray[Any], right: NDArray[Any]) -> float:
    """Return how many of the first are right."""
    return float(right[np.argsort(-scores, kind="stable")[:FIRST]].mean())


def measured(papers: list[Paper], readers: int, new: int, folder: Path) -> dict[str, Any]:
    """Return the precision of each order, reader by reader."""
    chance = np.random.default_rng(1)
    index, vectors = _indexed(papers, folder)
    centroid = Centroid(papers)
    is_new = np.zeros(len(papers), np.bool_)
    is_new[chance.choice(len(papers), new, replace=False)] = True
    rows = []
    for field in fields(papers, readers, chance):
        right = np.array([field in paper.categories for paper in papers])
        marked = chance.choice(np.flatnonzero(right & ~is_new), MARKED, replace=False)
        started = time.process_time()
        words = _preference(index, papers, marked, None)
        took = time.process_time() - started
        with_vectors = _preference(index, papers, marked, vectors)
        rows.append(
            {
                "reader": field,
                "right": int(right[is_new].sum()),
                "chance": float(right[is_new].mean()),
                "centroid": precision(centroid.scores(marked)[is_new], right[is_new]),
                "words": precision(words.scores[is_new], right[is_new]),
                "and vectors": precision(with_vectors.scores[is_new], right[is_new]),
                "CPU seconds": took,
            }
        )
    return {"papers": len(papers), "new": new, "readers": rows}


def _indexed(papers: list[Paper], folder: Path) -> tuple[Corpus, Vectors | None]:
    """Return the index of the papers, whose rows are their places, and their vectors."""
    index = Corpus(folder)
    for row, paper in enumerate(papers):
        index.put(row, paper.title, paper.abstract, paper.authors)
    while not index.build():
        pass
    vector_index = VectorIndex(folder / "vectors", "library")
    vector_index.catch_up(lambda after, limit: index.changes[after : after + limit], NEVER)
    found = vector_index.vectors()
    return index, Vectors(found.rows, found.papers, float(STEP)) if found else None


def _preference(
    index: Corpus, papers: list[Paper], marked: NDArray[Any], vectors: Vectors | None
) -> Preference:
    examples = [
        Example(row, papers[row].title, papers[row].abstract, papers[row].authors, True)
        for row in marked
    ]
    return index.searcher.preference(examples, vectors)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", help="papers; generated where none are given")
    parser.add_argument("--papers", type=int, default=114_762)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--new", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        papers = corpus.papers(told.corpus, told.papers)
        result = measured(papers, told.readers, min(told.new, len(papers) // 2), Path(folder))
    rows = result["readers"]
    figures.show("precision of the first 20, reader by reader", rows)
    orders = ("chance", "centroid", "words", "and vectors")
    summary = [
        {
            "order": order,
            "mean": fmean(row[order] for row in rows),
            "median": median(row[order] for row in rows),
        }
        for order in orders
    ]
    figures.show(f"{len(rows)} readers, {result['new']:,} new papers", summary)
    print(f"\nlearnt in {median(row['CPU seconds'] for row in rows):.2f} s of CPU (median, words)")
    figures.write(told.json, result)


if __name__ == "__main__":
    main()
