"""RSS: arXiv's daily feeds, today's (2.0) and the former (1.0, RDF), and feeds of journals."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from paperreader import text
from paperreader.formats.base import EmptyReason, Heading, Parsed, Unparsed
from paperreader.formats.common import values
from paperreader.formats.common.arxiv_text import arxiv_paragraphs
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.people import people
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats import elements, feeds
from paperreader.papers.paper import Link, LinkKind, Paper

_DATES = ("prism:publicationDate", "prism:coverDate", "dc:date", "dcterms:issued", "pubDate")
_EMPTY = (
    "an RSS feed without entries, as arXiv's are on weekends and holidays: save it again on the"
    " next working day"
)


@dataclass
class _Channel:
    """The title and the date of the feed."""

    title: str = ""
    date: str = ""


class Rss:
    """The RSS formats 0.9 to 2.0."""

    name = "rss"
    title = "an RSS feed (arXiv)"

    def recognises(self, document: Document) -> bool:
        """Whether the root element is that of a feed."""
        root = elements.root(document)
        if root == "rdf:RDF":
            return "purl.org/rss/" in document.start or "<item" in document.start
        return root in ("rss", "channel")

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield a paper for each item, and the feed's title."""
        channel, items = _Channel(), 0
        others = {"title", "image", "textinput", "items", "dc:date", "pubDate", "lastBuildDate"}
        for record in elements.elements(document, {"item"}, others):
            if isinstance(record, Unparsed):
                items += 1
                yield record
                continue
            tag = record.element.tag
            if tag == "item":
                items += 1
                yield _item(record.element, channel, record.line)
            elif tag == "title" and not channel.title:
                channel.title = text.line(feeds.text_of(record.element))
                yield Heading("feed", channel.title)
            elif tag in ("dc:date", "pubDate", "lastBuildDate"):
                channel.date = channel.date or values.as_date(feeds.text_of(record.element).strip())
        if not items:
            yield EmptyReason(_EMPTY)


def _item(item: Element, channel: _Channel, line: int) -> Paper | Unparsed:
    title, in_title, primary, mark = feeds.titled(without_markup(feeds.child(item, "title")))
    if not title.strip():
        content = text.line(feeds.text_of(item))[:200]
        return Unparsed(f"line {line}", "this item has no title", content)
    description = feeds.child(item, "description", "content:encoded")
    announced, kind, abstract = feeds.announced(description)
    page = feeds.child(item, "link").strip()
    guid = feeds.child(item, "guid").strip()
    arxiv = feeds.arxiv_id_of(announced, in_title, guid, page, item.get("rdf:about", ""))
    if not announced:
        abstract = without_markup(abstract)
    doi = feeds.doi_of(
        feeds.child(item, "arxiv:DOI", "arxiv:doi", "prism:doi"),
        *map(feeds.text_of, item.findall("dc:identifier")),
        *(() if arxiv else (guid, page)),
    )
    terms = [primary, *map(feeds.text_of, (*item.findall("category"), *item.findall("dc:subject")))]
    categories, keywords = feeds.split_categories(dict.fromkeys(terms), arxiv=bool(arxiv))
    published, updated = _dates(item, channel, arxiv, kind or mark.lower())
    return Paper(
        title,
        abstract=arxiv_paragraphs(abstract) if arxiv else abstract,
        authors=_authors(item),
        published=published,
        updated=updated,
        venue=feeds.child(item, "arxiv:journal_reference", "prism:publicationName", "dc:source"),
        categories=categories,
        keywords=keywords,
        links=feeds.arxiv_links(arxiv) if arxiv else (Link(LinkKind.PAGE, page or guid),),
        identifiers=feeds.named_identifiers(item)
        | {k: v for k, v in (("arxiv", arxiv), ("doi", doi)) if v},
        fields=feeds.facts(item),
    )


def _dates(item: Element, channel: _Channel, arxiv: str, kind: str) -> tuple[str, str]:
    """Return when the paper appeared and when it changed.

    arXiv dates its items by the day of announcement: for a replacement that is the day of the
    change; for a cross-listing it is neither.
    """
    written = feeds.child(item, *_DATES).strip()
    date = values.as_date(written) or (channel.date if arxiv else "")
    if kind.startswith(("replace", "updated")):
        return "", date
    if kind.startswith("cross"):
        return "", ""
    return date, ""


def _authors(item: Element) -> tuple[str, ...]:
    creators = item.findall("dc:creator") or item.findall("author")
    names = [text.line(without_markup(feeds.text_of(creator))) for creator in creators]
    # RSS's own form of an author is "mail@example.org (Jane Doe)".
    names = [n.partition("(")[2].rstrip(") ") if "@" in n and "(" in n else n for n in names]
    if len(names) == 1:
        return people(names[0])
    return people(names)
