"""Reading lists as the Markdown export writes them."""

import pytest

from paperreader.formats import Document, read
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

LIST = """# Reading list

- [x] [On \\[it\\]](https://arxiv.org/abs/2303.01566) — Ann Lee, Bo Li, 2024
  [code](<https://github.com/a/b_(c)>) · [doi](<https://doi.org/10.1000/a%3Cb>)
  `later`
  > See https://arxiv.org/abs/1706.03762.
- [ ] **A \\*bold\\* title — with a dash** — Ann Lee et al.
- [ ] [2404.19543](https://arxiv.org/abs/2404.19543)
- [ ] **Alone**
"""


def test_every_item_is_a_paper() -> None:
    assert papers("list.md", LIST, "reading-list") == [
        Paper(
            "On [it]",
            authors=("Ann Lee", "Bo Li"),
            published="2024",
            links=(Link(LinkKind.CODE, "https://github.com/a/b_(c)"),),
            identifiers={"arxiv": "2303.01566", "doi": "10.1000/a<b"},
        ),
        Paper("A *bold* title — with a dash", authors=("Ann Lee",)),
        Paper("2404.19543", identifiers={"arxiv": "2404.19543"}, pending=True),
        Paper("Alone"),
    ]


def test_notes_and_tags_are_told_and_are_no_papers() -> None:
    found = [heading.text for heading in headings(items("list.md", LIST, "reading-list"))]
    assert found == ["# Reading list", "`later`", "> See https://arxiv.org/abs/1706.03762."]


def test_a_line_added_by_hand_is_left_over_with_its_place() -> None:
    found = leftovers(items("list.md", LIST + "and that one\n", "reading-list"))
    assert [(each.location, each.text) for each in found] == [("line 10", "and that one")]


@pytest.mark.parametrize(
    "markdown",
    [
        "# Reading list\n\n- [A title](https://arxiv.org/abs/2303.01566)\n",
        "# Papers\n\n- [ ] [A title](https://arxiv.org/abs/2303.01566)\n",
        "# Reading list\n\n- [ ] see [A title](https://arxiv.org/abs/2303.01566)\n- [ ] **B**\n",
    ],
)
def test_lists_by_another_hand_are_markdown(markdown: str) -> None:
    reading = read(Document.of_bytes("list.md", markdown.encode()))
    assert reading.format is not None
    assert reading.format.name == "markdown"
