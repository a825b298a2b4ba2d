"""Venues: whether one is a conference, and the entry type of a paper by its venue."""

import re

from paperreader.papers.paper import Paper

_CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|conf\.|workshop|symposium|meeting of"
    r"|neurips|nips|icml|iclr|aaai|ijcai|acl|emnlp|naacl|eacl|coling|cvpr|iccv|eccv|icra|interspeech"
    r"|icassp|kdd|sigir|www|colt|uai|aistats|focs|stoc|soda|chi|cikm|wsdm)\b",
    re.IGNORECASE,
)


def is_conference(venue: str) -> bool:
    """Whether the venue is a meeting with proceedings, judged by its name."""
    return _CONFERENCE.search(venue) is not None


def kind_of_paper(paper: Paper) -> str:
    """Return the kind of the paper, or the one that its venue suggests if no source gives it."""
    if paper.kind:
        return paper.kind
    if "acl" in paper.identifiers or is_conference(paper.venue):
        return "inproceedings"
    return "article" if paper.venue else "misc"
