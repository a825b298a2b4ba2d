"""What meaning adds to words: judged questions, related papers, and what it costs.

    python -m tests.benchmarks.meaning [FOLDER...] [--corpus FILE] [--latency 10000 114762 500000]

Each FOLDER is a judged collection, as for `relevance`: its questions are asked with the weight that
the settings have by default, and by words alone. CORPUS is a file of papers with categories: of the
first ten papers related to each of some, it is counted how many have the same first category. The
latency is the CPU time of a query over so many made-up vectors; for figures that can be compared,
set OPENBLAS_NUM_THREADS=1, as the program does.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from paperreader.errors import NEVER
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.quantised import DIMENSIONS
from paperreader.search.vectors.vector_index import VectorIndex
from paperreader.settings import MEANING
from tests.benchmarks import corpus, engines, figures, judged, relevance
from tests.benchmarks.word_table import split

RELATED = 10
QUERIES = (
    "making big models smaller",
    "teaching robots by showing them",
    "invisible mass that holds galaxies together",
    "how bird flocks move together",
    "predicting the weather with learned models",
)


def asked(folder: Path) -> list[dict[str, Any]]:
    """Return how well the questions of a collection are answered, with meaning and without."""
    collection = judged.read(folder)
    rows = []
    for weight in (0.0, MEANING):
        engine = engines.Paperreader()
        with tempfile.TemporaryDirectory() as place:
            engine.build(list(collection.papers.values()), Path(place))
            engine.open(Path(place), meaning=weight)
            measured = relevance.measured(engine, collection)
        rows.append({"weight": weight, **measured})
    return rows


def related(papers: list[Paper], targets: int) -> list[dict[str, Any]]:
    """Return how many related papers have the same first category, by words and with meaning."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, Library(Paths.find(Path(folder))) as library:
        library.add(papers, "benchmark")
        library.catch_up()
        some = [p for p in split(papers, targets).held_out if p.categories and p.abstract]
        rows.append({"related": "words", **_related(library, some)})
        library.make_vectors()
        rows.append({"related": "words and meaning", **_related(library, some)})
    return rows


def _related(library: Library, targets: list[Paper]) -> dict[str, Any]:
    same, cpu = [], []
    for paper in targets:
        row = library.find(paper.key).row
        start = time.process_time()
        others = library.related(row, RELATED)
        cpu.append(1000 * (time.process_time() - start))
        same += [other.paper.categories[:1] == paper.categories[:1] for other in others]
    median = figures.share(cpu, 0.5)
    return {"papers": len(targets), "same category": fmean(same), "cpu median": median}


def latency(count: int) -> dict[str, Any]:
    """Return how long a query takes over so many vectors, and what they take of memory."""
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(Path(folder) / "vectors", "benchmark")
        index.catch_up(lambda after, limit: [], NEVER)
        empty = index.vectors()
        if empty is None:
            raise SystemExit("The vectors that were just written cannot be read.")
        index.write(_made_up(empty, count))
        before, start = _memory(), time.process_time()
        vectors = VectorIndex(Path(folder) / "vectors", "benchmark").vectors() or empty
        opened = 1000 * (time.process_time() - start)
        times = figures.Times()
        for query in QUERIES * 6:
            times.measure(lambda query=query: (_close(vectors, query), []))  # type: ignore[misc]
        return {
            "vectors": count,
            "cpu median": figures.share(times.cpu, 0.5),
            "cpu p95": figures.share(times.cpu, 0.95),
            "open": opened,
            "MB of memory": _memory() - before,
        }


def _close(vectors: LibraryVectors, query: str) -> int:
    meaning = vectors.meaning_of(query)
    return int((vectors.standings(meaning).values > 3).sum()) if meaning else 0


def _made_up(empty: LibraryVectors, count: int) -> LibraryVectors:
    rng = np.random.default_rng(0)
    return empty._replace(
        rows=np.arange(1, count + 1, dtype=np.uint32),
        papers=rng.integers(-60, 60, (count, DIMENSIONS), np.int8),
        spread=np.eye(DIMENSIONS, dtype=np.float32) / np.float32(DIMENSIONS),
    )


def _memory() -> float:
    """Return what this process has in memory, in MB; mapped files too."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--corpus", help="a file of papers with categories")
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--related", type=int, default=400, help="papers to find related ones of")
    parser.add_argument("--latency", type=int, nargs="*", default=[], metavar="VECTORS")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    results: dict[str, Any] = {}
    if args.folders:
        results["questions"] = [row for folder in args.folders for row in asked(folder)]
        figures.show("Questions", results["questions"])
    if args.corpus:
        papers = corpus.papers(args.corpus, args.papers)
        results["related"] = related(papers, args.related)
        figures.show("Related papers", results["related"])
    if args.latency:
        results["latency"] = [latency(count) for count in args.latency]
        figures.show("Latency in milliseconds", results["latency"])
    figures.write(args.json, results)


if __name__ == "__main__":
    main()
