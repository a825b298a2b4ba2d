"""Edits: changes by the person, as values that can be applied and reversed."""

from collections.abc import Callable, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.store import trash
from paperreader.store.mapping import chunks

Value = str | int | bool | None


class Edit(NamedTuple):
    """A value that changed in the same way for all of `rows`.

    `field` is a column of `reading` (bookmarked, position, read, done), or note, tag, interest,
    source, file, trash, papers or search. For a tag, an interest, a
    source and a file the values say whether `name` is present. For papers, which are merged or
    split, they are snapshots of the papers as JSON. For a search they are the saved search `name`
    as JSON, or None, and there are no rows.
    """

    field: str
    name: str
    before: Value
    after: Value
    rows: Sequence[int] = ()

    def reversed(self) -> "Edit":
        """Return the edit that undoes this one."""
        return self._replace(before=self.after, after=self.before)


class EditSet:
    """The edits of a step, with equal edits of several papers grouped."""

    def __init__(self) -> None:
        """Start without edits."""
        self._rows: dict[tuple[str, str, Value, Value], list[int]] = {}

    def add(self, field: str, row: int, before: Value, after: Value, name: str = "") -> None:
        """Add a change of one paper; equal values are not an edit."""
        if before != after:
            self._rows.setdefault((field, name, before, after), []).append(row)

    def edits(self) -> list[Edit]:
        """Return the edits."""
        return [Edit(*edit, rows) for edit, rows in self._rows.items()]


def apply(connection: Connection, edits: Sequence[Edit]) -> int:
    """Apply `edits`; return the number of values that were still those of `before`.

    A value that was changed meanwhile is left alone, and so is a paper that was merged into
    another, whose values may be its own.
    """
    return sum(_WRITERS[edit.field](connection, edit) for edit in edits)


def make_positions_distinct(connection: Connection) -> None:
    """Renumber the bookmarks if two of them have the same position."""
    execute = connection.execute
    execute("UPDATE reading SET position = 0 WHERE bookmarked = '' AND position != 0")
    twice = "SELECT 1 FROM reading WHERE bookmarked != '' GROUP BY position HAVING count(*) > 1"
    if execute(f"{twice} LIMIT 1").fetchone():
        number_positions(connection)


def number_positions(connection: Connection) -> None:
    """Number the bookmarks from 1 in their present order."""
    connection.execute(
        "UPDATE reading SET position = ordered.number "
        "FROM (SELECT paper, row_number() OVER (ORDER BY position, paper) AS number "
        "FROM reading WHERE bookmarked != '') AS ordered WHERE ordered.paper = reading.paper"
    )


def _set_column(connection: Connection, edit: Edit) -> int:
    column, applied = edit.field, 0
    for chunk in chunks(edit.rows):
        marks = ",".join("?" * len(chunk))
        connection.execute(
            "INSERT OR IGNORE INTO reading (paper) SELECT row FROM paper "
            f"WHERE row IN ({marks}) AND merged_into IS NULL",
            chunk,
        )
        applied += connection.execute(
            f"UPDATE reading SET {column} = ? WHERE {column} = ? AND paper IN ({marks})",
            (edit.after, edit.before, *chunk),
        ).rowcount
    return applied


def _set_note(connection: Connection, edit: Edit) -> int:
    applied = 0
    for row in _live(connection, edit.rows):
        if note_of(connection, row) == edit.before:
            set_note(connection, row, str(edit.after))
            applied += 1
    return applied


def _set_member(table: str, column: str) -> Callable[[Connection, Edit], int]:
    """Return a function that adds `edit.name` to a table of pairs, or removes it."""

    def set_member(connection: Connection, edit: Edit) -> int:
        statement = (
            f"INSERT OR IGNORE INTO {table} ({column}, paper) VALUES (?, ?)"
            if edit.after
            else f"DELETE FROM {table} WHERE {column} = ? AND paper = ?"
        )
        rows = _live(connection, edit.rows)
        return connection.executemany(statement, [(edit.name, row) for row in rows]).rowcount

    return set_member


def _set_source(connection: Connection, edit: Edit) -> int:
    number = connection.execute("SELECT id FROM source WHERE name = ?", (edit.name,)).fetchone()
    if number is None:
        return 0
    return _set_member("paper_source", "source")(connection, edit._replace(name=number[0]))


def _set_trash(connection: Connection, edit: Edit) -> int:
    if edit.after:
        return len(trash.remove(connection, edit.rows, str(edit.after)))
    return len(trash.restore(connection, edit.rows))


def _set_search(connection: Connection, edit: Edit) -> int:
    if saved_search(connection, edit.name) != edit.before:
        return 0
    set_search(connection, edit.name, edit.after)
    return 1


def _live(connection: Connection, rows: Sequence[int]) -> list[int]:
    """Return the `rows` that are not merged into other papers."""
    live: set[int] = set()
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        live.update(
            row
            for (row,) in connection.execute(
                f"SELECT row FROM paper WHERE row IN ({marks}) AND merged_into IS NULL", chunk
            )
        )
    return [row for row in rows if row in live]


def note_of(connection: Connection, row: int) -> str:
    """Return the note of a paper, or an empty string."""
    note = connection.execute("SELECT text FROM note WHERE paper = ?", (row,)).fetchone()
    return str(note[0]) if note else ""


def set_note(connection: Connection, row: int, text: str) -> None:
    """Replace the note of a paper; an empty text removes it."""
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (row, text))
    else:
        connection.execute("DELETE FROM note WHERE paper = ?", (row,))


def saved_search(connection: Connection, name: str) -> str | None:
    """Return a saved search as JSON: its position and its request; None if there is none."""
    search = connection.execute(
        "SELECT json_array(position, json(request)) FROM saved_search WHERE name = ?", (name,)
    ).fetchone()
    return str(search[0]) if search else None


def set_search(connection: Connection, name: str, search: Value) -> None:
    """Save or replace a search given as `saved_search` returns it; None removes it."""
    if search is None:
        connection.execute("DELETE FROM saved_search WHERE name = ?", (name,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO saved_search (name, position, request) "
            "VALUES (?1, json_extract(?2, '$[0]'), json_extract(?2, '$[1]'))",
            (name, search),
        )


def _set_papers(connection: Connection, edit: Edit) -> int:
    from paperreader.store.identity import apply as apply_identity  # identity imports this module

    return apply_identity(connection, edit)


_WRITERS: dict[str, Callable[[Connection, Edit], int]] = {
    **dict.fromkeys(("bookmarked", "position", "read", "done"), _set_column),
    "note": _set_note,
    "tag": _set_member("tag", "name"),
    "interest": _set_member("interest", "value"),
    "file": _set_member("attachment", "path"),
    "source": _set_source,
    "trash": _set_trash,
    "papers": _set_papers,
    "search": _set_search,
}
