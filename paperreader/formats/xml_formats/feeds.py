"""Shared parts of Atom and RSS feeds, above all the shapes of arXiv's entries."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from paperreader import text
from paperreader.formats.common.markup import without_markup
from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in, without_view
from paperreader.papers.paper import Link, LinkKind

_OAI = re.compile(r"oai:arXiv\.org:(\S+)", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"\s*arXiv:(\S+)\s+Announce Type:\s*([\w-]+)\s*(?:Abstract:\s*)?", re.IGNORECASE
)
_TITLE_SUFFIX = re.compile(
    r"\.?\s*\(arXiv:([^\s()]+)\s*(?:\[([\w.-]+)\])?\s*(UPDATED|CROSS LISTED)?\)\s*$"
)
_DOI_IN_PATH = re.compile(r"/(10\.\d{4,9}/[^\s?#&\"<>]+)")
# The biblatex fields of elements in the feeds of journals.
_FIELDS = {
    "prism:volume": "volume", "prism:number": "number", "prism:issueIdentifier": "number",
    "prism:section": "section", "prism:issn": "issn", "prism:eIssn": "issn",
    "dc:publisher": "publisher", "prism:publisher": "publisher", "dc:language": "language",
    "prism:edition": "edition",
}  # fmt: skip
_NAMED_SCHEMES = frozenset(("pmid", "pmcid", "acl", "openreview", "isbn"))
_ARXIV_CATEGORY = re.compile(r"[a-z-]{2,20}(\.[A-Za-z-]{2,20})?")


def text_of(element: Element | None) -> str:
    """Return all text inside an element."""
    return "" if element is None else "".join(element.itertext())


def child(element: Element, *tags: str) -> str:
    """Return the text of the first child with one of these tags and any text."""
    for tag in tags:
        for inner in element.findall(tag):
            if (content := text_of(inner)).strip():
                return content
    return ""


def readable(element: Element | None) -> str:
    """Return the text of an element whose text may be HTML, escaped or not."""
    content = text_of(element)
    if element is not None and element.get("type") == "text":
        return content
    return without_markup(content)


def arxiv_id_of(*candidates: str) -> str:
    """Return the first arXiv id among ids, addresses and OAI names, or ''."""
    for candidate in candidates:
        name = candidate.strip()
        oai = _OAI.fullmatch(name)
        identifier = arxiv_id(oai.group(1) if oai else name) or identifiers_in(name).get(
            "arxiv", ""
        )
        if identifier:
            return identifier
    return ""


def doi_of(*candidates: str) -> str:
    """Return the first DOI among identifiers and addresses of articles, or ''."""
    for candidate in candidates:
        name = candidate.strip()
        path = _DOI_IN_PATH.search(name)
        if identifier := doi(name.removeprefix("info:")) or (doi(path.group(1)) if path else ""):
            return without_view(identifier)
    return ""


def named_identifiers(element: Element) -> dict[str, str]:
    """Return the identifiers that `dc:identifier` gives with their scheme, as PubMed's feeds do.

    "pmid:31000201" and "pmc:PMC6000201" are such.
    """
    identifiers: dict[str, str] = {}
    for identifier in element.findall("dc:identifier"):
        scheme, _, value = text_of(identifier).strip().partition(":")
        scheme = "pmcid" if scheme.lower() == "pmc" else scheme.lower()
        if scheme in _NAMED_SCHEMES and value.strip():
            identifiers.setdefault(scheme, value.strip())
    return identifiers


def facts(element: Element) -> dict[str, str]:
    """Return the facts that one cites a paper by, under biblatex names: volume, number, pages."""
    fields: dict[str, str] = {}
    for tag, name in _FIELDS.items():
        if value := text.line(child(element, tag)):
            fields.setdefault(name, value)
    ends = [text.line(child(element, f"prism:{end}Page")) for end in ("starting", "ending")]
    ends = ends if ends[0] != ends[1] else ends[:1]
    if pages := text.line(child(element, "prism:pageRange")) or "--".join(filter(None, ends)):
        fields["pages"] = pages
    return fields


def arxiv_links(identifier: str) -> tuple[Link, ...]:
    """Return the addresses of an arXiv paper's newest version."""
    return (
        Link(LinkKind.PAGE, f"https://arxiv.org/abs/{identifier}"),
        Link(LinkKind.PDF, f"https://arxiv.org/pdf/{identifier}"),
    )


def announced(description: str) -> tuple[str, str, str]:
    """Return id, announcement type and abstract of a description in arXiv's feeds.

    For other descriptions the first two are empty.
    """
    match = _ANNOUNCED.match(description)
    if not match:
        return "", "", description
    return arxiv_id(match.group(1)), match.group(2).lower(), description[match.end() :]


def titled(title: str) -> tuple[str, str, str, str]:
    """Return title, id, category and mark of "Title. (arXiv:ID [category] UPDATED)"."""
    match = _TITLE_SUFFIX.search(title[-200:])
    if not match:
        return title, "", "", ""
    kept = title[: len(title) - len(match.group())]
    return kept, arxiv_id(match.group(1)), match.group(2) or "", match.group(3) or ""


def split_categories(
    texts: Iterable[str], *, arxiv: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return categories and keywords; arXiv mixes MSC and ACM classes among its categories."""
    terms = [term for text in texts if (term := text.strip())]
    if not arxiv:
        return (), tuple(terms)
    own = tuple(term for term in terms if _ARXIV_CATEGORY.fullmatch(term))
    return own, tuple(term for term in terms if term not in own)
