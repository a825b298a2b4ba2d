"""Markdown as a tree of blocks, whose text is a sequence of spans."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from paperreader import text

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLOCKS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "list_item": "item",
    "bullet_list": "list",
    "ordered_list": "list",
    "blockquote": "quote",
    "table": "table",
    "tr": "row",
    "th": "cell",
    "td": "cell",
}
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_NEW_BLOCK = re.compile(r"\s*([#>*+|<`~-]|\d+[.)]\s|$)")
_ANCHOR = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']([^\"'>]*)[\"'][^>]*>", re.IGNORECASE)
_TAG = re.compile(r"(</?[A-Za-z][^<>]*>)")
_STRONG = ("b", "strong")
_EMPHASIS = ("i", "em")
_HTML_LEVELS = {**{f"h{level}": level for level in range(1, 7)}, "summary": 7}
_BREAKING = re.compile(r"</?(tr|p|li|ul|ol|div|h\d|summary|details|table|br)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style: one link, bold, italics, or plain.

    A newline is one of the source, an empty line is a break that is shown.
    """

    text: str
    url: str = ""
    strong: bool = False
    emphasis: bool = False


@dataclass(slots=True)
class Block:
    """A part of a document: `spans` is its own text, `children` are the blocks inside it.

    Kinds: document, heading, paragraph, rule, list, item, quote, table, row, cell.
    """

    kind: str
    line: int
    level: int = 0
    spans: list[Span] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)

    def own_spans(self) -> list[Span]:
        """Return the block's text without that of nested lists and tables."""
        result = list(self.spans)
        for child in self.children:
            if child.kind in ("paragraph", "cell", "quote"):
                result += [*([Span("\n\n")] if result else []), *child.own_spans()]
        return result

    def links(self) -> int:
        """Return the number of links in the block's own text."""
        return sum(bool(span.url) for span in self.own_spans())

    def text(self) -> str:
        """Return the block's own text."""
        return "".join(span.text for span in self.own_spans())


def tree(source: str) -> Block:
    """Return the document block of a Markdown text."""
    from markdown_it import MarkdownIt

    markdown, numbers = joined_tables(source)

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    document = Block("document", 1)
    opened = [document]
    for token in tokens:
        kind = _BLOCKS.get(token.type.removesuffix("_open").removesuffix("_close"), "")
        line = numbers[token.map[0]] if token.map else opened[-1].line
        if token.nesting == 1 and kind:
            block = Block(kind, line, int(token.tag[1]) if kind == "heading" else 0)
            opened[-1].children.append(block)
            opened.append(block)
        elif token.nesting == -1 and kind:
            opened.pop()
        elif token.type == "hr":
            opened[-1].children.append(Block("rule", line))
        elif token.type == "inline":
            opened[-1].spans += spans(token.children or [])
        elif token.type == "html_block":
            opened[-1].children += _html_blocks(token.content, line)
    return document


def joined_tables(source: str) -> tuple[str, list[int]]:
    """Return the text with each table row on one line, and the original number of each line.

    Cells of tables are often wrapped.
    """
    lines: list[str] = []
    numbers: list[int] = []
    wrapped: list[str] = []
    in_table = False
    for number, line in enumerate(source.split("\n"), 1):
        if in_table and not _NEW_BLOCK.match(line):
            wrapped.append(line.strip())
            continue
        if wrapped:
            lines[-1] = " ".join([lines[-1].rstrip(), *wrapped])
            wrapped = []
        if not line.lstrip().startswith("|"):
            in_table = False
        elif _TABLE_RULE.fullmatch(line) and "-" in line:
            in_table = True
        lines.append(line)
        numbers.append(number)
    if wrapped:
        lines[-1] = " ".join([lines[-1].rstrip(), *wrapped])
    return "\n".join(lines), numbers


def spans(tokens: "list[Token]") -> list[Span]:
    """Return the spans of inline tokens; adjacent spans of one style are joined."""
    result: list[Span] = []
    url, strong, emphasis = "", 0, 0
    for token in tokens:
        content = ""
        if token.type == "link_open":
            url = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            url = ""
            # Keeps two adjacent links to one address apart.
            content = "\0"
        elif token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        elif token.type == "html_inline":
            anchor = _ANCHOR.match(token.content)
            closing = token.content.lower().startswith("</a")
            url = html.unescape(anchor.group(1)) if anchor else "" if closing else url
            name, turn = _tag(token.content)
            strong = max(strong + turn, 0) if name in _STRONG else strong
            emphasis = max(emphasis + turn, 0) if name in _EMPHASIS else emphasis
            content = "\n\n" if _BREAKING.match(token.content) else ""
        elif token.type == "image":
            content = token.content if url else ""
        else:
            content = {"softbreak": "\n", "hardbreak": "\n\n"}.get(token.type, token.content)
        if content:
            result.append(Span(content, url, strong > 0, emphasis > 0))
    return list(_with_bare_urls(_joined(result)))


def _joined(separate: list[Span]) -> Iterator[Span]:
    def alike(span: Span) -> tuple[object, ...]:
        return span.text == "\0", span.url, span.strong, span.emphasis

    for (is_mark, url, strong, emphasis), group in groupby(separate, alike):
        if not is_mark:
            content = "".join(span.text for span in group)
            yield Span(content, str(url), bool(strong), bool(emphasis))


def _with_bare_urls(run: Iterator[Span]) -> Iterator[Span]:
    """Yield the spans with each address in plain text as a span by itself."""
    for span in run:
        if span.url or "http" not in span.text:
            yield span
            continue
        start = 0
        for url in text.urls(span.text):
            index = span.text.find(url, start)
            if index > start:
                yield Span(span.text[start:index], "", span.strong, span.emphasis)
            yield Span(url, url)
            start = index + len(url)
        if start < len(span.text):
            yield Span(span.text[start:], "", span.strong, span.emphasis)


def _html_blocks(markup: str, line: int) -> Iterator[Block]:
    """Yield the blocks of an HTML fragment, separated by its tags.

    A `<summary>` is a heading of the lowest level, and the end of its `<details>` is a rule.
    """
    pending: list[Span] = []
    url, level, strong, emphasis = "", 0, 0, 0
    for number, piece in enumerate(_TAG.split(_without_comments(markup))):
        if number % 2 == 0:
            words = html.unescape(" ".join(piece.split()))
            pending += [Span(words + " ", url, strong > 0, emphasis > 0)] if words else []
            continue
        name, turn = _tag(piece)
        if anchor := _ANCHOR.match(piece):
            url = html.unescape(anchor.group(1))
        elif name == "a":
            url = "" if turn < 0 else url
        elif name in _STRONG:
            strong = max(strong + turn, 0)
        elif name in _EMPHASIS:
            emphasis = max(emphasis + turn, 0)
        elif _BREAKING.match(piece):
            if pending:
                kind = "heading" if level else "paragraph"
                yield Block(kind, line, level, list(_with_bare_urls(_joined(pending))))
                pending = []
            if name == "details" and turn < 0:
                yield Block("rule", line)
            level = _HTML_LEVELS.get(name, 0) if turn > 0 else 0
    if pending:
        kind = "heading" if level else "paragraph"
        yield Block(kind, line, level, list(_with_bare_urls(_joined(pending))))


def _tag(markup: str) -> tuple[str, int]:
    """Return the name of a tag, and 1 if it opens an element or -1 if it closes one."""
    return markup.strip("</> ").partition(" ")[0].lower(), -1 if markup.startswith("</") else 1


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)
