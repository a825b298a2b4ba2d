"""Titles and abstracts as plain text without any markup."""

from collections.abc import Iterator

from paperreader.formats.base import Parsed
from paperreader.formats.common.title_or_abstract import Part, abstract_score, likeliest_parts
from paperreader.formats.huggingface import text_page
from paperreader.formats.huggingface.text_pieces import pieces
from paperreader.formats.input.document import Document

# Prose has paragraphs too, so a document that the person did not name must hold several pairs.
_PAIRS, _PAIRS_IF_DISCOVERED = 1, 3
_SHORTEST, _SHARE = 300, 0.8
# With more blocks than this in the head of a document, they are too short to be abstracts.
_MOST_BLOCKS = 1000


class PlainText:
    """Blocks separated by empty lines: a title, its abstract, the next title, and so on."""

    name = "text"
    title = "plain text of titles and abstracts"

    def recognises(self, document: Document) -> bool:
        """Whether nearly all blocks are pairs of a title and an abstract."""
        start = document.start
        if not start or start.lstrip()[:1] in ("<", "{", "@"):
            return False
        blocks = [piece.text for piece in pieces(start)]
        if len(blocks) > _MOST_BLOCKS:
            return False
        parts = likeliest_parts([abstract_score(block) for block in blocks])
        following = zip(parts, parts[1:], blocks[1:], strict=False)
        pairs = sum(
            before is Part.TITLE and part is Part.ABSTRACT and len(block) >= _SHORTEST
            for before, part, block in following
        )
        needed = _PAIRS_IF_DISCOVERED if document.discovered else _PAIRS
        return pairs >= needed and 2 * pairs >= _SHARE * len(blocks)

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers in the order of the document."""
        yield from text_page.items(pieces(document.text))
