"""DBLP's XML: its dump, the records and persons of its site, and the answers of its search."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from paperreader import text
from paperreader.formats.base import EmptyReason, Heading, Parsed, Unparsed
from paperreader.formats.common import dblp, references
from paperreader.formats.common.dates import date_of
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.people import people
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats import elements
from paperreader.formats.xml_formats.feeds import child, text_of
from paperreader.papers.paper import Paper

_ROOTS = frozenset(("dblp", "dblpperson", "result"))
# The elements of records, and their entry types. `www` records are pages of persons.
_KINDS = {
    "article": "article", "inproceedings": "inproceedings", "proceedings": "proceedings",
    "book": "book", "incollection": "incollection", "phdthesis": "phdthesis",
    "mastersthesis": "mastersthesis", "data": "dataset", "info": "",
}  # fmt: skip
_FIELDS = ("volume", "number", "pages", "publisher", "series", "isbn")
_VENUES = ("journal", "booktitle", "venue", "school")


class Dblp:
    """The XML of dblp.org."""

    name = "dblp-xml"
    title = "DBLP XML"

    def recognises(self, document: Document) -> bool:
        """Whether the root element is one of DBLP's."""
        root = elements.root(document)
        return root in _ROOTS and (root != "result" or "<hits" in document.start)

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield a paper for each record that has a title."""
        is_empty = True
        for record in elements.elements(document, set(_KINDS), {"www", "person"}):
            is_empty = False
            if isinstance(record, Unparsed):
                yield record
            elif record.element.tag in _KINDS:
                yield _paper(record.element, record.line)
            else:
                yield Heading("person", text.line(text_of(record.element)))
        if is_empty:
            yield EmptyReason("DBLP XML without records")


def _paper(record: Element, line: int) -> Paper | Unparsed:
    title = dblp.title_of(text_of(record.find("title")))
    if not title:
        shown = text.line(text_of(record))[:200]
        return Unparsed(f"line {line}", "the record has no title", shown)
    # `url` is the record's own address at DBLP.
    editions = record.findall("ee") or record.findall("url")
    addresses = [url for each in editions for url in references.addresses_in(text_of(each))]
    identifiers = named_by(addresses)
    if dois := references.dois_in(child(record, "doi")):
        identifiers["doi"] = dois[0]
    key = record.get("key", "") or child(record, "key")
    venue = child(record, *_VENUES)
    fields = {name: " ".join(child(record, name).split()) for name in _FIELDS}
    if isbn := references.isbn_in(fields.pop("isbn")):
        identifiers["isbn"] = isbn
    return Paper(
        title,
        authors=_people(record, "author"),
        published=date_of(child(record, "year"), child(record, "month")),
        venue="" if "arxiv" in identifiers and references.is_arxiv_venue(venue) else venue,
        links=references.links_to(addresses),
        identifiers=identifiers | ({"dblp": key} if key else {}),
        kind=_KINDS[record.tag] or dblp.ENTRY_TYPES.get(child(record, "type"), ""),
        editors=_people(record, "editor"),
        fields={name: value for name, value in fields.items() if value},
        citation_key=dblp.citation_key(key),
    )


def _people(record: Element, role: str) -> tuple[str, ...]:
    listed = [*record.findall(role), *record.findall(f"{role}s/{role}")]
    return people([" ".join(text_of(person).split()) for person in listed])
