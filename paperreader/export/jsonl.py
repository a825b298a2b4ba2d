"""JSON lines: one object to a paper, with everything that the library knows of it.

This is the JSON of the command line too, and the form in which a library is carried to another
machine: `from_object` gives back what `as_object` was given, but for the row.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TextIO

from paperreader import text
from paperreader.export.base import ExportError, ExportFormat
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record, parse_time

# SQLite holds whole numbers up to this.
_HUGE = 2**63

# Written only where there is something to tell.
_PAPER_EXTRAS = (
    "updated",
    "venue",
    "keywords",
    "comment",
    "summary",
    "organization",
    "upvotes",
    "comments",
    "stars",
    "pending",
)


def as_object(record: Record, score: float | None = None) -> dict[str, Any]:
    """Return the record as a JSON object; `score` is for the hits of a search.

    The keys from `key` to `read` are always there. The rest is there only where it tells
    something: times end in `_at` and stand beside the truth values that scripts ask for.
    """
    paper = record.paper
    told: dict[str, Any] = {
        "key": record.key,
        "title": paper.title,
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "published": paper.published,
        "categories": list(paper.categories),
        "links": [{"kind": link.kind.value, "url": link.url} for link in paper.links],
        "identifiers": dict(paper.identifiers),
        "sources": list(record.sources),
        "added": record.added,
        "bookmarked": bool(record.bookmarked),
        "read": bool(record.read),
    }
    if score is not None:
        told["score"] = score
    extras = {name: getattr(paper, name) for name in _PAPER_EXTRAS} | {
        "done": bool(record.done),
        "bookmarked_at": record.bookmarked,
        "read_at": record.read,
        "done_at": record.done,
        "position": record.position,
        "tags": record.tags,
        "note": record.note,
        "aliases": record.aliases,
    }
    for name, value in extras.items():
        if value or (value == 0 and name in {"upvotes", "comments", "stars"}):
            told[name] = list(value) if isinstance(value, tuple) else value
    return told


def from_object(told: object) -> Record:
    """Return the record that `as_object` wrote, made safe to show; its row is 0.

    What is missing or null is empty, and unknown keys are ignored, so that older and newer
    files can be read. Raises `ExportError` where a value is not what its key promises.
    """
    if not isinstance(told, dict):
        raise ExportError(f"A paper has to be a JSON object, and this is {_shown(told)}.")
    paper = Paper(
        title=_text(told, "title"),
        abstract=_text(told, "abstract"),
        authors=_texts(told, "authors"),
        published=_text(told, "published"),
        updated=_text(told, "updated"),
        venue=_text(told, "venue"),
        categories=_texts(told, "categories"),
        keywords=_texts(told, "keywords"),
        links=_links(told),
        identifiers=_identifiers(told),
        comment=_text(told, "comment"),
        summary=_text(told, "summary"),
        organization=_text(told, "organization"),
        upvotes=_number(told, "upvotes"),
        comments=_number(told, "comments"),
        stars=_number(told, "stars"),
        pending=_truth(told, "pending"),
    ).cleaned()
    if not paper.title:
        names = [*paper.identifiers.values(), *(link.url for link in paper.links)]
        if not names:
            raise ExportError("A paper needs a title, an identifier or a link, and this has none.")
        paper = replace(paper, title=names[0], pending=True)
    return Record(
        row=0,
        key=text.line(_text(told, "key")) or paper.key,
        paper=paper,
        added=_time(told, "added"),
        sources=_lines(told, "sources"),
        aliases=_lines(told, "aliases"),
        bookmarked=_state(told, "bookmarked"),
        position=_number(told, "position") or 0,
        read=_state(told, "read"),
        done=_state(told, "done"),
        tags=_lines(told, "tags"),
        note=text.clean(_text(told, "note")),
    )


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as one line."""
    out.writelines(line(record) for record in records)


def line(record: Record, score: float | None = None) -> str:
    """Return the record's object as one line of JSON, with its newline."""
    return json.dumps(as_object(record, score), ensure_ascii=False) + "\n"


FORMAT = ExportFormat("jsonl", "JSON lines (complete)", (".jsonl", ".ndjson"), write)


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(name, "a text", value)
    return value


def _texts(told: dict[str, Any], name: str) -> tuple[str, ...]:
    value = told.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(name, "a list of texts", value)
    return tuple(value)


def _lines(told: dict[str, Any], name: str) -> tuple[str, ...]:
    cleaned = (text.line(one) for one in _texts(told, name))
    return tuple(dict.fromkeys(one for one in cleaned if one))


def _number(told: dict[str, Any], name: str) -> int | None:
    value = told.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _HUGE:
        raise _wrong(name, "a whole number", value)
    return value


def _truth(told: dict[str, Any], name: str) -> bool:
    value = told.get(name)
    if value is not None and not isinstance(value, bool):
        raise _wrong(name, "true or false", value)
    return bool(value)


def _time(told: dict[str, Any], name: str) -> str:
    value = text.line(_text(told, name))
    if value and parse_time(value) is None:
        raise _wrong(name, "a time in ISO 8601", value)
    return value


def _state(told: dict[str, Any], name: str) -> str:
    """When something was done: its time, or where only the fact is told, when it was added."""
    time = _time(told, f"{name}_at")
    if name in told and not _truth(told, name):
        return ""
    if time or name not in told:
        return time
    return _time(told, "added") or "1970-01-01T00:00:00+00:00"


def _links(told: dict[str, Any]) -> tuple[Link, ...]:
    value = told.get("links")
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _wrong("links", "a list of objects with kind and url", value)
    return tuple(_link(one) for one in value)


def _link(told: object) -> Link:
    if not isinstance(told, dict) or not isinstance(url := told.get("url"), str):
        raise _wrong("links", "a list of objects with kind and url", told)
    kind = told.get("kind")
    return Link(LinkKind(kind), url) if kind in list(LinkKind) else Link.of(url)


def _identifiers(told: dict[str, Any]) -> dict[str, str]:
    value = told.get("identifiers")
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _wrong("identifiers", "an object of texts", value)
    return value


def _wrong(name: str, wanted: str, value: object) -> ExportError:
    return ExportError(f"“{name}” has to be {wanted}, and this is {_shown(value)}.")


def _shown(value: object) -> str:
    """The value as JSON, short enough for one sentence and safe in a terminal."""
    told = json.dumps(value)
    return told if len(told) <= 60 else told[:57] + "…"
