"""Followed sources: how far each was fetched, and which papers it brought."""

from collections.abc import Sequence
from typing import NamedTuple

from paperreader.papers.paper import Paper
from paperreader.store.database import Database
from paperreader.store.mapping import chunks
from paperreader.store.outcome import Outcome
from paperreader.store.queries import NEW


class Followed(NamedTuple):
    """A followed source; times are ISO 8601 in UTC, empty if the thing was not done.

    `problem` says why the last fetch failed, if it did. `new` is the number of its papers that
    were fetched and not touched since. `progress` is text of the fetching code.
    """

    name: str
    added: str
    paused: str
    fetched: str
    problem: str
    progress: str
    new: int


class Following:
    """The followed sources in a database."""

    def __init__(self, database: Database) -> None:
        """Work on the followed sources in `database`."""
        self._database = database

    def all(self) -> list[Followed]:
        """Return the followed sources, in the order of adding."""
        with self._database.reading() as connection:
            counts = dict(
                connection.execute(
                    f"SELECT source.name, count(*) {NEW} GROUP BY source.id"
                ).fetchall()
            )
            return [
                Followed(name, added, paused, fetched, problem, progress, counts.get(name, 0))
                for name, added, paused, fetched, problem, progress in connection.execute(
                    "SELECT name, added, paused, fetched, problem, progress FROM followed "
                    "ORDER BY id"
                )
            ]

    def add(self, name: str, when: str) -> bool:
        """Follow `name`; return whether it was not followed before."""
        with self._database.writing() as connection:
            added = connection.execute(
                "INSERT OR IGNORE INTO followed (name, added) VALUES (?, ?)", (name, when)
            )
            return added.rowcount > 0

    def remove(self, name: str) -> bool:
        """Stop following `name`, and keep its papers; return whether it was followed."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM followed WHERE name = ?", (name,)).rowcount > 0

    def pause(self, name: str, when: str) -> bool:
        """Pause fetching `name` from `when` on, or resume it if `when` is ''.

        Returns whether it is followed.
        """
        with self._database.writing() as connection:
            paused = connection.execute(
                "UPDATE followed SET paused = ? WHERE name = ?", (when, name)
            )
            return paused.rowcount > 0

    def validators(self, name: str, url: str) -> tuple[str, str]:
        """Return the ETag and the Last-Modified of `url` when it was last fetched."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT etag, modified FROM validator JOIN followed ON followed.id = followed "
                "WHERE name = ? AND url = ?",
                (name, url),
            ).fetchone()
        return (row[0], row[1]) if row else ("", "")

    def receive(
        self,
        name: str,
        papers: Sequence[Paper],
        when: str,
        *,
        progress: str,
        validators: tuple[str, str, str] | None = None,
        headings: Sequence[tuple[str, str]] = (),
    ) -> list[tuple[int, Outcome]]:
        """Add the papers of one page of `name`, with the `progress` after it.

        It is one transaction: after a crash a page is saved with its progress, or fetched again.
        `validators` are an address, its ETag and its Last-Modified. Returns the row and the outcome
        of each paper, except those that the person had removed.
        """
        from paperreader.store.ingest import Ingest, source_number  # only a writer needs it

        with self._database.writing() as connection:
            batch = Ingest(connection)
            source = source_number(connection, name, headings)
            outcomes = [
                batch.add(paper, [source], when)
                for paper in papers
                # Removed papers come back when the person adds them, not with every fetch.
                if not batch.is_in_trash(paper)
            ]
            batch.finish()
            new = dict.fromkeys(row for row, outcome in outcomes if outcome is Outcome.NEW)
            connection.executemany(
                "INSERT OR IGNORE INTO arrival VALUES (?, ?, ?)", [(r, source, when) for r in new]
            )
            # A source that is no longer followed keeps its papers, but not its progress.
            connection.execute("UPDATE followed SET progress = ? WHERE name = ?", (progress, name))
            if validators is not None:
                connection.execute(
                    "INSERT OR REPLACE INTO validator "
                    "SELECT id, ?, ?, ? FROM followed WHERE name = ?",
                    (*validators, name),
                )
        return outcomes

    def fetched(self, name: str, when: str, problem: str = "") -> None:
        """Note that a fetch of `name` ended at `when`, or why it failed."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE followed SET problem = ?, fetched = iif(? = '', ?, fetched) WHERE name = ?",
                (problem, problem, when, name),
            )

    def untouched(self, before: str) -> list[int]:
        """Return the papers that were fetched before a time and not touched since.

        A tag or a note is a touch too.
        """
        with self._database.reading() as connection:
            return [
                row
                for (row,) in connection.execute(
                    f"SELECT paper.row {NEW} AND came < ? "
                    "AND paper.row NOT IN (SELECT paper FROM tag) "
                    "AND paper.row NOT IN (SELECT paper FROM note) ORDER BY paper.row",
                    (before,),
                )
            ]

    def added_since(self, when: str) -> list[int]:
        """Return the papers that were added after a time, fetched or not, the last first."""
        with self._database.reading() as connection:
            return [
                row
                for (row,) in connection.execute(
                    "SELECT row FROM paper WHERE merged_into IS NULL AND added > ? "
                    "ORDER BY added DESC, row",
                    (when,),
                )
            ]

    def arrivals(self, rows: Sequence[int]) -> dict[int, tuple[str, str]]:
        """Return the source and the time of fetching of those of `rows` that were fetched."""
        arrivals: dict[int, tuple[str, str]] = {}
        with self._database.reading() as connection:
            for chunk in chunks(rows):
                for row, name, came in connection.execute(
                    "SELECT paper, source.name, came FROM arrival "
                    "JOIN source ON source.id = arrival.source "
                    f"WHERE paper IN ({','.join('?' * len(chunk))})",
                    chunk,
                ):
                    arrivals[row] = (name, came)
        return arrivals
