"""Queries that are words as anybody types them, perhaps with conditions beside them."""

from collections.abc import Iterator
from typing import NamedTuple, Self

from paperreader.query.tree import And, Filter, Node, Phrase, Word

# Beside so many words, quotation marks are those of a sentence.
_SENTENCE = 6


class PlainWords(NamedTuple):
    """The words of a query in order, and its conditions.

    `unfinished` is the last word while it is still being typed.
    """

    words: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    unfinished: str = ""

    @classmethod
    def of(cls, tree: Node | None) -> Self | None:
        """Return the words of `tree`; None if there are none, or more is asked for.

        Who asks for a phrase, a field, an alternative, a negation or a spelling wants nothing that
        is only close.
        """
        parts = list(_parts(tree)) if tree is not None else []
        plain = [part for part in parts if isinstance(part, Word)]
        quoted = [part for part in parts if isinstance(part, Phrase)]
        filters = tuple(part for part in parts if isinstance(part, Filter))
        texts = [*plain, *(quoted if len(plain) >= _SENTENCE else ())]
        is_plain = all(text.field is None for text in texts) and not any(w.close for w in plain)
        if not texts or len(texts) + len(filters) < len(parts) or not is_plain:
            return None
        ordered = [part for part in parts if isinstance(part, Word | Phrase)]
        unfinished = next((word.text for word in plain if word.prefix), "")
        return cls(tuple(text.text for text in ordered if not text.prefix), filters, unfinished)


def _parts(tree: Node) -> Iterator[Node]:
    if isinstance(tree, And):
        for part in tree.parts:
            yield from _parts(part)
    else:
        yield tree
