"""Markdown: a reading list with check boxes."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO
from urllib.parse import quote

from paperreader.export.base import ExportFormat
from paperreader.papers.links import best_url, other_links
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&#]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_DOI_SIGNS = "/:;()._-"
_FEW_AUTHORS = 3


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write a heading, then an item for each record, its box checked if it is done."""
    out.write("# Reading list\n\n")
    for record in records:
        out.writelines(line + "\n" for line in _lines(record))


def item(record: Record) -> str:
    """Return the first line of a record: check box, title with its link, authors and year."""
    paper = record.paper
    url = best_url(paper)
    title = escaped(paper.title) or escaped(url or record.key)
    link = f"[{title}]({address(url)})" if url else f"**{title}**"
    box = "[x]" if record.done else "[ ]"
    facts = ", ".join(part for part in (_authors(paper), paper.year) if part)
    return f"- {box} {link}" + (f" — {facts}" if facts else "")


FORMAT = ExportFormat("markdown", "Markdown reading list", (".md", ".markdown"), write)


def _lines(record: Record) -> Iterator[str]:
    yield item(record)
    links = [f"[{link.kind}]({address(link.url)})" for link in other_links(record.paper)]
    doi = record.paper.identifiers.get("doi", "")
    if doi and best_url(record.paper) != f"https://doi.org/{doi}":
        links.append(f"[doi](<https://doi.org/{quote(doi, safe=_DOI_SIGNS)}>)")
    if links:
        yield "  " + " · ".join(links)
    if record.tags:
        yield "  " + " ".join(f"`{tag.replace('`', chr(39))}`" for tag in record.tags)
    for paragraph in record.note.splitlines():
        yield f"  > {paragraph}".rstrip()


def _authors(paper: Paper) -> str:
    names = [escaped(name) for name in paper.authors]
    if len(names) > _FEW_AUTHORS:
        return f"{names[0]} et al."
    return ", ".join(names)


def address(url: str) -> str:
    """Return the target of a link, in angle brackets if it has parentheses itself."""
    url = _ENTITY.sub("&amp;", url)
    return f"<{url}>" if re.search(r"[()]", url) else url


def escaped(text: str) -> str:
    """Return the text with the special characters of Markdown escaped."""
    return _SIGNS.sub(lambda match: "\\" + match.group(), text)
