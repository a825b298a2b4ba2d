"""The metadata of a web page: meta elements, JSON-LD, its title and address."""

import html
import json
import re
from dataclasses import dataclass, field

from paperreader import text
from paperreader.formats.common.html_tags import Tag, tags

JsonObject = dict[str, object]

_SKIPPED = frozenset(("script", "style", "svg", "noscript", "template", "textarea"))
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
_ABSTRACT = re.compile(
    r"(?<![\w-])(?:abstract|abstract-content|abstract-text|abstracttext|c-abstract"
    r"|abstractsection|abstract-full|acl-abstract)(?![\w-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 section blockquote td tr".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# The depth to which nested objects of JSON-LD are read.
_DEPTH = 6


@dataclass
class Metadata:
    """The values of the meta elements by name in lower case, and the objects of JSON-LD."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    objects: list[JsonObject] = field(default_factory=list)
    title: str = ""
    url: str = ""
    abstract: str = ""

    def all(self, *names: str) -> list[str]:
        """Return the values of all these meta elements."""
        return [value for name in names for value in self.meta.get(name, [])]

    def first(self, *names: str) -> str:
        """Return the first value of the first of these meta elements that has any."""
        return next(iter(self.all(*names)), "")


def metadata_of(markup: str) -> Metadata:
    """Return the metadata of an HTML page."""
    page = Metadata()
    origin = _SAVED_FROM.search(markup[:2000])
    abstract = _Abstract()
    in_title = False
    for tag in tags(markup, skipped=_SKIPPED):
        abstract.take(tag)
        if in_title:
            page.title = page.title or " ".join(html.unescape(tag.text).split())
        in_title = tag.name == "title" and not tag.is_end
        if tag.is_end:
            continue
        if tag.name == "meta":
            _add_meta(page, tag)
        elif tag.name == "link" and tag.attribute("rel").lower() == "canonical":
            page.url = page.url or tag.attribute("href")
        elif tag.name == "script" and "ld+json" in tag.attributes:
            page.objects += _objects(tag.inside)
    page.url = (
        page.url or page.first("og.url", "citation_public_url") or (origin[1] if origin else "")
    )
    page.abstract = abstract.text()
    return page


def _add_meta(page: Metadata, tag: Tag) -> None:
    attributes = tag.values()
    name = (
        attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
    ).lower()
    content = attributes.get("content") or attributes.get("contents") or ""
    if name and content.strip():
        # Some sites put a prefix before the names of Google Scholar.
        start = name.find("citation_")
        name = (
            name[start:] if start > 0 else name.replace(":", ".", 1).replace("dcterms.", "dc.", 1)
        )
        page.meta.setdefault(name, []).append(content.strip())


def _objects(script: str) -> list[JsonObject]:
    """Return the objects of a JSON-LD script, including those in lists and in `@graph`."""
    try:
        pending: list[tuple[object, int]] = [(json.loads(script), 0)]
    except (ValueError, RecursionError):
        return []  # Meta elements may suffice; a page without any is reported as unrecognised.
    objects: list[JsonObject] = []
    while pending:
        value, depth = pending.pop()
        if isinstance(value, list) and depth < _DEPTH:
            pending += [(part, depth + 1) for part in reversed(value)]
        elif isinstance(value, dict):
            objects.append(value)
            if depth < _DEPTH:
                inner = (value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
                pending += [(part, depth + 1) for part in inner if isinstance(part, dict | list)]
    return objects


class _Abstract:
    """Collects the text of the first element whose class or id says that it is the abstract."""

    def __init__(self) -> None:
        self._name = ""
        self._depth = 0
        self._text: list[str] = []
        self._done = False

    def take(self, tag: Tag) -> None:
        if self._depth:
            self._text.append(html.unescape(tag.text))
            if tag.name in _BLOCKS:
                self._text.append("\n\n")
            if tag.name == self._name:
                self._depth += -1 if tag.is_end else 1
            self._done = not self._depth
        elif not self._done and not tag.is_end and tag.name not in _VOID:
            names = tag.values() if "bstract" in tag.attributes.lower() else {}
            if _ABSTRACT.search(f"{names.get('class', '')} {names.get('id', '')}"):
                self._name, self._depth = tag.name, 1

    def text(self) -> str:
        return text.paragraphs("".join(self._text)) if self._done else ""
