"""The page of one paper, read by its embedded metadata.

Known are `citation_…` of Google Scholar (HighWire), Dublin Core, PRISM, and schema.org in JSON-LD.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from paperreader.formats.base import FormatError, Item
from paperreader.formats.common import references, values
from paperreader.formats.common.dates import finest, iso_date
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.people import all_shown, people, people_in
from paperreader.formats.input.document import HEAD_BYTES, Document
from paperreader.formats.json_formats.generic import generic_paper
from paperreader.formats.markdown import signs
from paperreader.formats.unrecognised import unrecognised
from paperreader.formats.web_pages import listing
from paperreader.formats.web_pages.metadata import JsonObject, Metadata, metadata_of
from paperreader.papers.identifiers import clean_identifiers, identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_IS_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html)\b",
    re.DOTALL | re.IGNORECASE,
)
# Marks near the start of the page of a paper, or of one that lists papers.
_SIGN = re.compile(
    r"citation_title|xplGlobal|eprints\.title|wkhealth_title|[\"']dc(?:terms)?[.:]title|ld\+json|list-title"
    r"|arxiv-result",
    re.IGNORECASE,
)
_HREF = re.compile(r"href\s*=\s*[\"']?(https?://[^\s\"'<>]{1,500})", re.IGNORECASE)
_TITLES = ("citation_title", "eprints.title", "wkhealth_title")
_VENUES = """citation_journal_title citation_conference_title citation_conference
    citation_inbook_title citation_book_title citation_dissertation_institution
    citation_technical_report_institution citation_journal_abbrev prism.publicationname
    dc.ispartof dc.source eprints.publication""".split()
_DATES = """citation_publication_date citation_date citation_cover_date citation_online_date
    citation_year prism.publicationdate prism.coverdate dc.issued dc.date dc.date.issued dc.created
    eprints.date article.published_time""".split()
_PEOPLE = ("citation_author", "dc.creator", "dc.creator.personalname", "dc.contributor")
_ABSTRACTS = ("citation_abstract", "dc.abstract", "dc.description.abstract", "eprints.abstract")
_DESCRIPTIONS = ("dc.description", "og.description", "description")
# The entry type that a meta element implies.
_KINDS = {
    "citation_conference_title": "inproceedings", "citation_conference": "inproceedings",
    "citation_inbook_title": "incollection", "citation_book_title": "incollection",
    "citation_dissertation_institution": "thesis", "citation_dissertation_name": "thesis",
    "citation_technical_report_institution": "report", "citation_journal_title": "article",
    "prism.publicationname": "article",
}  # fmt: skip
_AMERICAN_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
# A category of arXiv in "Machine Learning (cs.LG)".
_CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
# PubMed has the id of PubMed Central among the keywords of its pages.
_PMCID = re.compile(r"\bPMC\d{2,9}\b")
_FIELDS = {
    "volume": ("citation_volume", "prism.volume", "dc.source.volume"),
    "number": (
        "citation_issue",
        "prism.number",
        "citation_technical_report_number",
        "dc.source.issue",
    ),
    "issn": ("citation_issn", "prism.issn", "dc.source.issn"),
    "pages": ("dc.identifier.pagenumber",),
    "publisher": ("citation_publisher", "dc.publisher"),
    "language": ("citation_language", "dc.language"),
    "series": ("citation_series_title",),
}
# Types of schema.org for papers; an Article may also be of a newspaper.
_SCHOLARLY = {
    "scholarlyarticle": "article", "medicalscholarlyarticle": "article", "techarticle": "article",
    "thesis": "thesis", "book": "book", "chapter": "incollection", "report": "report",
}  # fmt: skip


class WebPage:
    """A saved web page of a paper, or one that lists papers."""

    name = "web-page"
    title = "a saved web page"

    def recognises(self, document: Document) -> bool:
        """Whether it is an HTML page with metadata of a paper or links to papers."""
        start = document.start
        if _IS_PAGE.match(start) is None:
            return False
        # The metadata may follow many kilobytes of styles.
        is_cut = len(document.head) == HEAD_BYTES
        return (
            is_cut
            or _SIGN.search(start) is not None
            or any(signs.names_a_paper(match.group(1)) for match in _HREF.finditer(start))
        )

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield the paper of the page, or the papers that it lists.

        Raises `FormatError` if there is none.
        """
        markup = document.text
        page = metadata_of(markup)
        paper = _by_meta(page) or _by_json(page) or generic_paper(page.script)
        if paper:
            yield paper
            return
        is_empty = True
        for item in listing.papers(markup, page.url):
            is_empty = False
            yield item
        if is_empty:
            raise FormatError(unrecognised(document))


def _by_meta(page: Metadata) -> Paper | None:
    title = page.first(*_TITLES)
    authors = _authors(page)
    if not title:
        title = page.first("dc.title", "prism.title")
        # Any page may have a title in Dublin Core.
        is_paper = bool(page.all(*_PEOPLE)) and bool(_identifiers(page) or page.first(*_DATES))
        title = title if is_paper else ""
    if not title:
        return None
    identifiers = _identifiers(page)
    venue = without_markup(page.first(*_VENUES)) or page.body.row("jref")
    fields = {name: value for name, names in _FIELDS.items() if (value := page.first(*names))}
    pages = [page.first(f"citation_{end}page", f"prism.{prism}page")
             for end, prism in (("first", "starting"), ("last", "ending"))]  # fmt: skip
    if any(pages):
        fields["pages"] = "--".join(filter(None, pages))
    return Paper(
        without_markup(title),
        abstract=_abstract(page),
        authors=authors,
        published=_published(page),
        venue="" if references.is_arxiv_venue(venue) else venue,
        categories=tuple(_CATEGORY.findall(page.body.row("subjects"))),
        keywords=_keywords(page),
        links=_links(page),
        identifiers=identifiers,
        comment=page.body.row("comments"),
        kind=next((kind for name, kind in _KINDS.items() if page.first(name)), ""),
        fields=fields,
    )


def _authors(page: Metadata) -> tuple[str, ...]:
    listed = page.all("citation_author") or page.all("citation_authors")
    listed = listed or page.all("dc.creator", "dc.creator.personalname", "eprints.creators_name")
    return people_in(listed[0]) if len(listed) == 1 else all_shown(listed or page.body.authors)


def _published(page: Metadata) -> str:
    dates = page.all(*_DATES)
    if page.first("citation_pmid"):  # PubMed writes 03/05/2020 for the fifth of March
        dates = [_AMERICAN_DATE.sub(r"\3-\1-\2", date) for date in dates]
    return finest(map(iso_date, dates))


def _abstract(page: Metadata) -> str:
    """Return the abstract: from its meta element, the text of the page, or a long description."""
    given = page.first(*_ABSTRACTS)
    described = max(page.all(*_DESCRIPTIONS), key=len, default="")
    is_cut = described.rstrip().endswith(("…", "..."))
    long = described if len(described) > 200 and not is_cut else ""
    return without_markup(given or page.body.abstract or long)


def _keywords(page: Metadata) -> tuple[str, ...]:
    listed = page.all("citation_keywords", "citation_keyword") or page.all("dc.subject")
    return tuple(
        word for given in listed for word in values.texts(given, ";" if ";" in given else ",")
    )


def _links(page: Metadata) -> tuple[Link, ...]:
    pages = [page.first("citation_abstract_html_url"), page.url, page.first("citation_public_url")]
    own = next((url for url in pages if url.startswith(("http://", "https://"))), "")
    links = [Link(LinkKind.PAGE, own)] if own else []
    links += [Link(LinkKind.PDF, url) for url in page.all("citation_pdf_url")[:1]]
    return tuple(links)


def _identifiers(page: Metadata) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    named = {
        "arxiv": page.first("citation_arxiv_id"),
        "doi": page.first("citation_doi", "prism.doi", "bepress_citation_doi", "dc.identifier.doi"),
        "pmid": page.first("citation_pmid"),
        "pmcid": page.first("citation_pmcid") or _pmcid(page),
        "isbn": references.isbn_in(page.first("citation_isbn")),
    }
    identifiers |= {scheme: value for scheme, value in named.items() if value}
    for given in page.all("dc.identifier", "dc.identifier.uri", "dc.source.uri"):
        value = given.removeprefix("info:").strip()
        numbers = references.dois_in(value)
        own = identifiers_in(value) or ({"doi": numbers[0]} if numbers else {})
        identifiers = own | identifiers
    for address in (
        page.first("citation_abstract_html_url"),
        page.url,
        page.first("citation_pdf_url"),
    ):
        identifiers = identifiers_in(address) | identifiers
    return clean_identifiers(identifiers)


def _pmcid(page: Metadata) -> str:
    match = _PMCID.search(page.first("keywords")) if page.first("citation_pmid") else None
    return match.group() if match else ""


def _by_json(page: Metadata) -> Paper | None:
    for record in page.objects:
        types = {kind.lower() for kind in values.texts(record.get("@type"))}
        has_doi = bool(_identifiers_of(record, ""))
        scholarly = next((_SCHOLARLY[each] for each in types if each in _SCHOLARLY), "")
        if scholarly or ("article" in types and has_doi):
            title = values.as_text(record.get("headline") or record.get("name"))
            if title:
                paper = _of_object(record, title, page)
                # A preprint is called an article too, but is not in a journal.
                is_preprint = scholarly == "article" and not paper.venue
                return replace(paper, kind="" if is_preprint else scholarly)
    return None


def _of_object(record: JsonObject, title: str, page: Metadata) -> Paper:
    url = values.as_text(record.get("url")) or page.url
    abstract = values.as_text(record.get("abstract")) or page.body.abstract
    pages = [values.as_text(record.get(key)) for key in ("pageStart", "pageEnd")]
    containers = _containers(record)
    fields = {
        "volume": _in_containers(containers, "volumeNumber"),
        "number": _in_containers(containers, "issueNumber"),
        "issn": _in_containers(containers, "issn"),
        "pages": "--".join(filter(None, pages)) or values.as_text(record.get("pagination")),
        "publisher": values.as_text(record.get("publisher")),
    }
    return Paper(
        without_markup(title),
        abstract=without_markup(abstract or values.as_text(record.get("description"))),
        authors=people(record.get("author") or record.get("creator")),
        published=values.as_date(record.get("datePublished") or record.get("dateCreated")),
        venue=_in_containers(containers, "name"),
        keywords=values.texts(record.get("keywords"), ",;"),
        links=(Link(LinkKind.PAGE, url),) if url else (),
        identifiers=_identifiers_of(record, url),
        fields={name: value for name, value in fields.items() if value},
    )


def _containers(record: JsonObject) -> list[JsonObject]:
    """Return the issue, the volume and the journal that contain a record."""
    containers: list[JsonObject] = []
    part = values.as_object(record.get("isPartOf"))
    while part and len(containers) < 5:
        containers.append(part)
        part = values.as_object(part.get("isPartOf"))
    return containers


def _in_containers(containers: Iterable[JsonObject], key: str) -> str:
    return next(filter(None, (values.as_text(each.get(key)) for each in containers)), "")


def _identifiers_of(record: JsonObject, url: str) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    for key in ("identifier", "sameAs", "@id", "doi", "url"):
        value = record.get(key)
        for part in value if isinstance(value, list) else [value]:
            text = values.as_text(part)
            numbers = references.dois_in(text)
            identifiers = (
                identifiers_in(text) | ({"doi": numbers[0]} if numbers else {}) | identifiers
            )
    return clean_identifiers(identifiers_in(url) | identifiers)
