"""Large Markdown documents are read in parts as if they were whole."""

import pytest

from paperreader.formats import Document, Heading, Item, Unparsed, read
from paperreader.formats.markdown import parts
from paperreader.papers.paper import Paper

ROW = "| 2020 | [{title}](https://arxiv.org/abs/2001.{number:05}) | Ann Bee |\n"
ITEM = "- [{title}](https://arxiv.org/abs/2001.{number:05}), *Ann Bee*, 2020\n"
REFERENCE = "- [{title}][r{number}], *Ann Bee*, 2020\n"
SECTION = (
    "## {title}\n\nAnn Bee. [arXiv](https://arxiv.org/abs/2001.{number:05})\n\nIt is about it.\n\n"
)


def document(shape: str, count: int = 60) -> str:
    source = "# Papers\n\n"
    source += "| Year | Title | Authors |\n|---|---|---|\n" if shape is ROW else ""
    for number in range(count):
        source += shape.format(title=f"A title of the number {number}", number=number)
    for number in range(count):
        source += (
            f"\n[r{number}]: https://arxiv.org/abs/2001.{number:05}" if shape is REFERENCE else ""
        )
    return source


def items(source: str) -> list[Item]:
    return list(read(Document.of_bytes("a.md", source.encode())))


@pytest.mark.parametrize("shape", [ROW, ITEM, REFERENCE, SECTION])
@pytest.mark.parametrize("size", [100, 1_000, 2_000])
def test_parts_give_what_the_whole_gives(
    shape: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = document(shape)
    whole = items(source)
    monkeypatch.setattr(parts, "PART", size)
    assert len(list(parts.parts(source))) > 1
    assert [item for item in items(source) if isinstance(item, Paper)] == [
        item for item in whole if isinstance(item, Paper)
    ]
    assert sum(isinstance(item, Paper) for item in whole) == 60


def test_no_part_begins_in_code_or_in_a_comment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 250)
    inside = "# not a heading\n" * 12
    source = f"# A\n\n{'x' * 80}\n\n```\n{inside}```\n\n{'y' * 80}\n<!--\n{inside}-->\n# B\n"
    starts = [part.source.split("\n")[0] for part in parts.parts(source)]
    assert starts == ["# A", "y" * 80, "# B"]


def test_lines_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 200)
    source = document(ITEM, 20) + "- see [here](https://arxiv.org/abs/2002.00002) too\n"
    passages = [item for item in items(source) if isinstance(item, Unparsed)]
    assert [passage.location for passage in passages] == ["line 23"]


def test_a_file_without_papers_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 100_000)
    source = document(ITEM, 3) + "A paragraph of text.\n\n" * 100_000 + document(ITEM, 3)
    found = items(source)
    assert sum(isinstance(item, Paper) for item in found) == 3
    assert isinstance(found[-1], Unparsed)
    assert "the rest was not read" in found[-1].reason
    assert any(isinstance(item, Heading) for item in found)
