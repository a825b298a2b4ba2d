"""CSL-JSON, which citation processors and reference managers read."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from paperreader.export import citation_keys, dates
from paperreader.export.address import best, is_conference
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write one list with one object to a record, each on a line of its own."""
    between = "[\n"
    for key, record in citation_keys.keyed(records):
        out.write(between + json.dumps(as_item(record, key), ensure_ascii=False))
        between = ",\n"
    out.write("\n]\n" if between != "[\n" else "[]\n")


def as_item(record: Record, key: str) -> dict[str, Any]:
    """Return the record as an item of CSL-JSON with `key` as its id; empty fields left out."""
    paper = record.paper
    ids = paper.identifiers
    date = [int(part) for part in dates.parts(paper.published) if part]
    arxiv = ids.get("arxiv", "")
    item = {
        "id": key,
        "citation-key": key,
        "type": _type(paper),
        "title": paper.title,
        "author": [_name(name) for name in paper.authors],
        "issued": {"date-parts": [date]} if date else {},
        "container-title": paper.venue,
        "publisher": "arXiv" if arxiv else "",
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "DOI": ids.get("doi", ""),
        "PMID": ids.get("pmid", ""),
        "URL": best(paper),
        "abstract": paper.abstract,
        "keyword": ", ".join(dict.fromkeys(paper.keywords + record.tags)),
        # As Zotero writes it, for those who look for the id there.
        "note": f"arXiv:{arxiv} [{', '.join(paper.categories)}]" if arxiv else "",
        "annote": record.note,
        "custom": _custom(paper),
    }
    return {name: value for name, value in item.items() if value}


FORMAT = ExportFormat("csl-json", "CSL-JSON", (".json", ".csl"), write)


def _type(paper: Paper) -> str:
    if is_conference(paper):
        return "paper-conference"
    return "article-journal" if paper.venue else "article"


def _name(name: str) -> dict[str, str]:
    parts = names.split(name)
    if not parts.given:
        return {"literal": name}
    told = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: value for part, value in told.items() if value}


def _custom(paper: Paper) -> dict[str, Any]:
    """What CSL-JSON has no name for."""
    told = {"categories": list(paper.categories), "comment": paper.comment}
    return {name: value for name, value in told.items() if value}
