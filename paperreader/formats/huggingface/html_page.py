"""Saved web pages of Hugging Face Papers: lists, searches, single papers.

The pages contain their data as JSON in an attribute, which is read first. If it is missing or
damaged, the visible text is read like a page saved as text.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from paperreader.formats.base import EmptyReason, Heading, Parsed, Unparsed
from paperreader.formats.common import values
from paperreader.formats.huggingface import text_page
from paperreader.formats.huggingface.api_json import paper_of
from paperreader.formats.huggingface.html_pieces import pieces_of_page
from paperreader.formats.input.document import Document

JsonObject = dict[str, object]

_PROPS = re.compile(r"\bdata-props=(?:\"([^\"]*)\"|'([^']*)')")


class HuggingFaceHtml:
    """A page of https://huggingface.co/papers as a browser or `curl` saves it."""

    name = "huggingface-html"
    title = "a saved web page of Hugging Face Papers"

    def recognises(self, document: Document) -> bool:
        """Whether it is a web page of Hugging Face that has to do with papers."""
        start = document.start
        low = start[:2000].lstrip().lower()
        is_page = low.startswith(("<!doctype html", "<html", "<!-- saved from")) or "<body" in low
        return is_page and "huggingface.co" in start and "/papers" in start

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers in the page's order, from its data or else from what it shows."""
        markup = document.text
        for props in _islands(markup):
            if items := list(_items(props)):
                yield from items
                return
        yield from text_page.items(pieces_of_page(_PROPS.sub("", markup)))


def _islands(markup: str) -> Iterator[JsonObject]:
    for match in _PROPS.finditer(markup):
        source = match.group(1) or match.group(2) or ""
        if "&quot;title&quot;" in source or '"title"' in source:
            try:
                yield values.as_object(json.loads(html.unescape(source)))
            except (ValueError, RecursionError):
                # Damaged; the visible text has the same papers.
                continue


def _items(props: JsonObject) -> Iterator[Parsed]:
    """Yield the items of one island of data; nothing if it has no papers."""
    if isinstance(props.get("paper"), dict):
        if paper := paper_of(props):
            comments = props.get("comments")
            count = len(comments) if isinstance(comments, list) else paper.comments
            yield replace(paper, comments=count)
        return
    query = values.as_text(values.as_object(props.get("query")).get("q"))
    results = props.get("searchResults")
    # A search page also contains the day's papers, but does not show them.
    searched = isinstance(results, list) and (results or query)
    entries = results if searched else props.get("dailyPapers")
    if not isinstance(entries, list):
        return
    if query:
        yield Heading("query", query)
    if opened := values.as_text(props.get("dateString")):
        yield Heading("opened", opened)
    if not entries:
        yield EmptyReason("a Hugging Face Papers page without papers; try another day")
    for number, entry in enumerate(entries, 1):
        yield paper_of(entry) or Unparsed(f"entry {number}", "no title", values.as_text(entry))
