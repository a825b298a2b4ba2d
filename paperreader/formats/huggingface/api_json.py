"""Hugging Face Papers in its API's JSON: daily lists, search results, single papers.

An entry of a list wraps the paper and repeats some of its fields; a single paper is not wrapped.
Pages contain the same objects, so `html_page` reads them
with `paper_of` too.
"""

import json
import re
from collections.abc import Iterator

from paperreader.formats.base import EmptyReason, FormatError, Parsed, Unparsed
from paperreader.formats.common import values
from paperreader.formats.common.people import people
from paperreader.formats.input.document import Document
from paperreader.papers.identifiers import arxiv_id
from paperreader.papers.paper import Link, LinkKind, Paper

JsonObject = dict[str, object]

_OWN_KEYS = re.compile(
    r'"(?:upvotes|discussionId|numComments|submittedOnDailyAt|ai_summary|isAuthorParticipating)"\s*:'
)
_LISTS = ("dailyPapers", "searchResults", "papers", "results", "data")
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


class HuggingFaceJson:
    """Responses of https://huggingface.co/api/daily_papers and related endpoints."""

    name = "huggingface-json"
    title = "Hugging Face Papers, as its API gives them"

    def recognises(self, document: Document) -> bool:
        """Whether it is JSON with keys that only Hugging Face writes."""
        start = document.start.lstrip()
        return (
            start[:1] in ("[", "{")
            and '"publishedAt"' in start
            and _OWN_KEYS.search(start) is not None
        )

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers in the order of the list."""
        entries = list(_entries(_decoded(document)))
        if not entries:
            yield EmptyReason("an answer of Hugging Face with an empty list; ask for another day")
        for number, entry in enumerate(entries, 1):
            if paper := paper_of(entry):
                yield paper
            else:
                shown = ", ".join(values.as_object(entry)) or values.as_text(entry)
                yield Unparsed(f"entry {number}", "it has no title", shown)


def paper_of(value: object) -> Paper | None:
    """Return the paper of an entry, or None if it has no title."""
    outer = values.as_object(value)
    inner = values.as_object(outer.get("paper")) or outer

    def field(name: str) -> object:
        own = inner.get(name)
        return outer.get(name) if own in (None, "", []) else own

    title = values.as_text(field("title"))
    if not title.strip():
        return None
    number = arxiv_id(values.as_text(field("id")))
    organization = values.as_object(field("organization"))
    return Paper(
        title,
        abstract=values.as_text(field("summary")),
        authors=people(field("authors")),
        published=values.as_date(field("publishedAt")),
        keywords=values.texts(field("ai_keywords")),
        links=tuple(_links(number, field("githubRepo"), field("projectPage"))),
        identifiers={"arxiv": number} if number else {},
        summary=values.as_text(field("ai_summary")),
        organization=values.as_text(organization.get("fullname") or organization.get("name")),
        upvotes=values.as_count(field("upvotes")),
        comments=values.as_count(field("numComments")),
        stars=values.as_count(field("githubStars")),
    )


def _links(number: str, repository: object, project: object) -> Iterator[Link]:
    if number:
        yield Link(LinkKind.PAGE, f"https://huggingface.co/papers/{number}")
    code = values.as_text(repository)
    if _REPOSITORY.fullmatch(code):
        code = f"https://github.com/{code}"
    if code:
        yield Link(LinkKind.CODE, code)
    if address := values.as_text(project):
        yield Link(LinkKind.PROJECT, address)


def _decoded(document: Document) -> object:
    """Return the JSON value, or a list of the values of JSON lines."""
    text = document.text
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            raise FormatError(
                f"{document.name} is broken JSON ({error}): download it again."
            ) from error


def _entries(value: object) -> Iterator[object]:
    if isinstance(value, list):
        for part in value:
            yield from part if isinstance(part, list) else [part]
        return
    listed = values.as_object(value)
    for key in _LISTS:
        if isinstance(entries := listed.get(key), list):
            yield from entries
            return
    yield value
