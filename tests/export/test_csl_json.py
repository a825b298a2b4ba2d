"""CSL-JSON: valid against the schema, names in their parts."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import csl_json
from paperreader.papers.record import Record

from .samples import record, records, some

SCHEMA = jsonschema.Draft202012Validator(
    json.loads(Path(__file__).with_name("csl_schema.json").read_text(encoding="utf-8"))
)


def written(*given_records: Record) -> list[dict[str, Any]]:
    out = io.StringIO()
    csl_json.write(given_records, out)
    items: list[dict[str, Any]] = json.loads(out.getvalue())
    return items


def test_a_preprint() -> None:
    items = record(
        "On it",
        authors=("Ludwig van Beethoven", "Martin King Jr.", "ATLAS Collaboration"),
        published="2024-03-05",
        categories=("cs.CL", "cs.LG"),
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/x"},
        keywords=("search",),
        comment="9 pages",
        tags=("later",),
        note="Read me.",
    )
    assert written(items) == [
        {
            "id": "beethoven2024onit",
            "citation-key": "beethoven2024onit",
            "type": "article",
            "title": "On it",
            "author": [
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"family": "King", "given": "Martin", "suffix": "Jr."},
                {"literal": "ATLAS Collaboration"},
            ],
            "issued": {"date-parts": [[2024, 3, 5]]},
            "publisher": "arXiv",
            "number": "arXiv:2303.01566",
            "DOI": "10.1000/x",
            "URL": "https://arxiv.org/abs/2303.01566",
            "keyword": "search, later",
            "note": "arXiv:2303.01566 [cs.CL, cs.LG]",
            "annote": "Read me.",
            "custom": {"categories": ["cs.CL", "cs.LG"], "comment": "9 pages"},
        }
    ]


def test_the_type_follows_from_where_it_appeared() -> None:
    items = written(record("A", venue="A Journal"), record("B", venue="ICML"))
    assert [item["type"] for item in items] == ["article-journal", "paper-conference"]


@some
@given(st.lists(records(), max_size=4))
def test_every_list_is_valid(given_records: list[Record]) -> None:
    items = written(*given_records)
    SCHEMA.validate(items)
    for item, each in zip(items, given_records, strict=True):
        assert item.get("title", each.paper.title) == each.paper.title
        assert "title" in item or each.paper.pending
    assert len({item["id"] for item in items}) == len(items)
