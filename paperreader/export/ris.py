"""RIS, the common format of reference managers."""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from paperreader.export import citation_keys, dates
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.entry_types import kind_of, type_of
from paperreader.papers.links import address_to_write, other_links
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Record
from paperreader.papers.untitled import is_untitled
from paperreader.papers.venues import kind_of_paper

# Fields of biblatex, and the corresponding tags of RIS.
_TAGS = {
    "volume": "VL", "number": "IS", "publisher": "PB", "location": "CY", "edition": "ET",
    "language": "LA", "series": "T3", "chapter": "SE", "volumes": "NV", "shorttitle": "ST",
    "shortjournal": "J2", "type": "M3", "issn": "SN", "origtitle": "TT", "library": "CN",
}  # fmt: skip
_DASHES = re.compile(r"\s*(?:--+|[‐-―])\s*")


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as lines of tag and value, followed by an `ER` line and an empty one."""
    for key, record in citation_keys.keyed(records):
        # A value is one line: the start of another could be mistaken for a tag.
        out.writelines(
            f"{tag}  - {' '.join(value.split())}\n" for tag, value in _lines(record, key) if value
        )
        out.write("ER  - \n\n")


FORMAT = ExportFormat("ris", "RIS", (".ris",), write)


def _lines(record: Record, key: str) -> Iterator[tuple[str, str]]:
    paper = record.paper
    ids = paper.identifiers
    kind = kind_of_paper(paper)
    year, month, day = dates.parts(paper.published)
    yield "TY", _type(paper)
    yield "ID", key
    yield "TI", "" if is_untitled(paper) else paper.title
    for author in paper.authors:
        yield "AU", names.split(author).sorted
    for editor in paper.editors:
        yield "A2", names.split(editor).sorted
    yield "PY", year
    yield "DA", "/".join(part for part in (year, _two(month), _two(day)) if part)
    yield "JO" if kind == "article" else "T2", paper.venue
    if paper.kind and kind_of("ris", _type(paper)) != paper.kind:
        yield "U5", f"entrytype = {paper.kind}"
    yield from _fields(paper)
    yield "SN", ids.get("isbn", "")
    yield "AB", paper.abstract
    for keyword in dict.fromkeys(paper.keywords + record.tags):
        yield "KW", keyword
    yield "DO", ids.get("doi", "")
    if pmid := ids.get("pmid"):
        yield "AN", pmid
        yield "DB", "PubMed"
    yield "C2", ids.get("pmcid", "")
    if arxiv := ids.get("arxiv"):
        yield "AN", f"arXiv:{arxiv}"
    yield "UR", address_to_write(paper)
    for link in other_links(paper):
        yield "L1" if link.kind is LinkKind.PDF else "L2", link.url
    yield "N1", paper.comment
    # A personal note is not a note of the source.
    yield "RN", record.note


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the fields that have a tag in RIS, and others as "name = value" for the RIS reader."""
    first, _, last = _DASHES.sub("-", paper.fields.get("pages", "")).partition("-")
    yield "SP", first
    yield "EP", last
    for name, value in paper.fields.items():
        if name in _TAGS:
            yield _TAGS[name], value
        elif name != "pages":
            yield "U5", f"{name} = {value}"


def _type(paper: Paper) -> str:
    if not paper.kind and not paper.venue and "acl" not in paper.identifiers:
        return "UNPB"
    known = type_of(kind_of_paper(paper))
    return known.ris if known else "GEN"


def _two(number: int) -> str:
    return f"{number:02}" if number else ""
