"""Splits a web page into the same pieces as a page saved as text."""

import html

from paperreader.formats.common.html_tags import tags
from paperreader.formats.huggingface.text_pieces import HUB, Piece

_INLINE = frozenset(
    [
        *("abbr", "b", "code", "em", "font", "i", "img", "input", "mark", "path", "span", "strong"),
        *("sub", "sup", "time", "u", "wbr"),
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# The link of a keyword inside an abstract, which stays part of its sentence.
_KEYWORD_LINK = "/papers?q="


def pieces_of_page(markup: str) -> list[Piece]:
    """Return the pieces of an HTML page in its order; scripts and pictures left out."""
    page = _Page()
    for tag in tags(markup):
        page.take(tag.text)
        if tag.is_end:
            page.end(tag.name)
        elif tag.name:
            page.begin(tag.name, tag.attribute("href") if tag.name == "a" else "")
        page.count(tag.newlines)
    return page.finished()


class _Page:
    """Collects visible text; block elements and links end a piece, other elements do not."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._texts: list[str] = []
        self._line = 1
        self._starts, self._shown = 1, False
        self._url = ""
        self._in_link = False
        self._heading = 0

    def take(self, text: str) -> None:
        """Add visible text."""
        if text.strip() and not self._shown:
            self._starts, self._shown = self._line, True
        self._texts.append(html.unescape(text))
        self._line += text.count("\n")

    def count(self, newlines: int) -> None:
        """Count newlines inside a tag or in hidden content."""
        self._line += newlines

    def begin(self, name: str, href: str) -> None:
        """Begin a link, a heading, or a block."""
        if name == "a":
            if _KEYWORD_LINK not in href:
                self._flush()
                self._in_link = True
                self._url = f"{HUB}{href}" if href.startswith("/") else href
        elif name in _HEADINGS:
            self._end_block()
            self._heading = _HEADINGS[name]
        elif name not in _INLINE:
            self._end_block()

    def end(self, name: str) -> None:
        """End a link, a heading, or a block."""
        if name == "a":
            if self._in_link:
                self._flush()
            self._in_link = False
            self._url = ""
        elif name not in _INLINE:
            self._end_block()
            self._heading = 0 if name in _HEADINGS else self._heading

    def finished(self) -> list[Piece]:
        """Return the pieces, the last one too."""
        self._flush()
        return self._pieces

    def _end_block(self) -> None:
        # A card's link may span several blocks, and is one piece.
        if self._in_link:
            self._texts.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        text = " ".join("".join(self._texts).split())
        self._texts.clear()
        self._shown = False
        if text:
            self._pieces.append(Piece(text, self._url, self._heading, self._starts))
