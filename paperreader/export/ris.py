"""RIS, which reference managers of every kind read."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from paperreader.export import citation_keys, dates
from paperreader.export.address import best, is_conference, others
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Record


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as lines of tag and value, ended by an `ER` line and an empty one."""
    for key, record in citation_keys.keyed(records):
        # A value is one line: the next line's beginning would be taken for a tag.
        out.writelines(
            f"{tag}  - {' '.join(value.split())}\n" for tag, value in _lines(record, key) if value
        )
        out.write("ER  - \n\n")


FORMAT = ExportFormat("ris", "RIS", (".ris",), write)


def _lines(record: Record, key: str) -> Iterator[tuple[str, str]]:
    paper = record.paper
    year, month, day = dates.parts(paper.published)
    yield "TY", _type(paper)
    yield "ID", key
    yield "TI", paper.title
    for author in paper.authors:
        yield "AU", names.split(author).sorted
    yield "PY", year
    yield "DA", "/".join(part for part in (year, _two(month), _two(day)) if part)
    yield "T2" if is_conference(paper) else "JO", paper.venue
    yield "AB", paper.abstract
    for keyword in dict.fromkeys(paper.keywords + record.tags):
        yield "KW", keyword
    yield "DO", paper.identifiers.get("doi", "")
    arxiv = paper.identifiers.get("arxiv")
    yield "AN", f"arXiv:{arxiv}" if arxiv else ""
    yield "UR", best(paper)
    for link in others(paper):
        yield "L1" if link.kind is LinkKind.PDF else "L2", link.url
    yield "N1", paper.comment
    # What a person notes for themselves is no note of the source.
    yield "RN", record.note


def _type(paper: Paper) -> str:
    if is_conference(paper):
        return "CONF"
    return "JOUR" if paper.venue else "UNPB"


def _two(number: int) -> str:
    return f"{number:02}" if number else ""
