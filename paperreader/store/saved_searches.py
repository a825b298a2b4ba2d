"""Searches that the person gave a name."""

import json
from collections.abc import Mapping

from paperreader.store.database import Database


class SavedSearches:
    """Named searches in a database; what one says is the caller's: a mapping of JSON values."""

    def __init__(self, database: Database) -> None:
        """Work on the saved searches in `database`."""
        self._database = database

    def all(self) -> dict[str, Mapping[str, object]]:
        """Return every saved search by its name, in the order of names."""
        with self._database.reading() as connection:
            return {
                name: json.loads(request)
                for name, request in connection.execute(
                    "SELECT name, request FROM saved_search ORDER BY name"
                )
            }

    def put(self, name: str, request: Mapping[str, object]) -> None:
        """Save `request` under `name`, in place of what had that name."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO saved_search VALUES (?, ?)", (name, json.dumps(request))
            )

    def remove(self, name: str) -> bool:
        """Forget the search called `name`; whether there was one."""
        with self._database.writing() as connection:
            return bool(
                connection.execute("DELETE FROM saved_search WHERE name = ?", (name,)).rowcount
            )
