"""The reading lists that `paperreader export --format markdown` writes."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from paperreader import text
from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.input.document import Document
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_TITLE = "# Reading list"
_ADDRESS = r"\((?:<([^<>]*)>|([^\s()]*))\)"
_ITEM = re.compile(
    r"- \[[ xX]\] (?:\[((?:\\.|[^\[\]\\])+)\]" + _ADDRESS + r"|\*\*((?:\\.|[^*\\])+)\*\*)"
    r"(?: — (.*))?"
)
_LINK = re.compile(r"\[(\w+)\]" + _ADDRESS)
_LINKS = re.compile(rf"  {_LINK.pattern}(?: · {_LINK.pattern})*")
_YEAR = re.compile(r"(?:(.*), )?(\d{4})")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LOOKED_AT = 50


class ReadingList:
    """Items with a check box, title, address, authors and year; links and notes below them."""

    name = "reading-list"
    title = "a reading list"

    def recognises(self, document: Document) -> bool:
        """Whether it has the heading and the items that the export writes."""
        heading, *lines = [line for line in document.start.splitlines() if line] or [""]
        items = [line for line in lines[:_LOOKED_AT] if not line.startswith("  ")]
        return heading == _TITLE and bool(items) and all(map(_ITEM.fullmatch, items[:-1] or items))

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for each item; notes and tags are personal, and yielded as headings."""
        paper: Paper | None = None
        for number, line in enumerate(document.lines(), 1):
            if match := _ITEM.fullmatch(line):
                if paper:
                    yield paper
                paper = _paper(match)
            elif paper and _LINKS.fullmatch(line):
                paper = _with_links(paper, line)
            elif line.startswith("  "):
                yield Heading("note", line.strip())
            elif line == _TITLE:
                yield Heading("title", line)
            elif line.strip():
                yield Unparsed(f"line {number}", "not an item of a reading list", line)
        if paper:
            yield paper


def _paper(item: re.Match[str]) -> Paper:
    linked, bracketed, bare, bold, facts = item.groups()
    title = _ESCAPED.sub(r"\1", linked or bold)
    authors, year = facts or "", ""
    if dated := _YEAR.fullmatch(authors):
        authors, year = dated.group(1) or "", dated.group(2)
    names = _ESCAPED.sub(r"\1", authors).removesuffix(" et al.")
    pending = bool(arxiv_id(title) or doi(title) or text.is_web_address(title))
    paper = Paper(title, authors=tuple(names.split(", ")), published=year, pending=pending)
    return _with_address(paper, "page", html.unescape(bracketed or bare or ""))


def _with_links(paper: Paper, line: str) -> Paper:
    for kind, bracketed, bare in _LINK.findall(line):
        paper = _with_address(paper, kind, html.unescape(bracketed or bare))
    return paper


def _with_address(paper: Paper, kind: str, url: str) -> Paper:
    """Return the paper with the link, or with the identifier in the address."""
    named = identifiers_in(url)
    if kind == "doi":
        named = {"doi": unquote(url.removeprefix("https://doi.org/"))}
    identifiers = named | dict(paper.identifiers)
    known = replace(paper, identifiers=identifiers)
    if not url or kind == "doi" or url == replace(known, links=()).link(LinkKind.PAGE):
        return known
    link = Link.of(url)
    if kind in list(LinkKind) and (kind != "page" or link.kind is LinkKind.PROJECT):
        link = Link(LinkKind(kind), url)
    return replace(known, links=(*paper.links, link))
