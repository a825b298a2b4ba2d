"""Merge several records of a paper into one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce

from paperreader.papers.bibtex_fields import value_of
from paperreader.papers.bounds import bounded
from paperreader.papers.identifiers import is_preprint_doi
from paperreader.papers.names import fullest, shared_people
from paperreader.papers.paper import BibEntry, Link, Paper
from paperreader.papers.titles import bare, fold

_CUT_MARKS = ("…", "...", "[...]", "[…]")


def combined(papers: Iterable[Paper]) -> Paper:
    """Return the paper merged from records of it, whatever their order.

    The published version goes before a preprint, a newer version before an older one, and a
    fuller record before a shorter one; the others fill its empty fields.
    """
    return reduce(merged, sorted(papers, key=authority, reverse=True))


def authority(paper: Paper) -> tuple[object, ...]:
    """Return a sort key for the records of a paper; the largest goes before the others."""
    version = paper.fields.get("version", "").lstrip("v")
    return (
        not paper.pending,
        bool(paper.authors),
        bool(paper.venue),
        bool(paper.abstract),
        paper.updated or paper.published,
        version.zfill(4) if version.isdecimal() else "",
        len(paper.authors),
        len(paper.abstract),
        len(paper.fields),
        repr(paper),
    )


def merged(known: Paper, new: Paper) -> Paper:
    """Return `known` with the additions of `new`.

    Identifiers, links, categories and keywords are united and empty fields filled; a longer
    abstract replaces a truncated one, a more precise date a rough one; of counts (votes, stars)
    the larger is kept. A title that is replaced is kept among the other titles.
    """
    title = (new.title if known.pending and not new.pending else known.title) or new.title
    whole = replace(
        known,
        title=title,
        other_titles=_other_titles(title, known, new),
        abstract=_better_abstract(known.abstract, new.abstract),
        authors=_more_authors(known.authors, new.authors),
        published=_more_precise(known.published, new.published),
        updated=max(known.updated, new.updated),
        venue=known.venue or new.venue,
        categories=_joined(known.categories, new.categories),
        keywords=_joined(known.keywords, new.keywords),
        links=_joined_links(known.links, new.links),
        identifiers=_joined_identifiers(known.identifiers, new.identifiers),
        comment=known.comment or new.comment,
        summary=known.summary or new.summary,
        organization=known.organization or new.organization,
        upvotes=_larger(known.upvotes, new.upvotes),
        comments=_larger(known.comments, new.comments),
        stars=_larger(known.stars, new.stars),
        pending=known.pending and new.pending,
        kind=known.kind or new.kind,
        editors=known.editors or new.editors,
        fields=_united(known.fields, new.fields),
        citation_key=known.citation_key or new.citation_key,
    )
    whole = replace(whole, entries=_joined_entries(known, new))
    # Each record is within the bounds, but thousands of one paper would not be together.
    whole, _ = bounded(replace(whole, bibtex=_bibtex_of(whole, known, new)))
    return whole


def merged_note(known: str, new: str) -> str:
    """Return one note with the text of both: the one that contains the other, or both."""
    if _contains(known, new):
        return known
    return new if _contains(new, known) else f"{known}\n{new}"


def _contains(note: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", note) is not None


def _other_titles(title: str, *papers: Paper) -> tuple[str, ...]:
    """Return the titles of `papers` that are not just another spelling of `title`."""
    titles = {
        bare(each): each
        for paper in reversed(papers)
        for each in (*reversed(paper.other_titles), paper.title)
        if not (paper.pending and each == paper.title)
    }
    titles.pop(bare(title), None)
    return tuple(reversed(titles.values()))


def _more_authors(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Return `new` if it has all the people of `known` and more, else `known`.

    Each name is in the fuller of its two forms.
    """
    if known == new:
        return known
    if len(new) > len(known) and shared_people(known, new) == len(known):
        return fullest(new, known)
    return fullest(known, new)


def _larger(known: int | None, new: int | None) -> int | None:
    return max((count for count in (known, new) if count is not None), default=None)


def _better_abstract(known: str, new: str) -> str:
    if not known or not new or len(new) <= len(known):
        return known or new
    mark = next((mark for mark in _CUT_MARKS if known.endswith(mark)), "")
    prefix = fold(known.removesuffix(mark))
    return new if mark or fold(new).startswith(prefix) else known


def _more_precise(known: str, new: str) -> str:
    return new if new.startswith(known) else known


def _bibtex_of(whole: Paper, *papers: Paper) -> dict[str, str]:
    """Return the LaTeX of the values that `whole` took from one of `papers`."""
    bibtex: dict[str, str] = {}
    for paper in papers:
        for name, latex in paper.bibtex.items():
            if value_of(paper, name) == value_of(whole, name):
                bibtex.setdefault(name, latex)
    return bibtex


def _joined_entries(known: Paper, new: Paper) -> tuple[BibEntry, ...]:
    """Return the BibTeX entries of both papers, if they have several keys; `known` goes first."""
    by_key: dict[str, BibEntry] = {}
    for each in (*_entries(known), *_entries(new)):
        by_key.setdefault(each.key, each)
    return tuple(by_key.values()) if len(by_key) > 1 else ()


def _entries(paper: Paper) -> tuple[BibEntry, ...]:
    is_cited = paper.citation_key and paper.bibtex
    own = (BibEntry(paper.citation_key, paper.kind, paper.bibtex),) if is_cited else ()
    return paper.entries or own


def _joined(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known + new))


def _joined_identifiers(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the union; known values stay, but a journal's DOI replaces that of a preprint."""
    joined = _united(known, new)
    if "doi" in new and is_preprint_doi(joined["doi"]):
        joined["doi"] = new["doi"]
    return joined


def _united(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the union, in the order of the known values, then of the new."""
    return {**known, **{name: value for name, value in new.items() if name not in known}}


def _joined_links(known: tuple[Link, ...], new: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the union, known links first; each address once, whatever the kind of its link."""
    by_url = {link.url.rstrip("/"): link for link in reversed(known + new)}
    return tuple(reversed(by_url.values()))
