"""How often a paper is found by its title, typed or pasted whole.

    python -m tests.benchmarks.titles [CORPUS] --papers 10000 [--all]

Titles of one to three words are to be first; any title is to find its paper in the first
screenful. Another paper of the same title is as good.
"""

import argparse
import random
import tempfile
from pathlib import Path
from statistics import fmean
from typing import Any

from paperreader.papers.paper import Paper
from paperreader.papers.titles import fold
from tests.benchmarks import corpus, engines, figures

SCREENFUL = 20
SHORT = 3


def ranks(engine: engines.Engine, papers: list[Paper], titles: list[str]) -> dict[str, int]:
    """Return for each title where its paper comes, 0 where it does not within a screenful."""
    folded = [fold(paper.title) for paper in papers]
    found = {}
    for title in titles:
        rows = [folded[row] for row in engine.rank(title, SCREENFUL)]
        found[title] = rows.index(fold(title)) + 1 if fold(title) in rows else 0
    return found


def measured(
    engine: engines.Engine, papers: list[Paper], short: list[str], some: list[str]
) -> tuple[dict[str, Any], list[str]]:
    """Return the figures, and the titles that did not find themselves."""
    of_short, of_some = (ranks(engine, papers, titles) for titles in (short, some))
    missed = [title for title, rank in of_some.items() if not rank]
    missed += [title for title, rank in of_short.items() if rank != 1]
    return {
        "engine": engine.name,
        "papers": len(papers),
        "short": len(of_short),
        "short first": fmean(rank == 1 for rank in of_short.values()),
        "titles": len(of_some),
        "in a screenful": fmean(rank > 0 for rank in of_some.values()),
        "first": fmean(rank == 1 for rank in of_some.values()),
    }, missed


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--titles", type=int, default=1000)
    parser.add_argument("--all", action="store_true", help="every title, and name those missed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=engines.ENGINES, default=["paperreader"])
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    papers = corpus.papers(told.corpus, told.papers)
    chance = random.Random(told.seed)
    every = sorted({paper.title for paper in papers if fold(paper.title)})
    short = [title for title in every if len(title.split()) <= SHORT] or every[:1]
    short = chance.sample(short, min(told.titles, len(short)))
    some = every if told.all else chance.sample(every, min(told.titles, len(every)))
    rows: list[dict[str, Any]] = []
    missed: list[str] = []
    for name, engine in engines.chosen(told.engines).items():
        with tempfile.TemporaryDirectory() as place:
            engines.build(name, papers, Path(place) / name)
            engine.open(Path(place) / name)
            row, missed = measured(engine, papers, short, some)
            rows.append(row)
    figures.show("Titles", rows)
    for title in missed if told.all else ():
        print(title)
    figures.write(told.json, {"titles": rows})


if __name__ == "__main__":
    main()
