"""PubMed's XML, as its servers and its yearly files give it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, finest, iso_date
from paperreader.formats.common.pages import article_number, whole_pages
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats import elements
from paperreader.papers.names import with_points
from paperreader.papers.paper import Paper

_SIGN = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?[\s>]")
# The paths of biblatex fields in an article or chapter.
_FIELDS = {
    "volume": "Journal/JournalIssue/Volume",
    "number": "Journal/JournalIssue/Issue",
    "pages": "Pagination/MedlinePgn",
    "issn": "Journal/ISSN",
    "shortjournal": "Journal/ISOAbbreviation",
    "language": "Language",
    "publisher": "Book/Publisher/PublisherName",
    "location": "Book/Publisher/PublisherLocation",
    "edition": "Book/Edition",
}
_ROOTS = "PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet"
_ARTICLES = {"PubmedArticle", "PubmedBookArticle"}


class PubMedXml:
    """A `PubmedArticleSet`, or single articles of one."""

    name = "pubmed-xml"
    title = "PubMed XML"

    def recognises(self, document: Document) -> bool:
        """By the root element."""
        return _SIGN.search(document.start[:10_000]) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every article or chapter that has a title."""
        # Older files hold citations alone, without the envelope.
        is_bare = "<MedlineCitationSet" in document.start
        records = {"MedlineCitation"} if is_bare else _ARTICLES
        for record in elements.elements(document, records, set(), root=_ROOTS):
            if isinstance(record, Unparsed):
                yield record
                continue
            article = record.element
            text = " ".join("".join(article.itertext()).split())[:200]
            paper = _paper(article)
            yield paper or Unparsed(f"line {record.line}", "the article has no title", text)


def _paper(article: Element) -> Paper | None:
    body = article.find(".//Article")
    if body is None:
        body = article.find(".//BookDocument")
    if body is None:
        return None
    book = _text(body.find("Book/BookTitle"))
    title = _text(body.find("ArticleTitle")) or _text(body.find("VernacularTitle")) or book
    if not title:
        return None
    venue = _text(body.find("Journal/Title")) or _text(body.find("Journal/ISOAbbreviation")) or book
    identifiers = _identifiers(article, body)
    return Paper(
        title=title,
        abstract=_abstract(article),
        authors=_people(body),
        published=_published(article, body),
        venue="" if venue == title else venue,
        keywords=_texts(article, ".//KeywordList/Keyword", ".//MeshHeading/DescriptorName"),
        identifiers=identifiers,
        kind=_kind(article, body),
        editors=_people(body, is_editors=True),
        fields=_fields(body),
    )


def _kind(article: Element, body: Element) -> str:
    if article.find(".//Journal") is None:
        return "incollection" if body.find("ArticleTitle") is not None else "book"
    types = {_text(each).lower() for each in article.iter("PublicationType")}
    return "misc" if "preprint" in types else "article"


def _fields(body: Element) -> dict[str, str]:
    """Return the facts without an attribute in `Paper`, under biblatex names."""
    fields = {name: _text(body.find(path)) for name, path in _FIELDS.items()}
    number = article_number(_text(body.find("ELocationID[@EIdType='pii']")))
    fields["pages"] = whole_pages(fields["pages"]) or number
    return {name: value for name, value in fields.items() if value}


def _text(element: Element | None) -> str:
    """Return all text inside an element on one line, without its markup."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _texts(element: Element, *paths: str) -> tuple[str, ...]:
    return tuple(_text(inner) for path in paths for inner in element.iterfind(path))


def _abstract(article: Element) -> str:
    """Return the parts of the abstract as paragraphs, each after its label."""
    for path in (".//Abstract", ".//OtherAbstract"):
        abstract = article.find(path)
        if abstract is not None:
            parts = ((part.get("Label", ""), _text(part)) for part in abstract.iter("AbstractText"))
            return "\n\n".join(
                f"{label}: {text}" if label and label != "UNLABELLED" else text
                for label, text in parts if text
            )  # fmt: skip
    return ""


def _people(body: Element, *, is_editors: bool = False) -> tuple[str, ...]:
    lists = [
        authors
        for authors in body.iter("AuthorList")
        if (authors.get("Type") == "editors") is is_editors
    ]
    people = lists[0].iterfind("Author") if lists else iter(())
    return tuple(name for person in people if (name := _name(person)))


def _name(person: Element) -> str:
    given = with_points(_text(person.find("ForeName")) or _text(person.find("Initials")))
    parts = (given, _text(person.find("LastName")), _text(person.find("Suffix")))
    return " ".join(filter(None, parts)) or _text(person.find("CollectiveName"))


def _published(article: Element, body: Element) -> str:
    paths = ("Journal/JournalIssue/PubDate", "Book/PubDate", "ContributionDate", "ArticleDate")
    indexed = article.find("PubmedData/History/PubMedPubDate[@PubStatus='pubmed']")
    return finest(_date(body.find(path)) for path in paths) or _date(indexed)


def _date(element: Element | None) -> str:
    if element is None:
        return ""
    parts = [_text(element.find(part)) for part in ("Year", "Month", "Day")]
    return date_of(*parts) or iso_date(_text(element.find("MedlineDate")))


def _identifiers(article: Element, body: Element) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    id_elements = [
        (element, element.get("EIdType", "")) for element in body.iterfind("ELocationID")
    ]
    for path in ("PubmedData/ArticleIdList/ArticleId", "*/ArticleIdList/ArticleId"):
        id_elements += [(element, element.get("IdType", "")) for element in article.iterfind(path)]
    for element, kind in id_elements:
        text = _text(element)
        if kind == "doi" and element.get("ValidYN") != "N" and (dois := references.dois_in(text)):
            identifiers.setdefault("doi", dois[0])
        elif kind in ("pmc", "pmcid") and text:
            identifiers.setdefault("pmcid", text)
        elif arxiv := references.arxiv_in(text if "arxiv" in text.lower() else ""):
            identifiers.setdefault("arxiv", arxiv)
    pmid = article.find(".//PMID") if article.tag != "MedlineCitation" else article.find("PMID")
    if number := _text(pmid):
        identifiers["pmid"] = number
    if isbn := references.isbn_in(_text(body.find("Book/Isbn"))):
        identifiers["isbn"] = isbn
    return identifiers
