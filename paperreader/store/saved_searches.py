"""Saved searches."""

import json
from collections.abc import Mapping

from paperreader.errors import PaperreaderError
from paperreader.store.database import Database
from paperreader.store.edits import Edit, apply, saved_search
from paperreader.store.history import History, Step


class SavedSearches:
    """Named searches in a database, in the order that the person gave them.

    The contents of a search belong to the caller: a mapping of JSON values. Methods that change
    something return the undoable step, or None if nothing changed.
    """

    def __init__(self, database: Database, history: History) -> None:
        """Work on the saved searches in `database`; every change goes into `history`."""
        self._database = database
        self._history = history

    def all(self) -> dict[str, Mapping[str, object]]:
        """Return every saved search by its name, in order."""
        with self._database.reading() as connection:
            return {
                name: json.loads(request)
                for name, request in connection.execute(
                    "SELECT name, request FROM saved_search ORDER BY position, name"
                )
            }

    def put(self, name: str, request: Mapping[str, object], now: str) -> Step | None:
        """Save `request` under `name`, as the last search or replacing the one of that name."""
        before = self._get(name)
        position = json.loads(before)[0] if before else self._last() + 1
        return self._make(f"search saved: {name}", now, {name: (position, request)})

    def remove(self, name: str, now: str) -> Step | None:
        """Delete the search `name`."""
        return self._make(f"search forgotten: {name}", now, {name: None})

    def rename(self, old: str, new: str, now: str) -> Step | None:
        """Rename the search `old` to `new`, which must not be in use."""
        search = self._get(old)
        if search is None or old == new:
            return None
        if self._get(new) is not None:
            raise PaperreaderError(f"There is a saved search {new!r} already; take another name.")
        position, request = json.loads(search)
        return self._make(f"search renamed: {new}", now, {old: None, new: (position, request)})

    def move(self, name: str, by: int, now: str) -> Step | None:
        """Move a search down by `by` positions (up if negative)."""
        names = list(self.all())
        if name not in names:
            return None
        index = names.index(name)
        names.insert(max(0, min(len(names) - 1, index + by)), names.pop(index))
        searches = self.all()
        order = {name: (number, searches[name]) for number, name in enumerate(names, 1)}
        return self._make(f"search moved: {name}", now, order)

    def _make(
        self,
        what: str,
        now: str,
        searches: Mapping[str, tuple[int, Mapping[str, object]] | None],
    ) -> Step | None:
        with self._database.writing() as connection:
            edits = []
            for name, search in searches.items():
                before = saved_search(connection, name)
                after = search and json.dumps(search, separators=(",", ":"), ensure_ascii=False)
                if before != after:
                    edits.append(Edit("search", name, before, after))
            apply(connection, edits)
            return self._history.record(connection, what, now, edits)

    def _get(self, name: str) -> str | None:
        with self._database.reading() as connection:
            return saved_search(connection, name)

    def _last(self) -> int:
        with self._database.reading() as connection:
            return int(
                connection.execute(
                    "SELECT coalesce(max(position), 0) FROM saved_search"
                ).fetchone()[0]
            )
