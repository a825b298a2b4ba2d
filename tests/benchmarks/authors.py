"""How well an author's papers are found by the author's name.

    python -m tests.benchmarks.authors [CORPUS] --papers 114762

Authors of 5 to 60 papers are chosen at random. Each is searched for by full name, by the initial
and the last name, and by author:"Last, First" and author:"First Last". A paper is theirs if one
of its authors has the same first and last name, whatever stands between.
"""

import argparse
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

from paperreader.papers.paper import Paper
from paperreader.papers.titles import fold
from tests.benchmarks import corpus, engines, figures

FIRST = 5
DEPTH = 1000
Name = tuple[str, str]


def named(author: str) -> Name | None:
    """Return the first and the last name, folded, or None where there is no first name."""
    parts = [fold(part).replace(" ", "") for part in author.split()]
    whole = len(parts) > 1 and min(len(parts[0]), len(parts[-1])) > 1
    return (parts[0], parts[-1]) if whole else None


def papers_by_name(papers: list[Paper]) -> dict[Name, set[int]]:
    """Return for each name the papers, by their places."""
    found: dict[Name, set[int]] = defaultdict(set)
    for place, paper in enumerate(papers):
        for author in paper.authors:
            if name := named(author):
                found[name].add(place)
    return found


def searches(papers: list[Paper], wanted: int, chance: random.Random) -> list[tuple[str, Name]]:
    """Return authors as they sign, each with the folded name."""
    by_name = papers_by_name(papers)
    some = [name for name, places in by_name.items() if 5 <= len(places) <= 60]
    chosen = set(chance.sample(sorted(some), min(wanted, len(some))))
    signed = {name: a for p in papers for a in p.authors if (name := named(a)) in chosen}
    return [(author, name) for name, author in sorted(signed.items()) if name is not None]


def _has(paper: Paper, name: Name) -> bool:
    """Whether a paper has an author with that initial and last name."""
    parts = [fold(author).split() for author in paper.authors]
    return any(p and p[0][0] == name[0][0] and p[-1] == fold(name[1]).split()[-1] for p in parts)


def measured(
    engine: engines.Engine, papers: list[Paper], authors: list[tuple[str, Name]]
) -> dict[str, Any]:
    """Return how often the first papers are theirs, and what part of theirs is found."""
    by_name = papers_by_name(papers)
    first, five, initial, recall = [], [], [], defaultdict(list)
    for author, name in authors:
        theirs = by_name[name]
        found = [row in theirs for row in engine.rank(author, FIRST)]
        first.append(found[:1] == [True])
        five.append(len(found) == FIRST and all(found))
        given, family = author.split()[0], author.split()[-1]
        rows = engine.rank(f"{given[0]}. {family}", FIRST)
        initial.append(len(rows) == FIRST and all(_has(papers[row], name) for row in rows))
        for kind, text in (
            ("Last, First", f'author:"{family}, {given}"'),
            ("First Last", f'author:"{given} {family}"'),
        ):
            recall[kind].append(len(theirs & set(engine.rank(text, DEPTH))) / len(theirs))
    return {
        "engine": engine.name,
        "authors": len(authors),
        "first theirs": fmean(first),
        "five theirs": fmean(five),
        "X. Last five": fmean(initial),
        **{f"recall {kind}": fmean(values) for kind, values in recall.items()},
    }


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--authors", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", nargs="+", choices=engines.ENGINES, default=["paperreader"])
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    papers = corpus.papers(told.corpus, told.papers)
    authors = searches(papers, told.authors, random.Random(told.seed))
    rows = []
    for name, engine in engines.chosen(told.engines).items():
        with tempfile.TemporaryDirectory() as place:
            engines.build(name, papers, Path(place) / name)
            engine.open(Path(place) / name)
            rows.append(measured(engine, papers, authors))
    figures.show("Authors", rows)
    figures.write(told.json, {"authors": rows})


if __name__ == "__main__":
    main()
