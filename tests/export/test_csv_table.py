"""CSV: RFC 4180, and nothing for a spreadsheet to compute."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import csv_table
from paperreader.papers.record import Record

from .samples import record, records, some


def written(*given_records: Record) -> str:
    out = io.StringIO(newline="")
    csv_table.write(given_records, out)
    return out.getvalue()


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content, newline=""), strict=True))


def test_a_paper_under_the_names_of_zotero() -> None:
    sample = record(
        "On it",
        abstract="One.\n\nTwo.",
        authors=("Ann van Dyk", "Bo Li"),
        published="2024-03",
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/x"},
        tags=("later", "now"),
    )
    row = {name: value for name, value in rows(written(sample))[0].items() if value}
    assert row == {
        "Key": "dyk2024onit",
        "Item Type": "preprint",
        "Publication Year": "2024",
        "Author": "van Dyk, Ann; Li, Bo",
        "Title": "On it",
        "DOI": "10.1000/x",
        "Url": "https://arxiv.org/abs/2303.01566",
        "Abstract Note": "One.\n\nTwo.",
        "Date": "2024-03",
        "Manual Tags": "later; now",
        "Archive ID": "arXiv:2303.01566",
    }


def test_no_papers_give_the_names_of_the_columns() -> None:
    assert written().startswith("Key,Item Type,Publication Year,Author,Title,")
    assert written().count("\r\n") == 1


@pytest.mark.parametrize("title", ['=cmd|" /C calc"!A0', "+1", "-1", "@SUM(1)", "＝1"])
def test_nothing_is_computed(title: str) -> None:
    assert rows(written(record(title)))[0]["Title"] == "'" + title


@some
@given(st.lists(records(), max_size=4))
def test_every_value_comes_back(given_records: list[Record]) -> None:
    sample = rows(written(*given_records))
    assert len(sample) == len(given_records)
    for row, each in zip(sample, given_records, strict=True):
        assert None not in row
        assert row["Title"].removeprefix("'") == each.paper.title.removeprefix("'")
        assert row["Abstract Note"].removeprefix("'") == each.paper.abstract.removeprefix("'")
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())
