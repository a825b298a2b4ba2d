"""The staging table, in which a large addition collects what its papers are found by.

Digests and tokens are like random numbers, so each batch of papers changes nearly every page of
their tables. While 574,000 papers were added, that wrote 2.3 times the size of the papers. A large
addition therefore appends them to one table by paper, searches a copy in memory, and moves all of
them at its end, in order. If it is killed, whoever adds papers next reads the copy from the table.
"""

from array import array
from collections.abc import Iterable
from sqlite3 import Connection

from paperreader.store.variants import Variant

# The digest and the tokens of a paper, as 4 bytes each.
_TABLE = "staged (paper INTEGER PRIMARY KEY, digest BLOB NOT NULL, tokens BLOB NOT NULL)"
# The copy; it belongs to a connection, like everything in `temp`. Its one `version` is SQLite's
# data_version of when it was complete: another one says that somebody else wrote since.
_COPY = (
    "staged_variant (digest, paper, PRIMARY KEY (digest)) WITHOUT ROWID",
    "staged_token (number, paper, PRIMARY KEY (number, paper)) WITHOUT ROWID",
    "staged_copy (version)",
)

_Row = tuple[int, bytes, bytes]


class Staging:
    """The staging table within one transaction, which must end with a call of `finish`."""

    def __init__(self, connection: Connection, *, begin: bool = False) -> None:
        """Bring the copy of `connection` up to date; `begin` makes the table if there is none."""
        self._connection = connection
        execute = connection.execute
        for table in _COPY:
            execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}")
        self._active = exists(connection)
        if not self._is_current():
            self._read()
        if begin and not self._active:
            execute(f"CREATE TABLE main.{_TABLE}")
            self._active = True

    def add(self, variant: Variant) -> None:
        """Add a variant that is alone in its paper, which is a new one."""
        row = variant.row, variant.digest, array("I", variant.tokens).tobytes()
        self._connection.execute("INSERT INTO main.staged VALUES (?, ?, ?)", row)
        self._copy([row])

    def settle(self, paper: int) -> None:
        """Move what is staged of a paper to where its tokens can be changed."""
        execute = self._connection.execute
        if not self._active:
            return
        for row, digest, tokens in execute("SELECT * FROM main.staged WHERE paper = ?", (paper,)):
            numbers = [(number, row) for number in array("I", tokens)]
            execute("INSERT OR IGNORE INTO main.variant VALUES (?, ?, NULL)", (digest, row))
            execute("DELETE FROM temp.staged_variant WHERE digest = ?", (digest,))
            for statement in (
                "INSERT OR IGNORE INTO main.token VALUES (?, ?)",
                "DELETE FROM temp.staged_token WHERE number = ? AND paper = ?",
            ):
                self._connection.executemany(statement, numbers)
        execute("DELETE FROM main.staged WHERE paper = ?", (paper,))

    def settle_all(self) -> None:
        """Move all that is staged into the tables of variants and tokens.

        A variant that has got there since is newer. The order is that of the tables, so that each
        of their pages is written once.
        """
        execute = self._connection.execute
        # Dropped first, so that the tables grow into its pages, which need no erasing.
        (erase,) = execute("PRAGMA secure_delete").fetchone()
        execute("PRAGMA secure_delete = OFF")
        execute("DROP TABLE main.staged")
        execute(f"PRAGMA secure_delete = {erase}")
        execute(
            "INSERT OR IGNORE INTO main.variant "
            "SELECT digest, paper, NULL FROM temp.staged_variant ORDER BY digest"
        )
        execute(
            "INSERT OR IGNORE INTO main.token "
            "SELECT number, paper FROM temp.staged_token ORDER BY number, paper"
        )
        self._active = False
        self._clear()

    def finish(self) -> None:
        """Say that the copy is complete."""
        execute = self._connection.execute
        execute("DELETE FROM temp.staged_copy")
        execute("INSERT INTO temp.staged_copy SELECT data_version FROM pragma_data_version")

    def _is_current(self) -> bool:
        """Whether the copy holds what the table does."""
        execute = self._connection.execute
        if not self._active:
            return execute("SELECT 1 FROM temp.staged_variant LIMIT 1").fetchone() is None
        known = execute(
            "SELECT 1 FROM temp.staged_copy JOIN pragma_data_version ON data_version = version"
        )
        return known.fetchone() is not None

    def _read(self) -> None:
        self._clear()
        if self._active:
            self._copy(self._connection.execute("SELECT * FROM main.staged"))

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
        for table in ("staged_variant", "staged_token"):
            self._connection.execute(f"DELETE FROM temp.{table}")


def exists(connection: Connection) -> bool:
    """Whether there is a staging table: a large addition is under way, or was killed."""
    found = connection.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'staged'")
    return found.fetchone() is not None
