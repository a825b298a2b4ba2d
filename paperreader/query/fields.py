"""The names that may stand before a colon: fields, filters, and what other tools call them."""

from paperreader.query.filters import FILTERS
from paperreader.query.text_field import Field

FIELDS = (*(str(field) for field in Field), *FILTERS)

# What others call a field: arXiv, Google Scholar, PubMed, Zotero, Lucene, notmuch, GitHub.
_ALIASES = {
    "title": "t ti titles intitle",
    "author": "a au auth authors creator inauthor",
    "abstract": "ab abs abstracts keyword keywords kw",
    "category": "c cat categories",
    "year": "y date dates published pubdate submitteddate dp",
    "venue": "v journal conference jr",
    "tag": "tags label labels",
    "note": "notes",
    "source": "src",
    "all": "any anywhere everywhere tiab",
    "no": "",
    "before": "",
    "until": "",
    "after": "",
    "since": "",
}
ALIASES = {alias: name for name, others in _ALIASES.items() for alias in (name, *others.split())}
ALIASES |= {name: name for name in FIELDS}

# `before:2019` is `year:<2019`. As elsewhere, `after:` takes in what it names.
BOUNDS = {"before": "<", "until": "<=", "after": ">=", "since": ">="}

# What says how a list is shown, not which papers are in it.
LIST_SETTINGS = frozenset("sort order sortby orderby sort_by limit size rows max".split())

# PubMed's tags: hinton[au], dropout[ti], 2019[dp].
TAGS = {
    "author": "au 1au fau auth author",
    "title": "ti title",
    "abstract": "ab abstract ot",
    "all": "tiab tw all text title/abstract",
    "year": "dp pdat pdt edat year date",
    "venue": "ta jt jour journal",
}
TAG_FIELDS = {tag: name for name, tags in TAGS.items() for tag in tags.split()}

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
