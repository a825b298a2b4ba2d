"""Whether what a service found is certainly the paper that was asked for, and what it adds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from paperreader.papers.identifiers import STRONG_SCHEMES
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.titles import bare, fold

# Shares of the words of the shorter abstract that are also in the longer one. Two copies of one
# abstract share more than nine tenths, a rewritten one about six; two papers of one field a third,
# and fewer of the longer words.
_COPY = 0.7
_REWRITTEN = 0.5
# Words that an abstract has at least; two in a thousand of arXiv's have fewer.
_WHOLE = 12
# Words that a title needs in order to name a paper by itself.
_TELLING_TITLE = 4
# A preprint comes out as a paper within so many years.
_YEARS = 3


def the_match(known: Paper, candidates: Iterable[Paper]) -> Paper | None:
    """Return the one of `candidates` that is certainly `known`, or None.

    Where several are, and name different papers, none is certain.
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


def is_certain(known: Paper, found: Paper) -> bool:
    """Whether `found` is `known`, by its title and whatever else both of them say.

    The titles have to be equal but for punctuation, the authors to agree where both are known.
    Without authors the abstracts have to be copies, or one of them a rewritten one if the title is
    one that hardly two papers have; without abstracts such a title is enough.
    """
    if bare(known.title) != bare(found.title) or _named_differently(known, found):
        return False
    if known.authors and found.authors:
        return _authors_agree(known.authors, found.authors)
    words = {word for word in fold(known.title).split() if len(word) > 2}
    telling = len(words) >= _TELLING_TITLE
    if _is_whole(known.abstract) and _is_whole(found.abstract):
        if _alike(known.abstract, found.abstract) >= _COPY:
            return True
        rewritten = _share(_telling(known.abstract), _telling(found.abstract)) >= _REWRITTEN
        return telling and rewritten
    return telling and not _years_apart(known, found)


def is_plausible(known: Paper, found: Paper) -> bool:
    """Whether `found`, which a service has under the identifier of `known`, may well be it.

    The title or the abstract may have changed from one version to the next; an identifier that
    was copied wrongly leads to a paper with neither.
    """
    if known.pending or not known.title or bare(known.title) == bare(found.title):
        return True
    if known.abstract and found.abstract:
        return _share(_telling(known.abstract), _telling(found.abstract)) >= _REWRITTEN
    same_title = _share(_telling(known.title), _telling(found.title)) >= _REWRITTEN
    if known.authors and found.authors:
        return same_title and _authors_agree(known.authors, found.authors)
    return same_title


def completed(known: Paper, found: Paper) -> Paper:
    """Return `known` with what it lacks from `found`; what it has stays as it is.

    Of numbers that move, votes and stars, the newer ones count.
    """
    own = {s: i for s, i in found.identifiers.items() if s in STRONG_SCHEMES}
    return replace(
        known,
        title=found.title if known.pending else known.title,
        pending=known.pending and found.pending,
        abstract=known.abstract or found.abstract,
        authors=known.authors or found.authors,
        published=_more_precise(known.published, found.published),
        updated=known.updated or found.updated,
        venue=known.venue or found.venue,
        categories=known.categories or found.categories,
        keywords=known.keywords or found.keywords,
        links=_with_new_kinds(known, found.links),
        identifiers={**own, **known.identifiers},
        comment=known.comment or found.comment,
        summary=known.summary or found.summary,
        organization=known.organization or found.organization,
        upvotes=known.upvotes if found.upvotes is None else found.upvotes,
        comments=known.comments if found.comments is None else found.comments,
        stars=known.stars if found.stars is None else found.stars,
        kind=known.kind or found.kind,
        editors=known.editors or found.editors,
        fields={**found.fields, **known.fields},
    )


def missing(paper: Paper) -> set[str]:
    """Return what is not known of a paper, in the words of the report."""
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
    """Whether an abstract is long enough to be compared, and no placeholder."""
    return len(fold(abstract).split()) >= _WHOLE


def _named_differently(known: Paper, found: Paper) -> bool:
    """Whether the strongest scheme that names both names them differently."""
    for scheme in STRONG_SCHEMES:
        names = [paper.identifiers.get(scheme, "") for paper in (known, found)]
        if all(names) and not any(name.startswith("10.48550/") for name in names):
            return names[0] != names[1]
    return False


def _authors_agree(known: Sequence[str], found: Sequence[str]) -> bool:
    """Whether most surnames of the shorter list are among the words of the longer one.

    "and others" and initials say nothing; a list of 500 may be cut after the first one.
    """
    lists = [[_surname(name) for name in names if _surname(name)] for names in (known, found)]
    shorter = min(lists, key=len)
    others = found if shorter is lists[0] else known
    words = {word for name in others for word in fold(name).split()}
    agreeing = sum(name in words for name in shorter)
    return 2 * agreeing > len(shorter) or not shorter


def _surname(name: str) -> str:
    family = name.partition(",")[0] if "," in name else name
    words = [word for word in fold(family).split() if len(word) > 1]
    return "" if words[-1:] in (["others"], ["al"]) else words[-1] if words else ""


def _years_apart(known: Paper, found: Paper) -> bool:
    years = [paper.year for paper in (known, found)]
    return all(year.isdecimal() for year in years) and abs(int(years[0]) - int(years[1])) > _YEARS


def _alike(one: str, other: str) -> float:
    return _share(set(fold(one).split()), set(fold(other).split()))


def _share(one: set[str], other: set[str]) -> float:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter & longer) / max(1, len(shorter))


def _telling(text: str) -> set[str]:
    """Return the words of a text but for the short ones, which are in every text."""
    return {word for word in fold(text).split() if len(word) > 3}


def _more_precise(known: str, found: str) -> str:
    """Return the date that says more, if they agree."""
    return found if found.startswith(known) else known


def _with_new_kinds(known: Paper, links: Sequence[Link]) -> tuple[Link, ...]:
    """Return the known links, and of the others those of a kind that was not there."""
    kinds = {link.kind for link in known.links}
    return known.links + tuple(
        link for link in links if link.kind not in kinds and not re.search(r"\s", link.url)
    )
