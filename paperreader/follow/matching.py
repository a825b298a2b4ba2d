"""Whether a service's result is the paper that was looked up, and what it adds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from paperreader.papers.generic_titles import is_generic
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.papers.titles import bare, fold

# Share of the shorter abstract's words that are in the longer one. Copies of an abstract share more
# than 0.9, a rewrite about 0.6; two papers of one field about 0.33, and less of the longer words.
_COPY = 0.7
_REWRITTEN = 0.5
# Fewest words of a whole abstract; 0.2 % of arXiv's have fewer.
_WHOLE = 12
# Fewest words of a title that identifies a paper by itself.
_TELLING_TITLE = 4
# Most years between a preprint and its publication.
_YEARS = 3


def the_match(known: Paper, candidates: Iterable[Paper]) -> Paper | None:
    """Return the candidate that is certainly `known`, or None.

    None also where several match and are different papers.
    """
    certain: dict[str, Paper] = {}
    for candidate in candidates:
        if is_certain(known, candidate):
            certain.setdefault(candidate.key, candidate)
    if len(certain) > 1 and known.abstract:
        # The same title twice, such as a report and its sequel: the abstract decides.
        alike = {
            key: paper
            for key, paper in certain.items()
            if paper.abstract and _alike(known.abstract, paper.abstract) >= _COPY
        }
        certain = alike or certain
    return next(iter(certain.values())) if len(certain) == 1 else None


def is_certain(known: Paper, candidate: Paper) -> bool:
    """Whether `candidate` is `known`, by title and the other facts that both have.

    The titles must be equal except for punctuation, and the authors must agree if both are known;
    that is enough unless the title is that of many works, such as Introduction. Otherwise the
    abstracts must be copies; with a distinctive title a rewrite will do. Without abstracts, a
    distinctive title is enough.
    """
    if bare(known.title) != bare(candidate.title) or _named_differently(known, candidate):
        return False
    if known.authors and candidate.authors:
        if not _authors_agree(known.authors, candidate.authors):
            return False
        if not is_generic(known.title):
            return True
    words = {word for word in fold(known.title).split() if len(word) > 2}
    telling = len(words) >= _TELLING_TITLE
    if _is_whole(known.abstract) and _is_whole(candidate.abstract):
        if _alike(known.abstract, candidate.abstract) >= _COPY:
            return True
        rewritten = _share(_telling(known.abstract), _telling(candidate.abstract)) >= _REWRITTEN
        return telling and rewritten
    return telling and not _years_apart(known, candidate)


def is_plausible(known: Paper, candidate: Paper) -> bool:
    """Whether `candidate`, a service's record for an identifier of `known`, may be the same paper.

    Title or abstract may change between versions; a wrong identifier leads to a paper that shares
    neither.
    """
    if known.pending or not known.title or bare(known.title) == bare(candidate.title):
        return True
    if known.abstract and candidate.abstract:
        return _share(_telling(known.abstract), _telling(candidate.abstract)) >= _REWRITTEN
    same_title = _share(_telling(known.title), _telling(candidate.title)) >= _REWRITTEN
    if known.authors and candidate.authors:
        return same_title and _authors_agree(known.authors, candidate.authors)
    return same_title


def completed(known: Paper, candidate: Paper) -> Paper:
    """Return `known`, with missing facts filled in from `candidate`.

    For counts that change, votes and stars, those of `candidate` win.
    """
    own = {s: i for s, i in candidate.identifiers.items() if s in STRONG_SCHEMES}
    return replace(
        known,
        title=candidate.title if known.pending else known.title,
        pending=known.pending and candidate.pending,
        abstract=known.abstract or candidate.abstract,
        authors=known.authors or candidate.authors,
        published=_more_precise(known.published, candidate.published),
        updated=known.updated or candidate.updated,
        venue=known.venue or candidate.venue,
        categories=known.categories or candidate.categories,
        keywords=known.keywords or candidate.keywords,
        links=_with_new_kinds(known, candidate.links),
        identifiers={**own, **known.identifiers},
        comment=known.comment or candidate.comment,
        summary=known.summary or candidate.summary,
        organization=known.organization or candidate.organization,
        upvotes=known.upvotes if candidate.upvotes is None else candidate.upvotes,
        comments=known.comments if candidate.comments is None else candidate.comments,
        stars=known.stars if candidate.stars is None else candidate.stars,
        kind=known.kind or candidate.kind,
        editors=known.editors or candidate.editors,
        fields={**candidate.fields, **known.fields},
    )


def missing(paper: Paper) -> set[str]:
    """Return the names of a paper's missing facts, as the report shows them."""
    facts = {
        "authors": paper.authors,
        "date": len(paper.published) >= len("2025-01"),
        "categories": paper.categories,
        "abstract": paper.abstract,
        "DOI": paper.identifiers.get("doi"),
        "PDF": paper.link(LinkKind.PDF),
        "code": paper.link(LinkKind.CODE),
        "title": not paper.pending,
    }
    return {name for name, known in facts.items() if not known}


def _is_whole(abstract: str) -> bool:
    """Whether an abstract is long enough to compare, and not a placeholder."""
    return len(fold(abstract).split()) >= _WHOLE


def _named_differently(known: Paper, candidate: Paper) -> bool:
    """Whether the identifiers of the strongest shared scheme differ."""
    for scheme in STRONG_SCHEMES:
        names = [paper.identifiers.get(scheme, "") for paper in (known, candidate)]
        if all(names) and not any(name.startswith("10.48550/") for name in names):
            return names[0] != names[1]
    return False


def _authors_agree(known: Sequence[str], candidate: Sequence[str]) -> bool:
    """Whether most surnames of the shorter list are among the words of the longer one.

    "and others" and initials are ignored; a list of 500 may be cut after the first name.
    """
    lists = [[_surname(name) for name in names if _surname(name)] for names in (known, candidate)]
    shorter = min(lists, key=len)
    others = candidate if shorter is lists[0] else known
    words = {word for name in others for word in fold(name).split()}
    agreeing = sum(name in words for name in shorter)
    return 2 * agreeing > len(shorter) or not shorter


def _surname(name: str) -> str:
    family = name.partition(",")[0] if "," in name else name
    words = [word for word in fold(family).split() if len(word) > 1]
    return "" if words[-1:] in (["others"], ["al"]) else words[-1] if words else ""


def _years_apart(known: Paper, candidate: Paper) -> bool:
    years = [paper.year for paper in (known, candidate)]
    return all(year.isdecimal() for year in years) and abs(int(years[0]) - int(years[1])) > _YEARS


def _alike(left: str, right: str) -> float:
    return _share(set(fold(left).split()), set(fold(right).split()))


def _share(left: set[str], right: set[str]) -> float:
    shorter, longer = sorted((left, right), key=len)
    return len(shorter & longer) / max(1, len(shorter))


def _telling(text: str) -> set[str]:
    """Return the words of a text longer than three letters."""
    return {word for word in fold(text).split() if len(word) > 3}


def _more_precise(known: str, candidate: str) -> str:
    """Return the more precise date if the two agree, else `known`."""
    return candidate if candidate.startswith(known) else known


def _with_new_kinds(known: Paper, links: Sequence[Link]) -> tuple[Link, ...]:
    """Return the known links, and those of `links` of kinds that it lacks."""
    kinds = {link.kind for link in known.links}
    return known.links + tuple(
        link for link in links if link.kind not in kinds and not re.search(r"\s", link.url)
    )
