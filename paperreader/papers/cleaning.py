"""Cleaning papers from a source: safe to show, and without placeholders."""

from collections.abc import Mapping
from dataclasses import replace

from paperreader import text
from paperreader.papers.accents import accented_name, accented_words
from paperreader.papers.bounds import MOST_LINKS, AnyPaper, bounded
from paperreader.papers.identifiers import clean_identifiers
from paperreader.papers.paper import BibEntry, Link
from paperreader.papers.placeholders import is_placeholder


def cleaned(paper: AnyPaper) -> AnyPaper:
    """Return the paper with every text safe to show and every link safe to open.

    Whatever exceeds `papers.bounds` is cut. Addresses inside the abstract become links too, and
    placeholders such as "[No abstract available]" are left out; a title stays. Accents that stand
    beside a letter go on it.
    """
    paper, _ = bounded(paper)
    abstract = _unless_placeholder(text.paragraphs(paper.abstract))
    links = [Link(link.kind, text.line(link.url)) for link in paper.links]
    links += [Link.of(url) for url in text.urls(abstract)]
    return replace(
        paper,
        title=accented_words(text.line(paper.title)),
        abstract=abstract,
        authors=_people(paper.authors),
        published=text.line(paper.published),
        updated=text.line(paper.updated),
        venue=_unless_placeholder(text.line(paper.venue)),
        categories=_lines(paper.categories),
        keywords=_without_placeholders(_lines(paper.keywords)),
        links=_safe_links(links)[:MOST_LINKS],
        identifiers=clean_identifiers(paper.identifiers),
        comment=_unless_placeholder(text.line(paper.comment)),
        summary=_unless_placeholder(text.paragraphs(paper.summary)),
        organization=text.line(paper.organization),
        kind=text.line(paper.kind).lower(),
        editors=_people(paper.editors),
        fields={n: t for n, t in _texts(paper.fields).items() if not is_placeholder(t)},
        citation_key=text.line(paper.citation_key),
        bibtex=_texts(paper.bibtex),
        other_titles=_lines(paper.other_titles),
        entries=tuple(_entry(each) for each in paper.entries if text.line(each.key)),
    )


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for value in values if (clean := text.line(value))))


def _people(names: tuple[str, ...]) -> tuple[str, ...]:
    return _without_placeholders(tuple(dict.fromkeys(map(accented_name, _lines(names)))))


def _unless_placeholder(value: str) -> str:
    return "" if value and is_placeholder(value) else value


def _without_placeholders(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if not is_placeholder(value))


def _entry(entry: BibEntry) -> BibEntry:
    kind = text.line(entry.kind).lower()
    return BibEntry(text.line(entry.key), kind, _texts(entry.fields))


def _texts(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values safe to show, under names in lower case; empty ones are left out."""
    if not values:
        return {}
    clean = {text.line(name).lower(): text.paragraphs(value) for name, value in values.items()}
    return {name: value for name, value in clean.items() if name and value}


def _safe_links(links: list[Link]) -> tuple[Link, ...]:
    """Return the links with addresses that may be opened, each once."""
    by_url: dict[str, Link] = {}
    for link in links:
        if text.is_web_address(link.url):
            by_url.setdefault(link.url.rstrip("/"), link)
    return tuple(by_url.values())
