"""The trash: removed papers, kept until they are restored.

A paper in the trash is merged into itself, which keeps it out of every list and out of the
index; its rows in other tables are kept in `trash.state`.
"""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from paperreader.store.mapping import chunks

# For each table, its columns without `paper`. The names go into statements, so they are fixed.
TABLES = {
    "reading": ("bookmarked", "position", "read", "done"),
    "tag": ("name",),
    "note": ("text",),
    "category": ("name",),
    "paper_source": ("source",),
    "attachment": ("path",),
    "interest": ("value",),
}


def remove(connection: Connection, rows: Sequence[int], time: str) -> list[int]:
    """Move the papers `rows` to the trash; return those that were not in it yet.

    Each table is looked through once for many papers: `category` has no index by paper.
    """
    moved: list[int] = []
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        present = connection.execute(
            f"SELECT row FROM paper WHERE row IN ({marks}) AND merged_into IS NULL", chunk
        )
        states: dict[int, dict[str, list[list[object]]]]
        states = {row: {table: [] for table in TABLES} for (row,) in present}
        marks = ",".join("?" * len(states))
        for table, columns in TABLES.items():
            for row, *values in connection.execute(
                f"SELECT paper, {', '.join(columns)} FROM {table} WHERE paper IN ({marks})",
                [*states],
            ):
                states[row][table].append(values)
            connection.execute(f"DELETE FROM {table} WHERE paper IN ({marks})", [*states])
        connection.executemany(
            "INSERT INTO trash VALUES (?, ?, ?)",
            [(row, time, json.dumps(state)) for row, state in states.items()],
        )
        moved += states
    _move(connection, moved, "row")
    return moved


def restore(connection: Connection, rows: Sequence[int]) -> list[int]:
    """Restore those of `rows` that are in the trash, with all of their state; return them."""
    restored = []
    for row, state in _states(connection, rows):
        for table, values in json.loads(state).items():
            columns = TABLES[table]
            connection.executemany(
                f"INSERT OR IGNORE INTO {table} (paper, {', '.join(columns)}) "
                f"VALUES (?{', ?' * len(columns)})",
                [(row, *each) for each in values],
            )
        restored.append(row)
    connection.executemany("DELETE FROM trash WHERE paper = ?", [(row,) for row in restored])
    _move(connection, restored, "NULL")
    return restored


def _states(connection: Connection, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        yield from connection.execute(
            f"SELECT paper, state FROM trash WHERE paper IN ({marks})", chunk
        ).fetchall()


def _move(connection: Connection, rows: Sequence[int], merged_into: str) -> None:
    """Mark papers as removed or present, with new revisions for lists and the index."""
    (revision,) = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
    connection.executemany(
        f"UPDATE paper SET merged_into = {merged_into}, revision = ? WHERE row = ?",
        [(revision + number, row) for number, row in enumerate(rows, 1)],
    )
    connection.execute("UPDATE meta SET value = ? WHERE name = 'revision'", (revision + len(rows),))
