"""CSL-JSON records, as Zotero, pandoc, doi.org and Crossref write them."""

import html
import re

from paperreader.formats.common import references, values
from paperreader.formats.common.dates import finest
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.people import people
from paperreader.papers.entry_types import kind_of
from paperreader.papers.paper import Paper
from paperreader.papers.untitled import named

JsonObject = dict[str, object]

_PERSON = frozenset(("family", "literal"))
_ISSUED = ("issued", "published", "published-print", "published-online", "submitted")
_VENUES = ("container-title", "collection-title", "event-title", "event", "institution")


# Crossref's types as CSL types.
_CROSSREF_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "monograph": "book", "edited-book": "book", "dissertation": "thesis",
    "posted-content": "article", "reference-entry": "entry-encyclopedia", "proceedings": "book",
}  # fmt: skip
# CSL variables and their biblatex fields.
_FIELDS = {
    "issue": "number", "page": "pages", "publisher-place": "location", "collection-title": "series",
    "ISSN": "issn", "event-title": "eventtitle", "event": "eventtitle", "event-place": "venue",
    "title-short": "shorttitle", "container-title-short": "shortjournal", "genre": "type",
    "short-container-title": "shortjournal",
    "number-of-pages": "pagetotal", "number-of-volumes": "volumes", "chapter-number": "chapter",
    "collection-number": "seriesnumber", "container-title": "booktitle", "original-title":
    "origtitle", "subtitle": "subtitle", "accessed": "urldate", "call-number": "library",
}  # fmt: skip
_PEOPLE = frozenset("translator container-author collection-editor director interviewer".split())
_DATES = frozenset(("accessed", "event-date", "original-date"))
# Zotero writes this into number, publisher and note of a preprint.
_ARXIV_NUMBER = re.compile(r"arXiv(?::\S+(?: \[[^\]]*\])?)?", re.IGNORECASE)
# Variables that have an attribute in `Paper`.
_TAKEN = frozenset(
    """id type title abstract author editor issued published published-print published-online
    keyword subject categories URL link resource DOI PMID PMCID ISBN citation-key custom arxiv
    citation-label""".split()
)


def is_csl(record: JsonObject) -> bool:
    """Whether the object has a type, and a date or names in the shape of CSL-JSON."""
    if not isinstance(record.get("type"), str):
        return False
    issued = values.as_object(record.get("issued"))
    if "date-parts" in issued or "citation-key" in record or "container-title" in record:
        return True
    return any(_PERSON & person.keys() for person in values.objects(record.get("author")))


def csl(record: JsonObject) -> Paper | None:
    """Return the paper of a CSL-JSON object, or None if it has neither title nor identifier."""
    title = _prose(record, "title")
    subtitle = _prose(record, "subtitle")
    if title and subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    addresses = [
        address for key in ("URL", "link", "resource") for address in _addresses(record.get(key))
    ]
    identifiers = _identifiers(record, addresses)
    custom = values.as_object(record.get("custom"))
    # Our export writes the venue here where CSL has no variable for it.
    venues = (values.as_text(custom.get("venue")), *(_prose(record, key) for key in _VENUES))
    venue = next((venue for venue in venues if venue and venue != title), "")
    if "arxiv" in identifiers and references.is_arxiv_venue(venue):
        venue = ""
    paper = Paper(
        title,
        abstract=_prose(record, "abstract"),
        authors=people(record.get("author")),
        published=_published(record),
        venue=venue,
        categories=values.texts(record.get("categories") or custom.get("categories")),
        keywords=values.texts(record.get("keyword") or record.get("subject"), ",;"),
        links=references.links_to(addresses),
        identifiers=identifiers,
        comment=values.as_text(custom.get("comment")),
        kind=values.as_text(custom.get("kind")) or _kind(values.as_text(record.get("type"))),
        editors=people(record.get("editor")),
        fields=_fields(record, venue) | _own_fields(custom),
        citation_key=values.as_text(record.get("citation-key") or record.get("id")),
    )
    return named(paper)


def _own_fields(custom: JsonObject) -> dict[str, str]:
    """Return the fields without a CSL variable, which our export writes under `custom`."""
    fields = values.as_object(custom.get("fields"))
    return {name: text for name, value in fields.items() if (text := values.as_text(value))}


def _kind(type_: str) -> str:
    return kind_of("csl", _CROSSREF_TYPES.get(type_, type_))


def _fields(record: JsonObject, venue: str) -> dict[str, str]:
    """Return the facts without an attribute in `Paper`, under biblatex names or their own."""
    fields: dict[str, str] = {}
    for key, value in record.items():
        name = _FIELDS.get(key, key.lower())
        if key in _TAKEN or name in fields:
            continue
        persons = people(value) if key in _PEOPLE else ()
        date = values.as_date(value) if key in _DATES else ""
        text = date or " and ".join(persons) or without_markup(values.as_text(value))
        if text and text != venue and not _ARXIV_NUMBER.fullmatch(text):
            fields[name] = text
    return fields


def _prose(record: JsonObject, key: str) -> str:
    return without_markup(values.as_text(record.get(key))).strip()


def _published(record: JsonObject) -> str:
    """Return the date of publication; Better BibTeX writes it as EDTF text."""
    return finest(values.as_date(record.get(key)) for key in _ISSUED)


def _addresses(value: object) -> list[str]:
    if isinstance(value, str):
        return references.addresses_in(html.unescape(value))
    urls = [values.as_text(link.get("URL")) for link in values.objects(value)]
    return [address for url in urls for address in references.addresses_in(url)]


def _identifiers(record: JsonObject, addresses: list[str]) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    raw = {key: values.as_text(record.get(key)) for key in ("DOI", "PMID", "PMCID", "ISBN")}
    if dois := references.dois_in(raw["DOI"]):
        identifiers["doi"] = dois[0]
    if raw["PMID"].isdigit():
        identifiers["pmid"] = raw["PMID"]
    if raw["PMCID"]:
        identifiers["pmcid"] = raw["PMCID"]
    if isbn := references.isbn_in(raw["ISBN"]):
        identifiers["isbn"] = isbn
    notes = ("number", "note", "container-title", "archive", "archive_location")
    named = [values.as_text(record.get(key)) for key in notes if key in record]
    named.append(f"arXiv {values.as_text(record.get('arxiv'))}")
    if values.as_text(record.get("archive")).lower() == "arxiv":
        named.append(f"arXiv {values.as_text(record.get('archive_location'))}")
    return named_by(addresses, named) | identifiers
