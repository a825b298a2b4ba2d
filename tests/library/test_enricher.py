"""Enriching from stubs of the services, above all the page that the library begins with."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.follow.options import FetchOptions, Services
from paperreader.formats import readings
from paperreader.library.enricher import EnrichReport
from paperreader.library.library import Library
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Record
from paperreader.paths import Paths
from paperreader.query.request import Request
from tests.follow.arxiv_stub import ArxivStub, Preprint
from tests.follow.stub import Answer, Asked, FakeClock, Stub, serving

SEEDS = Path(__file__).parents[2] / "seeds"
NOT_THERE = "Sampler Design for Implicit Feedback Data by Noisy-label Robust Learning"
RETITLED = "Scaling TransNormer to 175 Billion Parameters"


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Paths.find(tmp_path / "home")) as library:
        yield library


def enrich(library: Library, stub: Stub, *, again: bool = False) -> EnrichReport:
    services = Services(stub.base, stub.base, stub.base, stub.base)
    options = FetchOptions(services=services, contact="me@example.org")
    records = list(library.search(Request()))
    return library.enricher(options, FakeClock()).enrich(records, again=again)


def by_title(library: Library) -> dict[str, Record]:
    return {record.paper.title: record for record in library.search(Request())}


def seeded(library: Library) -> list[Paper]:
    for reading in readings(str(SEEDS)):
        library.add(reading, "seed page")
    return [record.paper for record in library.search(Request())]


def like_arxiv(paper: Paper, number: str) -> Preprint:
    """The paper as arXiv would have it: its title wrapped, its abstract with LaTeX."""
    abstract = re.sub(r"\b(\d+)%", r"$\1\\%$", paper.abstract).replace("--", " -- ")
    title = paper.title.replace(" for ", "\n  for ")
    return Preprint(number, title, "  " + abstract.replace(". ", ".\n"), published="2024-05-06")


def decoys(papers: list[Paper]) -> list[Preprint]:
    """What arXiv also has: titles that only resemble, and one title twice."""
    unlike = "A study of the growth of crystals in cold water, under pressure, over many years."
    resembling = [
        Preprint(f"2402.{n:05}", f"{p.title}: A Reply", unlike, ["Eve Other"])
        for n, p in enumerate(papers, 1)
    ]
    same = [
        Preprint(f"2403.{n:05}", p.title, unlike, ["Eve Other"])
        for n, p in enumerate(papers, 1)
        if n % 5 == 0 or p.title == NOT_THERE
    ]
    return resembling + same


def test_the_first_page_is_completed_and_nothing_is_wrong(library: Library, stub: Stub) -> None:
    papers = seeded(library)
    numbers = {p.title: f"2401.{n:05}" for n, p in enumerate(papers, 1) if p.title != NOT_THERE}
    right = [like_arxiv(p, numbers[p.title]) for p in papers if p.title in numbers]
    stub.on("/api/query", ArxivStub(decoys(papers) + right))
    stub.on("/api/papers/search", Answer(b"[]"))
    stub.on("/works", Answer(b'{"message": {"items": []}}'))
    stub.on("/graph/v1/paper/batch", Answer(b"[]"))
    report = enrich(library, stub)
    assert (report.papers, report.completed) == (59, 58)
    assert [record.paper.title for record in report.left] == [NOT_THERE]
    assert report.facts["authors"] == report.facts["date"] == report.facts["categories"] == 58
    completed = by_title(library)
    assert len(completed) == 59
    for title, record in completed.items():
        assert record.paper.identifiers.get("arxiv") == numbers.get(title)
        assert record.paper.authors == (("Ada Lovelace", "Alan Turing") if title in numbers else ())
    # Titles are asked for several at once, and only few once more by themselves.
    assert sum(asked.path == "/api/query" for asked in stub.asked) <= 12
    # A second time asks nobody who was asked a moment ago.
    stub.asked.clear()
    assert enrich(library, stub).papers == 0
    assert stub.asked == []


def test_titles_are_asked_for_one_by_one_where_several_are_not_understood(
    library: Library, stub: Stub
) -> None:
    papers = seeded(library)[:10]
    arxiv = ArxivStub([like_arxiv(p, f"2401.{n:05}") for n, p in enumerate(papers, 1)])

    def reply(asked: Asked) -> Answer:
        several = " OR " in asked.query.get("search_query", "")
        return Answer(b"", 400) if several else arxiv(asked)

    stub.on("/api/query", reply)
    stub.on("/api/papers/search", Answer(b"[]"))
    stub.on("/works", Answer(b'{"message": {"items": []}}'))
    stub.on("/graph/v1/paper/batch", Answer(b"[]"))
    assert enrich(library, stub).completed == 10


def test_what_one_service_finds_lets_the_next_ones_find_more(library: Library, stub: Stub) -> None:
    papers = {paper.title: paper for paper in seeded(library)}
    survey = papers[RETITLED]

    def hugging_face(asked: Asked) -> Answer:
        entry = {
            "id": "2307.14995",
            "title": RETITLED,
            "summary": survey.abstract,
            "upvotes": 12,
            "publishedAt": "2024-06-26T16:34:33.000Z",
            "authors": [{"name": "Weilin Cai"}],
        }
        return Answer(
            json.dumps([{"paper": entry}] if asked.query["q"] == RETITLED else []).encode()
        )

    # arXiv has it under a newer title.
    stub.on("/api/query", ArxivStub([
        Preprint("2307.14995", "TransNormerLLM: A Faster and Better Large Language Model",
                 survey.abstract.replace("present", "introduce"), ["Weilin Cai", "Juyong Jiang"],
                 "2024-06-26", ["cs.LG", "cs.CL"]),
    ]))  # fmt: skip
    stub.on("/api/papers/search", hugging_face)
    code = {
        "id": "2307.14995",
        "title": RETITLED,
        "githubRepo": "o/r",
        "githubStars": 7,
        "upvotes": 13,
    }
    stub.on("/api/papers/2307.14995", Answer(json.dumps(code).encode()))
    stub.on("/works", Answer(b'{"message": {"items": []}}'))

    def scholar(asked: Asked) -> Answer:
        ids = json.loads(asked.body)["ids"]
        known = {"ARXIV:2307.14995": {
            "title": RETITLED, "externalIds": {"ArXiv": "2307.14995", "DOI": "10.1109/TKDE.2025.1"},
            "venue": "IEEE TKDE", "fieldsOfStudy": ["Computer Science"],
        }}  # fmt: skip
        return Answer(json.dumps([known.get(name) for name in ids]).encode())

    stub.on("/graph/v1/paper/batch", scholar)
    report = enrich(library, stub)
    assert report.completed == 1
    paper = by_title(library)[RETITLED].paper
    assert paper.identifiers["arxiv"] == "2307.14995"
    assert paper.identifiers["doi"] == "10.1109/tkde.2025.1"
    assert paper.categories == ("cs.LG", "cs.CL")
    assert paper.venue == "IEEE TKDE"
    assert paper.authors == ("Weilin Cai",)
    assert paper.link(LinkKind.CODE) == "https://github.com/o/r"
    assert (paper.stars, paper.upvotes) == (7, 13)


def test_identifiers_fill_in_everything_but_a_wrong_one_nothing(
    library: Library, stub: Stub
) -> None:
    library.add([
        Paper("2202.00666", identifiers={"arxiv": "2202.00666"}, pending=True),
        Paper("On Crystals in Cold Water", "Growth of crystals.", ("E. Other",),
              identifiers={"arxiv": "2202.00001"}),
        Paper("On Journals", identifiers={"doi": "10.1000/a"}),
    ], "list")  # fmt: skip
    stub.on("/api/query", ArxivStub([
        Preprint("2202.00666", "Locally Typical Sampling", "Abstract.", ["Clara Meister"]),
        Preprint("2202.00001", "Something Else Entirely", "Of robots.", ["A. Nother"]),
    ]))  # fmt: skip
    work = {"DOI": "10.1000/A", "title": ["On Journals"], "type": "journal-article",
            "author": [{"given": "Ada", "family": "Lovelace"}], "container-title": ["J. J."],
            "issued": {"date-parts": [[2020, 3]]}}  # fmt: skip
    stub.on("/works", Answer(json.dumps({"message": {"items": [work]}}).encode()))
    stub.on("/graph/v1/paper/batch", Answer(b"[null, null]"))
    report = enrich(library, stub)
    assert report.completed == 2
    found = by_title(library)
    assert found["Locally Typical Sampling"].paper.authors == ("Clara Meister",)
    assert found["On Journals"].paper.authors == ("Ada Lovelace",)
    assert found["On Journals"].paper.published == "2020-03"
    assert found["On Crystals in Cold Water"].paper.categories == ()
    [crossref] = [asked for asked in stub.asked if asked.path == "/works"]
    assert (crossref.query["filter"], crossref.query["mailto"]) == (
        "doi:10.1000/a",
        "me@example.org",
    )


def test_one_service_that_fails_stops_no_other(library: Library, stub: Stub) -> None:
    library.add([Paper("On Journals", identifiers={"doi": "10.1000/a"})], "list")
    library.bookmark([library.find("doi:10.1000/a").row])
    library.tag([library.find("doi:10.1000/a").row], ["kept"])
    stub.on("/api/query", Answer(b"<html>down for maintenance</html>"))
    work = {"DOI": "10.1000/A", "title": ["On Journals"], "author": [{"family": "Lovelace"}]}
    stub.on("/works", Answer(json.dumps({"message": {"items": [work]}}).encode()))
    stub.on("/graph/v1/paper/batch", Answer(b"", 429, {"Retry-After": "4000"}))
    report = enrich(library, stub)
    assert {name: bool(s.problem) for name, s in report.services.items()} == {
        "arXiv": True,
        "Crossref": False,
        "Semantic Scholar": True,
    }
    assert (report.completed, report.failed) == (1, False)
    [record] = library.search(Request())
    assert record.paper.authors == ("Lovelace",)
    assert (bool(record.bookmarked), record.tags, record.sources) == (True, ("kept",), ("list",))
