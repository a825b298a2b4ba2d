"""The undo history: the steps of the person, which can be undone even after a restart."""

import json
import os
from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.store.database import Database
from paperreader.store.edits import Edit, apply, make_positions_distinct

# The number of steps to keep. A step of 10,000 papers takes about 70 kB.
KEPT = 500


class Step(NamedTuple):
    """A step of the person: what, when, to how many papers, and the title of one of them.

    `row` is the paper of that title, or 0 if the step concerned no paper. After an undo or redo,
    `skipped` is the number of values that were left alone because they had changed since.
    """

    number: int
    what: str
    time: str
    papers: int
    row: int
    title: str
    undone: bool = False
    skipped: int = 0


class History:
    """The steps in a database, with undo and redo.

    A session undoes its own steps and those from before its start, newest first, but never the
    steps that another process makes meanwhile.
    """

    def __init__(self, database: Database) -> None:
        """Start a session on `database`."""
        self._database = database
        self._session = os.urandom(8).hex()  # `secrets` would load OpenSSL
        with database.reading() as connection:
            (begin,) = connection.execute("SELECT coalesce(max(number), 0) FROM history").fetchone()
        self._mine: dict[str, str | int] = {"session": self._session, "begin": begin}

    def record(
        self, connection: Connection, what: str, time: str, edits: Sequence[Edit]
    ) -> Step | None:
        """Record `edits`, which were just made, as a step, unless there are none.

        Steps that were undone before can then no longer be redone.
        """
        if not edits:
            return None
        execute = connection.execute
        execute(f"DELETE FROM history WHERE undone > 0 AND {_MINE}", self._mine)
        rows = {row for edit in edits for row in edit.rows}
        first = edits[0].rows[0] if edits[0].rows else None
        number = execute(
            "INSERT INTO history (session, time, what, papers, first, changes) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (self._session, time, what, len(rows), first, _dump(edits)),
        ).lastrowid
        execute("DELETE FROM history WHERE number <= ?", ((number or 0) - KEPT,))
        return self._newest(connection)

    def amend(self, connection: Connection, what: str, edit: Edit) -> Step | None:
        """Extend the last step to `edit.after`, if it is `what` and ended in `edit.before`.

        Returns that step, or None if the last step is a different one.
        """
        last = self._newest(connection)
        if last is None or last.undone or last.what != what:
            return None
        [before, *more] = self._edits(connection, last)
        if more or before != edit._replace(before=before.before, after=edit.before):
            return None
        connection.execute(
            "UPDATE history SET changes = ? WHERE number = ?",
            (_dump([before._replace(after=edit.after)]), last.number),
        )
        return last

    def undo(self) -> Step | None:
        """Undo the newest step that is not undone; return it, or None if there is none."""
        with self._database.writing() as connection:
            step = self._step(connection, f"undone = 0 AND {_MINE} ORDER BY number DESC")
            if step is None:
                return None
            edits = [edit.reversed() for edit in reversed(self._edits(connection, step))]
            applied = apply(connection, edits)
            make_positions_distinct(connection)
            connection.execute(
                "UPDATE history SET undone = 1 + (SELECT max(undone) FROM history) "
                "WHERE number = ?",
                (step.number,),
            )
        return step._replace(undone=True, skipped=_size(edits) - applied)

    def redo(self) -> Step | None:
        """Redo the step that was undone last; return it, or None if there is none."""
        with self._database.writing() as connection:
            step = self._step(connection, f"undone > 0 AND {_MINE} ORDER BY undone DESC")
            if step is None:
                return None
            edits = self._edits(connection, step)
            applied = apply(connection, edits)
            make_positions_distinct(connection)
            connection.execute("UPDATE history SET undone = 0 WHERE number = ?", (step.number,))
        return step._replace(undone=False, skipped=_size(edits) - applied)

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would undo."""
        with self._database.reading() as connection:
            return self._step(connection, f"undone = 0 AND {_MINE} ORDER BY number DESC")

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would redo."""
        with self._database.reading() as connection:
            return self._step(connection, f"undone > 0 AND {_MINE} ORDER BY undone DESC")

    def steps(self, limit: int = KEPT) -> list[Step]:
        """Return the last steps of this session and those from before it, newest first."""
        with self._database.reading() as connection:
            return [
                _to_step(row)
                for row in connection.execute(
                    f"{_STEP} WHERE {_MINE} ORDER BY number DESC LIMIT :limit",
                    self._mine | {"limit": limit},
                )
            ]

    def _newest(self, connection: Connection) -> Step | None:
        return self._step(connection, "session = :session ORDER BY number DESC")

    def _step(self, connection: Connection, where: str) -> Step | None:
        row = connection.execute(f"{_STEP} WHERE {where} LIMIT 1", self._mine).fetchone()
        return _to_step(row) if row else None

    def _edits(self, connection: Connection, step: Step) -> list[Edit]:
        (changes,) = connection.execute(
            "SELECT changes FROM history WHERE number = ?", (step.number,)
        ).fetchone()
        return _load(changes)


_MINE = "(session = :session OR number <= :begin)"
_STEP = """
    SELECT number, what, time, papers, coalesce(first, 0), coalesce(title, ''), undone
    FROM history LEFT JOIN paper ON paper.row = history.first
"""


def _to_step(row: tuple[int, str, str, int, int, str, int]) -> Step:
    return Step(*row[:6], undone=row[6] > 0)


def _size(edits: Sequence[Edit]) -> int:
    return sum(len(edit.rows) or 1 for edit in edits)


def _dump(edits: Sequence[Edit]) -> str:
    return json.dumps(edits, ensure_ascii=False, separators=(",", ":"))


def _load(changes: str) -> list[Edit]:
    return [Edit(*edit) for edit in json.loads(changes)]
