"""The rows of the paper table: inserting, updating, naming and merging within a transaction."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from sqlite3 import Connection

from paperreader.papers.paper import Paper
from paperreader.store.mapping import PAPER_COLUMNS, from_paper, to_paper
from paperreader.store.reading_state import add_note
from paperreader.store.trash import restore

# The prefix of the temporary key of a paper that has lost its own.
_LOST = "lost:"


class PaperRows:
    """The papers within one transaction, which must end with a call of `finish`."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the transaction of `connection`."""
        self._connection = connection
        (self._revision,) = connection.execute(
            "SELECT value FROM meta WHERE name = 'revision'"
        ).fetchone()

    def finish(self) -> None:
        """Save the last revision."""
        self._connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'revision'", (self._revision,)
        )

    def paper(self, row: int) -> Paper:
        """Return the paper in `row`."""
        return to_paper(
            self._connection.execute(
                f"SELECT {PAPER_COLUMNS} FROM paper WHERE row = ?", (row,)
            ).fetchone()
        )

    def keys(self, rows: Collection[int]) -> dict[int, str]:
        """Return the key of each of `rows`."""
        marks = ",".join("?" * len(rows))
        return dict(
            self._connection.execute(
                f"SELECT row, key FROM paper WHERE row IN ({marks})", list(rows)
            ).fetchall()
        )

    def insert(self, paper: Paper, added: str, names: Sequence[str]) -> int:
        """Insert a new paper, with `names` as further keys; return its row."""
        self._revision += 1
        key = self._free_key(paper)
        row = self._connection.execute(
            f"INSERT INTO paper (key, {PAPER_COLUMNS}, has_code, has_pdf, added, revision) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *from_paper(paper), added, self._revision),
        ).lastrowid
        if row is None:
            raise AssertionError("an inserted row has a number")
        self._file(row, [key, *names], paper)
        return row

    def update(self, row: int, paper: Paper) -> None:
        """Replace the paper in `row` if it changed; its earlier keys stay valid."""
        (old,) = self._connection.execute("SELECT key FROM paper WHERE row = ?", (row,)).fetchone()
        if paper == self.paper(row) and not old.startswith(_LOST):
            return
        self._revision += 1
        key = old if old in paper.keys else self._free_key(paper, row)
        assignments = ", ".join(f"{column} = ?" for column in PAPER_COLUMNS.split(", "))
        self._connection.execute(
            f"UPDATE paper SET key = ?, {assignments}, has_code = ?, has_pdf = ?, revision = ? "
            "WHERE row = ?",
            (key, *from_paper(paper), self._revision, row),
        )
        self._connection.execute("DELETE FROM category WHERE paper = ?", (row,))
        self._file(row, [key], paper)

    def touch(self, row: int, paper: Paper | None) -> None:
        """Write `paper` to `row` under the same key, or only a new revision if it is None."""
        self._revision += 1
        columns = f"({PAPER_COLUMNS}, has_code, has_pdf, revision)"
        if paper is None:
            self._connection.execute(
                "UPDATE paper SET revision = ? WHERE row = ?", (self._revision, row)
            )
            return
        self._connection.execute(
            f"UPDATE paper SET {columns} = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE row = ?",
            (*from_paper(paper), self._revision, row),
        )

    def name(self, row: int, names: Sequence[str]) -> bool:
        """Add those of `names` that are free as keys of a paper; return whether there are any."""
        named = self._connection.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?)", [(name, row) for name in names]
        )
        return named.rowcount > 0

    def forget_names(self, row: int, names: Sequence[str]) -> None:
        """Remove `names` from the keys of the paper in `row`."""
        self._connection.executemany(
            "DELETE FROM alias WHERE key = ? AND paper = ?", [(name, row) for name in names]
        )
        # The next update gives it a key; until then another paper may take the old one.
        self._connection.executemany(
            "UPDATE paper SET key = ? WHERE row = ? AND key = ?",
            [(f"{_LOST}{row}", row, name) for name in names],
        )

    def copy_sources(self, rows: Sequence[int], row: int) -> None:
        """Add the sources of the papers in `rows` to the paper in `row`."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO paper_source SELECT ?, source FROM paper_source WHERE paper = ?",
            [(row, parent) for parent in rows],
        )

    def restore(self, rows: Sequence[int]) -> bool:
        """Restore those of `rows` that are in the trash; return whether there were any."""
        if not self.in_trash(rows):
            return False
        self.finish()
        restore(self._connection, rows)
        self._revision += len(rows)
        return True

    def in_trash(self, rows: Sequence[int]) -> bool:
        """Whether the person removed one of the papers in `rows`."""
        marks = ",".join("?" * len(rows))
        cursor = self._connection.execute(f"SELECT 1 FROM trash WHERE paper IN ({marks})", rows)
        return cursor.fetchone() is not None

    def merge(self, source: int, row: int) -> None:
        """Merge the paper in row `source` into the paper in `row`."""
        execute = self._connection.execute
        self._revision += 1
        execute(
            "UPDATE paper SET merged_into = ?, key = ?, revision = ? WHERE row = ?",
            (row, f"merged:{source}", self._revision, source),
        )
        execute("UPDATE paper SET merged_into = ? WHERE merged_into = ?", (row, source))
        execute("UPDATE alias SET paper = ? WHERE paper = ?", (row, source))
        for table in ("paper_source", "tag", "interest", "category", "attachment"):
            execute(f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?", (row, source))
            execute(f"DELETE FROM {table} WHERE paper = ?", (source,))
        execute(
            "INSERT INTO reading SELECT ?, bookmarked, position, read, done FROM reading "
            "WHERE paper = ? ON CONFLICT (paper) DO UPDATE SET "
            "position = CASE bookmarked WHEN '' THEN excluded.position ELSE position END, "
            "bookmarked = CASE bookmarked WHEN '' THEN excluded.bookmarked ELSE bookmarked END, "
            "read = CASE read WHEN '' THEN excluded.read ELSE read END, "
            "done = CASE done WHEN '' THEN excluded.done ELSE done END",
            (row, source),
        )
        for (note,) in execute("SELECT text FROM note WHERE paper = ?", (source,)).fetchall():
            add_note(self._connection, row, note)
        for table in ("reading", "note"):
            execute(f"DELETE FROM {table} WHERE paper = ?", (source,))

    def _file(self, row: int, keys: Sequence[str], paper: Paper) -> None:
        self.name(row, keys)
        self._connection.executemany(
            "INSERT OR IGNORE INTO category VALUES (?, ?)", [(c, row) for c in paper.categories]
        )

    def _free_key(self, paper: Paper, row: int = 0) -> str:
        """Return the strongest key of `paper` that no other paper has."""
        for name in _names(paper):
            taken = self._connection.execute(
                "SELECT paper FROM alias WHERE key = ?", (name,)
            ).fetchone()
            if taken is None or taken[0] == row:
                return name
        return f"{paper.title_key}-{self._revision}"


def _names(paper: Paper) -> Iterator[str]:
    yield from paper.keys
    yield paper.title_key
    yield f"{paper.title_key}-{hashlib.sha256(paper.abstract.encode()).hexdigest()[:8]}"
