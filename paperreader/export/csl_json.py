"""CSL-JSON, for citation processors and reference managers."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from paperreader.export import citation_keys, dates
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.entry_types import THESES, kind_of, type_of
from paperreader.papers.links import address_to_write
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.papers.untitled import is_untitled
from paperreader.papers.venues import kind_of_paper

# Fields of biblatex, and the corresponding variables of CSL.
_FIELDS = {
    "volume": "volume", "number": "issue", "pages": "page", "publisher": "publisher",
    "location": "publisher-place", "series": "collection-title", "edition": "edition",
    "issn": "ISSN", "language": "language", "eventtitle": "event-title",
    "shorttitle": "title-short", "shortjournal": "container-title-short", "type": "genre",
    "chapter": "chapter-number", "pagetotal": "number-of-pages", "volumes": "number-of-volumes",
    "origtitle": "original-title", "library": "call-number", "seriesnumber": "collection-number",
}  # fmt: skip


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write a list with an object for each record, one per line."""
    separator = "[\n"
    for key, record in citation_keys.keyed(records, by_every_key=True):
        out.write(separator + json.dumps(as_item(record, key), ensure_ascii=False))
        separator = ",\n"
    out.write("\n]\n" if separator != "[\n" else "[]\n")


def as_item(record: Record, key: str) -> dict[str, Any]:
    """Return the record as an item of CSL-JSON with `key` as its id; empty fields left out."""
    paper = record.paper
    ids = paper.identifiers
    kind = kind_of_paper(paper)
    date = [int(part) for part in dates.parts(paper.published) if part]
    arxiv = ids.get("arxiv", "")
    # The venue of a thesis or report is its publisher.
    by_publisher = kind in THESES or kind in {"report", "techreport"}
    item = {
        "id": key,
        "citation-key": key,
        "type": _type(kind),
        "title": "" if is_untitled(paper) else paper.title,
        "author": [_name(name) for name in paper.authors],
        "editor": [_name(name) for name in paper.editors],
        "issued": {"date-parts": [date]} if date else {},
        "container-title": "" if by_publisher else paper.venue,
        **{csl: paper.fields[name] for name, csl in _FIELDS.items() if name in paper.fields},
        "DOI": ids.get("doi", ""),
        "ISBN": ids.get("isbn", ""),
        "PMID": ids.get("pmid", ""),
        "PMCID": ids.get("pmcid", ""),
        "URL": address_to_write(paper),
        "abstract": paper.abstract,
        "keyword": ", ".join(dict.fromkeys(paper.keywords + record.tags)),
        "annote": record.note,
        "custom": _custom(paper, by_publisher=by_publisher),
    }
    if by_publisher:
        item["publisher"] = paper.venue or item.get("publisher", "")
    if arxiv:
        item.setdefault("publisher", "arXiv")
        item["number"] = f"arXiv:{arxiv}"
        # As Zotero writes it, since some programs look for the id there.
        item["note"] = f"arXiv:{arxiv} [{', '.join(paper.categories)}]"
    return {name: value for name, value in item.items() if value}


FORMAT = ExportFormat("csl-json", "CSL-JSON", (".json", ".csl"), write)


def _type(kind: str) -> str:
    known = type_of(kind)
    return known.csl if known else "document"


def _name(name: str) -> dict[str, str]:
    parts = names.split(name)
    if not parts.given:
        return {"literal": name}
    variables = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {part: value for part, value in variables.items() if value}


def _custom(paper: Paper, *, by_publisher: bool) -> dict[str, Any]:
    """Return the facts that CSL-JSON has no variable for."""
    custom = {
        "kind": paper.kind if kind_of("csl", _type(paper.kind)) != paper.kind else "",
        "venue": paper.venue if by_publisher else "",
        "categories": list(paper.categories),
        "comment": paper.comment,
        "fields": {
            name: text
            for name, text in paper.fields.items()
            if name not in _FIELDS or (name == "publisher" and by_publisher and paper.venue)
        },
    }
    return {name: value for name, value in custom.items() if value}
