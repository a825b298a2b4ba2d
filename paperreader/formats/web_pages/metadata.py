"""The metadata of a web page: meta elements, JSON-LD, its title and address."""

import html
import json
import re
from dataclasses import dataclass, field

from paperreader.formats.common.html_tags import Tag, tags
from paperreader.formats.web_pages.body import Body

JsonObject = dict[str, object]

_SKIPPED = frozenset(("script", "style", "svg", "noscript", "template", "textarea"))
_XPLORE = re.compile(r"xplGlobal\.document\.metadata\s*=\s*(?=\{)")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
# The depth to which nested objects of JSON-LD are read.
_DEPTH = 6


@dataclass
class Metadata:
    """What a page says of itself for programs, and the texts of known elements of its body.

    `meta` holds the values of the meta elements by name in lower case, `objects` those of JSON-LD,
    `script` the object that a page of IEEE Xplore keeps in a script.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    objects: list[JsonObject] = field(default_factory=list)
    script: JsonObject = field(default_factory=dict)
    title: str = ""
    url: str = ""
    body: Body = field(default_factory=Body)

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
    in_title = False
    for tag in tags(markup, skipped=_SKIPPED):
        page.body.take(tag)
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
        elif tag.name == "script" and (start := _XPLORE.search(tag.inside)):
            page.script = _object_at(tag.inside, start.end())
    page.url = (
        page.url or page.first("og.url", "citation_public_url") or (origin[1] if origin else "")
    )
    return page


def _add_meta(page: Metadata, tag: Tag) -> None:
    attributes = tag.values()
    name = (
        attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
    ).lower()
    if name.endswith("identifier") and attributes.get("scheme"):
        name += f".{attributes['scheme'].lower()}"
    content = attributes.get("content") or attributes.get("contents") or ""
    if name and content.strip():
        # Some sites put a prefix before the names of Google Scholar.
        start = name.find("citation_")
        name = (
            name[start:] if start > 0 else name.replace(":", ".", 1).replace("dcterms.", "dc.", 1)
        )
        page.meta.setdefault(name, []).append(content.strip())


def _object_at(script: str, start: int) -> JsonObject:
    """Return the object that starts there, or an empty one."""
    try:
        value, _ = json.JSONDecoder().raw_decode(script, start)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


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
