"""The page of a single paper on Hugging Face, as text: one paper and the talk about it."""

import re
from collections.abc import Iterator, Sequence

from paperreader.formats.format import Heading, Item, Leftover
from paperreader.formats.page_furniture import count_in, date_in
from paperreader.formats.page_pieces import HUB, Piece
from paperreader.paper import Link, LinkKind, Paper

_NUMBER = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
_SIGNS = ("AI-generated summary", "View arXiv page", "Add to collection", "Paper of the day")


def recognises(start: str) -> bool:
    """Whether the text begins as the page of a single paper."""
    return _NUMBER.search(start) is not None and sum(sign in start for sign in _SIGNS) > 1


def is_single(found: Sequence[Piece]) -> bool:
    return False


def items(found: Sequence[Piece]) -> Iterator[Item]:
    yield from ()
