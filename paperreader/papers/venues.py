"""Venues: their short names, which of them are conferences, and the entry type of a paper."""

import re

from paperreader.papers.paper import Paper

# Short names in lower case.
CONFERENCES = frozenset(
    "aaai aacl accv acl aistats ase bmvc ccs chi cikm coling colm colt conll corl cvpr eacl eccv"
    " emnlp focs fse iccv iclr iclrw icassp icde icml icmlw icra icse ijcai interspeech iros isca"
    " kdd lrec miccai midl mlsys naacl ndss neurips neuripsw nips nsdi osdi podc pods popl recsys"
    " rss sigcomm siggraph sigir sigmod soda sosp stoc uai uist usenix vldb wacv wsdm www".split()
)
JOURNALS = frozenset(
    "ijcv jacm jmlr nature pami pnas ral science tacl tip tkde tmlr tog toplas tpami tro".split()
)
PREPRINT_SERVERS = frozenset(
    "arxiv biorxiv chemrxiv corr medrxiv openreview osf psyarxiv ssrn techrxiv".split()
)
_CONFERENCE = re.compile(
    r"\b(?:proc(?:eedings|\.)|conference|conf\.|workshop|symposium|meeting of|"
    + "|".join(sorted(CONFERENCES))
    + r")\b",
    re.IGNORECASE,
)
_PREPRINT = re.compile(
    r"\b(?:preprints?|research square|e-?print|" + "|".join(sorted(PREPRINT_SERVERS)) + r")\b",
    re.IGNORECASE,
)


def is_conference(venue: str) -> bool:
    """Whether the venue is a meeting with proceedings, judged by its name."""
    return _CONFERENCE.search(venue) is not None


def is_preprint_server(venue: str) -> bool:
    """Whether the venue is no journal or conference, judged by its name: arXiv, "CoRR"."""
    return _PREPRINT.search(venue) is not None


def kind_of_paper(paper: Paper) -> str:
    """Return the kind of the paper, or the one that its venue suggests if no source gives it."""
    if paper.kind:
        return paper.kind
    if "acl" in paper.identifiers or is_conference(paper.venue):
        return "inproceedings"
    return "article" if paper.venue else "misc"
