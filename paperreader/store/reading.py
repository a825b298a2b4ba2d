"""What the person did with papers: bookmarks, read and done, tags, notes; and its undoing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from paperreader.paper import Record
from paperreader.store.database import Database

# SQLite takes at most 32,766 values a statement; this many rows are asked for at once.
_CHUNK = 500


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The state of one paper before a change: `Record`'s fields of the same names."""

    row: int
    bookmarked: str = ""
    position: int = 0
    read: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """What was there before a change: give it to `restore` and the change has not happened.

    Only what the change touched is in it, so that undoing a bookmark leaves a later tag alone.
    """

    what: str
    reading: tuple[Reading, ...] = ()
    tags: tuple[tuple[int, tuple[str, ...]], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()


class ReadingStates:
    """Bookmarks, read and done marks, tags and notes in a database."""

    def __init__(self, database: Database) -> None:
        """Work on the states in `database`."""
        self._database = database

    def bookmark(self, rows: Sequence[int], when: str) -> Undo:
        """Put `rows` at the end of the reading list; with an empty `when`, take them off it."""
        with self._database.writing() as connection:
            before = _readings(connection, rows)
            (last,) = connection.execute(
                "SELECT coalesce(max(position), 0) FROM reading WHERE bookmarked != ''"
            ).fetchone()
            changed = [old for old in before if bool(old.bookmarked) != bool(when)]
            connection.executemany(
                "INSERT INTO reading (paper, bookmarked, position) VALUES (?, ?, ?) "
                "ON CONFLICT (paper) DO UPDATE SET "
                "bookmarked = excluded.bookmarked, position = excluded.position",
                [
                    (old.row, when, last + place if when else 0)
                    for place, old in enumerate(changed, 1)
                ],
            )
        return Undo("bookmark" if when else "bookmark removed", reading=tuple(changed))

    def mark_read(self, rows: Sequence[int], when: str) -> Undo:
        """Mark `rows` as read; with an empty `when`, as unread, and then as not done either."""
        columns = ("read",) if when else ("read", "done")
        return self._mark(rows, columns, when, "marked read" if when else "marked unread")

    def mark_done(self, rows: Sequence[int], when: str) -> Undo:
        """Mark `rows` as done with, which leaves the reading list; or, with '', as not done."""
        return self._mark(rows, ("done",), when, "done" if when else "not done")

    def move(self, row: int, by: int) -> Undo:
        """Move a bookmark `by` places down (or, negative, up) in the reading list."""
        with self._database.writing() as connection:
            listed = [
                r
                for (r,) in connection.execute(
                    "SELECT paper FROM reading WHERE bookmarked != '' AND done = '' "
                    "ORDER BY position, paper"
                )
            ]
            if row not in listed:
                return Undo("nothing moved")
            before = _readings(connection, listed)
            place = listed.index(row)
            listed.insert(max(0, min(len(listed) - 1, place + by)), listed.pop(place))
            connection.executemany(
                "UPDATE reading SET position = ? WHERE paper = ?",
                [(position, r) for position, r in enumerate(listed, 1)],
            )
        return Undo("moved", reading=tuple(before))

    def tag(self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> Undo:
        """Give `rows` the tags `add` and take the tags `remove` from them."""
        with self._database.writing() as connection:
            before = tuple((row, _tags(connection, row)) for row in rows)
            for row in rows:
                connection.executemany(
                    "DELETE FROM tag WHERE paper = ? AND name = ?", [(row, t) for t in remove]
                )
                connection.executemany(
                    "INSERT OR IGNORE INTO tag VALUES (?, ?)", [(t, row) for t in add]
                )
        return Undo("tags", tags=before)

    def note(self, row: int, text: str) -> Undo:
        """Replace the note of `row`; an empty text removes it."""
        with self._database.writing() as connection:
            before = ((row, _note(connection, row)),)
            _set_note(connection, row, text)
        return Undo("note", notes=before)

    def restore(self, undo: Undo) -> Undo:
        """Bring back what was there before a change; return what undoes that again."""
        with self._database.writing() as connection:
            now = Undo(
                undo.what,
                tuple(_readings(connection, [old.row for old in undo.reading])),
                tuple((row, _tags(connection, row)) for row, _ in undo.tags),
                tuple((row, _note(connection, row)) for row, _ in undo.notes),
            )
            _put_readings(connection, undo.reading)
            for row, tags in undo.tags:
                connection.execute("DELETE FROM tag WHERE paper = ?", (row,))
                connection.executemany("INSERT INTO tag VALUES (?, ?)", [(t, row) for t in tags])
            for row, text in undo.notes:
                _set_note(connection, row, text)
        return now

    def take_over(self, states: Sequence[tuple[int, Record]]) -> int:
        """Unite the states of `states` (row here, record elsewhere) with those here.

        What is marked here stays marked; a second time changes nothing. Returns how many
        papers changed.
        """
        changed = 0
        with self._database.writing() as connection:
            (last,) = connection.execute(
                "SELECT coalesce(max(position), 0) FROM reading WHERE bookmarked != ''"
            ).fetchone()
            for row, record in sorted(states, key=lambda state: state[1].position):
                (here,) = _readings(connection, [row])
                new = bool(record.bookmarked and not here.bookmarked)
                last += new
                whole = (
                    here.bookmarked or record.bookmarked,
                    last if new else here.position,
                    here.read or record.read,
                    here.done or record.done,
                )
                tags = _tags(connection, row)
                note = _note(connection, row)
                more_tags = [t for t in record.tags if t.lower() not in {x.lower() for x in tags}]
                more_note = record.note if record.note not in note else ""
                if whole != (here.bookmarked, here.position, here.read, here.done):
                    _put_readings(connection, [Reading(row, *whole)])
                elif not more_tags and not more_note:
                    continue
                changed += 1
                connection.executemany(
                    "INSERT INTO tag VALUES (?, ?)", [(t, row) for t in more_tags]
                )
                if more_note:
                    _set_note(connection, row, "\n".join(filter(None, [note, more_note])))
        return changed

    def tags(self) -> list[str]:
        """Return all tags in use."""
        with self._database.reading() as connection:
            return [t for (t,) in connection.execute("SELECT DISTINCT name FROM tag ORDER BY name")]

    def _mark(self, rows: Sequence[int], columns: Sequence[str], when: str, what: str) -> Undo:
        set_all = ", ".join(f"{column} = excluded.{column}" for column in columns)
        marks = ", ".join("?" * (len(columns) + 1))
        with self._database.writing() as connection:
            before = _readings(connection, rows)
            # A second mark keeps the time of the first.
            changed = [
                old
                for old in before
                if any(bool(getattr(old, column)) != bool(when) for column in columns)
            ]
            connection.executemany(
                f"INSERT INTO reading (paper, {', '.join(columns)}) VALUES ({marks}) "
                f"ON CONFLICT (paper) DO UPDATE SET {set_all}",
                [(old.row, *[when] * len(columns)) for old in changed],
            )
        return Undo(what, reading=tuple(changed))


def _readings(connection: Connection, rows: Sequence[int]) -> list[Reading]:
    found: dict[int, Reading] = {}
    for chunk in _chunks(rows):
        marks = ",".join("?" * len(chunk))
        for row in connection.execute(
            f"SELECT paper, bookmarked, position, read, done FROM reading WHERE paper IN ({marks})",
            chunk,
        ):
            found[row[0]] = Reading(*row)
    return [found.get(row) or Reading(row) for row in dict.fromkeys(rows)]


def _put_readings(connection: Connection, readings: Sequence[Reading]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO reading (paper, bookmarked, position, read, done) "
        "VALUES (?, ?, ?, ?, ?)",
        [(old.row, old.bookmarked, old.position, old.read, old.done) for old in readings],
    )


def _tags(connection: Connection, row: int) -> tuple[str, ...]:
    return tuple(
        t
        for (t,) in connection.execute("SELECT name FROM tag WHERE paper = ? ORDER BY name", (row,))
    )


def _note(connection: Connection, row: int) -> str:
    found = connection.execute("SELECT text FROM note WHERE paper = ?", (row,)).fetchone()
    return str(found[0]) if found else ""


def _set_note(connection: Connection, row: int, text: str) -> None:
    if text:
        connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (row, text))
    else:
        connection.execute("DELETE FROM note WHERE paper = ?", (row,))


def _chunks(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
