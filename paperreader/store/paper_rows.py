"""The rows of the paper table: written, named, folded into one another, inside a transaction."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from sqlite3 import Connection

from paperreader.papers.paper import Paper
from paperreader.store.mapping import PAPER_COLUMNS, from_paper, to_paper
from paperreader.store.reading_state import add_note
from paperreader.store.trash import bring_back

# The key of a paper that has lost its own.
_LOST = "lost:"


class PaperRows:
    """The papers inside one transaction. `finish` has to be called at its end."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the transaction of `connection`."""
        self._connection = connection
        (self._revision,) = connection.execute(
            "SELECT value FROM meta WHERE name = 'revision'"
        ).fetchone()

    def finish(self) -> None:
        """Remember how far the revisions went."""
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
        """Write a new paper; return its row. `names` are further keys of it."""
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
        """Replace what is known of the paper in `row`, if it is new; earlier keys still name it."""
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
        """Write the paper in `row`, whose key stays, or without one let it be gone."""
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
        """Let the paper be found by `names` that no other one has; whether any is new."""
        named = self._connection.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?)", [(name, row) for name in names]
        )
        return named.rowcount > 0

    def forget_names(self, row: int, names: Sequence[str]) -> None:
        """Let `names` no longer lead to the paper in `row`."""
        self._connection.executemany(
            "DELETE FROM alias WHERE key = ? AND paper = ?", [(name, row) for name in names]
        )
        # The next update gives it a key again; until then another paper may take the old one.
        self._connection.executemany(
            "UPDATE paper SET key = ? WHERE row = ? AND key = ?",
            [(f"{_LOST}{row}", row, name) for name in names],
        )

    def copy_sources(self, rows: Sequence[int], row: int) -> None:
        """Let the paper in `row` come from where the papers in `rows` come from."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO paper_source SELECT ?, source FROM paper_source WHERE paper = ?",
            [(row, other) for other in rows],
        )

    def bring_back(self, rows: Sequence[int]) -> bool:
        """Take out of the trash those of `rows` that are in it; whether there were any."""
        if not self.in_trash(rows):
            return False
        self.finish()
        bring_back(self._connection, rows)
        self._revision += len(rows)
        return True

    def in_trash(self, rows: Sequence[int]) -> bool:
        """Whether the person removed one of the papers in `rows`."""
        marks = ",".join("?" * len(rows))
        found = self._connection.execute(f"SELECT 1 FROM trash WHERE paper IN ({marks})", rows)
        return found.fetchone() is not None

    def fold_in(self, other: int, row: int) -> None:
        """Give `row` all that belongs to the paper `other`, which turns out to be the same."""
        execute = self._connection.execute
        self._revision += 1
        execute(
            "UPDATE paper SET merged_into = ?, key = ?, revision = ? WHERE row = ?",
            (row, f"merged:{other}", self._revision, other),
        )
        execute("UPDATE paper SET merged_into = ? WHERE merged_into = ?", (row, other))
        execute("UPDATE alias SET paper = ? WHERE paper = ?", (row, other))
        for table in ("paper_source", "tag", "interest", "category", "attachment"):
            execute(f"UPDATE OR IGNORE {table} SET paper = ? WHERE paper = ?", (row, other))
            execute(f"DELETE FROM {table} WHERE paper = ?", (other,))
        execute(
            "INSERT INTO reading SELECT ?, bookmarked, position, read, done FROM reading "
            "WHERE paper = ? ON CONFLICT (paper) DO UPDATE SET "
            "position = CASE bookmarked WHEN '' THEN excluded.position ELSE position END, "
            "bookmarked = CASE bookmarked WHEN '' THEN excluded.bookmarked ELSE bookmarked END, "
            "read = CASE read WHEN '' THEN excluded.read ELSE read END, "
            "done = CASE done WHEN '' THEN excluded.done ELSE done END",
            (row, other),
        )
        for (note,) in execute("SELECT text FROM note WHERE paper = ?", (other,)).fetchall():
            add_note(self._connection, row, note)
        for table in ("reading", "note"):
            execute(f"DELETE FROM {table} WHERE paper = ?", (other,))

    def _file(self, row: int, keys: Sequence[str], paper: Paper) -> None:
        self.name(row, keys)
        self._connection.executemany(
            "INSERT OR IGNORE INTO category VALUES (?, ?)", [(c, row) for c in paper.categories]
        )

    def _free_key(self, paper: Paper, row: int = 0) -> str:
        """Return the strongest name of `paper` that no other paper has."""
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
