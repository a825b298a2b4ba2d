import json

import pytest

from paperreader.formats import FormatError
from paperreader.papers.paper import LinkKind
from tests.formats.outcome import read_text

INNER = {
    "id": "2509.24002",
    "authors": [{"_id": "1", "name": "Ann Other", "user": {"fullname": "annie"}}, {"name": "Bob"}],
    "publishedAt": "2025-09-28T17:53:27.000Z",
    "submittedOnDailyAt": "2025-10-01T01:58:54.337Z",
    "title": "A Benchmark for\n  Reading",
    "summary": "It measures how\npeople read.",
    "upvotes": 118,
    "discussionId": "68dc",
    "projectPage": "https://reading.example/",
    "githubRepo": "acme/reading",
    "githubStars": 182,
    "ai_summary": "It measures reading.",
    "ai_keywords": ["reading", "papers"],
}
OUTER = {
    "paper": INNER,
    "publishedAt": "2025-09-30T00:00:00.000Z",
    "title": "A Benchmark for Reading",
    "numComments": 3,
    "organization": {"name": "acme", "fullname": "Acme University"},
    "isAuthorParticipating": False,
}


@pytest.mark.parametrize(
    "shape",
    [
        [OUTER],
        OUTER,
        {"dailyPapers": [OUTER]},
        {**INNER, "numComments": 3, "organization": {"name": "Acme University"}},
    ],
    ids=["list", "entry", "wrapped", "bare"],
)
def test_the_fields_are_found_wherever_an_endpoint_puts_them(shape: object) -> None:
    read = read_text(json.dumps(shape))
    assert read.format == "huggingface-json"
    [paper] = read.papers
    assert paper.title == "A Benchmark for Reading"
    assert paper.abstract == "It measures how people read."
    assert paper.authors == ("Ann Other", "Bob")
    assert paper.published == "2025-09-28"
    assert paper.identifiers == {"arxiv": "2509.24002"}
    assert paper.link(LinkKind.PAGE) == "https://huggingface.co/papers/2509.24002"
    assert paper.link(LinkKind.CODE) == "https://github.com/acme/reading"
    assert paper.link(LinkKind.PROJECT) == "https://reading.example/"
    assert (paper.upvotes, paper.comments, paper.stars) == (118, 3, 182)
    assert paper.organization == "Acme University"
    assert paper.summary == "It measures reading."
    assert paper.keywords == ("reading", "papers")


def test_one_entry_a_line() -> None:
    assert len(read_text("\n".join(json.dumps(OUTER) for _ in range(3))).papers) == 3


def test_nulls_everywhere_are_only_missing_fields() -> None:
    bare = dict.fromkeys(INNER) | {"title": "Only a Title", "upvotes": None}
    [paper] = read_text(
        json.dumps([{"paper": bare, "publishedAt": None, "numComments": None}])
    ).papers
    assert (paper.title, paper.authors, paper.links, paper.identifiers) == (
        "Only a Title",
        (),
        (),
        {},
    )


def test_an_entry_without_a_title_is_left_over_with_its_place() -> None:
    read = read_text(json.dumps([OUTER, {"paper": {"id": "2509.1", "upvotes": 1}}]))
    assert len(read.papers) == 1
    assert [leftover.location for leftover in read.leftovers] == ["entry 2"]


def test_broken_json_is_one_sentence() -> None:
    with pytest.raises(FormatError, match="is broken JSON"):
        read_text(json.dumps([OUTER])[:-20])
