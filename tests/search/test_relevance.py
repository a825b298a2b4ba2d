"""A floor under the ranking: a small judged collection is answered as well as it is now."""

from statistics import fmean

import pytest

from tests.benchmarks.relevance import ndcg
from tests.corpus import Corpus
from tests.search.judged_papers import JUDGED, PAPERS

# nDCG@10 of all queries, and of the worst: .985 and .86 when the floor was laid.
FLOOR = 0.97
LEAST = 0.8


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    corpus = Corpus(tmp_path_factory.mktemp("index"))
    for row, line in enumerate(PAPERS.strip().splitlines()):
        year, authors, title, abstract = line.split(" | ")
        corpus.put(row, title, abstract, authors.split(", "), year)
    corpus.build()
    return corpus


def quality(corpus: Corpus, line: str) -> float:
    """The nDCG@10 of a query; of its answers, the first are worth the most."""
    query, answers = line.rsplit(" | ", 1)
    titles = [paper.split(" | ")[2] for paper in PAPERS.strip().splitlines()]
    starts = answers.split("; ")
    grades = {
        title: float(len(starts) - place)
        for place, start in enumerate(starts)
        for title in titles
        if title.startswith(start)
    }
    assert len(grades) == len(starts), line
    return ndcg([titles[row] for row in corpus.ranked(query).rows.tolist()], grades)


def test_queries_are_answered_as_well_as_they_were(corpus: Corpus) -> None:
    found = {line: quality(corpus, line) for line in JUDGED.splitlines()}
    worst = sorted(found, key=lambda line: found[line])[:5]
    assert fmean(found.values()) >= FLOOR, [(found[line], line) for line in worst]
    assert found[worst[0]] >= LEAST, worst[0]
