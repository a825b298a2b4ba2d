"""How well the order "for you" finds what a reader marks: precision of the first 20.

    python -m tests.benchmarks.for_you [CORPUS] --papers 114762
    python -m tests.benchmarks.for_you [CORPUS] --primary --marked 100

Categories of arXiv stand in for readers: one who has marked 20 papers of a narrow field, which
has 0.3 to 2 % of all papers, gets 20,000 new ones. A paper is right that is filed under that
category, be it as the second or third. The marked papers are drawn from all of those, or, with
`--primary`, from those that have the category as their first, and the width of the field is
counted likewise. Many papers are filed under a category that they are only on the edge of, so that
the first way asks for what no text shows.

The order is set against the nearest centroid (cosine with the mean tf-idf vector of the marked
papers) and against chance, with the words alone and with the vectors of the meaning of texts. The
ceiling is what a linear model over the tf-idf vectors reaches that knows of every older paper
whether it is filed so: `--ceiling`, some minutes.
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
# The penalty of the ceiling's ridge regression, and the steps to its solution.
_PENALTY = 1.0
_STEPS = 15


class TfIdf:
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

    def centroid(self, marked: NDArray[Any]) -> NDArray[Any]:
        """Return the cosine of every paper with the mean of the marked ones."""
        mean = np.zeros(len(self._starts) - 1)
        mean[marked] = 1 / len(marked)
        return self._times(self._sum(mean))

    def ceiling(self, right: NDArray[Any], known: NDArray[Any]) -> NDArray[Any]:
        """Return the scores by a ridge regression that is told of the `known` who is `right`."""
        targets = np.where(known, right - right[known].mean(), 0.0)
        weights = np.zeros(self._stems)
        rest = self._sum(targets)
        direction, size = rest, float(rest @ rest)
        for _ in range(_STEPS):  # of conjugate gradients
            changed = self._sum(self._times(direction) * known) + _PENALTY * direction
            step = size / float(direction @ changed)
            weights += step * direction
            rest = rest - step * changed
            before, size = size, float(rest @ rest)
            direction = rest + size / before * direction
        return self._times(weights)

    def _times(self, weights: NDArray[Any]) -> NDArray[Any]:
        """Return the products of the papers' vectors with the weights of stems."""
        products = self._weights * weights[self._which]
        return np.bincount(self._papers, products, len(self._starts) - 1)

    def _sum(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the sum of the papers' vectors, each times its value."""
        return np.bincount(self._which, self._weights * values[self._papers], self._stems)


def fields(filed: list[tuple[str, ...]], wanted: int, chance: np.random.Generator) -> list[str]:
    """Return narrow categories among those that papers are `filed` under, at random."""
    counts = Counter(category for categories in filed for category in categories)
    least, most = (share * len(filed) for share in _NARROW)
    narrow = sorted(name for name, count in counts.items() if least <= count <= most)
    return list(chance.choice(narrow, min(wanted, len(narrow)), replace=False))


def precision(scores: NDArray[Any], right: NDArray[Any]) -> float:
    """Return how many of the first are right."""
    return float(right[np.argsort(-scores, kind="stable")[:FIRST]].mean())


def measured(papers: list[Paper], asked: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Return the precision of each order, reader by reader."""
    chance = np.random.default_rng(1)
    new = min(asked.new, len(papers) // 2)
    index, vectors = _indexed(papers, folder)
    tf_idf = TfIdf(papers)
    is_new = np.zeros(len(papers), np.bool_)
    is_new[chance.choice(len(papers), new, replace=False)] = True
    filed = [paper.categories[:1] if asked.primary else paper.categories for paper in papers]
    rows = []
    for field in fields(filed, asked.readers, chance):
        right = np.array([field in paper.categories for paper in papers])
        may = np.flatnonzero(np.array([field in each for each in filed]) & ~is_new)
        marked = chance.choice(may, min(asked.marked, len(may)), replace=False)
        started = time.process_time()
        words = _preference(index, papers, marked, None)
        took = time.process_time() - started
        scores = {
            "centroid": tf_idf.centroid(marked),
            "words": words.scores,
            "and vectors": _preference(index, papers, marked, vectors).scores,
        }
        if asked.ceiling:
            scores["ceiling"] = tf_idf.ceiling(right, ~is_new)
        rows.append(
            {
                "reader": field,
                "right": int(right[is_new].sum()),
                "chance": float(right[is_new].mean()),
                **{name: precision(each[is_new], right[is_new]) for name, each in scores.items()},
                "CPU seconds": took,
            }
        )
    return {"papers": len(papers), "new": new, "marked": asked.marked, "readers": rows}


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
    parser.add_argument("--marked", type=int, default=MARKED)
    parser.add_argument("--primary", action="store_true", help="mark papers of the first category")
    parser.add_argument("--ceiling", action="store_true", help="what all marks would give")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        papers = corpus.papers(asked.corpus, asked.papers)
        result = measured(papers, asked, Path(folder))
    rows = result["readers"]
    if not rows:
        parser.error("no category of these papers is narrow; name a file of papers of arXiv")
    figures.show("precision of the first 20, reader by reader", rows)
    orders = [name for name in rows[0] if name not in ("reader", "right", "CPU seconds")]
    summary = [
        {
            "order": order,
            "mean": fmean(row[order] for row in rows),
            "median": median(row[order] for row in rows),
        }
        for order in orders
    ]
    title = f"{len(rows)} readers, {asked.marked} marked and {result['new']:,} new papers"
    figures.show(title, summary)
    print(f"\nlearnt in {median(row['CPU seconds'] for row in rows):.2f} s of CPU (median, words)")
    figures.write(asked.json, result)


if __name__ == "__main__":
    main()
