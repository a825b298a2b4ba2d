"""Conversion between papers and rows of the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from paperreader.errors import PaperreaderError
from paperreader.papers import codec
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Interest, Record

PAPER_COLUMNS = "title, abstract, authors, published, venue, upvotes, details"

# The query of the rows that `to_records` takes; {} is the condition.
RECORDS = f"""
    SELECT paper.row, paper.key, {PAPER_COLUMNS}, added,
        (SELECT json_group_array(source.name) FROM paper_source JOIN source
            ON source.id = paper_source.source WHERE paper_source.paper = paper.row),
        (SELECT json_group_array(alias.key) FROM alias WHERE alias.paper = paper.row),
        reading.bookmarked, reading.position, reading.read, reading.done,
        (SELECT json_group_array(tag.name) FROM tag WHERE tag.paper = paper.row),
        note.text,
        (SELECT json_group_array(path) FROM attachment WHERE attachment.paper = paper.row),
        -- Two papers that were merged can have both; then "less" holds.
        (SELECT min(value) FROM interest WHERE interest.paper = paper.row)
    FROM paper
        LEFT JOIN reading ON reading.paper = paper.row
        LEFT JOIN note ON note.paper = paper.row
    WHERE {{}}
"""

# Text as compact JSON.
dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_COLUMNS = tuple(PAPER_COLUMNS.split(", "))[:-1]


class NoSuchPaper(PaperreaderError):
    """A key that matches no paper, or several."""


# The rows of one statement; SQLite allows at most 32,766 values.
_CHUNK = 500


def chunks(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield `rows` in parts small enough for one statement."""
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def present_rows(connection: Connection, rows: Sequence[int]) -> list[int]:
    """Return `rows`, with merged papers replaced by the paper that they are merged into, each once.

    Rows in the trash are left out.
    """
    merged: dict[int, int | None] = {}
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        merged |= connection.execute(
            "SELECT paper.row, iif(target.merged_into IS NULL, target.row, NULL) FROM paper "
            "JOIN paper AS target ON target.row = paper.merged_into "
            f"WHERE paper.row IN ({marks})",
            chunk,
        ).fetchall()
    present = (merged.get(row, row) for row in rows)
    return list(dict.fromkeys(row for row in present if row is not None))


def present_row(connection: Connection, row: int) -> int:
    """Return `row`, or the row that it was merged into; `NoSuchPaper` if it is in the trash."""
    if not (rows := present_rows(connection, [row])):
        raise NoSuchPaper("This paper was removed; undo brings it back.")
    return rows[0]


def from_paper(paper: Paper) -> tuple[object, ...]:
    """Return the values of `PAPER_COLUMNS`, followed by has_code and has_pdf."""
    details = codec.to_object(paper)
    for name in _COLUMNS:
        details.pop(name, None)
    return (
        paper.title,
        paper.abstract,
        dump(paper.authors),
        paper.published,
        paper.venue,
        paper.upvotes,
        dump(details),
        bool(paper.link(LinkKind.CODE)),
        bool(paper.link(LinkKind.PDF)),
    )


def to_paper(row: tuple[Any, ...]) -> Paper:
    """Return the paper whose `PAPER_COLUMNS` are `row`."""
    *columns, details = row
    return _paper(columns, json.loads(columns[2]), json.loads(details))


def to_records(rows: Sequence[tuple[Any, ...]]) -> list[Record]:
    """Return the records of rows of `RECORDS`.

    Their JSON is decoded in a single call: decoding is most of the work, and mostly call overhead.
    """
    lists = ",".join(f"[{r[4]},{r[8]},{r[10]},{r[11]},{r[16]},{r[18]}]" for r in rows)
    return [
        _record(row, values) for row, values in zip(rows, json.loads(f"[{lists}]"), strict=True)
    ]


def _record(row: tuple[Any, ...], values: Sequence[Any]) -> Record:
    authors, details, sources, aliases, tags, files = values
    number, key, *columns = row[:8]
    bookmarked, position, read, done, _, note, _, interest = row[12:]
    return Record(
        row=number,
        key=key,
        paper=_paper(columns, authors, details),
        added=row[9],
        sources=tuple(sources),
        aliases=tuple(alias for alias in aliases if alias != key),
        bookmarked=bookmarked or "",
        position=position or 0,
        read=read or "",
        done=done or "",
        tags=tuple(tags),
        note=note or "",
        files=tuple(files),
        interest=Interest(interest or ""),
    )


def _paper(columns: Sequence[Any], authors: list[str], details: Mapping[str, Any]) -> Paper:
    title, abstract, _, published, venue, upvotes = columns
    fields = {
        **details,
        "title": title,
        "abstract": abstract,
        "authors": authors,
        "published": published,
        "venue": venue,
        "upvotes": upvotes,
    }
    return codec.from_object(fields)
