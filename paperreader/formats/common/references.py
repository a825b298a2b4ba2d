"""Addresses and identifiers in free-text fields of references."""

import re
from collections.abc import Iterable

from paperreader import text
from paperreader.papers.identifiers import (
    arxiv_id,
    doi,
    up_to_unopened_bracket,
)
from paperreader.papers.paper import Link, LinkKind

DOI = re.compile(r"10\.\d{4,9}/[^\s\"“”{}|]+", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:arxiv|corr)\b[^\d\n]{0,30}?(?:abs/)?"
    r"(?<![\d.])(\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?!\d)",
    re.IGNORECASE,
)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])")


def dois_in(field: str) -> list[str]:
    """Return the DOIs in `field`."""
    candidates = (doi(_trimmed(match.group())) for match in DOI.finditer(field))
    return list(filter(None, candidates))


def arxiv_in(field: str) -> str:
    """Return the arXiv id that `field` is or contains, or ''."""
    match = _ARXIV.search(field)
    return arxiv_id(field) or (arxiv_id(match.group(1)) if match else "")


def isbn_in(field: str) -> str:
    """Return the first ISBN in `field` without hyphens, or ''."""
    match = _ISBN.search(field)
    return re.sub(r"[- ]", "", match.group()).upper() if match else ""


def addresses_in(field: str) -> list[str]:
    """Return the web addresses in a field that should hold nothing else."""
    field = field.strip()
    if field[:4].lower() == "www.":
        field = f"https://{field}"
    return list(text.urls(field))


def links_to(addresses: Iterable[str]) -> tuple[Link, ...]:
    """Return links to a record's addresses, without duplicates; the first is its page or PDF."""
    links = [Link.of(address) for address in dict.fromkeys(addresses)]
    if links and links[0].kind in (LinkKind.PROJECT, LinkKind.PAPER):
        links[0] = Link(LinkKind.PAGE, links[0].url)
    return tuple(links)


def is_arxiv_venue(venue: str) -> bool:
    """Whether a journal's name only says that the paper is on arXiv, as "CoRR" does."""
    return venue.lower().startswith(("arxiv", "corr")) and len(venue) < 60


def _trimmed(name: str) -> str:
    """Remove the punctuation around a DOI, and the suffix of a view such as /pdf."""
    name = up_to_unopened_bracket(text.without_sentence(name)).rstrip("';")
    return re.sub(r"/(?:full|abstract|pdf|epdf|meta)$", "", name)
