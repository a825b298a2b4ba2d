"""The tags of an HTML page, in linear time.

The standard library's HTML parser takes quadratic time over damaged markup (200,000 bytes of
"<a <a <a" keep it busy for minutes), so tags are found by one expression. Nothing is nested:
whoever reads the tags knows what belongs together.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,40})(?P<attributes>(?:[^<>\"']"
    r"|\"[^\"]{0,20000}\"|'[^']{0,20000}')*+)>|<![^<>]{0,500}>|<\?[^<>]{0,500}>"
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,100})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Elements whose text is not shown.
UNSHOWN = frozenset(("script", "style", "svg", "head", "noscript", "template", "textarea"))


class Tag(NamedTuple):
    """A tag in a page: `text` stands between the tag before it and this one, as it is written.

    The last tag of a page has no name. `inside` is what an element that is not shown holds.
    """

    text: str
    name: str
    attributes: str = ""
    is_end: bool = False
    inside: str = ""
    newlines: int = 0

    def attribute(self, name: str) -> str:
        """Return the value of an attribute with its character references resolved, or ''."""
        return self.values().get(name, "")

    def values(self) -> dict[str, str]:
        """Return the attributes by name in lower case; of a repeated one the first counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.attributes):
            value = match.group(2) or match.group(3) or match.group(4) or ""
            found.setdefault(match.group(1).lower(), html.unescape(value))
        return found


def tags(markup: str, *, skipped: frozenset[str] = UNSHOWN) -> Iterator[Tag]:
    """Yield the tags of a page with the text before each, comments left out.

    What is inside an element of `skipped` comes with the tag that opens it. `newlines` counts the
    lines that end in a tag and in what is skipped after it.
    """
    at = 0
    text: list[str] = []
    while match := _TAG.search(markup, at):
        text.append(markup[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        inside, begin = "", match.start()
        if match.group() == "<!--":
            at = _behind(markup, "-->", at)
        elif name in skipped and not match["end"] and not match["attributes"].endswith("/"):
            end = _behind(markup, f"</{name}>", at)
            inside, at = markup[at:end].removesuffix(f"</{name}>"), end
        newlines = markup.count("\n", begin, at)
        if name:
            yield Tag(
                "".join(text), name, match["attributes"], bool(match["end"]), inside, newlines
            )
            text = []
        elif newlines:
            yield Tag("".join(text), "", newlines=newlines)
            text = []
    yield Tag("".join([*text, markup[at:]]), "")


def _behind(markup: str, end: str, at: int) -> int:
    found = markup.find(end, at)
    return found + len(end) if found >= 0 else len(markup)
