"""Atom: well-formed whatever a paper holds, and read by feedparser."""

import io
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import atom
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record

from .samples import record, records, some

ATOM = "{http://www.w3.org/2005/Atom}"


def written(*given_records: Record) -> str:
    out = io.StringIO()
    atom.write(given_records, out)
    return out.getvalue()


def test_a_preprint() -> None:
    sample = record(
        "A < B",
        abstract="One & two.",
        authors=("Ann Lee",),
        published="2024-03-01",
        updated="2024-04-02",
        categories=("cs.CL",),
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/x"},
        links=(Link(LinkKind.CODE, "https://b.org/?a=1&b=2"),),
        comment="9 pages",
        venue="PRL",
    )
    feed = feedparser.parse(written(sample))
    entry = feed.entries[0]
    assert not feed.bozo
    assert entry.id == "http://arxiv.org/abs/2303.01566"
    assert entry.title == "A < B"
    assert entry.summary == "One & two."
    assert [author.name for author in entry.authors] == ["Ann Lee"]
    assert (entry.published, entry.updated) == ("2024-03-01T00:00:00Z", "2024-04-02T00:00:00Z")
    assert [tag.term for tag in entry.tags] == ["cs.CL"]
    assert entry.link == "https://arxiv.org/abs/2303.01566"
    assert [(link.rel, link.href) for link in entry.links] == [
        ("alternate", "https://arxiv.org/abs/2303.01566"),
        ("related", "https://b.org/?a=1&b=2"),
    ]
    assert (entry.arxiv_doi, entry.arxiv_comment, entry.arxiv_journal_ref) == (
        "10.1000/x",
        "9 pages",
        "PRL",
    )


def test_the_feed_is_as_new_as_its_newest_entry() -> None:
    feed = feedparser.parse(
        written(record(published="2024"), record(added="2026-01-02T03:04:05+01:00"))
    )
    assert [entry.updated for entry in feed.entries] == [
        "2024-01-01T00:00:00Z",
        "2026-01-02T02:04:05Z",
    ]
    assert feed.feed.updated == "2026-01-02T02:04:05Z"


@some
@given(st.lists(records(), max_size=4))
def test_every_feed_is_valid(given_records: list[Record]) -> None:
    root = ET.fromstring(written(*given_records))  # noqa: S314 — our own text
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(given_records)
    for entry, each in zip(entries, given_records, strict=True):
        title = each.paper.title.replace("\uffff", "")
        for needed in ("id", "title", "updated"):
            assert len(entry.findall(ATOM + needed)) == 1
        assert (entry.findtext(f"{ATOM}id") or "").isascii()
        assert (entry.findtext(f"{ATOM}title") or "") == title or not title
        assert len(entry.findall(f"{ATOM}author")) == len(each.paper.authors)
        assert sum(link.get("rel") == "alternate" for link in entry.findall(f"{ATOM}link")) <= 1
    assert not feedparser.parse(written(*given_records)).bozo


def test_the_best_address_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a paper with very many links; each time takes as long as all links."""
    calls: list[Paper] = []

    def best_url(paper: Paper) -> str:
        calls.append(paper)
        return "https://e.org/"

    monkeypatch.setattr(atom, "best_url", best_url)
    links = tuple(Link(LinkKind.PAGE, f"https://e.org/{number}") for number in range(50))
    written(Record(1, "key", Paper("T", links=links)))
    assert len(calls) == 1
