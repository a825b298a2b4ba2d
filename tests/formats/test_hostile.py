"""Hostile files are read in part or refused; what is too long is cut, and said so.

No time is measured here: `python -m tests.formats.hostile --read 5000000` does that. What keeps
the work in proportion are the bounds, which these tests see, and scans that never go back.
"""

import json
from contextlib import suppress

import pytest

from paperreader import formats
from paperreader.formats import Document, FormatError, Item, Unparsed, read
from paperreader.formats.xml_formats import elements
from paperreader.papers.paper import Paper
from tests.formats.hostile import MAKERS, made


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("size", [0, 1, 40, 3_000])
def test_every_kind_is_read_or_refused(name: str, size: int) -> None:
    items: list[Item] = []
    with suppress(FormatError):
        items = list(read(Document.of_bytes(name, made(name, size))))
    for item in items:
        if isinstance(item, Paper):
            assert item.title
            assert item == item.cleaned()


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("title", "w" * 20_000, 10_000),
        ("abstract", "w" * 1_200_000, 1_000_000),
        ("authors", ["Ann Bee"] + [f"A B{i}" for i in range(20_100)], 20_000),
        ("keywords", [f"k{i}" for i in range(2_000)], 300),
    ],
)
def test_what_is_too_long_is_cut_and_said(field: str, value: object, kept: int) -> None:
    record = {"title": "T", "authors": ["A B"], "year": 2020, field: value}
    items = list(read(Document.of_bytes("a.json", json.dumps([record]).encode())))
    (paper,) = [item for item in items if isinstance(item, Paper)]
    (passage,) = [item for item in items if isinstance(item, Unparsed)]
    assert len(getattr(paper, field)) == kept
    assert f"the {field} w" in passage.reason


def test_no_more_links_are_kept_than_anybody_opens() -> None:
    abstract = " ".join(f"https://example.org/{number}" for number in range(3_000))
    record = {"title": "T", "abstract": abstract, "url": "https://example.org/" + "a" * 9_000}
    items = list(read(Document.of_bytes("a.json", json.dumps([record]).encode())))
    (paper,) = [item for item in items if isinstance(item, Paper)]
    assert all(len(link.url) <= 4_000 for link in paper.links)
    assert any(isinstance(item, Unparsed) and "links" in item.reason for item in items)


def test_elements_nested_too_deeply_are_text() -> None:
    inner = "<a>" * 5_000 + "deep" + "</a>" * 5_000
    source = f"<feed><entry><title>T</title><summary>x {inner} y</summary></entry></feed>"
    (found,) = elements.elements(Document.of_bytes("a", source.encode()), {"entry"}, set())
    assert isinstance(found, elements.Record)
    assert "".join(found.element.itertext()) == "Tx deep y"
    depth, element = 0, found.element
    while len(element):
        depth, element = depth + 1, element[-1]
    assert depth < 250


def test_a_trap_of_nesting_is_left_over_and_the_next_entry_read() -> None:
    source = (
        "<feed>\n<entry><title>T</title>"
        + "<a>" * 20_000
        + "\n<entry><title>U</title></entry>\n</feed>"
    )
    items = list(read(Document.of_bytes("a.atom", source.encode())))
    assert [item.title for item in items if isinstance(item, Paper)] == ["U"]
    assert any(isinstance(item, Unparsed) and "too deeply" in item.reason for item in items)


def test_a_line_that_no_list_has_is_passed_by() -> None:
    source = "# L\n\n- " + "[" * 9_000 + "\n\n- [A garden](https://arxiv.org/abs/2001.00001)\n"
    items = list(read(Document.of_bytes("a.md", source.encode())))
    assert [item.title for item in items if isinstance(item, Paper)] == ["A garden"]
    assert any(isinstance(item, Unparsed) and item.location == "line 3" for item in items)


@pytest.mark.parametrize(("papers", "read_on"), [(1, False), (40, True)])
def test_a_document_of_hardly_anything_but_leftovers_is_not_read_to_its_end(
    papers: int, read_on: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "_MOST_LEFTOVERS", 500)
    lines = [f'{{"title": "T {n}", "id": "2001.{n:05}"}}' for n in range(papers)]
    lines += ['{"a": 1}'] * 600 + ['{"title": "Last", "id": "2002.00002"}']
    items = list(read(Document.of_bytes("a.jsonl", "\n".join(lines).encode())))
    last = items[-1]
    if read_on:
        assert isinstance(last, Paper)
    else:
        assert isinstance(last, Unparsed)
        assert "the rest was not read" in last.reason
        assert sum(isinstance(item, Unparsed) for item in items) == 501
