"""JSON lines: the shape that scripts read, and everything coming back."""

import io
import json
from typing import Any

import pytest
from hypothesis import given

from paperreader.export import ExportError, jsonl
from paperreader.papers.paper import Link, LinkKind
from paperreader.papers.record import Record

from .samples import record, records

MOMENT = "2026-01-02T03:04:05+00:00"


def test_the_promised_keys_come_first_and_are_always_there() -> None:
    assert list(jsonl.as_object(record(), score=1.5)) == [
        "key",
        "title",
        "abstract",
        "authors",
        "published",
        "categories",
        "links",
        "identifiers",
        "sources",
        "added",
        "bookmarked",
        "read",
        "score",
    ]


def test_state_is_told_as_truth_and_as_time() -> None:
    value = jsonl.as_object(record(bookmarked=MOMENT, done=MOMENT))
    assert (value["bookmarked"], value["bookmarked_at"]) == (True, MOMENT)
    assert (value["done"], value["done_at"]) == (True, MOMENT)
    assert (value["read"], "read_at" in value) == (False, False)


def test_a_count_of_nought_is_told_and_an_unknown_one_is_not() -> None:
    value = jsonl.as_object(record(upvotes=0))
    assert value["upvotes"] == 0
    assert "stars" not in value


def test_links_are_objects_of_kind_and_address() -> None:
    link = Link(LinkKind.CODE, "https://github.com/a/b")
    assert jsonl.as_object(record(links=(link,)))["links"] == [
        {"kind": "code", "url": "https://github.com/a/b"}
    ]


@given(records())
def test_everything_comes_back(given_record: Record) -> None:
    line = jsonl.line(given_record)
    assert line.count("\n") == 1
    assert len(line.splitlines()) == 1
    assert jsonl.from_object(json.loads(line)) == given_record


def test_a_file_by_another_hand_may_tell_little() -> None:
    value = jsonl.from_object({"title": "A \x1b[31mred\n title", "bookmarked": True, "new": 1})
    assert value.paper.title == "A [31mred title"
    assert value.key == value.paper.key
    assert value.bookmarked


def test_what_is_not_bookmarked_has_no_time_of_bookmarking() -> None:
    value = jsonl.from_object({"title": "A", "bookmarked": False, "bookmarked_at": MOMENT})
    assert value.bookmarked == ""


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([], "a JSON object"),
        ({}, "a title"),
        ({"title": 5}, "“title”"),
        ({"title": "A", "authors": "B"}, "“authors”"),
        ({"title": "A", "authors": [None]}, "“authors”"),
        ({"title": "A", "links": ["https://a.org"]}, "“links”"),
        ({"title": "A", "links": 1}, "“links”"),
        ({"title": "A", "identifiers": ["doi"]}, "“identifiers”"),
        ({"title": "A", "position": True}, "“position”"),
        ({"title": "A", "position": 10**30}, "“position”"),
        ({"title": "A", "stars": 1.5}, "“stars”"),
        ({"title": "A", "bookmarked": "yes"}, "“bookmarked”"),
        ({"title": "A", "read_at": "2026-01-01\x1b00:00"}, "“read_at”"),
        ({"title": "A", "added": "yesterday " * 20}, "“added”"),
        ({"title": "A", "interest": "much"}, "“interest”"),
        ({"title": "A", "interest": True}, "“interest”"),
    ],
)
def test_nonsense_is_named(value: Any, named: str) -> None:
    with pytest.raises(ExportError) as caught:
        jsonl.from_object(value)
    assert named in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 200


def test_writing_gives_a_line_to_a_record() -> None:
    out = io.StringIO()
    jsonl.write([record("One"), record("Two")], out)
    assert [json.loads(line)["title"] for line in out.getvalue().splitlines()] == ["One", "Two"]


def test_a_paper_without_a_title_waits_for_it_under_its_name() -> None:
    for value, name in (
        ({"identifiers": {"arxiv": "2202.00666"}}, "2202.00666"),
        ({"links": [{"kind": "page", "url": "https://a.org/x"}]}, "https://a.org/x"),
    ):
        paper = jsonl.from_object(value).paper
        assert (paper.title, paper.pending) == (name, True)
