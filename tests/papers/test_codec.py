import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given

from paperreader.papers import codec
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.export.samples import papers


@given(papers)
def test_a_paper_comes_back_from_json(paper: Paper) -> None:
    assert codec.from_object(json.loads(json.dumps(codec.to_object(paper)))) == paper


def test_what_is_empty_is_left_out_and_a_count_of_nought_is_not() -> None:
    assert codec.to_object(Paper("A", upvotes=0)) == {"title": "A", "upvotes": 0}


def test_what_is_null_or_unknown_is_ignored() -> None:
    assert codec.from_object({"title": "A", "authors": None, "colour": 1}) == Paper("A")


def test_links_of_older_libraries_are_pairs() -> None:
    link = Link(LinkKind.CODE, "https://github.com/a/b")
    assert codec.from_object({"links": [["code", link.url]]}).links == (link,)


@pytest.mark.parametrize("name", [field.name for field in fields(Paper)])
@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}])
def test_a_value_of_another_type_is_named(name: str, value: Any) -> None:
    with pytest.raises(codec.WrongType, match=f"“{name}” has to be "):
        codec.from_object({name: value})
