"""How well questions are answered: nDCG@10, MAP and Recall@100 on judged collections.

    python -m tests.benchmarks.relevance FOLDER... [--engines paperreader fts5 tantivy whoosh]

Each folder holds docs.jsonl, queries.jsonl and qrels.tsv. Every collection is asked by the same
code with the same settings.
"""

import argparse
import math
import tempfile
from pathlib import Path
from statistics import fmean
from typing import Any

from tests.benchmarks import engines, figures, judged


def ndcg(ranking: list[str], grades: dict[str, float], depth: int = 10) -> float:
    """Return the discounted gain of the first papers against that of the best order."""
    gain = sum(grades.get(p, 0) / math.log2(n + 2) for n, p in enumerate(ranking[:depth]))
    best = sorted(grades.values(), reverse=True)[:depth]
    return gain / sum(grade / math.log2(n + 2) for n, grade in enumerate(best))


def average_precision(ranking: list[str], grades: dict[str, float]) -> float:
    """Return the mean, over all right papers, of the precision where each is found."""
    found, total = 0, 0.0
    for place, paper in enumerate(ranking, start=1):
        if paper in grades:
            found += 1
            total += found / place
    return total / len(grades)


def recall(ranking: list[str], grades: dict[str, float], depth: int = 100) -> float:
    """Return the share of the right papers among the first `depth`."""
    return len(set(ranking[:depth]) & grades.keys()) / len(grades)


def measured(engine: engines.Engine, collection: judged.Collection) -> dict[str, Any]:
    """Return the means over all questions."""
    names = list(collection.papers)
    scores: list[tuple[float, float, float]] = []
    for question, grades in collection.judgments.items():
        text = collection.questions[question]
        ranking = [names[row] for row in engine.rank(text, 1000)]
        scores.append(
            (ndcg(ranking, grades), average_precision(ranking, grades), recall(ranking, grades))
        )
    columns = zip(*scores, strict=True)
    means = {f: fmean(c) for f, c in zip(("nDCG@10", "MAP", "Recall@100"), columns, strict=True)}
    return {"collection": collection.name, "engine": engine.name, "questions": len(scores), **means}


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--engines", nargs="+", choices=engines.ENGINES, default=["paperreader"])
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for folder in told.folders:
        collection = judged.read(folder)
        for name, engine in engines.chosen(told.engines).items():
            with tempfile.TemporaryDirectory() as place:
                engines.build(name, list(collection.papers.values()), Path(place) / name)
                engine.open(Path(place) / name)
                rows.append(measured(engine, collection))
    for name in dict.fromkeys(row["engine"] for row in rows):
        own = [row for row in rows if row["engine"] == name]
        if len(own) > 1:
            means = {f: fmean(row[f] for row in own) for f in ("nDCG@10", "MAP", "Recall@100")}
            questions = sum(row["questions"] for row in own)
            rows.append({"collection": "mean", "engine": name, "questions": questions, **means})
    figures.show("Relevance", rows)
    figures.write(told.json, {"relevance": rows})


if __name__ == "__main__":
    main()
