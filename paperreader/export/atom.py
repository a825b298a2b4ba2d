"""Atom 1.0 for feed readers, in the dialect of arXiv's API."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO
from urllib.parse import quote

from paperreader.export import dates
from paperreader.export.base import ExportFormat
from paperreader.papers.links import best_url
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARXIV = "http://arxiv.org/schemas/atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_NEVER = "1970-01-01T00:00:00Z"


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write one feed with an entry for each record.

    The time of the feed is that of its newest entry, so that the same papers give the same file;
    it is therefore written at the end, which Atom allows.
    """
    out.write(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="{_ARXIV}"'
        f' xmlns:dc="{_DUBLIN_CORE}">\n'
        "<id>tag:paperreader,2026:export</id>\n"
        "<title>paperreader</title>\n"
        "<author><name>paperreader</name></author>\n"
    )
    newest = _NEVER
    for record in records:
        newest = max(newest, _updated(record))
        out.write("<entry>\n")
        out.writelines(f"  {element}\n" for element in _elements(record))
        out.write("</entry>\n")
    out.write(f"<updated>{newest}</updated>\n</feed>\n")


FORMAT = ExportFormat("atom", "Atom feed", (".atom", ".xml"), write)


def _elements(record: Record) -> Iterator[str]:
    paper = record.paper
    yield _element("id", _id(record))
    yield _element("title", paper.title or best_url(paper) or record.key)
    yield _element("updated", _updated(record))
    if published := dates.rfc3339(paper.published):
        yield _element("published", published)
    if paper.abstract:
        yield _element("summary", paper.abstract)
    for author in paper.authors:
        yield f"<author>{_element('name', author)}</author>"
    first = best_url(paper)
    for link in _links(paper, first):
        yield _link(link, first)
    for category in paper.categories:
        yield f"<category term={_attribute(category)}/>"
    arxiv_elements = {
        "doi": paper.identifiers.get("doi", ""),
        "comment": paper.comment,
        "journal_ref": paper.venue,
    }
    for name, value in arxiv_elements.items():
        if value:
            yield _element(f"arxiv:{name}", value)
    for scheme, value in paper.identifiers.items():
        if scheme not in ("arxiv", "doi"):
            # As the feeds of PubMed write them.
            yield _element("dc:identifier", f"{'pmc' if scheme == 'pmcid' else scheme}:{value}")


def _id(record: Record) -> str:
    ids = record.paper.identifiers
    if "arxiv" in ids:
        return f"http://arxiv.org/abs/{ids['arxiv']}"
    if "doi" in ids:
        return f"https://doi.org/{quote(ids['doi'], safe='/:;()')}"
    return f"tag:paperreader,2026:{quote(record.key, safe=':')}"


def _updated(record: Record) -> str:
    paper = record.paper
    times = (dates.rfc3339(time) for time in (paper.updated, paper.published, record.added))
    return next((time for time in times if time), _NEVER)


def _links(paper: Paper, first: str) -> list[Link]:
    """Return the links of the paper, its best address first, even if an identifier implies it."""
    known = [link for link in paper.links if link.url != first]
    return [Link(LinkKind.PAGE, first), *known] if first else known


def _link(link: Link, first: str) -> str:
    relation = "alternate" if link.url == first else "related"
    title = "" if link.url == first else f' title="{link.kind}"'
    media = "application/pdf" if link.kind is LinkKind.PDF else "text/html"
    return f'<link rel="{relation}" type="{media}"{title} href={_attribute(link.url)}/>'


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(_ILLEGAL.sub('', value), quote=False)}</{name}>"


def _attribute(value: str) -> str:
    return f'"{escape(_ILLEGAL.sub("", value))}"'
