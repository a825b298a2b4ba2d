"""The staging table, in which a large addition collects what its papers are found by.

Digests and tokens are like random numbers, so each batch of papers changes nearly every page of
their tables. While 574,000 papers were added, that wrote 2.3 times the size of the papers. A large
addition therefore appends them to one table by paper, searches a copy in memory, and moves all of
them at its end, in order. If it is killed, whoever adds papers next reads the copy from the table.
"""

import os
from array import array
from collections.abc import Iterable
from sqlite3 import Connection

from paperreader.store.variants import Variant

# The digest and the tokens of a paper, as 4 bytes each. Row 0 holds a random version of the whole
# table in place of a digest.
_TABLE = "staged (paper INTEGER PRIMARY KEY, digest BLOB NOT NULL, tokens BLOB NOT NULL)"
# The copy, with the version that it is of; it belongs to a connection, like everything in `temp`.
_COPY = (
    "staged_variant (digest, paper, PRIMARY KEY (digest)) WITHOUT ROWID",
    "staged_token (number, paper, PRIMARY KEY (number, paper)) WITHOUT ROWID",
    "staged_copy (version)",
)
# So many papers are moved in one transaction, which takes half a second.
_PART = 40_000
_TOKENS = 1 << 32

_Row = tuple[int, bytes, bytes]


class Staging:
    """The staging table within one transaction, which must end with a call of `finish`."""

    def __init__(self, connection: Connection, *, begin: bool = False) -> None:
        """Bring the copy of `connection` up to date; `begin` makes the table if there is none."""
        self._connection = connection
        self._version = version(connection)
        self._changed = False
        for table in _COPY:
            connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}")
        if not self._is_current():
            self._read()
        if begin and self._version is None:
            connection.execute(f"CREATE TABLE main.{_TABLE}")
            self._change()

    def add(self, variant: Variant) -> None:
        """Add a variant that is alone in its paper, which is a new one."""
        row = variant.row, variant.digest, array("I", variant.tokens).tobytes()
        self._connection.execute("INSERT INTO main.staged VALUES (?, ?, ?)", row)
        self._copy([row])
        self._changed = True

    def settle(self, paper: int) -> None:
        """Move what is staged of a paper to where its tokens can be changed."""
        execute = self._connection.execute
        if self._version is None:
            return
        staged = execute("SELECT * FROM main.staged WHERE paper = ?", (paper,)).fetchall()
        for row, digest, tokens in staged:
            numbers = [(number, row) for number in array("I", tokens)]
            execute("INSERT OR IGNORE INTO main.variant VALUES (?, ?, NULL)", (digest, row))
            execute("DELETE FROM temp.staged_variant WHERE digest = ?", (digest,))
            for statement in (
                "INSERT OR IGNORE INTO main.token VALUES (?, ?)",
                "DELETE FROM temp.staged_token WHERE number = ? AND paper = ?",
            ):
                self._connection.executemany(statement, numbers)
            execute("DELETE FROM main.staged WHERE paper = ?", (row,))
            self._changed = True

    def parts(self) -> int:
        """Return in how many parts what is staged is to be moved."""
        (papers,) = self._connection.execute("SELECT count(*) FROM temp.staged_variant").fetchone()
        return int(papers) // _PART + 1

    def settle_part(self, part: int, parts: int) -> None:
        """Copy a part of what is staged to the tables of variants and tokens.

        A variant that has got there since is newer. The order is that of the tables, so that each
        of their pages is written once.
        """
        execute = self._connection.execute
        first, last = (number * _TOKENS // parts for number in (part, part + 1))
        execute(
            "INSERT OR IGNORE INTO main.variant SELECT digest, paper, NULL "
            "FROM temp.staged_variant WHERE digest >= ? AND digest < ? ORDER BY digest",
            (first.to_bytes(5)[1:], last.to_bytes(5)[1:] if part + 1 < parts else b"\xff" * 17),
        )
        execute(
            "INSERT OR IGNORE INTO main.token SELECT number, paper "
            "FROM temp.staged_token WHERE number >= ? AND number < ? ORDER BY number, paper",
            (first, last),
        )

    def drop(self) -> None:
        """Drop the table, all of whose parts are where they belong."""
        execute = self._connection.execute
        # Its pages need no erasing, which would write them.
        (erase,) = execute("PRAGMA secure_delete").fetchone()
        execute("PRAGMA secure_delete = OFF")
        execute("DROP TABLE main.staged")
        execute(f"PRAGMA secure_delete = {erase}")
        self._version = None
        self._clear()

    def finish(self) -> None:
        """Give a table that changed another version, which the copy is of."""
        if self._changed:
            self._change()

    def _is_current(self) -> bool:
        """Whether the copy holds what the table does."""
        known = self._connection.execute("SELECT version FROM temp.staged_copy").fetchone()
        return self._version == (known[0] if known else None)

    def _change(self) -> None:
        self._version = os.urandom(8)
        self._connection.execute(
            "INSERT OR REPLACE INTO main.staged VALUES (0, ?, x'')", (self._version,)
        )
        self._changed = False
        self._know()

    def _know(self) -> None:
        self._connection.execute("DELETE FROM temp.staged_copy")
        self._connection.execute("INSERT INTO temp.staged_copy VALUES (?)", (self._version,))

    def _read(self) -> None:
        self._clear()
        if self._version is not None:
            self._copy(self._connection.execute("SELECT * FROM main.staged WHERE paper > 0"))
            self._know()

    def _copy(self, rows: Iterable[_Row]) -> None:
        for paper, digest, tokens in rows:
            self._connection.execute(
                "INSERT OR REPLACE INTO temp.staged_variant VALUES (?, ?)", (digest, paper)
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO temp.staged_token VALUES (?, ?)",
                [(number, paper) for number in array("I", tokens)],
            )

    def _clear(self) -> None:
        for table in ("staged_variant", "staged_token", "staged_copy"):
            self._connection.execute(f"DELETE FROM temp.{table}")


def version(connection: Connection) -> bytes | None:
    """Return the version of the staging table, or None if there is none.

    There is one while a large addition is under way, and after it was killed.
    """
    if not connection.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'staged'").fetchone():
        return None
    (value,) = connection.execute("SELECT digest FROM main.staged WHERE paper = 0").fetchone()
    return bytes(value)
