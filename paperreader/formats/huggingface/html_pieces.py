"""A web page cut into the same pieces as a page saved as text.

The standard library's HTML parser takes quadratic time over damaged markup (200,000 bytes of
"<a <a <a" keep it busy for minutes), so tags are found here by one expression in linear time;
nothing more is needed, since only text, links and headings are looked for.
"""

import html
import re

from paperreader.formats.huggingface.text_pieces import HUB, Piece

_TAG = re.compile(
    r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?P<attributes>(?:[^<>\"']"
    r"|\"[^\"]{0,9000}\"|'[^']{0,9000}')*+)>|<![^<>]{0,500}>|<\?[^<>]{0,500}>"
)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)
_UNSHOWN = frozenset(["script", "style", "svg", "head", "noscript", "template", "textarea"])
_INLINE = frozenset(
    [
        *("abbr", "b", "code", "em", "font", "i", "img", "input", "mark", "path", "span", "strong"),
        *("sub", "sup", "time", "u", "wbr"),
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A keyword inside an abstract: a link, but a word of its sentence all the same.
_KEYWORD_LINK = "/papers?q="


def pieces_of_page(markup: str) -> list[Piece]:
    """Return the pieces of an HTML page in its order; scripts and pictures left out."""
    page = _Page()
    at = 0
    while match := _TAG.search(markup, at):
        page.take(markup[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        if match.group() == "<!--":
            at = page.skip(markup, "-->", at)
        elif name in _UNSHOWN and not match["end"] and not match["attributes"].endswith("/"):
            at = page.skip(markup, f"</{name}>", at)
        elif match["end"]:
            page.end(name)
        elif name:
            page.begin(name, match["attributes"])
    page.take(markup[at:])
    return page.finished()


class _Page:
    """Gathers shown text; a block element or a link ends a piece, other elements do not."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._told: list[str] = []
        self._line = 1
        self._starts, self._shown = 1, False
        self._url = ""
        self._in_link = False
        self._heading = 0

    def take(self, text: str) -> None:
        """Take shown text."""
        if text.strip() and not self._shown:
            self._starts, self._shown = self._line, True
        self._told.append(html.unescape(text))
        self._line += text.count("\n")

    def skip(self, markup: str, end: str, at: int) -> int:
        """Return the place behind the next `end`, or the page's end where there is none."""
        found = markup.find(end, at)
        behind = found + len(end) if found >= 0 else len(markup)
        self._line += markup.count("\n", at, behind)
        return behind

    def begin(self, name: str, attributes: str) -> None:
        """Begin a link, a heading, or a block."""
        self._line += attributes.count("\n")
        if name == "a":
            match = _HREF.search(attributes)
            href = html.unescape(next(filter(None, match.groups()), "")) if match else ""
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
            self._told.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        text = " ".join("".join(self._told).split())
        self._told.clear()
        self._shown = False
        if text:
            self._pieces.append(Piece(text, self._url, self._heading, self._starts))
