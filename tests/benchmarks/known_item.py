"""How soon a paper is found by some words of its title: MRR@20.

    python -m tests.benchmarks.known_item [CORPUS] --papers 10000

The words are two to four of a title, chosen at random and in their order, but for those that
help nobody to remember a paper: `and`, `the`, or anything of one or two letters.
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

DEPTH = 20
_TELL_NOTHING = frozenset(
    "and for from its some that the their this towards using via with".split()
)


def searches(papers: list[Paper], wanted: int, chance: random.Random) -> list[tuple[str, str]]:
    """Return pairs of some words of a title and that title."""
    pairs: list[tuple[str, str]] = []
    while len(pairs) < wanted:
        title = chance.choice(papers).title
        words = [word.strip('"“”') for word in title.split() if _tells(word)]
        count = chance.randint(2, 4)
        if len(words) >= count:
            places = sorted(chance.sample(range(len(words)), count))
            pairs.append((" ".join(words[place] for place in places), title))
    return pairs


def _tells(word: str) -> bool:
    return sum(map(str.isalnum, word)) > 2 and word.lower() not in _TELL_NOTHING


def measured(
    engine: engines.Engine, papers: list[Paper], pairs: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return how high up the papers came; another paper of the same title is as good."""
    titles = [fold(paper.title) for paper in papers]
    worth = []
    for text, title in pairs:
        found = [titles[row] for row in engine.rank(text, DEPTH)]
        place = found.index(fold(title)) + 1 if fold(title) in found else 0
        worth.append(1 / place if place else 0.0)
    return {
        "engine": engine.name,
        "papers": len(papers),
        "searches": len(pairs),
        f"MRR@{DEPTH}": fmean(worth),
        "first": fmean(value == 1 for value in worth),
        "not found": fmean(value == 0 for value in worth),
    }


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=engines.ENGINES, default=["paperreader"])
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    papers = corpus.papers(told.corpus, told.papers)
    pairs = searches(papers, told.searches, random.Random(told.seed))
    rows = []
    for name, engine in engines.chosen(told.engines).items():
        with tempfile.TemporaryDirectory() as place:
            engines.build(name, papers, Path(place) / name)
            engine.open(Path(place) / name)
            rows.append(measured(engine, papers, pairs))
    figures.show("Known items", rows)
    figures.write(told.json, {"known items": rows})


if __name__ == "__main__":
    main()
