"""Choose which of a paper's links to show, open or copy."""

from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.schemes import address_of

_PAGES = (LinkKind.PAGE, LinkKind.PAPER, LinkKind.PROJECT)
# Identifiers that every bibliographic format has a field for.
_OWN_FIELDS = ("doi", "pmid", "pmcid")
_BEST_FIRST = (*_PAGES, LinkKind.PDF, LinkKind.CODE)


def best_url(paper: Paper) -> str:
    """Return the best address of the paper, preferably that of its page, or '' if there is none."""
    return next((url for kind in _BEST_FIRST if (url := paper.link(kind))), "")


def address_to_write(paper: Paper) -> str:
    """Return the best address, but none that only repeats a DOI or an id of PubMed."""
    url = best_url(paper)
    implied = {address_of({s: paper.identifiers[s]}, "page") for s in _OWN_FIELDS
               if s in paper.identifiers}  # fmt: skip
    is_given = any(link.url == url for link in paper.links)
    return url if is_given or url not in implied else ""


def page_url(paper: Paper) -> str:
    """Return the address of a page about the paper, its own before all others; '' if none."""
    return next((url for kind in _PAGES if (url := paper.link(kind))), "")


def other_links(paper: Paper) -> list[Link]:
    """Return the paper's other links, in their order."""
    best = best_url(paper)
    return [link for link in paper.links if link.url != best]
