"""Atom: responses of arXiv's API, its Atom feeds, and feeds of journals."""

from collections.abc import Iterator
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

_DATES = ("published", "issued", "prism:publicationDate", "prism:coverDate", "dc:date")
_OUR_IDS = "tag:paperreader,"
_EMPTY = "an Atom feed without entries, as arXiv answers where nothing fits or the id is unknown"
# An entry must have a time; this one stands for none.
_NEVER = "1970-01-01"
_PAST_END = "a page past the last of {} results: ask with a smaller start"


class Atom:
    """The Atom format, with arXiv's own elements."""

    name = "atom"
    title = "an Atom feed (arXiv)"

    def recognises(self, document: Document) -> bool:
        """Whether the root element is a feed or an entry."""
        return elements.root(document).removeprefix("atom:") in ("feed", "entry")

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield a paper for each entry, and the feed's title."""
        entries, total = 0, ""
        others = {"title", "atom:title", "opensearch:totalResults"}
        for record in elements.elements(document, {"entry", "atom:entry"}, others):
            if isinstance(record, Unparsed):
                entries += 1
                yield record
            elif record.element.tag.endswith("entry"):
                entries += 1
                yield from _entry(_plain(record.element), record.line)
            elif record.element.tag.endswith("title"):
                yield Heading("feed", text.line(feeds.text_of(record.element)))
            else:
                total = feeds.text_of(record.element).strip()
        if not entries:
            past = total.isdecimal() and total.strip("0") != ""
            yield EmptyReason(_PAST_END.format(total[:20]) if past else _EMPTY)


def _plain(entry: Element) -> Element:
    """Remove the prefix `atom:` from the tags."""
    for element in entry.iter():
        element.tag = element.tag.removeprefix("atom:")
    return entry


def _entry(entry: Element, line: int) -> Iterator[Parsed]:
    identity = feeds.child(entry, "id").strip()
    if "/api/errors" in identity:
        message = text.line(feeds.child(entry, "summary", "title"))
        yield Unparsed(f"line {line}", "arXiv answered with an error", message)
        yield EmptyReason(f"an error that arXiv answered: {message[:200]}")
        return
    title, *named = feeds.titled(feeds.readable(entry.find("title")))
    if not title.strip():
        message = text.line(feeds.text_of(entry))[:200]
        yield Unparsed(f"line {line}", "this entry has no title", message)
        return
    pages, pdfs, others = _addresses(entry)
    announced, kind, abstract = feeds.announced(_summary(entry))
    arxiv = feeds.arxiv_id_of(identity, announced, named[0], *pages)
    doi = feeds.doi_of(
        feeds.child(entry, "arxiv:doi", "arxiv:DOI", "prism:doi"),
        *map(feeds.text_of, entry.findall("dc:identifier")),
        *(() if arxiv else (identity, *pages)),
    )
    categories, keywords = _categories(entry, arxiv)
    published = values.as_date(feeds.child(entry, *_DATES).strip())
    updated = values.as_date(feeds.child(entry, "updated", "modified").strip())
    if identity.startswith(_OUR_IDS) and not published:
        updated = ""  # Atom requires a time, and our export wrote that of adding the paper
    if updated == _NEVER:
        updated = ""
    # arXiv gives in `updated` the time of announcement; others, when they learned of the paper.
    is_arxivs = bool(arxiv) and ("arxiv.org" in identity.lower() or bool(announced))
    links = feeds.arxiv_links(arxiv) if arxiv else (*pages_of(pages), *pdfs)
    yield Paper(
        title,
        abstract=arxiv_paragraphs(abstract) if arxiv else abstract,
        authors=_authors(entry),
        published="" if kind.startswith("replace") else published or ("" if is_arxivs else updated),
        updated=updated or (published if kind.startswith("replace") else ""),
        venue=feeds.child(
            entry, "arxiv:journal_ref", "arxiv:journal_reference", "prism:publicationName"
        ),
        categories=categories,
        keywords=keywords,
        links=(*links, *others),
        identifiers=feeds.named_identifiers(entry)
        | {k: v for k, v in (("arxiv", arxiv), ("doi", doi)) if v},
        comment=feeds.child(entry, "arxiv:comment"),
        fields=feeds.facts(entry),
    )


def pages_of(urls: list[str]) -> list[Link]:
    """Return links to the papers' own pages."""
    return [Link(LinkKind.PAGE, url) for url in urls]


def _summary(entry: Element) -> str:
    summary = entry.find("summary")
    if feeds.text_of(summary).strip():
        if feeds.text_of(summary).lstrip().startswith("arXiv:") or (
            summary is not None and summary.get("type", "text") == "text"
        ):
            return feeds.text_of(summary)
        return feeds.readable(summary)
    return feeds.readable(entry.find("content"))


def _addresses(entry: Element) -> tuple[list[str], list[Link], list[Link]]:
    """Return the addresses of the entry's pages, and links to its PDFs and related resources."""
    pages: list[str] = []
    pdfs: list[Link] = []
    links: list[Link] = []
    for link in entry.findall("link"):
        url, rel = link.get("href", "").strip(), link.get("rel", "alternate")
        if link.get("title") == "pdf" or link.get("type") == "application/pdf":
            pdfs.append(Link(LinkKind.PDF, url))
        elif rel == "alternate":
            pages.append(url)
        elif rel == "related" and link.get("title") != "doi":
            links.append(Link.of(url))
    return pages, pdfs, links


def _authors(entry: Element) -> tuple[str, ...]:
    names = [
        feeds.child(author, "name") or feeds.text_of(author) for author in entry.findall("author")
    ]
    names = names or [feeds.text_of(creator) for creator in entry.findall("dc:creator")]
    names = [text.line(without_markup(name)) for name in names]
    if len(names) == 1:
        # One element may hold all names.
        return people(names[0])
    return people(names)


def _categories(entry: Element, arxiv: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    terms = [
        category.get("term", "") or feeds.text_of(category)
        for tag in ("arxiv:primary_category", "category")
        for category in entry.findall(tag)
    ]
    return feeds.split_categories(dict.fromkeys(terms), arxiv=bool(arxiv))
