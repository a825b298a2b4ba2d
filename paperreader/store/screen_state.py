"""The state of the screen between sessions, and past searches."""

import json

from paperreader.store.database import Database

# The number of past searches to keep.
_KEPT = 500


class ScreenState:
    """Values of the screen by name, and past searches, in a database.

    They are not changes to papers, and so are not announced to other readers.
    """

    def __init__(self, database: Database) -> None:
        """Store the state in `database`."""
        self._database = database

    def all(self) -> dict[str, object]:
        """Return every stored value by its name."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, value FROM state").fetchall()
        return {name: json.loads(value) for name, value in rows}

    def put(self, values: dict[str, object]) -> None:
        """Store `values`, which must be JSON values, all of them or none."""
        with self._database.writing(announced=False) as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO state VALUES (?, ?)",
                [(name, json.dumps(value)) for name, value in values.items()],
            )

    def searches(self) -> list[str]:
        """Return past searches, the last one first."""
        with self._database.reading() as connection:
            return [
                text
                for (text,) in connection.execute(
                    "SELECT text FROM search_history ORDER BY time DESC, text"
                )
            ]

    def searched(self, text: str, now: str) -> None:
        """Save that `text` was searched for at the time `now`."""
        with self._database.writing(announced=False) as connection:
            connection.execute("INSERT OR REPLACE INTO search_history VALUES (?, ?)", (text, now))
            connection.execute(
                "DELETE FROM search_history WHERE text NOT IN "
                "(SELECT text FROM search_history ORDER BY time DESC LIMIT ?)",
                (_KEPT,),
            )
