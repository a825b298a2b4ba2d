"""PubMed's own tagged text: `.nbib` files, the MEDLINE display, PMC's and ERIC's variants."""

import re
from collections.abc import Iterator

from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import finest, iso_date
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.pages import article_number, whole_pages
from paperreader.formats.input.document import Document
from paperreader.formats.tagged_formats.grammar import Grammar, TaggedRecord
from paperreader.papers.names import display_name, initials_last, with_points
from paperreader.papers.paper import Paper
from paperreader.papers.untitled import name_by_identifier

_GRAMMAR = Grammar(
    re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}-(?=\s|\d*$)\s*(?P<value>.*)"),
    may_begin=frozenset(("PMID", "PMC", "OWN")),
)
_FIRST = re.compile(r"[\ufeff\s]*(?:PMID ?- ?\d|PMC ?- ?PMC\d|OWN ?- )")
_PMID = re.compile(r"^PMID ?- ?\d+\s*$", re.MULTILINE)
_TITLE = re.compile(r"^(?:TI|BTI|AB|FAU|AU|DP|JT|TA) {1,3}- ", re.MULTILINE)
_DATES, _INDEXED = ("DP", "DEP"), ("EDAT", "CRDT")
# The biblatex fields of tags.
_FIELDS = {
    "VI": "volume", "IP": "number", "PG": "pages", "LA": "language", "PB": "publisher",
    "PL": "location", "TA": "shortjournal", "EN": "edition", "PT": "type",
}  # fmt: skip
# The entry types of types of publication, by how these begin.
_KINDS = {
    "preprint": "misc", "book": "book", "dissertation": "thesis", "academic dissertation": "thesis",
    "report": "report",
}  # fmt: skip
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")
_NO_ABSTRACT = re.compile(r"publisher:\s*abstract available", re.IGNORECASE)


class Nbib:
    """The files that PubMed, PMC and ERIC save for citation managers."""

    name = "nbib"
    title = "PubMed nbib (MEDLINE)"

    def recognises(self, document: Document) -> bool:
        """Whether it starts with a record, or has a PMID and tagged lines near its start."""
        start = document.start
        if _FIRST.match(start) or document.suffix == ".nbib":
            return _TITLE.search(start) is not None
        return len(_TITLE.findall(start)) > 1 and _PMID.search(start) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every record that has a title or an identifier."""
        for record in _GRAMMAR.records(document.lines()):
            if record.fields:
                paper = _paper(record)
                no_title = Unparsed(f"line {record.line}", "the record has no title", record.text)
                yield paper or no_title
            elif record.text.strip():
                yield Heading("between records", record.text.strip())


def _paper(record: TaggedRecord) -> Paper | None:
    numbers = record.all("AID", "LID", "SO")
    addresses = [
        address
        for value in record.all("AID", "LID", "UR")
        for address in references.addresses_in(value)
    ]
    identifiers = _identifiers(record, numbers, addresses)
    title = without_markup(_line(record.first("TI", "BTI", "TT", "CTI")))
    name = title or name_by_identifier(identifiers)
    if not name:
        return None
    venue = _line(record.first("JT", "TA", "BTI", "CTI"))
    return Paper(
        title=name,
        abstract=without_markup("\n\n".join(_abstracts(record))),
        authors=_authors(record),
        published=finest(iso_date(record.first(tag)) for tag in _DATES)
        or finest(iso_date(record.first(tag)) for tag in _INDEXED),
        venue="" if venue == title else venue,
        keywords=tuple(_line(word.replace("*", "")) for word in record.all("OT", "MH")),
        links=references.links_to(addresses),
        identifiers=identifiers,
        pending=not title,
        kind=_kind(record, title),
        editors=tuple(_person(_line(name)) for name in record.all("FED")),
        fields=_fields(record, venue),
    )


def _kind(record: TaggedRecord, title: str) -> str:
    if record.first("BTI"):
        return "incollection" if title != _line(record.first("BTI")) else "book"
    types = [each.lower() for each in record.all("PT")]
    found = (kind for start, kind in _KINDS.items() for each in types if each.startswith(start))
    # ERIC calls articles of journals reports too.
    return next(
        (kind for kind in found if kind != "report" or not record.first("VI", "TA")), "article"
    )


def _fields(record: TaggedRecord, venue: str) -> dict[str, str]:
    """Return the facts without an attribute in `Paper`, under biblatex names."""
    fields = {name: _line(record.first(tag)) for tag, name in _FIELDS.items()}
    issns = _ISSN.findall(" ".join(record.all("IS", "ISSN")))
    fields["issn"] = ", ".join(dict.fromkeys(issns))
    numbers = (each for each in record.all("LID", "AID") if each.endswith("[pii]"))
    number = article_number(next(numbers, "").removesuffix("[pii]").strip())
    fields["pages"] = whole_pages(fields["pages"]) or number
    return {name: value for name, value in fields.items() if value and value != venue}


def _line(value: str) -> str:
    return " ".join(value.split())


def _abstracts(record: TaggedRecord) -> list[str]:
    paragraphs = record.all("AB") or record.all("OAB")
    # Line breaks in a field are only wrapping; each field is a paragraph.
    return [_line(paragraph) for paragraph in paragraphs if not _NO_ABSTRACT.match(paragraph)]


def _authors(record: TaggedRecord) -> tuple[str, ...]:
    full = record.all("FAU", "CN")
    if record.all("FAU") or not record.all("AU"):
        return tuple(_person(_line(name)) for name in full)
    return tuple(
        _person(name) if "," in name else initials_last(name)
        for name in map(_line, record.all("AU", "CN"))
    )


def _person(name: str) -> str:
    family, comma, given = name.partition(",")
    return display_name(f"{family},{with_points(given)}") if comma else name


def _identifiers(record: TaggedRecord, numbers: list[str], addresses: list[str]) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    for number in numbers:
        if number.endswith("[doi]") or "doi" in number.lower():
            if dois := references.dois_in(number):
                identifiers.setdefault("doi", dois[0])
        elif arxiv := references.arxiv_in(number):
            identifiers.setdefault("arxiv", arxiv)
    for scheme, tag, pattern in (("pmid", "PMID", r"\d+"), ("pmcid", "PMC", r"PMC\d+")):
        if match := re.search(pattern, record.first(tag)):
            identifiers[scheme] = match.group()
    if isbn := references.isbn_in(record.first("ISBN").removeprefix("ISBN-")):
        identifiers["isbn"] = isbn
    return named_by(addresses) | identifiers
