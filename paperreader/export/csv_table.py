"""CSV (RFC 4180) with the column names of Zotero, which other programs know."""

import csv
from collections.abc import Iterable
from typing import TextIO

from paperreader.export import citation_keys
from paperreader.export.base import ExportFormat
from paperreader.papers import names
from paperreader.papers.entry_types import type_of
from paperreader.papers.links import best_url, other_links
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.papers.venues import kind_of_paper

_COLUMNS = (
    "Key",
    "Item Type",
    "Publication Year",
    "Author",
    "Title",
    "Publication Title",
    "DOI",
    "Url",
    "Abstract Note",
    "Date",
    "Date Added",
    "Link Attachments",
    "Notes",
    "Manual Tags",
    "Automatic Tags",
    "Archive ID",
    "ISBN",
    "ISSN",
    "Pages",
    "Volume",
    "Issue",
    "Series",
    "Edition",
    "Publisher",
    "Place",
    "Language",
    "Editor",
    "PMID",
    "PMCID",
    "Comment",
    "Categories",
    "Bookmarked",
    "Read",
    "Done",
)
_FIELDS = {
    "ISSN": "issn", "Pages": "pages", "Volume": "volume", "Issue": "number", "Series": "series",
    "Edition": "edition", "Publisher": "publisher", "Place": "location", "Language": "language",
}  # fmt: skip
# Spreadsheets evaluate a cell that starts with one of these; the wide forms count in Japan.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write a header, then a row for each record.

    Several values in a cell are separated by "; ". A text that a spreadsheet would evaluate as a
    formula gets an apostrophe before it.
    """
    rows = csv.DictWriter(out, _COLUMNS)
    rows.writeheader()
    for key, record in citation_keys.keyed(records):
        rows.writerow({name: _inert(value) for name, value in _row(record, key).items()})


FORMAT = ExportFormat("csv", "CSV", (".csv",), write)


def _row(record: Record, key: str) -> dict[str, str]:
    paper = record.paper
    ids = paper.identifiers
    arxiv = ids.get("arxiv", "")
    return {
        "Key": key,
        "Item Type": _type(paper),
        "Publication Year": paper.year,
        "Author": "; ".join(names.split(author).sorted for author in paper.authors),
        "Title": paper.title,
        "Publication Title": paper.venue,
        "DOI": ids.get("doi", ""),
        "Url": best_url(paper),
        "Abstract Note": paper.abstract,
        "Date": paper.published,
        "Date Added": record.added,
        "Link Attachments": "; ".join(link.url for link in other_links(paper)),
        "Notes": record.note,
        "Manual Tags": "; ".join(record.tags),
        "Automatic Tags": "; ".join(paper.keywords),
        "Archive ID": f"arXiv:{arxiv}" if arxiv else "",
        "ISBN": ids.get("isbn", ""),
        **{column: paper.fields.get(name, "") for column, name in _FIELDS.items()},
        "Editor": "; ".join(names.split(editor).sorted for editor in paper.editors),
        "PMID": ids.get("pmid", ""),
        "PMCID": ids.get("pmcid", ""),
        "Comment": paper.comment,
        "Categories": "; ".join(paper.categories),
        "Bookmarked": "yes" if record.bookmarked else "",
        "Read": "yes" if record.read else "",
        "Done": "yes" if record.done else "",
    }


def _type(paper: Paper) -> str:
    known = type_of(kind_of_paper(paper))
    return known.zotero if known else "document"


def _inert(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA) else value
