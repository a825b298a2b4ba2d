"""CSL-JSON records, as Zotero, pandoc, doi.org and Crossref write them."""

import html

from paperreader.formats.common import references, values
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.people import people
from paperreader.papers.paper import Paper

JsonObject = dict[str, object]

_PERSON = frozenset(("family", "literal"))
_ISSUED = ("issued", "published", "published-print", "published-online", "submitted")
_VENUES = ("container-title", "collection-title", "event-title", "event", "institution")


def is_csl(record: JsonObject) -> bool:
    """Whether the object has a type and the date or the names that only CSL-JSON writes so."""
    if not isinstance(record.get("type"), str):
        return False
    issued = values.as_object(record.get("issued"))
    if "date-parts" in issued or "citation-key" in record or "container-title" in record:
        return True
    return any(_PERSON & person.keys() for person in values.objects(record.get("author")))


def csl(record: JsonObject) -> Paper | None:
    """Return the paper of a CSL-JSON object, or None where it has neither title nor identifier."""
    title = _prose(record, "title")
    subtitle = _prose(record, "subtitle")
    if title and subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    addresses = [
        address for key in ("URL", "link", "resource") for address in _addresses(record.get(key))
    ]
    identifiers = _identifiers(record, addresses)
    venue = next((told for key in _VENUES if (told := _prose(record, key))), "")
    if venue == title or ("arxiv" in identifiers and references.is_arxiv_venue(venue)):
        venue = ""
    if not (title or references.stand_in(identifiers)):
        return None
    custom = values.as_object(record.get("custom"))
    return Paper(
        title or references.stand_in(identifiers),
        abstract=_prose(record, "abstract"),
        authors=people(record.get("author")),
        published=_published(record),
        venue=venue,
        categories=values.texts(record.get("categories") or custom.get("categories")),
        keywords=values.texts(record.get("keyword") or record.get("subject"), ",;"),
        links=references.links_to(addresses),
        identifiers=identifiers,
        comment=values.as_text(custom.get("comment")),
        pending=not title,
    )


def _prose(record: JsonObject, key: str) -> str:
    return without_markup(values.as_text(record.get(key))).strip()


def _published(record: JsonObject) -> str:
    """The date of publication, in whatever shape; an EDTF text is a shape of Better BibTeX."""
    dates = (values.as_date(record.get(key)) for key in _ISSUED)
    return next(filter(None, dates), "")


def _addresses(value: object) -> list[str]:
    if isinstance(value, str):
        return references.addresses_in(html.unescape(value))
    found = [values.as_text(link.get("URL")) for link in values.objects(value)]
    return [address for told in found for address in references.addresses_in(told)]


def _identifiers(record: JsonObject, addresses: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    told = {key: values.as_text(record.get(key)) for key in ("DOI", "PMID", "PMCID", "ISBN")}
    if dois := references.dois_in(told["DOI"]):
        found["doi"] = dois[0]
    if told["PMID"].isdigit():
        found["pmid"] = told["PMID"]
    if told["PMCID"]:
        found["pmcid"] = told["PMCID"]
    if isbn := references.isbn_in(told["ISBN"]):
        found["isbn"] = isbn
    notes = ("number", "note", "container-title", "archive", "archive_location")
    named = [values.as_text(record.get(key)) for key in notes if key in record]
    named.append(f"arXiv {values.as_text(record.get('arxiv'))}")
    if values.as_text(record.get("archive")).lower() == "arxiv":
        named.append(f"arXiv {values.as_text(record.get('archive_location'))}")
    return named_by(addresses, named) | found
