"""The XML of the ACL Anthology: a collection of volumes of papers."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from paperreader import text
from paperreader.formats.base import EmptyReason, Heading, Parsed, Unparsed
from paperreader.formats.common.dates import date_of
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats import elements
from paperreader.formats.xml_formats.elements import Record
from paperreader.formats.xml_formats.feeds import child, text_of
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_OLD_STYLE = re.compile(r"[A-Z]\d{2}")
# The biblatex fields of elements of a paper, or of its volume.
_FIELDS = {
    "pages": "pages", "journal-volume": "volume", "journal-issue": "number",
    "publisher": "publisher", "address": "location", "language": "language", "issue": "number",
}  # fmt: skip
_BARE_ID = re.compile(r"[A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+")


class AclXml:
    """The files of the ACL Anthology, in today's schema and that before 2019."""

    name = "acl-xml"
    title = "ACL Anthology XML"

    def recognises(self, document: Document) -> bool:
        """Whether the outermost element is a collection or a volume with papers."""
        root = elements.root(document)
        return (
            root in ("collection", "volume")
            and re.search(r"<(?:volume|paper)\b", document.start) is not None
        )

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers, each volume's name and its front matter."""
        meta = Element("meta")
        papers = 0
        for record in elements.elements(document, {"paper"}, {"meta", "frontmatter"}):
            if isinstance(record, Unparsed):
                yield record
            elif record.element.tag == "paper":
                papers += 1
                yield _paper(record, meta)
            elif record.element.tag == "meta":
                meta = record.element
                yield Heading("volume", text.line(_marked_up(meta.find("booktitle"))))
            else:
                yield Heading("front matter", text.line(child(record.element, "url", "title")))
        if not papers:
            yield EmptyReason("ACL Anthology XML without papers in it")


def _paper(record: Record, meta: Element) -> Paper | Unparsed:
    paper = record.element
    title = _marked_up(paper.find("title"))
    identifier = _identifier(record)
    if not title.strip():
        return Unparsed(
            f"line {record.line}",
            f"paper {identifier} has no title",
            text.line(text_of(paper))[:200],
        )
    named = {"acl": identifier, "doi": child(paper, "doi").strip()}
    facts = ((name, child(paper, tag) or child(meta, tag)) for tag, name in _FIELDS.items())
    return Paper(
        title,
        abstract=_marked_up(paper.find("abstract")),
        authors=_people(paper.findall("author")),
        published=_date(paper, meta),
        venue=_venue(paper, meta),
        links=tuple(_links(paper, identifier)),
        identifiers={scheme: value for scheme, value in named.items() if value},
        kind="article" if _is_journal(meta) else "inproceedings",
        editors=_people(paper.findall("editor") or meta.findall("editor")),
        fields={name: text.line(value) for name, value in facts if value.strip()},
        citation_key=child(paper, "bibkey").strip(),
    )


def _venue(paper: Element, meta: Element) -> str:
    """Return the book's title, or that of the journal without its volume."""
    venue = _marked_up(paper.find("booktitle")) or _marked_up(meta.find("booktitle"))
    if _is_journal(meta):
        return child(meta, "journal-title") or venue.partition(", Volume ")[0]
    return venue or child(meta, "journal-title")


def _is_journal(meta: Element) -> bool:
    return bool(child(meta, "journal-title", "journal-volume"))


def _marked_up(element: Element | None) -> str:
    """Return the text of an element, formulas in dollars, paragraphs separated."""
    if element is None:
        return ""
    for inner in element.iter():
        if inner.tag == "tex-math":
            inner.text = f"${''.join(inner.itertext())}$"
            del inner[:]
        elif inner.tag in ("par", "p", "br"):
            inner.tail = "\n\n" + (inner.tail or "")
    return "".join(element.itertext())


def _people(people: Iterable[Element]) -> tuple[str, ...]:
    return tuple(filter(None, map(_name, people)))


def _name(author: Element) -> str:
    first, last = child(author, "first"), child(author, "last")
    return text.line(f"{first} {last}") or text.line(author.text or "")


def _identifier(record: Record) -> str:
    """Return the paper's id: that of its address, else of collection, volume and number."""
    address = child(record.element, "url").strip()
    if _BARE_ID.fullmatch(address):
        return address
    if named := identifiers_in(address).get("acl"):
        return named
    ids = {element.tag: element.get("id", "") for element in record.around}
    collection, volume = ids.get("collection", ""), ids.get("volume", "")
    number = record.element.get("id", "")
    if not collection and _OLD_STYLE.fullmatch(volume) and number.isdecimal():
        return f"{volume}-{number:0>4}"
    if not (collection and volume and number):
        return ""
    if not _OLD_STYLE.fullmatch(collection):
        return f"{collection}-{volume}.{number}"
    # Workshops have two digits for the volume and two for the paper.
    workshop = (
        collection[0] == "W" or collection == "C69" or (collection == "D19" and len(volume) > 1)
    )
    return (
        f"{collection}-{volume:0>2}{number:0>2}"
        if workshop
        else f"{collection}-{volume}{number:0>3}"
    )


def _date(paper: Element, meta: Element) -> str:
    year = (child(paper, "year") or child(meta, "year")).strip()
    if not re.fullmatch(r"\d{4}", year):
        return ""
    month = (child(paper, "month") or child(meta, "month")).strip()
    if not month:
        # "…, Volume 15, Number 1, March 1989": journals give the month only in their name.
        month = child(meta, "booktitle").rpartition(",")[2].partition(year)[0].strip()
    return date_of(year, month)


def _links(paper: Element, identifier: str) -> Iterator[Link]:
    address = child(paper, "url").strip()
    if identifier:
        yield Link(LinkKind.PAGE, f"https://aclanthology.org/{identifier}")
        yield Link(LinkKind.PDF, f"https://aclanthology.org/{identifier}.pdf")
    elif address.startswith("http"):
        yield Link.of(address)
    for code in paper.findall("pwccode"):
        if code.get("url"):
            yield Link(LinkKind.CODE, code.get("url", ""))
