"""What the records of all reference managers share: addresses and identifiers in many dresses."""

import re
from collections.abc import Iterable, Mapping

from paperreader import text
from paperreader.papers.identifiers import (
    STRONG_SCHEMES,
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


def dois_in(told: str) -> list[str]:
    """Return the DOIs that stand anywhere in `told`."""
    return [found for match in DOI.finditer(told) if (found := doi(_trimmed(match.group())))]


def arxiv_in(told: str) -> str:
    """Return the arXiv id that `told` is or names as such, or an empty text."""
    match = _ARXIV.search(told)
    return arxiv_id(told) or (arxiv_id(match.group(1)) if match else "")


def isbn_in(told: str) -> str:
    """Return the first ISBN in `told` without its hyphens, or an empty text."""
    match = _ISBN.search(told)
    return re.sub(r"[- ]", "", match.group()).upper() if match else ""


def addresses_in(told: str) -> list[str]:
    """Return the web addresses of a field that is meant to hold nothing else."""
    told = told.strip()
    if told[:4].lower() == "www.":
        told = f"https://{told}"
    return list(text.urls(told))


def links_to(addresses: Iterable[str]) -> tuple[Link, ...]:
    """Return the links of a record's addresses, each once; the first is its page or its PDF."""
    links = [Link.of(address) for address in dict.fromkeys(addresses)]
    if links and links[0].kind in (LinkKind.PROJECT, LinkKind.PAPER):
        links[0] = Link(LinkKind.PAGE, links[0].url)
    return tuple(links)


def stand_in(identifiers: Mapping[str, str]) -> str:
    """Return what a paper is called while its title is still to be filled in: its strongest id."""
    scheme = next((scheme for scheme in STRONG_SCHEMES if scheme in identifiers), "")
    told = identifiers.get(scheme, "")
    return f"{scheme.upper()} {told}" if told.isdigit() else told


def is_arxiv_venue(venue: str) -> bool:
    """Whether a journal's name only says that the paper is on arXiv."""
    return venue.lower().startswith(("arxiv", "corr")) and len(venue) < 60


def _trimmed(found: str) -> str:
    """Cut off what belongs to the sentence around a DOI, or names a view of the article."""
    found = up_to_unopened_bracket(text.without_sentence(found)).rstrip("';")
    return re.sub(r"/(?:full|abstract|pdf|epdf|meta)$", "", found)
