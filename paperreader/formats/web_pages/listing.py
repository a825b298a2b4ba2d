"""Web pages that list papers: arXiv's listings and searches, proceedings, saved reading lists.

Such a page is read like Markdown: headings, items and paragraphs with links. The pages of arXiv
are read by their own classes and labels.
"""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from paperreader.formats.base import Item
from paperreader.formats.common.dates import iso_date
from paperreader.formats.common.html_tags import Tag, tags
from paperreader.formats.common.people import people_in
from paperreader.formats.markdown.blocks import Block, Span
from paperreader.formats.markdown.markdown import papers_of
from paperreader.papers.identifiers import identifiers_in
from paperreader.papers.paper import Link, LinkKind, Paper

_IS_ARXIV = re.compile(r"class\s*=\s*[\"']?(?:list-title|arxiv-result)\b")
_ARXIV_HOST = "https://arxiv.org"
_LABEL = re.compile(r"^\s*(?:Title|Authors?|Subjects?|Comments?|Abstract|Journal-ref):\s*")
_SUBMITTED = re.compile(r"Submitted\s+(\d{1,2} \w+,? \d{4})")
_SUBJECT = re.compile(r"\b([a-z-]+(?:\.[A-Za-z-]+)?)(?=\)|\s|$)")
_STRONG = frozenset(("b", "strong"))
_EMPHASIS = frozenset(("i", "em"))
_INLINE = frozenset(
    "a abbr b br code em font i img mark small span strong sub sup u wbr input".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def papers(markup: str, url: str) -> Iterator[Item]:
    """Yield the papers that a page at `url` lists: those whose titles are linked to a paper."""
    if _IS_ARXIV.search(markup):
        yield from _arxiv_papers(markup)
        return
    for item in papers_of(_blocks(markup, url)):
        if isinstance(item, Paper) and not item.pending:
            yield item


def _arxiv_papers(markup: str) -> Iterator[Paper]:
    """Yield the papers of a listing (`<dt>`, `<dd>`) or of a search (`<li>`)."""
    entry: dict[str, str] = {}
    field, depth, number = "", 0, ""
    for tag in tags(markup):
        if field:
            entry[field] = entry.get(field, "") + html.unescape(tag.text)
        if tag.name == "a" and not tag.is_end and not number:
            number = identifiers_in(urljoin(_ARXIV_HOST, tag.attribute("href"))).get("arxiv", "")
        if tag.name in ("dt", "li") and not tag.is_end and (entry or tag.name == "dt"):
            yield from _arxiv_paper(entry, number)
            entry, field, number = {}, "", ""
        elif field and tag.name not in _INLINE:
            depth += -1 if tag.is_end else 1
            field = "" if depth <= 0 else field
        elif name := _field_of(tag):
            field, depth = name, 1
    yield from _arxiv_paper(entry, number)


def _field_of(tag: Tag) -> str:
    if tag.is_end or "class" not in tag.attributes:
        return ""
    names = set(tag.attribute("class").split())
    if {"title", "is-5"} <= names or ("list-title" in names and tag.name == "div"):
        return "title"
    if names & {"list-authors", "authors"}:
        return "authors"
    if names & {"list-subjects", "list-comments", "list-journal-ref"}:
        return next(iter(names & {"list-subjects", "list-comments", "list-journal-ref"}))
    if "abstract-full" in names or ("mathjax" in names and tag.name == "p"):
        return "abstract"
    return "dates" if "is-size-7" in names and tag.name == "p" else ""


def _arxiv_paper(entry: dict[str, str], number: str) -> Iterator[Paper]:
    fields = {name: _LABEL.sub("", " ".join(value.split())) for name, value in entry.items()}
    if not (number and fields.get("title")):
        return
    submitted = _SUBMITTED.search(fields.get("dates", ""))
    subjects = re.findall(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)", fields.get("list-subjects", ""))
    yield Paper(
        fields["title"],
        abstract=fields.get("abstract", "").removesuffix("△ Less").strip(),
        authors=people_in(fields.get("authors", "")),
        published=iso_date(submitted[1]) if submitted else "",
        venue=fields.get("list-journal-ref", ""),
        categories=tuple(dict.fromkeys(subjects)),
        links=(Link(LinkKind.PAGE, f"{_ARXIV_HOST}/abs/{number}"),),
        identifiers={"arxiv": number},
        comment=fields.get("list-comments", ""),
    )


def _blocks(markup: str, url: str) -> list[Block]:
    """Return the headings, list items and paragraphs of a page with the links inside them."""
    blocks: list[Block] = []
    spans: list[Span] = []
    target, strong, emphasis, level, line = "", 0, 0, 0, 1
    kind = "paragraph"
    for tag in tags(markup):
        words = html.unescape(" ".join(tag.text.split()))
        if words:
            spans.append(Span(f"{words} ", target, strong > 0, emphasis > 0))
        line += tag.text.count("\n") + tag.newlines
        turn = -1 if tag.is_end else 1
        if tag.name == "a":
            target = "" if tag.is_end else _absolute(tag.attribute("href"), url)
        elif tag.name in _STRONG:
            strong = max(strong + turn, 0)
        elif tag.name in _EMPHASIS:
            emphasis = max(emphasis + turn, 0)
        elif tag.name == "br":
            spans.append(Span("\n\n"))
        elif tag.name not in _INLINE:
            if any(span.text.strip() for span in spans):
                blocks.append(Block(kind, line, level, spans))
            spans = []
            level = _HEADINGS.get(tag.name, 0) if not tag.is_end else 0
            kind = "heading" if level else "item" if tag.name in ("li", "tr") else "paragraph"
    if any(span.text.strip() for span in spans):
        blocks.append(Block("paragraph", line, spans=spans))
    return blocks


def _absolute(href: str, url: str) -> str:
    try:
        address = urljoin(url, href.strip()) if url else href.strip()
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""
