"""What search by meaning costs: keys, the papers close in meaning, memory, large libraries.

    python -m tests.benchmarks.meaning_cost [CORPUS] [--papers 114762] [--latency 10000 500000]

Runs of title words are typed a key at a time into the same library with meaning and without,
interleaved. After each run comes what a pause in typing brings: the papers close in meaning, each
with its words. Memory is that of a process that asks the same of the library. The latency is the
CPU time of a query over so many made-up vectors with the words of the nearest 20 papers named.
With `--plain` the extra `meaning` is not used, though it is installed. For figures that can be
compared, set OPENBLAS_NUM_THREADS=1, as the program does.
"""

import argparse
import multiprocessing
import random
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from paperreader.errors import NEVER
from paperreader.library.library import Library
from paperreader.library.meaning_search import MOST_CLOSE
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.quantised import DIMENSIONS
from paperreader.search.vectors.vector_index import VectorIndex
from paperreader.settings import MEANING
from tests.benchmarks import corpus, engines, figures, keystrokes
from tests.corpus import Change

QUERIES = (
    "making big models smaller",
    "teaching robots by showing them",
    "invisible mass that holds galaxies together",
    "how bird flocks move together",
    "predicting the weather with learned models",
)


class Asked(engines.Paperreader):
    """The library with meaning, or without."""

    def __init__(self, folder: Path, weight: float) -> None:
        self.open(folder, meaning=weight)
        self.ask("typing", "open")
        self.close("load what is needed")

    def close(self, text: str) -> engines.Answer:
        """Return what a pause in typing adds to what words found."""
        return self.added(self.library.search(Request(text)))

    def added(self, found: Any) -> engines.Answer:
        """Return the same for what was found already."""
        results = self.library.with_close(found)
        return len(results) - results.by_words, []


def typing(folder: Path, runs: list[list[str]]) -> list[dict[str, Any]]:
    """Return how long a key takes with meaning and without, and what follows a pause."""
    asked = {"words": Asked(folder, 0.0), "words and meaning": Asked(folder, MEANING)}
    times = {name: figures.Times() for name in (*asked, "the pause")}
    chance = random.Random(1)
    for run in runs:
        for text in keystrokes.states([run]):
            for name in chance.sample(sorted(asked), len(asked)):
                times[name].measure(partial(asked[name].ask, "typing", text))
        both = asked["words and meaning"]
        found = both.library.search(Request(" ".join(run)))
        times["the pause"].measure(partial(both.added, found))
    return [{"what": name, **measured.summary()} for name, measured in times.items()]


def memory(folder: Path, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return what a process holds that asked all that, with meaning and without."""
    rows = []
    context = multiprocessing.get_context("spawn")
    for weight in (0.0, MEANING):
        here, there = multiprocessing.Pipe()
        process = context.Process(target=_hold, args=(folder, weight, texts, there))
        process.start()
        rows.append({"weight": weight, "MB": here.recv()})
        process.join()
    return rows


def _hold(folder: Path, weight: float, texts: Sequence[str], there: Connection) -> None:
    engines.leave_out_the_encoder()
    with Library(Paths.find(folder), weight) as library:
        for text in texts:
            library.search(Request(text, typing=True))[: engines.ROWS]
            library.with_close(library.search(Request(text)))[: engines.ROWS]
        there.send(_memory())


def latency(count: int) -> dict[str, Any]:
    """Return how long a query takes over so many vectors, and what they take of memory."""
    papers = corpus.papers(None, MOST_CLOSE)
    with tempfile.TemporaryDirectory() as folder:
        index = VectorIndex(Path(folder) / "vectors", "benchmark")
        changes = [
            Change(n, n, paper.title, paper.abstract) for n, paper in enumerate(papers * 2, start=1)
        ]
        index.catch_up(lambda after, limit: changes[after : after + limit], NEVER)
        few = index.vectors()
        if few is None:
            raise SystemExit("The vectors that were just written cannot be read.")
        index.write(_made_up(few, count))
        before, start = _memory(), time.process_time()
        vectors = VectorIndex(Path(folder) / "vectors", "benchmark").vectors() or few
        opened = 1000 * (time.process_time() - start)
        times = figures.Times()
        for query in QUERIES * 6:
            times.measure(partial(_close, vectors, query, papers))
        return {
            "vectors": count,
            "cpu median": figures.share(times.cpu, 0.5),
            "cpu p95": figures.share(times.cpu, 0.95),
            "open": opened,
            "MB of memory": _memory() - before,
        }


def _close(vectors: LibraryVectors, query: str, papers: list[Paper]) -> engines.Answer:
    meaning = vectors.meaning_of(query)
    if meaning is None:
        return 0, []
    standings = vectors.standings(meaning).values
    np.argpartition(-standings, MOST_CLOSE)
    return MOST_CLOSE, [
        " ".join(vectors.nearest_words(meaning, paper.title, paper.abstract)) for paper in papers
    ]


def _made_up(few: LibraryVectors, count: int) -> LibraryVectors:
    rng = np.random.default_rng(0)
    return few._replace(
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
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--latency", type=int, nargs="*", default=[], metavar="VECTORS")
    parser.add_argument("--plain", action="store_true", help="as without the extra")
    parser.add_argument("--keep", type=Path, help="keep the library here, to be used again")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if args.plain:
        engines.leave_out_the_encoder()
    papers = corpus.papers(args.corpus, args.papers)
    runs = corpus.queries(papers, args.queries, random.Random(1))
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = (args.keep or Path(temporary)) / f"paperreader-{len(papers)}"
        engines.build("paperreader", papers, folder)
        del papers
        results["typing"] = typing(folder, runs)
        figures.show("Keys and the pause after them, milliseconds", results["typing"])
        results["memory"] = memory(folder, [*keystrokes.states(runs[:5]), *QUERIES])
        figures.show("Memory of the process, MB", results["memory"])
    results["latency"] = [latency(count) for count in args.latency]
    figures.show("Latency in milliseconds", results["latency"])
    figures.write(args.json, results)


if __name__ == "__main__":
    main()
