"""Lookups of papers in online services."""

from collections.abc import Iterable, Sequence

from paperreader.papers.record import Record
from paperreader.store.database import Database


class Lookups:
    """The lookups in a database, and their results."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def asked_since(self, service: str, when: str) -> set[int]:
        """Return the rows that were looked up in `service` since `when`."""
        with self._database.reading() as connection:
            return {
                row
                for (row,) in connection.execute(
                    "SELECT paper FROM lookup WHERE service = ? AND asked >= ?", (service, when)
                )
            }

    def complete(
        self, service: str, rows: Iterable[int], records: Sequence[Record], when: str
    ) -> None:
        """Save that `rows` were looked up in `service`, and the `records` that it completed."""
        from paperreader.store.ingest import Ingest, source_number  # only a writer needs it

        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO lookup VALUES (?, ?, ?)",
                [(row, service, when) for row in rows],
            )
            batch = Ingest(connection)
            for record in records:
                sources = [source_number(connection, name, ()) for name in record.sources]
                batch.add(record.paper, sources, record.added, [record.key, *record.aliases])
            batch.finish()
