"""Atom: what arXiv's API answers, its Atom feeds, and the feeds of journals."""

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

_OUR_IDS = "tag:paperreader,"
_EMPTY = "an Atom feed without entries, as arXiv answers where nothing fits or the id is unknown"
# An entry has to have a time, and this stands for none.
_NEVER = "1970-01-01"
_PAST_END = "a page past the last of {} results: ask with a smaller start"


class Atom:
    """The Atom format, with arXiv's own elements where they are there."""

    name = "atom"
    title = "an Atom feed (arXiv)"

    def recognises(self, document: Document) -> bool:
        """Whether the outermost element is a feed, or a lone entry of one."""
        return elements.root(document).removeprefix("atom:") in ("feed", "entry")

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield a paper for each entry, and the feed's title."""
        entries, total = 0, ""
        others = {"title", "atom:title", "opensearch:totalResults"}
        for found in elements.elements(document, {"entry", "atom:entry"}, others):
            if isinstance(found, Unparsed):
                entries += 1
                yield found
            elif found.element.tag.endswith("entry"):
                entries += 1
                yield from _entry(_plain(found.element), found.line)
            elif found.element.tag.endswith("title"):
                yield Heading("feed", text.line(feeds.told(found.element)))
            else:
                total = feeds.told(found.element).strip()
        if not entries:
            past = total.isdecimal() and total.strip("0") != ""
            yield EmptyReason(_PAST_END.format(total[:20]) if past else _EMPTY)


def _plain(entry: Element) -> Element:
    """Take the prefix `atom:` off the tags."""
    for element in entry.iter():
        element.tag = element.tag.removeprefix("atom:")
    return entry


def _entry(entry: Element, line: int) -> Iterator[Parsed]:
    identity = feeds.child(entry, "id").strip()
    if "/api/errors" in identity:
        told = text.line(feeds.child(entry, "summary", "title"))
        yield Unparsed(f"line {line}", "arXiv answered with an error", told)
        yield EmptyReason(f"an error that arXiv answered: {told[:200]}")
        return
    title, *named = feeds.titled(feeds.readable(entry.find("title")))
    if not title.strip():
        told = text.line(feeds.told(entry))[:200]
        yield Unparsed(f"line {line}", "this entry has no title", told)
        return
    pages, pdfs, others = _addresses(entry)
    announced, kind, abstract = feeds.announced(_summary(entry))
    arxiv = feeds.arxiv_id_of(identity, announced, named[0], *pages)
    doi = feeds.doi_of(
        feeds.child(entry, "arxiv:doi", "arxiv:DOI", "prism:doi", "dc:identifier"),
        *(() if arxiv else (identity, *pages)),
    )
    categories, keywords = _categories(entry, arxiv)
    published = values.as_date(feeds.child(entry, "published", "issued", "dc:date").strip())
    updated = values.as_date(feeds.child(entry, "updated", "modified").strip())
    if identity.startswith(_OUR_IDS) and not published:
        updated = ""  # Atom wants a time, and we gave that of adding the paper
    if updated == _NEVER:
        updated = ""
    # arXiv says with `updated` when it announced the paper; others, when they got to know of it.
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
        identifiers={k: v for k, v in (("arxiv", arxiv), ("doi", doi)) if v},
        comment=feeds.child(entry, "arxiv:comment"),
    )


def pages_of(urls: list[str]) -> list[Link]:
    """Return links to the papers' own pages."""
    return [Link(LinkKind.PAGE, url) for url in urls]


def _summary(entry: Element) -> str:
    summary = entry.find("summary")
    if feeds.told(summary).strip():
        if feeds.told(summary).lstrip().startswith("arXiv:") or (
            summary is not None and summary.get("type", "text") == "text"
        ):
            return feeds.told(summary)
        return feeds.readable(summary)
    return feeds.readable(entry.find("content"))


def _addresses(entry: Element) -> tuple[list[str], list[Link], list[Link]]:
    """Return the addresses of the entry's page, of its PDF, and the others worth keeping."""
    pages: list[str] = []
    pdfs: list[Link] = []
    others: list[Link] = []
    for link in entry.findall("link"):
        url, rel = link.get("href", "").strip(), link.get("rel", "alternate")
        if link.get("title") == "pdf" or link.get("type") == "application/pdf":
            pdfs.append(Link(LinkKind.PDF, url))
        elif rel == "alternate":
            pages.append(url)
        elif rel == "related" and link.get("title") != "doi":
            others.append(Link.of(url))
    return pages, pdfs, others


def _authors(entry: Element) -> tuple[str, ...]:
    names = [
        feeds.child(author, "name") or feeds.told(author) for author in entry.findall("author")
    ]
    names = names or [feeds.told(creator) for creator in entry.findall("dc:creator")]
    names = [text.line(without_markup(name)) for name in names]
    if len(names) == 1:
        # One element may hold them all.
        return people(names[0])
    return people(names)


def _categories(entry: Element, arxiv: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = [
        category.get("term", "") or feeds.told(category)
        for tag in ("arxiv:primary_category", "category")
        for category in entry.findall(tag)
    ]
    return feeds.split_categories(dict.fromkeys(found), arxiv=bool(arxiv))
