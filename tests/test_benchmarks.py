"""The measurements measure what they say."""

import json
import math
import random
from pathlib import Path

import pytest

from tests.benchmarks import authors, corpus, judged, keystrokes, large_corpus, load, relevance


def test_judged_collections_are_read_whatever_their_dialect(tmp_path: Path) -> None:
    docs = [
        {"id": 1, "title": "One", "abstract": None, "authors": "A. Author", "year": 1999},
        {"_id": "2", "text": "Two", "authors": ["B", {"name": "C"}]},
        {"doc_id": "3", "title": ["Three", "parts"], "metadata": {}},
    ]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, docs)) + "\n\n")
    asked = [{"_id": "q1", "text": "what"}, {"query_id": "q2", "query": "which"}, {"id": 3}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)))
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\t1\t2\nq1\t2\t0\nq2 0 3 1\nq2\t9\t1\nq2\t2\t0.5\n3\t1\t1\n"
    )
    collection = judged.read(tmp_path)
    assert [p.title for p in collection.papers.values()] == ["One", "", "Three parts"]
    assert collection.papers["1"].published == "1999"
    assert collection.papers["2"].authors == ("B", "C")
    assert collection.judgments == {"q1": {"1": 2}, "q2": {"3": 1, "2": 0.5}}


def test_the_measures_of_relevance() -> None:
    grades = {"a": 2.0, "b": 1.0}
    best = 2 + 1 / math.log2(3)
    assert relevance.ndcg(["x", "a"], grades) == pytest.approx(2 / math.log2(3) / best)
    assert relevance.ndcg(["a", "b", "x"], grades) == pytest.approx(1)
    assert relevance.average_precision(["x", "a", "b"], grades) == pytest.approx(
        (1 / 2 + 2 / 3) / 2
    )
    assert relevance.recall(["a", "x"], grades) == pytest.approx(1 / 2)


def test_a_made_up_corpus_is_always_the_same() -> None:
    once, again = corpus.papers(None, 20, seed=3), corpus.papers(None, 20, seed=3)
    assert once == again
    assert len({paper.key for paper in once}) == 20


def test_queries_are_typed_a_key_at_a_time() -> None:
    assert keystrokes.states([["ab", "c"]]) == ["a", "ab", "ab ", "ab c"]


def test_authors_of_a_made_up_corpus_have_several_papers() -> None:
    papers = corpus.papers(None, 400)
    chosen = authors.searches(papers, 5, random.Random(1))
    by_name = authors.papers_by_name(papers)
    assert 0 < len(chosen) <= 5
    assert all(5 <= len(by_name[name]) <= 60 for _, name in chosen)
    assert authors.named("Y. LeCun") is None
    assert authors.named("Jean-Pierre M. Serre") == authors.named("Jean-Pierre Serre")


def test_a_large_corpus_is_like_the_small_one_and_has_new_words() -> None:
    small = corpus.papers(None, 50)
    large = list(large_corpus.made(small, 300, seed=2))
    assert large == list(large_corpus.made(small, 300, seed=2))
    assert len({record["id"] for record in large}) == 300
    known = {word for paper in small for word in f"{paper.title} {paper.abstract}".split()}
    texts = [f"{record['title']} {record['abstract']}".split() for record in large]
    new = [word for text in texts for word in text if word.strip(".") not in known]
    assert 50 < len(new) < 1500
    assert {record["categories"][0] for record in large} <= {p.categories[0] for p in small}


def test_exponents_say_how_figures_grow() -> None:
    rows = [
        {"papers": 10, "seconds": 9.0, "MB": 5.0},
        {"papers": 100, "seconds": 1.0, "MB": 5.0},
        {"papers": 10_000, "seconds": 100.0, "MB": 5.0},
    ]
    assert load.exponents(rows) == {
        "papers": "exponent",
        "seconds": pytest.approx(1),
        "MB": pytest.approx(0),
    }
