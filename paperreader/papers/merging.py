"""When two records are one paper, and the one paper that they make."""

import re
from collections.abc import Mapping
from dataclasses import replace

from paperreader.papers.identifiers import STRONG_SCHEMES
from paperreader.papers.paper import Link, Paper, value_of
from paperreader.papers.titles import fold

# Of the words of the shorter abstract, the share that has to be in the longer one. Copies of one
# abstract differ by LaTeX, hyphenation and cuts, which leaves more than nine tenths in common;
# two papers of one field share about a third.
_AGREEMENT = 0.7
_ARXIV_DOI = "10.48550/"
_CUT_MARKS = ("…", "...", "[...]", "[…]")


def are_different(one: Paper, other: Paper, below: str = "") -> bool:
    """Whether the strongest scheme that names both gives them different names.

    Two different arXiv ids are two papers, whatever else is said of them. arXiv's own DOI is none
    to compare: a journal gives the same paper another one. Only schemes stronger than `below`
    count, where that is given: two papers that share a DOI are told apart by arXiv ids alone.
    """
    for scheme in STRONG_SCHEMES:
        if scheme == below:
            return False
        names = [paper.identifiers.get(scheme, "") for paper in (one, other)]
        if all(names) and not any(name.startswith(_ARXIV_DOI) for name in names):
            return names[0] != names[1]
    return False


def same_by_title(known: Paper, new: Paper) -> bool:
    """Whether two records of equal normalised title and no shared identifier are one paper."""
    if are_different(known, new):
        return False
    if known.abstract and new.abstract:
        return abstracts_agree(known.abstract, new.abstract)
    if known.authors and new.authors:
        return _surnames(known) == _surnames(new)
    has_id = [any(s in paper.identifiers for s in STRONG_SCHEMES) for paper in (known, new)]
    return not all(has_id)


def abstracts_agree(one: str, other: str) -> bool:
    """Whether two abstracts are copies of one text, one of them perhaps cut short."""
    shorter, longer = sorted((set(fold(one).split()), set(fold(other).split())), key=len)
    return len(shorter & longer) >= _AGREEMENT * len(shorter)


def merged(known: Paper, new: Paper) -> Paper:
    """Return `known` with what `new` adds to it.

    Identifiers, links, categories and keywords are united, empty fields filled, a longer abstract
    replaces a cut one, a more precise date a rough one; numbers that move (votes, stars) are the
    newer ones.
    """
    filled = new.title if known.pending and not new.pending else known.title
    whole = replace(
        known,
        title=filled or new.title,
        abstract=_better_abstract(known.abstract, new.abstract),
        authors=known.authors or new.authors,
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
        upvotes=known.upvotes if new.upvotes is None else new.upvotes,
        comments=known.comments if new.comments is None else new.comments,
        stars=known.stars if new.stars is None else new.stars,
        pending=known.pending and new.pending,
        kind=known.kind or new.kind,
        editors=known.editors or new.editors,
        fields={**new.fields, **known.fields},
        citation_key=known.citation_key or new.citation_key,
    )
    return replace(whole, bibtex=_bibtex_of(whole, known, new))


def merged_note(known: str, new: str) -> str:
    """Return one note that says what two of them say: one that holds the other, or both."""
    if _says(known, new):
        return known
    return new if _says(new, known) else f"{known}\n{new}"


def _says(note: str, told: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(told)}(?!\w)", note) is not None


def _surnames(paper: Paper) -> set[str]:
    return {fold(author).split()[-1] for author in paper.authors if fold(author)}


def _better_abstract(known: str, new: str) -> str:
    if not known or not new or len(new) <= len(known):
        return known or new
    mark = next((mark for mark in _CUT_MARKS if known.endswith(mark)), "")
    told = fold(known.removesuffix(mark))
    return new if mark or fold(new).startswith(told) else known


def _more_precise(known: str, new: str) -> str:
    return new if new.startswith(known) else known


def _bibtex_of(whole: Paper, *papers: Paper) -> dict[str, str]:
    """Return the LaTeX of the values that `whole` has from one of `papers`."""
    bibtex: dict[str, str] = {}
    for paper in papers:
        for name, latex in paper.bibtex.items():
            if value_of(paper, name) == value_of(whole, name):
                bibtex.setdefault(name, latex)
    return bibtex


def _joined(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known + new))


def _joined_identifiers(known: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The known ones stay, but a journal's DOI says more than arXiv's own."""
    joined = {**new, **known}
    if "doi" in new and joined["doi"].startswith(_ARXIV_DOI):
        joined["doi"] = new["doi"]
    return joined


def _joined_links(known: tuple[Link, ...], new: tuple[Link, ...]) -> tuple[Link, ...]:
    """The known ones come first; one address is one link, whatever kind it was called."""
    by_url = {link.url.rstrip("/"): link for link in reversed(known + new)}
    return tuple(reversed(by_url.values()))
