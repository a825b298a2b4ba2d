"""What is exported and read back by our own formats is the same papers."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import FORMATS, write
from paperreader.formats import Document, Unparsed, read
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record

from .samples import record, records, some

CODE = Link(LinkKind.CODE, "https://github.com/a/b_c")
PAPERS = [
    record(
        "Retrieval with mBERT: 5% better than R&D #1 of $O(n)$",
        abstract="We show $x_1 < 5$ for 100% of a_b.\n\nCode: https://github.com/a/b_c.",
        authors=("Ann van Dyk", "Martin King Jr.", "Søren Å"),
        published="2023-03-01",
        categories=("stat.ML", "cs.LG"),
        keywords=("search", "ranking"),
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/a_b(c)"},
        comment="9 pages, 2 figures",
    ),
    record("=Sum+ of [all] *kinds* | <of> “signs” & 'more' {in} braces", authors=("李 明",)),
    record(
        "Über Größe", venue="Journal of Proofs", published="1999", identifiers={"doi": "10.1000/y"}
    ),
    record("A very old one", published="1994-05", identifiers={"arxiv": "astro-ph/9405001"}),
    record("In a workshop", venue="Proceedings of the 3rd Workshop", abstract="Short."),
    record("With its code only", links=(CODE,), authors=("ATLAS Collaboration",)),
    record("Only a title — with a dash, 2024"),
]
# What a format has no place for, or tells less exactly.
LOST = {
    "jsonl": (),
    "csl-json": ("links",),
    "bibtex": ("links", "categories"),
    "ris": ("links", "categories", "abstract"),
    "csv": ("links",),
    "atom": ("links", "published", "updated", "keywords"),
    "markdown": ("links", "published", "categories", "keywords", "abstract", "comment", "venue"),
}


# What an entry has to have in some formats, and is made for a paper that has none.
MADE: dict[str, tuple[str, ...]] = {
    "bibtex": ("kind", "citation_key", "bibtex", "fields"),
    "csl-json": ("kind", "citation_key"),
    "ris": ("kind", "citation_key"),
    "csv": ("kind",),
}


def read_back(name: str, given_records: list[Record]) -> list[Paper]:
    out = io.StringIO(newline="")
    write(name, given_records, out)
    document = Document.of_bytes("list" + FORMATS[name].suffixes[0], out.getvalue().encode())
    items = list(read(document))
    assert not [item for item in items if isinstance(item, Unparsed)]
    return [item for item in items if isinstance(item, Paper)]


def without(name: str, paper: Paper) -> Paper:
    empty = Paper("")
    left_out = (*LOST[name], *MADE.get(name, ()))
    return replace(paper, **{field: getattr(empty, field) for field in left_out})


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_papers_come_back(name: str) -> None:
    expected = [without(name, each.paper) for each in PAPERS]
    assert [without(name, paper) for paper in read_back(name, PAPERS)] == expected


@pytest.mark.parametrize("name", ["jsonl", "bibtex", "csl-json", "ris"])
def test_a_kind_and_a_key_of_their_own_come_back(name: str) -> None:
    own = record("Beds", authors=("Ann Bee",), kind="book", citation_key="bee:beds")
    [paper] = read_back(name, [own])
    assert (paper.kind, paper.citation_key) == ("book", "bee:beds")


@pytest.mark.parametrize("name", FORMATS)
def test_they_come_back_under_the_same_keys(name: str) -> None:
    found = [paper.keys for paper in read_back(name, PAPERS)]
    assert found[:1] + found[2:] == [each.paper.keys for each in PAPERS[:1] + PAPERS[2:]]


@pytest.mark.parametrize(
    "others", [{}, {"doi": "10.1000/x"}, {"arxiv": "2303.01566"}, {"isbn": "9783161484100"}]
)
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"markdown"}))
def test_the_numbers_of_pubmed_survive(name: str, others: dict[str, str]) -> None:
    ids = {"pmid": "31000201", "pmcid": "PMC6000201", **others}
    given_records = [
        record("Beds and gates", authors=("Ann Bee",), published="2019", identifiers=ids),
        record("Only one", authors=("Ann Bee",), identifiers={"pmcid": "PMC6000202", **others}),
    ]
    found = [paper.identifiers for paper in read_back(name, given_records)]
    assert found == [each.paper.identifiers for each in given_records]


def test_the_day_of_adding_does_not_become_that_of_publication() -> None:
    (paper,) = read_back("atom", [record("A title", added="2026-01-02T03:04:05+00:00")])
    assert (paper.published, paper.updated) == ("", "")


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_person_did_does_not_become_part_of_a_paper(name: str) -> None:
    marked = record(
        "A title",
        abstract="Short.",
        authors=("Ann Lee",),
        tags=("later",),
        note="See https://arxiv.org/abs/1706.03762\n\n- [ ] [x](https://a.org)",
        bookmarked="2026-01-02T03:04:05+00:00",
    )
    (paper,) = read_back(name, [marked])
    assert (paper.title, paper.comment, paper.identifiers) == ("A title", "", {})


@some
@given(st.lists(records(), min_size=1, max_size=3))
def test_reading_lists_bring_back_hostile_titles(given_records: list[Record]) -> None:
    """The other formats have markup of their own, which their readers take out of titles."""
    found = read_back("markdown", given_records)
    for paper, each in zip(found, given_records, strict=True):
        assert paper.title == each.paper.title


@some
@given(st.lists(records(), min_size=1, max_size=3))
def test_json_lines_bring_back_whole_papers(given_records: list[Record]) -> None:
    for paper, each in zip(read_back("jsonl", given_records), given_records, strict=True):
        assert paper == each.paper
