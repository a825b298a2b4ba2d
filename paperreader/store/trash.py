"""The trash: papers that were removed, whole, until they are brought back.

A paper in the trash is merged into itself, which keeps it out of every list and out of the
index; what other tables held of it waits in `trash.state`.
"""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from paperreader.store.mapping import chunks

# For each table, its columns without `paper`. Their names are ours: they are put into statements.
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
    """Put the papers `rows` into the trash; return those that were not there yet."""
    removed = []
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        state = ", ".join(
            f"'{table}', (SELECT json_group_array(json_array({', '.join(columns)})) "
            f"FROM {table} WHERE paper = paper.row)"
            for table, columns in TABLES.items()
        )
        removed += connection.execute(
            f"INSERT INTO trash SELECT row, ?, json_object({state}) FROM paper "
            f"WHERE row IN ({marks}) AND merged_into IS NULL RETURNING paper",
            (time, *chunk),
        ).fetchall()
    found = [row for (row,) in removed]
    for table in TABLES:
        connection.executemany(f"DELETE FROM {table} WHERE paper = ?", removed)
    _move(connection, found, "row")
    return found


def bring_back(connection: Connection, rows: Sequence[int]) -> list[int]:
    """Take the papers `rows` out of the trash with all that belonged to them; return which."""
    found = []
    for row, state in _states(connection, rows):
        for table, values in json.loads(state).items():
            columns = TABLES[table]
            connection.executemany(
                f"INSERT OR IGNORE INTO {table} (paper, {', '.join(columns)}) "
                f"VALUES (?{', ?' * len(columns)})",
                [(row, *each) for each in values],
            )
        found.append(row)
    connection.executemany("DELETE FROM trash WHERE paper = ?", [(row,) for row in found])
    _move(connection, found, "NULL")
    return found


def _states(connection: Connection, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        yield from connection.execute(
            f"SELECT paper, state FROM trash WHERE paper IN ({marks})", chunk
        ).fetchall()


def _move(connection: Connection, rows: Sequence[int], merged_into: str) -> None:
    """Let lists and index see that papers are gone, or here again."""
    (revision,) = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
    connection.executemany(
        f"UPDATE paper SET merged_into = {merged_into}, revision = ? WHERE row = ?",
        [(revision + number, row) for number, row in enumerate(rows, 1)],
    )
    connection.execute("UPDATE meta SET value = ? WHERE name = 'revision'", (revision + len(rows),))
