"""Blocks of a Markdown document, and spans, which are their text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from paperreader import text

_RUN = re.compile(r"[^\S\n]{4,}")
_DOI = re.compile(r"\bdoi:\s?(10\.\d{4,9}/[^\s\"'<>]+)", re.IGNORECASE)


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


def joined(separate: list[Span]) -> Iterator[Span]:
    """Yield the spans with adjacent ones of one style as one."""

    def alike(span: Span) -> tuple[object, ...]:
        return span.text == "\0", span.url, span.strong, span.emphasis

    for (is_mark, url, strong, emphasis), group in groupby(separate, alike):
        if not is_mark:
            # Expressions take the square of the time over a long run of blanks.
            content = _RUN.sub("   ", "".join(span.text for span in group))
            yield Span(content, str(url), bool(strong), bool(emphasis))


def with_bare_urls(run: Iterator[Span]) -> Iterator[Span]:
    """Yield the spans with each address or DOI in plain text as a span by itself."""
    for span in run:
        start = 0
        for words, url in () if span.url else _addresses_in(span.text):
            index = span.text.find(words, start)
            if index > start:
                yield replace(span, text=span.text[start:index])
            yield Span(words, url)
            start = index + len(words)
        if start < len(span.text):
            yield replace(span, text=span.text[start:])


def _addresses_in(content: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses and the DOIs of a text as they stand there, with their addresses."""
    if "http" in content:
        yield from ((url, url) for url in text.urls(content))
    elif "doi:" in content.lower():
        for match in _DOI.finditer(content):
            words = text.without_sentence(match.group())
            yield words, f"https://doi.org/{words[match.start(1) - match.start() :]}"
