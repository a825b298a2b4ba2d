"""How long whole queries take; how fast papers are indexed, and what that needs.

    python -m tests.benchmarks.queries [CORPUS] --papers 10000

Words, phrases, boolean queries, and sentences out of abstracts of which most words will do.
"""

import argparse
import multiprocessing
import random
import resource
from functools import partial
from pathlib import Path
from typing import Any

from paperreader.papers.paper import Paper
from tests.benchmarks import corpus, engines, figures
from tests.benchmarks.figures import Times


def questions(papers: list[Paper], wanted: int, seed: int) -> list[tuple[str, str]]:
    """Return pairs of a kind and a text, in random order."""
    chance = random.Random(seed)
    runs = corpus.queries(papers, wanted * 4, chance)
    words = [word for run in runs for word in run if len(word) > 2]
    asked = [("words", " ".join(run)) for run in runs[:wanted]]
    asked += [("phrase", " ".join(run[:2])) for run in runs[wanted : 2 * wanted]]
    asked += [("boolean", " ".join(chance.sample(words, 4))) for _ in range(wanted)]
    sentences = [
        sentence
        for paper in chance.sample(papers, min(len(papers), wanted * 4))
        for sentence in paper.abstract.split(". ")[:1]
        if len(engines.plain(sentence)) >= 10
    ]
    asked += [("sentence", " ".join(engines.plain(told))) for told in sentences[:wanted]]
    chance.shuffle(asked)
    return asked


def measured(
    asked: dict[str, engines.Engine], texts: list[tuple[str, str]], seed: int
) -> dict[tuple[str, str], Times]:
    """Let every engine answer everything, interleaved."""
    chance = random.Random(seed)
    times: dict[tuple[str, str], Times] = {}
    for kind, text in texts:
        for name in chance.sample(sorted(asked), len(asked)):
            engine = asked[name]
            kept = times.setdefault((kind, name), Times())
            kept.measure(partial(engine.ask, kind, text))
    return times


def memory(name: str, folder: Path, texts: list[tuple[str, str]]) -> float:
    """Return how many MB more a process holds that answers everything."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_remember, args=(name, folder, texts, there))
    process.start()
    there.close()
    more: float = here.recv()
    process.join()
    return more


def _remember(name: str, folder: Path, texts: list[tuple[str, str]], told: Any) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    engine = engines.ENGINES[name]()
    engine.open(folder)
    for kind, text in texts:
        engine.ask(kind, text)
    told.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
    told.close()


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    engines.arguments(parser)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    told = parser.parse_args()
    papers = corpus.papers(told.corpus, told.papers)
    texts = questions(papers, told.queries, told.seed)
    with engines.opened(told, papers) as (asked, costs):
        figures.show(f"Indexing {len(papers):,} papers", costs)
        times = measured(asked, texts, told.seed)
        del papers
        held = [
            {"engine": engine.name, "MB more, searching": memory(name, engine.folder, texts)}
            for name, engine in asked.items()
        ]
    lines = [
        {"kind": kind, "engine": engines.ENGINES[name].name, **kept.summary()}
        for (kind, name), kept in sorted(times.items())
    ]
    figures.show("Whole queries, to first 50 rows, milliseconds", lines)
    figures.show("Memory", held)
    figures.write(told.json, {"indexing": costs, "queries": lines, "memory": held})


if __name__ == "__main__":
    main()
