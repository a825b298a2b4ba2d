"""Write a corpus of any size that is like a smaller one: 573,807 papers, say.

    python -m tests.benchmarks.large_corpus OUT.jsonl [CORPUS] --papers 573807

A paper's abstract is made of sentences from papers of one category, its title of the first words of
one title and the last words of another, so that words stand together as often as they do in CORPUS.
As a larger library has more words too, one in every third paper is a new one: then there are as
many as Heaps' law wants. The same seed gives the same file.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from paperreader.papers.paper import Paper
from tests.benchmarks import corpus

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LETTERS = "abcdefghiklmnoprstuvwyz"
_NEW_WORD = 1 / 3
_FIRST_YEAR, _YEARS = 2008, 18
# At most so many papers are the pattern.
_LIKE = 120_000


class Category(NamedTuple):
    """What the papers of a category are made of."""

    name: str
    titles: list[list[str]]
    sentences: list[str]
    lengths: list[int]


def categories(papers: list[Paper]) -> list[Category]:
    """Return the categories of some papers; those without any are one too."""
    found: dict[str, Category] = {}
    for paper in papers:
        name = paper.categories[0] if paper.categories else ""
        category = found.setdefault(name, Category(name, [], [], []))
        sentences = _SENTENCE_END.split(paper.abstract)
        category.titles.append(paper.title.split())
        category.sentences.extend(sentences)
        category.lengths.append(len(sentences))
    return list(found.values())


def made(papers: list[Paper], wanted: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the records of `wanted` papers that are like `papers`, oldest first."""
    chance = random.Random(seed)
    kinds = categories(papers)
    weights = list(accumulate(len(kind.titles) for kind in kinds))
    people = [name for paper in papers for name in paper.authors]
    for number in range(wanted):
        [kind] = chance.choices(kinds, cum_weights=weights)
        start, end = chance.choice(kind.titles), chance.choice(kind.titles)
        title = start[: len(start) // 2 + 1] + end[len(end) // 2 :]
        abstract = chance.choices(kind.sentences, k=chance.choice(kind.lengths))
        if chance.random() < _NEW_WORD:
            abstract.append(f"We call it {_new(chance, chance.choice(title))}.")
        month = 12 * _FIRST_YEAR + number * 12 * _YEARS // wanted
        year, month = divmod(month, 12)
        identifier = f"{year % 100:02}{month + 1:02}.{number % 100_000:05}"
        yield {
            "id": f"arxiv:{identifier}",
            "title": " ".join(title),
            "abstract": " ".join(abstract),
            "authors": [chance.choice(people) for _ in range(chance.randint(1, 6))],
            "date": f"{year}-{month + 1:02}-01",
            "url": f"https://arxiv.org/abs/{identifier}",
            "categories": [kind.name] if kind.name else [],
        }


def write(path: Path, papers: list[Paper], wanted: int, seed: int = 0) -> None:
    """Write `wanted` papers that are like `papers` as JSON lines."""
    with path.open("w", encoding="utf-8") as out:
        for record in made(papers, wanted, seed):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _new(chance: random.Random, word: str) -> str:
    """Return a word that is like another, and most likely of one paper alone."""
    place = chance.randint(1, max(len(word), 1))
    return word[:place] + "".join(chance.choices(_LETTERS, k=3)) + word[place:]


def main() -> None:
    """Write what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=573_807)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    papers = corpus.papers(args.corpus, _LIKE)
    write(args.out, papers, args.papers, args.seed)
    print(f"{args.papers:,} papers, {args.out.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
