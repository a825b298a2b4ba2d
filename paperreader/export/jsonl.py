"""JSON lines: one object per paper, with everything that the library knows about it.

The command line prints the same JSON, and a library moves to another machine in this form:
`from_object` restores the record that `as_object` was given, except for its row.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TextIO

from paperreader import text
from paperreader.export.base import ExportError, ExportFormat
from paperreader.papers import codec
from paperreader.papers.record import Interest, Record, parse_time

# The fields of a paper that are always written, empty or not; scripts rely on them.
_ALWAYS: Mapping[str, object] = {
    "title": "", "abstract": "", "authors": [], "published": "", "categories": [], "links": [],
    "identifiers": {},
}  # fmt: skip


def as_object(record: Record, score: float | None = None) -> dict[str, Any]:
    """Return the record as a JSON object, with the `score` of a search hit.

    The names from `key` to `read` are always present, the others only with a value. Times end in
    `_at`, beside the booleans that scripts use.
    """
    paper = codec.to_object(record.paper)
    always = {name: paper.pop(name, empty) for name, empty in _ALWAYS.items()}
    state = {
        "done": bool(record.done),
        "bookmarked_at": record.bookmarked,
        "read_at": record.read,
        "done_at": record.done,
        "position": record.position,
        "tags": list(record.tags),
        "note": record.note,
        "interest": record.interest,
        "aliases": list(record.aliases),
    }
    return {
        "key": record.key,
        **always,
        "sources": list(record.sources),
        "added": record.added,
        "bookmarked": bool(record.bookmarked),
        "read": bool(record.read),
        **({} if score is None else {"score": score}),
        **paper,
        **{name: value for name, value in state.items() if value},
    }


def from_object(value: object) -> Record:
    """Return the record that `as_object` wrote, made safe to show; its row is 0.

    Missing or null values are empty and unknown names are ignored, so that older and newer files
    can be read. Raises `ExportError` if a value has the wrong type.
    """
    if not isinstance(value, dict):
        raise ExportError(f"A paper has to be a JSON object, and this is {_shown(value)}.")
    try:
        paper = codec.from_object(value).cleaned()
    except codec.WrongType as error:
        raise _wrong(error.name, error.wanted, value[error.name]) from error
    if not paper.title:
        names = [*paper.identifiers.values(), *(link.url for link in paper.links)]
        if not names:
            raise ExportError("A paper needs a title, an identifier or a link, and this has none.")
        paper = replace(paper, title=names[0], pending=True)
    return Record(
        row=0,
        key=text.line(_text(value, "key")) or paper.key,
        paper=paper,
        added=_time(value, "added"),
        sources=_lines(value, "sources"),
        aliases=_lines(value, "aliases"),
        bookmarked=_state(value, "bookmarked"),
        position=_get(value, "position", int) or 0,
        read=_state(value, "read"),
        done=_state(value, "done"),
        tags=_lines(value, "tags"),
        note=text.clean(_text(value, "note")),
        interest=_interest(value),
    )


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write each record as one line."""
    out.writelines(line(record) for record in records)


def line(record: Record, score: float | None = None, full: bool | None = None, by: str = "") -> str:
    """Return the record's object as one line of JSON, with its newline.

    `full`: whether it matches the whole query. `by`: whether words or meaning matched.
    """
    value = as_object(record, score) | ({} if full is None else {"full": full})
    value |= {"by": by} if by else {}
    return json.dumps(value, ensure_ascii=False) + "\n"


def write_bookmarks(records: Iterable[Record], out: TextIO) -> None:
    """Write the bookmarked records, in the order given, for another machine."""
    write((record for record in records if record.bookmarked), out)


def read(lines: Iterable[str], name: str) -> Iterator[Record]:
    """Yield the records of a file that `write` wrote, lazily; error messages call it `name`.

    Empty lines are skipped. Raises `ExportError` naming the line that holds no paper.
    """
    for number, raw in enumerate(lines, 1):
        stripped = raw.strip().removeprefix("\ufeff")
        if not stripped:
            continue
        try:
            yield from_object(json.loads(stripped))
        except (ValueError, RecursionError) as error:
            raise ExportError(
                f"{name}, line {number}, is not JSON: bookmarks are read from a file that "
                f"“paperreader bookmark export” wrote, other lists with “paperreader add”."
            ) from error
        except ExportError as error:
            raise ExportError(f"{name}, line {number}: {error}") from error


FORMAT = ExportFormat("jsonl", "JSON lines (complete)", (".jsonl", ".ndjson"), write)


def _get(value: Mapping[str, Any], name: str, kind: Any) -> Any:
    """Return the value of `name`, or None if it is missing or null."""
    if value.get(name) is None:
        return None
    decode, wanted = codec.decoder(kind)
    try:
        return decode(value[name])
    except TypeError as error:
        raise _wrong(name, wanted, value[name]) from error


def _text(value: Mapping[str, Any], name: str) -> str:
    return _get(value, name, str) or ""


def _lines(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    cleaned = map(text.line, _get(value, name, tuple[str, ...]) or ())
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _time(value: Mapping[str, Any], name: str) -> str:
    time = text.line(_text(value, name))
    if time and parse_time(time) is None:
        raise _wrong(name, "a time in ISO 8601", time)
    return time


def _state(value: Mapping[str, Any], name: str) -> str:
    """Return the time that something was done, or the time of adding if only the fact is given."""
    time = _time(value, f"{name}_at")
    if name in value and not _get(value, name, bool):
        return ""
    if time or name not in value:
        return time
    return _time(value, "added") or "1970-01-01T00:00:00+00:00"


def _interest(value: Mapping[str, Any]) -> Interest:
    """Return the interest: more or less; null and empty are neither."""
    written = _text(value, "interest")
    try:
        return Interest(written)
    except ValueError:
        raise _wrong("interest", "“more” or “less”", written) from None


def _wrong(name: str, wanted: str, value: object) -> ExportError:
    return ExportError(f"“{name}” has to be {wanted}, and this is {_shown(value)}.")


def _shown(value: object) -> str:
    """Return the value as JSON, short enough for a sentence and safe in a terminal."""
    shown = json.dumps(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
