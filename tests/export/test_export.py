"""What holds for every format that can be written."""

import io
from collections.abc import Iterator

import pytest
from hypothesis import given

from paperreader.export import FORMATS, ExportError, by_suffix, write
from paperreader.papers.record import Record

from .samples import record, records


def test_the_names_are_the_promised_ones() -> None:
    assert set(FORMATS) == {"markdown", "bibtex", "jsonl", "csl-json", "ris", "csv", "atom"}
    assert all(name == each.name for name, each in FORMATS.items())


def test_another_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ExportError, match="bibtex"):
        write("docx", [], io.StringIO())


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b.bib", "bibtex"),
        ("B.BIB", "bibtex"),
        ("x.md", "markdown"),
        ("x.ndjson", "jsonl"),
        ("x.json", "csl-json"),
        ("x.xml", "atom"),
    ],
)
def test_the_ending_of_a_file_tells_its_format(path: str, name: str) -> None:
    assert by_suffix(path).name == name


@pytest.mark.parametrize("path", ["list", "list.docx", ".bib"])
def test_an_ending_that_tells_nothing_is_said(path: str) -> None:
    with pytest.raises(ExportError, match="--format"):
        by_suffix(path)


@pytest.mark.parametrize("name", FORMATS)
def test_no_two_formats_claim_an_ending(name: str) -> None:
    assert all(by_suffix("x" + suffix).name == name for suffix in FORMATS[name].suffixes)


@pytest.mark.parametrize("name", FORMATS)
def test_papers_are_written_as_they_come(name: str) -> None:
    """A record is out before the one after the next is asked for."""
    out = io.StringIO()

    def coming() -> Iterator[Record]:
        for number in range(5):
            assert number < 2 or f"Title{number - 2}" in out.getvalue()
            yield record(f"Title{number}")

    write(name, coming(), out)
    assert "Title4" in out.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_papers_give_the_same_file(name: str) -> None:
    given_records = [record("A", authors=("B C",)), record("D", published="2024")]
    first, second = io.StringIO(), io.StringIO()
    write(name, given_records, first)
    write(name, iter(given_records), second)
    assert first.getvalue() == second.getvalue()


@given(records())
def test_no_format_fails_on_any_paper(given_record: Record) -> None:
    for name in FORMATS:
        out = io.StringIO()
        write(name, [given_record], out)
        assert out.getvalue().encode()
