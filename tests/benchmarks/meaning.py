"""What meaning adds to words: judged questions, related papers, known items.

    python -m tests.benchmarks.meaning [FOLDER...] [--corpus FILE] [--plain]

Each FOLDER is a judged collection, as for `relevance`: its questions are asked with the weight that
the settings have by default, and by words alone. CORPUS is a file of papers with categories: of the
first ten papers related to each of some, it is counted how many have the same first category; and
papers are looked for by some words of their titles, as for `known_item`. With `--plain` the extra
`meaning` is not used, though it is installed. `meaning_cost` says what all this costs.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path
from statistics import fmean
from typing import Any

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.settings import MEANING
from tests.benchmarks import corpus, engines, figures, judged, known_item, relevance
from tests.benchmarks.word_table import split

RELATED = 10


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


def known(papers: list[Paper], wanted: int) -> list[dict[str, Any]]:
    """Return how soon papers are found by some words of their titles, with meaning and without."""
    pairs = known_item.searches(papers, wanted, random.Random(1))
    engine, rows = engines.Paperreader(), []
    with tempfile.TemporaryDirectory() as folder:
        engine.build(papers, Path(folder))
        for weight in (0.0, MEANING):
            engine.open(Path(folder), meaning=weight)
            rows.append({"weight": weight, **known_item.measured(engine, papers, pairs)})
    return rows


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--corpus", help="a file of papers with categories")
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--related", type=int, default=400, help="papers to find related ones of")
    parser.add_argument("--searches", type=int, default=300, help="for known items")
    parser.add_argument("--plain", action="store_true", help="as without the extra")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    if args.plain:
        engines.leave_out_the_encoder()
    results: dict[str, Any] = {}
    if args.folders:
        results["questions"] = [row for folder in args.folders for row in asked(folder)]
        figures.show("Questions", results["questions"])
    if args.corpus:
        papers = corpus.papers(args.corpus, args.papers)
        results["related"] = related(papers, args.related)
        figures.show("Related papers", results["related"])
        results["known items"] = known(papers, args.searches)
        figures.show("Known items", results["known items"])
    figures.write(args.json, results)


if __name__ == "__main__":
    main()
