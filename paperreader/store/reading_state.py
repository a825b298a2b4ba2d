"""What the person did with papers: bookmarks, read and done, tags, notes; and its undoing."""

from collections.abc import Sequence
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.papers.record import Record
from paperreader.store.database import Database
from paperreader.store.mapping import chunks, present_rows
from paperreader.store.notes import add_note, note_of, set_note

_COLUMNS = ("bookmarked", "position", "read", "done")


class Reading(NamedTuple):
    """The state of one paper before a change: `Record`'s fields of the same names."""

    row: int
    bookmarked: str = ""
    position: int = 0
    read: str = ""
    done: str = ""


class Undo(NamedTuple):
    """What was there before a change: give it to `restore` and the change has not happened.

    Of `reading`, only the `columns` are brought back: what the change touched, so that undoing a
    bookmark leaves alone what was tagged or read since, perhaps by another paperreader.
    """

    what: str
    columns: tuple[str, ...] = ()
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
            before = _readings(connection, present_rows(connection, rows))
            last = _last_position(connection)
            changed = [old for old in before if bool(old.bookmarked) != bool(when)]
            new = [
                old._replace(bookmarked=when, position=last + place if when else 0)
                for place, old in enumerate(changed, 1)
            ]
            columns = ("bookmarked", "position")
            _put_readings(connection, new, columns)
        return Undo("bookmark" if when else "bookmark removed", columns, tuple(changed))

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
            [row] = present_rows(connection, [row])
            if row not in listed:
                return Undo("nothing moved")
            before = _readings(connection, listed)
            place = listed.index(row)
            listed.insert(max(0, min(len(listed) - 1, place + by)), listed.pop(place))
            connection.executemany(
                "UPDATE reading SET position = ? WHERE paper = ?",
                [(position, r) for position, r in enumerate(listed, 1)],
            )
        return Undo("moved", ("position",), tuple(before))

    def tag(self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> Undo:
        """Give `rows` the tags `add` and take the tags `remove` from them."""
        with self._database.writing() as connection:
            rows = present_rows(connection, rows)
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
            [row] = present_rows(connection, [row])
            before = ((row, note_of(connection, row)),)
            set_note(connection, row, text)
        return Undo("note", notes=before)

    def restore(self, undo: Undo) -> Undo:
        """Bring back what was there before a change; return what undoes that again.

        A paper that was merged into another one since is left alone: what the other one has may
        be its own.
        """
        with self._database.writing() as connection:
            rows = [old.row for old in undo.reading] + [row for row, _ in undo.tags + undo.notes]
            here = set(present_rows(connection, rows)).intersection(rows)
            reading = tuple(old for old in undo.reading if old.row in here)
            tags = {row: names for row, names in undo.tags if row in here}
            notes = {row: text for row, text in undo.notes if row in here}
            now = Undo(
                undo.what,
                undo.columns,
                tuple(_readings(connection, [old.row for old in reading])),
                tuple((row, _tags(connection, row)) for row in tags),
                tuple((row, note_of(connection, row)) for row in notes),
            )
            _put_readings(connection, reading, undo.columns)
            for row, names in tags.items():
                connection.execute("DELETE FROM tag WHERE paper = ?", (row,))
                connection.executemany("INSERT INTO tag VALUES (?, ?)", [(t, row) for t in names])
            for row, text in notes.items():
                set_note(connection, row, text)
        return now

    def take_over(self, states: Sequence[tuple[int, Record]]) -> int:
        """Unite the states of `states` (row here, record elsewhere) with those here.

        What is marked here stays marked; a second time changes nothing. Returns how many
        papers changed.
        """
        changed = 0
        with self._database.writing() as connection:
            last = _last_position(connection)
            for told, record in sorted(states, key=lambda state: state[1].position):
                [row] = present_rows(connection, [told])
                (here,) = _readings(connection, [row])
                new = bool(record.bookmarked and not here.bookmarked)
                last += new
                whole = Reading(
                    row,
                    here.bookmarked or record.bookmarked,
                    last if new else here.position,
                    here.read or record.read,
                    here.done or record.done,
                )
                if marked := whole != here:
                    _put_readings(connection, [whole], _COLUMNS)
                tagged = connection.executemany(
                    "INSERT OR IGNORE INTO tag VALUES (?, ?)", [(t, row) for t in record.tags]
                )
                noted = add_note(connection, row, record.note)
                changed += marked or tagged.rowcount > 0 or noted
        return changed

    def tags(self) -> list[str]:
        """Return all tags in use."""
        with self._database.reading() as connection:
            return [t for (t,) in connection.execute("SELECT DISTINCT name FROM tag ORDER BY name")]

    def _mark(self, rows: Sequence[int], columns: tuple[str, ...], when: str, what: str) -> Undo:
        with self._database.writing() as connection:
            before = _readings(connection, present_rows(connection, rows))
            # A second mark keeps the time of the first.
            changed = [
                old
                for old in before
                if any(bool(getattr(old, column)) != bool(when) for column in columns)
            ]
            new = [Reading(old.row, read=when, done=when) for old in changed]
            _put_readings(connection, new, columns)
        return Undo(what, columns, tuple(changed))


def _readings(connection: Connection, rows: Sequence[int]) -> list[Reading]:
    found: dict[int, Reading] = {}
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        for row in connection.execute(
            f"SELECT paper, bookmarked, position, read, done FROM reading WHERE paper IN ({marks})",
            chunk,
        ):
            found[row[0]] = Reading(*row)
    return [found.get(row) or Reading(row) for row in dict.fromkeys(rows)]


def _put_readings(
    connection: Connection, readings: Sequence[Reading], columns: tuple[str, ...]
) -> None:
    """Write the `columns` of `readings` and leave the others as they are."""
    if not columns:
        return
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
    connection.executemany(
        f"INSERT INTO reading (paper, {', '.join(columns)}) "
        f"VALUES ({', '.join('?' * (len(columns) + 1))}) "
        f"ON CONFLICT (paper) DO UPDATE SET {updates}",
        [(one.row, *(getattr(one, column) for column in columns)) for one in readings],
    )


def _last_position(connection: Connection) -> int:
    (last,) = connection.execute(
        "SELECT coalesce(max(position), 0) FROM reading WHERE bookmarked != ''"
    ).fetchone()
    return int(last)


def _tags(connection: Connection, row: int) -> tuple[str, ...]:
    return tuple(
        t
        for (t,) in connection.execute("SELECT name FROM tag WHERE paper = ? ORDER BY name", (row,))
    )
