"""Which of a paper's links to give, open or copy."""

from paperreader.papers.paper import Link, LinkKind, Paper

_BEST_FIRST = (LinkKind.PAGE, LinkKind.PAPER, LinkKind.PROJECT, LinkKind.PDF, LinkKind.CODE)


def best_url(paper: Paper) -> str:
    """Return the one address to give for the paper, its page before all others; '' if none."""
    return next((url for kind in _BEST_FIRST if (url := paper.link(kind))), "")


def other_links(paper: Paper) -> list[Link]:
    """Return the paper's further links, in their order."""
    best = best_url(paper)
    return [link for link in paper.links if link.url != best]
