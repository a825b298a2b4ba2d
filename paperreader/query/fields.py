"""The names that may stand before a colon: fields, filters, and what other tools call them."""

from paperreader.query.filters import FILTERS
from paperreader.query.text_field import Field

FIELDS = (*(str(field) for field in Field), *FILTERS)

# What others call a field: arXiv, Google Scholar, PubMed, Web of Science, ADS, Zotero, Lucene,
# mail readers, GitHub.
_ALIASES = {
    "title": "t ti titles intitle allintitle subject",
    "author": "a au auth authors creator inauthor allinauthor first_author from by",
    # Keywords and comments are searched with the abstract.
    "abstract": "ab abs abstracts summary keyword keywords kw ak ot comment comments co",
    "category": "c cat categories arxiv_class primary_class",
    "year": "y date dates published pubdate submitteddate created dp py pubyear",
    "venue": "v journal conference jr so ta srctitle bibstem publication booktitle",
    "tag": "tags label labels",
    "note": "notes",
    "source": "src",
    "has": "_exists_ exists",
    "all": "any anywhere everywhere tiab ts topic text intext allintext body full fulltext content",
    "no": "",
    "before": "older_than",
    "until": "",
    "after": "newer_than",
    "since": "",
}
ALIASES = {alias: name for name, others in _ALIASES.items() for alias in (name, *others.split())}
ALIASES |= {name: name for name in FIELDS}

# `before:2019` is `year:<2019`. As elsewhere, `after:` takes in what it names.
BOUNDS = {"before": "<", "until": "<=", "after": ">=", "since": ">="}
# Scopus: PUBYEAR AFT 2018.
COMPARISONS = {"AFT": ">", "BEF": "<", "IS": "="}

# What says how a list is shown, not which papers are in it; and what no paper has here.
LIST_SETTINGS = frozenset("sort order sortby orderby sort_by limit size rows max".split())
NOT_HERE = frozenset(
    "in site filetype filename type doctype language lang la property database collection aff"
    " affil stars forks larger smaller user org repo archived citation_count author_count"
    " facetid streamid wc su dt ad".split()
)

# PubMed's tags: hinton[au], dropout[ti], 2019[dp], 31452104[pmid].
_TAGS = {
    "author": "au,1au,fau,auth,author,author - last,author - first,full author name",
    "title": "ti,title",
    "abstract": "ab,abstract,ot,other term",
    "all": "tiab,tw,all,all fields,text,text word,title/abstract",
    "year": "dp,pdat,pdt,edat,year,date,date - publication,publication date,date - entry",
    "venue": "ta,jt,jour,journal",
    "pmid": "pmid,uid",
}
TAG_FIELDS = {tag: name for name, tags in _TAGS.items() for tag in tags.split(",")}

# Scopus writes TITLE(x), AUTH(x); what is not among them, such as DOCTYPE(ar), no paper has here.
CALLS = {
    "TITLE": "title",
    "ABS": "abstract",
    "KEY": "abstract",
    "TITLE-ABS": "all",
    "TITLE-ABS-KEY": "all",
    "TITLE-ABS-KEY-AUTH": "all",
    "ALL": "all",
    "AUTH": "author",
    "AUTHOR": "author",
    "AUTHOR-NAME": "author",
    "AUTHLASTNAME": "author",
    "FIRSTAUTH": "author",
    "SRCTITLE": "venue",
    "CONFNAME": "venue",
    "DOI": "",
}

# The patterns of mutt: ~f hinton, ~s graph, ~N; those of a state stand alone.
MUTT_FIELDS = {"f": "author", "s": "title", "b": "all", "B": "all", "y": "tag"}
MUTT_STATES = {"N": "unread", "U": "unread", "O": "unread", "R": "read", "F": "bookmarked"}

# Fields after whose colon a space may stand. The others are words of any sentence: "note: a …".
SPACED = frozenset("title abstract author category tag year".split())

# Addresses and identifiers hold colons too.
ADDRESSES = frozenset("http https ftp".split())
IDENTIFIERS = frozenset("arxiv doi acl openreview id pmid isbn".split())


def known(name: str) -> str:
    """Return the field that `name` stands for, or '' where it is none.

    A single letter is a field only in lower case: `C: a review` is text.
    """
    return "" if len(name) == 1 and name.isupper() else ALIASES.get(name.lower(), "")
