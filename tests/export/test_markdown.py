"""Markdown: a reading list in which titles stay titles."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperreader.export import markdown
from paperreader.papers.paper import Link, LinkKind
from paperreader.papers.record import Record

from .samples import record, records, some

MOMENT = "2026-01-02T03:04:05+00:00"


def written(*given_records: Record) -> str:
    out = io.StringIO()
    markdown.write(given_records, out)
    return out.getvalue()


def test_a_reading_list() -> None:
    done = record(
        "On [it]",
        authors=("Ann Lee",),
        published="2024-03-01",
        identifiers={"arxiv": "2303.01566", "doi": "10.1000/a_b"},
        links=(Link(LinkKind.CODE, "https://b.org/x_(y)"), Link(LinkKind.PDF, "https://a.org/p")),
        done=MOMENT,
        tags=("later", "to read"),
        note="First.\n\nSecond.",
    )
    many = record("Many", authors=("A", "B", "C", "D"))
    assert written(done, many, record("Alone")) == (
        "# Reading list\n"
        "\n"
        "- [x] [On \\[it\\]](https://arxiv.org/abs/2303.01566) — Ann Lee, 2024\n"
        "  [code](<https://b.org/x_(y)>) · [pdf](https://a.org/p)"
        " · [doi](<https://doi.org/10.1000/a_b>)\n"
        "  `later` `to read`\n"
        "  > First.\n"
        "  >\n"
        "  > Second.\n"
        "- [ ] **Many** — A et al.\n"
        "- [ ] **Alone**\n"
    )


def test_a_paper_without_a_title_is_told_by_its_address() -> None:
    pending = record("", identifiers={"arxiv": "2303.01566"}, pending=True)
    url = "https://arxiv.org/abs/2303.01566"
    assert markdown.item(pending) == f"- [ ] [{url}]({url})"


def shown(token: Token) -> str:
    """The text of a line as a reader sees it."""
    return "".join(
        each.content if each.type in {"text", "text_special"} else "\n" * (each.type == "softbreak")
        for each in token.children or []
    )


@some
@given(st.lists(records(), min_size=1, max_size=3))
def test_every_title_is_one_item_and_shows_as_it_is(given_records: list[Record]) -> None:
    bare = [record(each.paper.title, links=each.paper.links) for each in given_records]
    tokens = MarkdownIt("commonmark").parse(written(*bare))
    assert sum(token.type == "list_item_open" for token in tokens) == len(bare)
    lines = [token for token in tokens if token.type == "inline"][1:]
    for line, each in zip(lines, bare, strict=True):
        assert shown(line).split("\n")[0] == f"[ ] {each.paper.title}"
        assert not any(token.type == "html_inline" for token in line.children or [])


@pytest.mark.parametrize(
    "url", ["https://a.org/x_(y)", "https://a.org/((", "https://a.org/?a&lt;b"]
)
def test_addresses_arrive_as_they_are(url: str) -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.item(record(links=(Link.of(url),))))
    targets = [
        child.attrs["href"]
        for token in tokens
        for child in token.children or []
        if child.type == "link_open"
    ]
    assert targets == [url.replace("<", "%3C")]
