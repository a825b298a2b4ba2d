"""The papers of a library: added, merged, looked up."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.errors import PaperreaderError
from paperreader.identity import same_by_title, share_identifier, united
from paperreader.paper import Paper, Record
from paperreader.store.database import Database
from paperreader.store.rows import (
    PAPER_COLUMNS,
    RECORDS,
    from_paper,
    title_hash,
    to_paper,
    to_records,
)


class NoSuchPaper(PaperreaderError):
    """A key that names no paper, or several."""


class Change(NamedTuple):
    """The text of a paper that is new or changed, as the search index takes it.

    `title`, `abstract` and `authors` are empty where the paper is one no longer.
    """

    revision: int
    row: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    published: str


class Outcome(StrEnum):
    """What became of a paper that was added."""

    NEW = "new"
    KNOWN = "known"
    MERGED = "merged"


class Papers:
    """The papers in a database."""

    def __init__(self, database: Database) -> None:
        """Work on the papers in `database`."""
        self._database = database

    def add(
        self,
        papers: Sequence[Paper],
        source: str,
        added: str,
        headings: Sequence[tuple[str, str]] = (),
    ) -> list[tuple[int, Outcome]]:
        """Add `papers` in one transaction; `added` is the time, `source` where they come from.

        `headings` are what the source says of itself; they are kept with it. Returns, for each
        paper, its row and what became of it.
        """
        with self._database.writing() as connection:
            batch = _Batch(connection, _source(connection, source, headings), added)
            outcomes = [batch.add(paper) for paper in papers]
            batch.finish()
        return outcomes

    def records(self, rows: Sequence[int]) -> list[Record]:
        """Return the records of `rows`, in their order; rows that are gone are left out."""
        marks = ",".join("?" * len(rows))
        with self._database.reading() as connection:
            told = connection.execute(RECORDS.format(f"paper.row IN ({marks})"), rows).fetchall()
        found = {record.row: record for record in to_records(told)}
        return [found[row] for row in rows if row in found]

    def row_of(self, key: str) -> int:
        """Return the row of the paper whose key or alias is `key` or alone begins with it.

        Raises `NoSuchPaper` where there is none, or more than one.
        """
        with self._database.reading() as connection:
            for told in (key, key.lower()):
                if exact := connection.execute(
                    "SELECT paper FROM alias WHERE key = ?", (told,)
                ).fetchone():
                    return int(exact[0])
            beginnings = (key, *(f"{scheme}:{key}" for scheme in ("arxiv", "doi", "acl", "title")))
            found: dict[int, str] = {}
            for beginning in beginnings if key else ():
                found |= connection.execute(
                    "SELECT paper, key FROM alias WHERE key >= ? AND key < ? LIMIT 50",
                    (beginning, beginning + "\U0010ffff"),
                ).fetchall()
        if not found:
            raise NoSuchPaper(f"No paper has the key {key!r}; `paperreader list` shows the keys.")
        if len(found) > 1:
            few = ", ".join(sorted(found.values())[:3])
            raise NoSuchPaper(f"{key!r} begins several keys ({few}, …); give more of it.")
        return next(iter(found))

    def changes(self, after: int, limit: int) -> list[Change]:
        """Return the next `limit` changes after revision `after`, oldest first."""
        return self._changes("revision > ? ORDER BY revision LIMIT ?", (after, limit))

    def pending(self, after: int) -> int:
        """Return how many changes there are after revision `after`."""
        with self._database.reading() as connection:
            (number,) = connection.execute(
                "SELECT count(*) FROM paper WHERE revision > ?", (after,)
            ).fetchone()
        return int(number)

    def texts(self, rows: Sequence[int]) -> list[Change]:
        """Return the present texts of `rows`."""
        return self._changes(f"row IN ({','.join('?' * len(rows))}) ORDER BY row", rows)

    def headings(self, source: str) -> list[tuple[str, str]]:
        """Return what a source says of itself: (kind, text) pairs."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT headings FROM source WHERE name = ?", (source,)
            ).fetchone()
        return [(kind, told) for kind, told in json.loads(row[0])] if row else []

    def all_rows(self) -> Iterator[int]:
        """Yield the rows of all papers in the order of adding, oldest first."""
        with self._database.reading() as connection:
            for (row,) in connection.execute(
                "SELECT row FROM paper WHERE merged_into IS NULL ORDER BY row"
            ):
                yield row

    def _changes(self, condition: str, values: Sequence[int]) -> list[Change]:
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT revision, row, title, abstract, authors, published, merged_into "
                f"FROM paper WHERE {condition}",
                values,
            )
            return [
                Change(revision, row, title, abstract, tuple(json.loads(authors)), published)
                if merged is None
                else Change(revision, row, "", "", (), "")
                for revision, row, title, abstract, authors, published, merged in found
            ]


class _Batch:
    """Papers on their way into the library, inside one transaction."""

    def __init__(self, connection: Connection, source: int, added: str) -> None:
        self._connection = connection
        self._source = source
        self._added = added
        (self._revision,) = connection.execute(
            "SELECT value FROM meta WHERE name = 'revision'"
        ).fetchone()

    def add(self, paper: Paper) -> tuple[int, Outcome]:
        """Return the row of `paper` and what became of it."""
        rows = self._matches(paper)
        if not rows:
            row, outcome = self._insert(paper), Outcome.NEW
        else:
            row, *others = rows
            known = self._paper(row)
            whole = united(known, paper)
            for other in others:
                whole = united(whole, self._paper(other))
                self._fold_in(other, row)
            outcome = Outcome.KNOWN if whole == known and not others else Outcome.MERGED
            if outcome is Outcome.MERGED:
                self._update(row, whole)
        self._connection.execute(
            "INSERT OR IGNORE INTO paper_source VALUES (?, ?)", (row, self._source)
        )
        return row, outcome

    def finish(self) -> None:
        self._connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'revision'", (self._revision,)
        )

    def _matches(self, paper: Paper) -> list[int]:
        """Return the rows that are this paper: by identifier, else by title."""
        keys = [f"{scheme}:{value}" for scheme, value in paper.identifiers.items()]
        if keys:
            marks = ",".join("?" * len(keys))
            found = [
                row
                for (row,) in self._connection.execute(
                    f"SELECT DISTINCT paper FROM alias WHERE key IN ({marks}) ORDER BY paper", keys
                )
                if share_identifier(self._paper(row), paper)
            ]
            if found:
                return found
        candidates = self._connection.execute(
            "SELECT row FROM paper WHERE title_hash = ? AND merged_into IS NULL ORDER BY row",
            (title_hash(paper.title),),
        ).fetchall()
        return [row for (row,) in candidates if same_by_title(self._paper(row), paper)][:1]

    def _paper(self, row: int) -> Paper:
        return to_paper(
            self._connection.execute(
                f"SELECT {PAPER_COLUMNS} FROM paper WHERE row = ?", (row,)
            ).fetchone()
        )

    def _insert(self, paper: Paper) -> int:
        self._revision += 1
        key = self._free_key(paper)
        row = self._connection.execute(
            f"INSERT INTO paper (key, {PAPER_COLUMNS}, has_code, has_pdf, title_hash, added, "
            "revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, *from_paper(paper), self._added, self._revision),
        ).lastrowid
        if row is None:
            raise AssertionError("an inserted row has a number")
        self._name(row, key, paper)
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
        self._name(row, key, paper)

    def _name(self, row: int, key: str, paper: Paper) -> None:
        names = {key, *(k for k in paper.keys if not k.startswith("title:"))}
        self._connection.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?)", [(name, row) for name in names]
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO category VALUES (?, ?)", [(c, row) for c in paper.categories]
        )

    def _free_key(self, paper: Paper, row: int = 0) -> str:
        """Return the strongest name of `paper` that no other paper has."""
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
        execute("UPDATE alias SET paper = ? WHERE paper = ?", (row, other))
        for table in ("paper_source", "tag", "category"):
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
        execute(
            "INSERT INTO note SELECT ?, text FROM note WHERE paper = ? "
            "ON CONFLICT (paper) DO UPDATE SET text = text || char(10) || excluded.text",
            (row, other),
        )
        for table in ("reading", "note"):
            execute(f"DELETE FROM {table} WHERE paper = ?", (other,))


def _source(connection: Connection, name: str, headings: Sequence[tuple[str, str]]) -> int:
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
