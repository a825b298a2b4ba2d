"""What meaning adds to words: judged questions, related papers, and what it costs.

    python -m tests.benchmarks.meaning [FOLDER...] [--corpus FILE] [--latency 10000 114762 500000]

Each FOLDER is a judged collection as for `relevance`: its questions are asked by words alone, and
with the weight that the settings have by default. CORPUS is a file of papers with categories: of
the first ten papers related to some, those count that have the same first category. The latency is
that of a query over as many vectors, those of made-up papers repeated.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import fmean
from typing import Any

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from tests.benchmarks import corpus, figures
from tests.benchmarks.word_table import split

RELATED = 10


def related(papers: list[Paper], asked: int) -> list[dict[str, Any]]:
    """Return how many of the related papers share the category, by words and with meaning."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, Library(Paths.find(Path(folder))) as library:
        library.add(papers, "benchmark")
        library.catch_up()
        targets = [p for p in split(papers, asked).held_out if p.categories and p.abstract]
        rows.append({"related": "words", **_related(library, targets)})
        library.make_vectors()
        rows.append({"related": "words and meaning", **_related(library, targets)})
    return rows


def _related(library: Library, targets: list[Paper]) -> dict[str, Any]:
    same, cpu = [], []
    for paper in targets:
        row = library.find(paper.key).row
        start = time.process_time()
        others = library.related(row, RELATED)
        cpu.append(1000 * (time.process_time() - start))
        same += [other.paper.categories[:1] == paper.categories[:1] for other in others]
    return {
        "papers": len(targets),
        "same category": fmean(same),
        "cpu median": figures.share(cpu, 0.5),
    }


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--corpus", help="a file of papers with categories")
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=400)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    results: dict[str, Any] = {}
    if args.corpus:
        results["related"] = related(corpus.papers(args.corpus, args.papers), args.asked)
        figures.show("Related papers", results["related"])
    figures.write(args.json, results)


if __name__ == "__main__":
    main()
