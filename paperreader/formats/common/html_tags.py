"""The tags of an HTML page, in linear time.

The standard library's HTML parser takes quadratic time over damaged markup (200,000 bytes of
"<a <a <a" keep it busy for minutes), so tags are found by one expression. No tree is built:
the caller knows which tags belong together.
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
    """A tag of a page, and in `text` the source between the previous tag and this one.

    The last tag of a page has no name. `inside` is the content of an element that is not shown.
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
        """Return the attributes by name in lower case; of a repeated one the first."""
        attributes: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.attributes):
            value = match.group(2) or match.group(3) or match.group(4) or ""
            attributes.setdefault(match.group(1).lower(), html.unescape(value))
        return attributes


def tags(markup: str, *, skipped: frozenset[str] = UNSHOWN) -> Iterator[Tag]:
    """Yield the tags of a page, each with the text before it; comments are left out.

    The content of an element of `skipped` is in `inside` of its start tag. `newlines` counts the
    newlines in a tag and in the content skipped after it.
    """
    at = 0
    text: list[str] = []
    while match := _TAG.search(markup, at):
        text.append(markup[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        inside, begin = "", match.start()
        if match.group() == "<!--":
            at = _after(markup, "-->", at)
        elif name in skipped and not match["end"] and not match["attributes"].endswith("/"):
            end = _after(markup, f"</{name}>", at)
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


def _after(markup: str, end: str, at: int) -> int:
    position = markup.find(end, at)
    return position + len(end) if position >= 0 else len(markup)
