"""How long from a key to new results: parse, search, count, and the first 50 rows.

    python -m tests.benchmarks.keystrokes [CORPUS] --papers 1000 10000 100000

Runs of title words are typed a key at a time, whole queries in order. Each engine answers every
state, in an order shuffled anew for each; one that takes seconds answers some states only.
"""

import argparse
import random
from functools import partial
from typing import Any

from tests.benchmarks import corpus, engines, figures
from tests.benchmarks.figures import Times


def states(runs: list[list[str]]) -> list[str]:
    """Return what stands in the search box after each key."""
    typed = [" ".join(run) for run in runs]
    return [text[:length] for text in typed for length in range(1, len(text) + 1)]


def measured(asked: dict[str, engines.Engine], texts: list[str], seed: int) -> dict[str, Times]:
    """Let every engine answer every text, interleaved."""
    chance = random.Random(seed)
    times = {name: Times() for name in asked}
    patient = {name: set(texts) for name in asked}
    for name, engine in asked.items():
        if engine.patience < len(texts):
            patient[name] = set(chance.sample(texts, engine.patience))
    for text in texts:
        order = [name for name in asked if text in patient[name]]
        chance.shuffle(order)
        for name in order:
            engine = asked[name]
            times[name].measure(partial(engine.ask, "typing", text))
            if engine.patience < len(texts):
                patient[name].discard(text)
    return times


def rows(papers: int, times: dict[str, Times]) -> list[dict[str, Any]]:
    """Return a line of the table for each engine."""
    return [
        {"papers": papers, "engine": engines.ENGINES[name].name, **measured.summary()}
        for name, measured in times.items()
    ]


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    engines.arguments(parser)
    parser.add_argument("--papers", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=40)
    told = parser.parse_args()
    everything = corpus.papers(told.corpus, max(told.papers))
    lines: list[dict[str, Any]] = []
    for size in told.papers:
        papers = everything[:size]
        texts = states(corpus.queries(papers, told.queries, random.Random(told.seed)))
        with engines.opened(told, papers) as (asked, _):
            lines += rows(len(papers), measured(asked, texts, told.seed))
    figures.show("Typing, key to first 50 rows, milliseconds", lines)
    figures.write(told.json, {"typing": lines})


if __name__ == "__main__":
    main()
