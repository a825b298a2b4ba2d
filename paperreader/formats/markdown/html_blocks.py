"""Blocks of the HTML in a Markdown document."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from paperreader.formats.markdown.blocks import Block, Span, joined, with_bare_urls

ANCHOR = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']([^\"'>]*)[\"'][^>]*>", re.IGNORECASE)
BREAKING = re.compile(r"</?(tr|p|li|ul|ol|div|h\d|summary|details|table|br)\b", re.IGNORECASE)
STRONG = ("b", "strong")
EMPHASIS = ("i", "em")
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_LEVELS = {**{f"h{level}": level for level in range(1, 7)}, "summary": 7}
_SEVERAL_ROWS = re.compile(r"rowspan\s*=\s*[\"']?(?:[2-9]|\d\d)", re.IGNORECASE)
_TABLE = ("table", "thead", "tbody", "tr", "td", "th")


@dataclass
class _Reader:
    """What has been read of a fragment: finished blocks, and the style of the text that follows."""

    line: int
    blocks: list[Block] = field(default_factory=list)
    row: Block | None = None
    cell: Block | None = None
    pending: list[Span] = field(default_factory=list)
    url: str = ""
    level: int = 0
    strong: int = 0
    emphasis: int = 0

    def words(self, source: str) -> None:
        if words := html.unescape(" ".join(source.split())):
            self.pending.append(Span(words + " ", self.url, self.strong > 0, self.emphasis > 0))

    def tag(self, markup: str) -> None:
        name, turn = tag(markup)
        if anchor := ANCHOR.match(markup):
            self.url = html.unescape(anchor.group(1))
        elif name == "a":
            self.url = "" if turn < 0 else self.url
        elif name in STRONG:
            self.strong = max(self.strong + turn, 0)
        elif name in EMPHASIS:
            self.emphasis = max(self.emphasis + turn, 0)
        elif name in _TABLE:
            self.end_block()
            self.table_tag(name, turn, markup)
        elif BREAKING.match(markup) and self.cell:
            self.pending += [Span("\n\n")] if self.pending else []
        elif BREAKING.match(markup):
            self.end_block()
            if name == "details" and turn < 0:
                self.blocks.append(Block("rule", self.line))
            self.level = _LEVELS.get(name, 0) if turn > 0 else 0

    def table_tag(self, name: str, turn: int, markup: str) -> None:
        self.cell = None
        if name not in ("td", "th"):
            self.row = None
        if turn < 0 or name not in ("tr", "td", "th"):
            return
        # A blank line may separate a row from its cells.
        if name == "tr" or not self.row:
            if not self.blocks or self.blocks[-1].kind != "table":
                self.blocks.append(Block("table", self.line))
            self.row = Block("row", self.line)
            self.blocks[-1].children.append(self.row)
        if name != "tr":
            self.cell = Block("cell", self.line, level=name == "th")
            # A cell beside several rows names a group of them.
            if not _SEVERAL_ROWS.search(markup):
                self.row.children.append(self.cell)

    def end_block(self) -> None:
        """Make a block of the text since the last one."""
        spans = list(with_bare_urls(joined(self.pending)))
        self.pending = []
        if self.cell:
            self.cell.spans += spans
        elif spans:
            kind = "heading" if self.level else "paragraph"
            self.blocks.append(Block(kind, self.line, self.level, spans))


def html_blocks(markup: str, line: int) -> Iterator[Block]:
    """Yield the blocks of an HTML fragment, separated by its tags.

    A `<summary>` is a heading of the lowest level, and the end of its `<details>` is a rule.
    """
    reader = _Reader(line)
    for number, piece in enumerate(_TAG.split(_without_comments(markup))):
        (reader.tag if number % 2 else reader.words)(piece)
    reader.end_block()
    for block in reader.blocks:
        if block.kind == "table":
            _add_header(block)
        yield block


def _add_header(table: Block) -> None:
    """Insert an empty header into a table whose first row is a row of data."""
    first = table.children[0]
    is_header = any(cell.level for cell in first.children) or not any(
        cell.links() for cell in first.children
    )
    if not is_header:
        table.children.insert(0, Block("row", table.line))


def tag(markup: str) -> tuple[str, int]:
    """Return the name of a tag, and 1 if it opens an element or -1 if it closes one."""
    return markup.strip("</> ").partition(" ")[0].lower(), -1 if markup.startswith("</") else 1


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)
