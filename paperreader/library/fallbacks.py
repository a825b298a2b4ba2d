"""What else a query may mean that finds nothing: an identifier inside a text, or plain words."""

import re
from collections.abc import Iterator

from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.query import citation_keys
from paperreader.query.query import Query
from paperreader.query.text_field import Field
from paperreader.query.tree import Filter, leaves, only_words, wanted
from paperreader.search.query_words import says_nothing

# A shorter query with operators means them. The titles of 114,762 arXiv papers that hold what
# looks like an operator have five words or more, but for a few.
_LONG = 5
_MOST_WORDS = 60
_KEY_LIKE = re.compile(r"(?=[^\s]*\d)[\w./:;()<>-]{6,}")


def as_text(query: Query, *, typing: bool) -> Query | None:
    """Return a query read as plain words, or None where it means its operators.

    Citation keys, as vaswani2017attention, are read as their parts. "He et al." is nobody but the
    author: the word alone would say nothing.
    """
    words = query.text.split()
    has_key = any(citation_keys.LIKE.match(word) for word in words[:_MOST_WORDS])
    if not has_key and (len(words) < _LONG or only_words(query.tree)):
        return None
    if any(leaf.field is Field.AUTHOR and says_nothing(leaf.text) for leaf in wanted(query.tree)):
        return None
    return Query.parse(query.text, typing=typing, as_text=True)


def keys_in(query: Query) -> Iterator[str]:
    """Yield the keys of papers that a text may name, surest first."""
    for leaf in leaves(query.tree):
        if isinstance(leaf, Filter) and leaf.name == "id" and not leaf.value.endswith("*"):
            yield leaf.value
    for word in query.text.split()[:_MOST_WORDS]:
        bare = word.strip("()[]{}<>.,;\"'")
        if _KEY_LIKE.fullmatch(bare):
            yield bare
            yield from (f"{scheme}:{bare}" for scheme in STRONG_SCHEMES)
