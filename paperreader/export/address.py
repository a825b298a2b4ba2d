"""Where a paper is to be found, and in what it appeared."""

import re

from paperreader.papers.paper import Link, LinkKind, Paper

_CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|conf\.|workshop|symposium|meeting of"
    r"|neurips|nips|icml|iclr|aaai|ijcai|acl|emnlp|naacl|eacl|coling|cvpr|iccv|eccv|icra|interspeech"
    r"|icassp|kdd|sigir|www|colt|uai|aistats|focs|stoc|soda|chi|cikm|wsdm)\b",
    re.IGNORECASE,
)


def best(paper: Paper) -> str:
    """Return the one address to give for the paper, its page before all others; empty if none."""
    kinds = (LinkKind.PAGE, LinkKind.PAPER, LinkKind.PROJECT, LinkKind.PDF, LinkKind.CODE)
    return next((url for kind in kinds if (url := paper.link(kind))), "")


def others(paper: Paper) -> list[Link]:
    """Return the paper's further links, in their order."""
    return [link for link in paper.links if link.url != best(paper)]


def is_conference(paper: Paper) -> bool:
    """Whether the paper stands in the proceedings of a meeting, as far as its venue tells."""
    return "acl" in paper.identifiers or bool(_CONFERENCE.search(paper.venue))
