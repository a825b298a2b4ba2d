"""PubMed's XML, as its servers and its yearly files give it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, iso_date
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats import elements
from paperreader.papers.names import with_points
from paperreader.papers.paper import Paper

_SIGN = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?[\s>]")
# Where the fields of biblatex stand inside an article or a chapter.
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
        for found in elements.elements(document, records, set(), root=_ROOTS):
            if isinstance(found, Unparsed):
                yield found
                continue
            article = found.element
            text = " ".join("".join(article.itertext()).split())[:200]
            paper = _paper(article)
            yield paper or Unparsed(f"line {found.line}", "the article has no title", text)


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
        kind="article" if article.find(".//Journal") is not None else "incollection",
        editors=_people(body, is_editors=True),
        fields=_fields(body),
    )


def _fields(body: Element) -> dict[str, str]:
    """Return what no attribute of the paper holds, under the names of biblatex."""
    found = {name: _text(body.find(path)) for name, path in _FIELDS.items()}
    return {name: value for name, value in found.items() if value}


def _text(element: Element | None) -> str:
    """All text inside an element, its italics and the like dissolved, on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _texts(element: Element, *paths: str) -> tuple[str, ...]:
    return tuple(_text(found) for path in paths for found in element.iterfind(path))


def _abstract(article: Element) -> str:
    """The parts of the abstract as paragraphs, each after its label."""
    for path in (".//Abstract", ".//OtherAbstract"):
        found = article.find(path)
        if found is not None:
            parts = ((part.get("Label", ""), _text(part)) for part in found.iter("AbstractText"))
            return "\n\n".join(
                f"{label}: {told}" if label and label != "UNLABELLED" else told
                for label, told in parts if told
            )  # fmt: skip
    return ""


def _people(body: Element, *, is_editors: bool = False) -> tuple[str, ...]:
    lists = [one for one in body.iter("AuthorList") if (one.get("Type") == "editors") is is_editors]
    people = lists[0].iterfind("Author") if lists else iter(())
    return tuple(name for person in people if (name := _name(person)))


def _name(person: Element) -> str:
    given = with_points(_text(person.find("ForeName")) or _text(person.find("Initials")))
    parts = (given, _text(person.find("LastName")), _text(person.find("Suffix")))
    return " ".join(filter(None, parts)) or _text(person.find("CollectiveName"))


def _published(article: Element, body: Element) -> str:
    paths = ("Journal/JournalIssue/PubDate", "Book/PubDate", "ContributionDate", "ArticleDate")
    dates = [body.find(path) for path in paths]
    dates += article.findall("PubmedData/History/PubMedPubDate[@PubStatus='pubmed']")
    for date in dates:
        if date is not None:
            told = [_text(date.find(part)) for part in ("Year", "Month", "Day")]
            if found := date_of(*told) or iso_date(_text(date.find("MedlineDate"))):
                return found
    return ""


def _identifiers(article: Element, body: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    places = [(place, place.get("EIdType", "")) for place in body.iterfind("ELocationID")]
    for path in ("PubmedData/ArticleIdList/ArticleId", "*/ArticleIdList/ArticleId"):
        places += [(place, place.get("IdType", "")) for place in article.iterfind(path)]
    for place, kind in places:
        told = _text(place)
        if kind == "doi" and place.get("ValidYN") != "N" and (dois := references.dois_in(told)):
            found.setdefault("doi", dois[0])
        elif kind in ("pmc", "pmcid") and told:
            found.setdefault("pmcid", told)
        elif arxiv := references.arxiv_in(told if "arxiv" in told.lower() else ""):
            found.setdefault("arxiv", arxiv)
    pmid = article.find(".//PMID") if article.tag != "MedlineCitation" else article.find("PMID")
    if number := _text(pmid):
        found["pmid"] = number
    if isbn := references.isbn_in(_text(body.find("Book/Isbn"))):
        found["isbn"] = isbn
    return found
