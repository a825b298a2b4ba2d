"""Papers on their way into the library."""

import json
from collections.abc import Sequence
from enum import StrEnum
from sqlite3 import Connection

from paperreader.papers.identifiers import STRONG_SCHEMES
from paperreader.papers.merging import are_different, merged, same_by_title
from paperreader.papers.paper import Paper
from paperreader.store.mapping import PAPER_COLUMNS, from_paper, title_hash, to_paper
from paperreader.store.reading_state import add_note
from paperreader.store.trash import bring_back


class Outcome(StrEnum):
    """What became of a paper that was added."""

    NEW = "new"
    KNOWN = "known"
    MERGED = "merged"


class Ingest:
    """Papers on their way into the library, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work inside the transaction of `connection`."""
        self._connection = connection
        (self._revision,) = connection.execute(
            "SELECT value FROM meta WHERE name = 'revision'"
        ).fetchone()

    def add(
        self, paper: Paper, sources: Sequence[int], added: str, names: Sequence[str] = ()
    ) -> tuple[int, Outcome]:
        """Return the row of `paper` and what became of it; `names` are further keys of it."""
        same = self._same(paper)
        names = [*(key for key in paper.keys if key != paper.title_key), *names]
        if not same:
            row, outcome = self._insert(paper, added), Outcome.NEW
            self._name(row, names)
        else:
            back = self._bring_back([row for row, _ in same])
            (row, known), *others = same
            whole = merged(known, paper)
            for other, told in others:
                whole = merged(whole, told)
                self._fold_in(other, row)
            named = self._name(row, names)
            changed = whole != known or named or others
            outcome = Outcome.NEW if back else Outcome.MERGED if changed else Outcome.KNOWN
            if changed:
                self._update(row, whole)
        self._connection.executemany(
            "INSERT OR IGNORE INTO paper_source VALUES (?, ?)", [(row, s) for s in sources]
        )
        return row, outcome

    def is_in_trash(self, paper: Paper) -> bool:
        """Whether the person removed `paper`."""
        rows = [row for row, _ in self._same(paper)]
        marks = ",".join("?" * len(rows))
        return bool(
            rows
            and self._connection.execute(
                f"SELECT 1 FROM trash WHERE paper IN ({marks})", rows
            ).fetchone()
        )

    def finish(self) -> None:
        """Remember how far the revisions went."""
        self._connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'revision'", (self._revision,)
        )

    def _same(self, paper: Paper) -> list[tuple[int, Paper]]:
        """Return the rows that are this paper, oldest first: by identifier, and one by title.

        The title is that which the paper will have here, so that a second time finds the same.
        """
        found: dict[int, Paper] = {}
        whole = paper
        for row, scheme in self._named(paper):
            known = self._paper(row)
            apart = are_different(known, paper, below=scheme) or (
                found and are_different(known, whole)
            )
            if not apart:
                found[row] = known
                whole = merged(known, whole)
        candidates = self._connection.execute(
            "SELECT row FROM paper WHERE title_hash = ? "
            "AND (merged_into IS NULL OR merged_into = row) ORDER BY row",
            (title_hash(whole.title),),
        ).fetchall()
        for (row,) in candidates:
            if row not in found and same_by_title(known := self._paper(row), whole):
                found[row] = known
                break
        return sorted(found.items())

    def _named(self, paper: Paper) -> list[tuple[int, str]]:
        """Return the rows that have an identifier of `paper`, each with the strongest scheme."""
        keys = [f"{s}:{paper.identifiers[s]}" for s in STRONG_SCHEMES if s in paper.identifiers]
        if not keys:
            return []
        marks = ",".join("?" * len(keys))
        rows = dict(
            self._connection.execute(
                f"SELECT key, paper FROM alias WHERE key IN ({marks})", keys
            ).fetchall()
        )
        schemes = {rows[key]: key.partition(":")[0] for key in reversed(keys) if key in rows}
        return sorted(schemes.items())

    def _paper(self, row: int) -> Paper:
        return to_paper(
            self._connection.execute(
                f"SELECT {PAPER_COLUMNS} FROM paper WHERE row = ?", (row,)
            ).fetchone()
        )

    def _bring_back(self, rows: Sequence[int]) -> bool:
        """Take out of the trash those of `rows` that are in it; whether there were any."""
        marks = ",".join("?" * len(rows))
        if not self._connection.execute(
            f"SELECT 1 FROM trash WHERE paper IN ({marks})", rows
        ).fetchone():
            return False
        self.finish()
        bring_back(self._connection, rows)
        self._revision += len(rows)
        return True

    def _insert(self, paper: Paper, added: str) -> int:
        self._revision += 1
        key = self._free_key(paper)
        row = self._connection.execute(
            f"INSERT INTO paper (key, {PAPER_COLUMNS}, has_code, has_pdf, title_hash, added, "
            "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *from_paper(paper), added, self._revision),
        ).lastrowid
        if row is None:
            raise AssertionError("an inserted row has a number")
        self._file(row, key, paper)
        return row

    def _update(self, row: int, paper: Paper) -> None:
        self._revision += 1
        (old,) = self._connection.execute("SELECT key FROM paper WHERE row = ?", (row,)).fetchone()
        key = old if old in paper.keys else self._free_key(paper, row)
        assignments = ", ".join(f"{column} = ?" for column in PAPER_COLUMNS.split(", "))
        self._connection.execute(
            f"UPDATE paper SET key = ?, {assignments}, has_code = ?, has_pdf = ?, title_hash = ?, "
            "revision = ? WHERE row = ?",
            (key, *from_paper(paper), self._revision, row),
        )
        self._file(row, key, paper)

    def _file(self, row: int, key: str, paper: Paper) -> None:
        self._name(row, [key])
        self._connection.executemany(
            "INSERT OR IGNORE INTO category VALUES (?, ?)", [(c, row) for c in paper.categories]
        )

    def _name(self, row: int, names: Sequence[str]) -> bool:
        """Let the paper be found by `names` that no other one has; whether any is new."""
        named = self._connection.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?)", [(name, row) for name in names]
        )
        return named.rowcount > 0

    def _free_key(self, paper: Paper, row: int = 0) -> str:
        """Return the strongest name of `paper` that no other paper has."""
        import hashlib

        told = hashlib.sha256(paper.abstract.encode()).hexdigest()[:8]
        for name in (*paper.keys, paper.title_key, f"{paper.title_key}-{told}"):
            taken = self._connection.execute(
                "SELECT paper FROM alias WHERE key = ?", (name,)
            ).fetchone()
            if taken is None or taken[0] == row:
                return name
        return f"{paper.title_key}-{told}-{self._revision}"

    def _fold_in(self, other: int, row: int) -> None:
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


def source_number(connection: Connection, name: str, headings: Sequence[tuple[str, str]]) -> int:
    """Return the number of the source, made or brought up to date."""
    connection.execute(
        "INSERT INTO source (name, headings) VALUES (?, '[]') ON CONFLICT DO NOTHING", (name,)
    )
    if headings:
        connection.execute(
            "UPDATE source SET headings = ? WHERE name = ?",
            (json.dumps(headings, ensure_ascii=False), name),
        )
    (number,) = connection.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
    return int(number)
