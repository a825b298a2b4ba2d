"""Markdown as a tree of blocks, whose text is a sequence of spans."""

import html
import re
from typing import TYPE_CHECKING

from paperreader.formats.markdown.blocks import Block, Span, joined, with_bare_urls
from paperreader.formats.markdown.html_blocks import (
    ANCHOR,
    BREAKING,
    EMPHASIS,
    STRONG,
    html_blocks,
    tag,
)

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


def tree(source: str, first: int = 1) -> Block:
    """Return the document block of a Markdown text whose first line has the number `first`."""
    from markdown_it import MarkdownIt

    markdown, numbers = joined_tables(source, first)

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown)
    document = Block("document", first)
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
            opened[-1].children += html_blocks(token.content, line)
    return document


def joined_tables(source: str, first: int = 1) -> tuple[str, list[int]]:
    """Return the text with each table row on one line, and the original number of each line.

    Cells of tables are often wrapped.
    """
    lines: list[str] = []
    numbers: list[int] = []
    wrapped: list[str] = []
    in_table = False
    for number, line in enumerate(source.split("\n"), first):
        # A row may lack its first bar; the rest of a wrapped cell ends the row that is open.
        is_row = line.count("|") > 1 and lines[-1:] and lines[-1].rstrip().endswith("|")
        if in_table and not _NEW_BLOCK.match(line) and (wrapped or not is_row):
            wrapped.append(line.strip())
            continue
        if wrapped:
            lines[-1] = " ".join([lines[-1].rstrip(), *wrapped])
            wrapped = []
        if not line.lstrip().startswith("|") and not (in_table and is_row):
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
            anchor = ANCHOR.match(token.content)
            closing = token.content.lower().startswith("</a")
            url = html.unescape(anchor.group(1)) if anchor else "" if closing else url
            name, turn = tag(token.content)
            strong = max(strong + turn, 0) if name in STRONG else strong
            emphasis = max(emphasis + turn, 0) if name in EMPHASIS else emphasis
            content = "\n\n" if BREAKING.match(token.content) else ""
        elif token.type == "image":
            content = token.content if url else ""
        else:
            content = {"softbreak": "\n", "hardbreak": "\n\n"}.get(token.type, token.content)
        if content:
            result.append(Span(content, url, strong > 0, emphasis > 0))
    return list(with_bare_urls(joined(result)))
