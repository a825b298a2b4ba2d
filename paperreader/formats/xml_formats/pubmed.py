"""PubMed's XML, as its servers and its yearly files give it.

Every article is cut out of the text and parsed by itself. So a broken one spoils no other, memory
holds one at a time, and the document type with its entities never reaches a parser.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, iso_date
from paperreader.formats.input.document import Document
from paperreader.papers.names import with_points
from paperreader.papers.paper import Paper

_SIGN = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?[\s>]")
_TAG = re.compile(r"<(/?)(?:PubmedArticle|PubmedBookArticle)\b[^<>]*>")
# Older files hold citations alone, without the envelope.
_CITATION_TAG = re.compile(r"<(/?)MedlineCitation\b[^<>]*>")


class PubMedXml:
    """A `PubmedArticleSet`, or single articles of one."""

    name = "pubmed-xml"
    title = "PubMed XML"

    def recognises(self, document: Document) -> bool:
        """By the root element."""
        return _SIGN.search(document.start[:10_000]) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every article or chapter that has a title."""
        tag = _CITATION_TAG if "<MedlineCitationSet" in document.start else _TAG
        for line, told in _articles(document.lines(), tag):
            try:
                article = ET.fromstring(told)  # noqa: S314 - entities cannot be declared inside an article
            except ET.ParseError as error:
                yield Unparsed(f"line {line}", f"the article is no well-formed XML ({error})", told)
                continue
            paper = _paper(article)
            yield paper or Unparsed(f"line {line}", "the article has no title", told)


def _articles(lines: Iterable[str], tag: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield the text of every article with its first line's number; unclosed ones as they are."""
    first, held = 0, list[str]()
    for number, line in enumerate(lines, 1):
        place = 0
        for match in tag.finditer(line):
            if match.group(1):
                if held or place < match.start():
                    held.append(line[place : match.end()])
                if first:
                    yield first, "\n".join(held)
                first, held, place = 0, [], match.end()
            else:
                if first:
                    yield first, "\n".join([*held, line[place : match.start()]])
                first, held, place = number, [], match.start()
        if first:
            held.append(line[place:])
    if first:
        yield first, "\n".join(held)


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
        authors=_authors(body),
        published=_published(article, body),
        venue="" if venue == title else venue,
        keywords=_texts(article, ".//KeywordList/Keyword", ".//MeshHeading/DescriptorName"),
        identifiers=identifiers,
    )


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


def _authors(body: Element) -> tuple[str, ...]:
    lists = [one for one in body.iter("AuthorList") if one.get("Type") != "editors"]
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
