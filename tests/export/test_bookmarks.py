"""Bookmarks on their way to another machine."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export import ExportError, jsonl
from paperreader.papers.record import Record

from .samples import record, records, some

MOMENT = "2026-01-02T03:04:05+00:00"


def written(given_records: list[Record]) -> str:
    out = io.StringIO()
    jsonl.write_bookmarks(given_records, out)
    return out.getvalue()


@some
@given(st.lists(records(), max_size=5))
def test_bookmarks_arrive_with_all_that_was_done_to_them(given_records: list[Record]) -> None:
    exported = io.StringIO(written(given_records))
    assert list(jsonl.read(exported, "b.jsonl")) == [
        each for each in given_records if each.bookmarked
    ]


def test_papers_without_a_bookmark_stay_at_home() -> None:
    assert written([record("A"), record("B", bookmarked=MOMENT)]).count("\n") == 1


def test_empty_lines_and_a_byte_order_mark_do_no_harm() -> None:
    exported = "\ufeff" + written([record("A", bookmarked=MOMENT)]) + "\n\r\n"
    assert [each.paper.title for each in jsonl.read(exported.splitlines(), "b")] == ["A"]


@pytest.mark.parametrize("line", ["@article{x,", '{"title": ', "[" * 100_000, '{"title": 1}', "1"])
def test_a_line_that_is_no_paper_is_named(line: str) -> None:
    read = jsonl.read(['{"title": "A"}', line], "b.jsonl")
    assert next(read).paper.title == "A"
    with pytest.raises(ExportError, match=r"b\.jsonl, line 2"):
        next(read)
