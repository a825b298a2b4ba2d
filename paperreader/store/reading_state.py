"""The state that the person gave papers: bookmarks, read and done marks, tags, notes, files."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.papers.record import Interest, Record
from paperreader.store.database import Database
from paperreader.store.edits import Edit, EditSet, apply, note_of, number_positions, set_note
from paperreader.store.history import History, Step
from paperreader.store.mapping import chunks, present_row, present_rows

_NOTE = "note"


_JUDGED = {
    Interest.MORE: "more like this",
    Interest.LESS: "skipped",
    Interest.NEITHER: "neither more nor less like this",
}
_SKIPPED = """
    SELECT interest.paper FROM interest JOIN paper ON row = interest.paper
    WHERE value = 'less' AND merged_into IS NULL ORDER BY interest.paper DESC
"""
_LIKED = """
    SELECT marked.row FROM (
        SELECT paper AS row, max(bookmarked, done) AS time FROM reading
            WHERE bookmarked != '' OR done != ''
        UNION ALL SELECT paper, '' FROM tag
        UNION ALL SELECT paper, '' FROM note
        UNION ALL SELECT paper, '' FROM interest WHERE value = 'more'
    ) AS marked JOIN paper ON paper.row = marked.row
    WHERE merged_into IS NULL
        AND marked.row NOT IN (SELECT paper FROM interest WHERE value = 'less')
    GROUP BY marked.row ORDER BY max(time) DESC, marked.row DESC
"""


class Reading(NamedTuple):
    """The state of one paper: `Record`'s fields of the same names."""

    row: int
    bookmarked: str = ""
    position: int = 0
    read: str = ""
    done: str = ""


class ReadingStates:
    """Bookmarks, read and done marks, tags, notes and attached files in a database.

    Methods that change something return the undoable step, or None if nothing changed.
    """

    def __init__(self, database: Database, history: History) -> None:
        """Work on the states in `database`; every change goes into `history`."""
        self._database = database
        self._history = history

    def bookmark(self, rows: Sequence[int], on: bool, now: str) -> Step | None:
        """Add `rows` to the end of the reading list, or remove them from it.

        The reading list has no papers that are done, so adding one makes it not done.
        """
        what = "on the reading list" if on else "off the reading list"
        with self._database.writing() as connection:
            last, edits = _last_position(connection), EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                new = old
                if on and (not old.bookmarked or old.done):
                    last += 1
                    new = old._replace(bookmarked=old.bookmarked or now, position=last, done="")
                elif not on:
                    new = old._replace(bookmarked="", position=0)
                _compare(edits, old, new)
            return self._make(connection, what, now, edits.edits())

    def mark_read(self, rows: Sequence[int], on: bool, now: str) -> Step | None:
        """Mark `rows` as read, or as unread and not done."""
        with self._database.writing() as connection:
            edits = EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                # A second mark keeps the time of the first.
                new = old._replace(read=old.read or now) if on else old._replace(read="", done="")
                _compare(edits, old, new)
            return self._make(connection, "read" if on else "unread", now, edits.edits())

    def mark_done(self, rows: Sequence[int], on: bool, now: str) -> Step | None:
        """Mark `rows` as done, which takes them off the reading list, or as not done."""
        with self._database.writing() as connection:
            edits = EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                _compare(edits, old, old._replace(done=old.done or now if on else ""))
            return self._make(connection, "done" if on else "not done", now, edits.edits())

    def judge(self, rows: Sequence[int], interest: Interest, now: str) -> Step | None:
        """Save whether the person wants more papers like `rows`, or fewer, or neither.

        Papers of which fewer are wanted are skipped: they are marked as read.
        """
        with self._database.writing() as connection:
            edits = EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                given = _interests(connection, old.row)
                for value in (Interest.MORE, Interest.LESS):
                    edits.add("interest", old.row, value in given, value is interest, value)
                if interest is Interest.LESS:
                    _compare(edits, old, old._replace(read=old.read or now))
            return self._make(connection, _JUDGED[interest], now, edits.edits())

    def judged(self, most: int) -> list[tuple[int, bool]]:
        """Return the papers that the person likes, then those that they skipped, the last first.

        They like the papers that they bookmarked, tagged, noted, finished or want more of, unless
        they want fewer of them. At most `most` of either kind are returned.
        """
        with self._database.reading() as connection:
            return [
                (row, liked)
                for liked, select in ((True, _LIKED), (False, _SKIPPED))
                for (row,) in connection.execute(f"{select} LIMIT ?", (most,))
            ]

    def move(self, rows: Sequence[int], by: int, now: str) -> Step | None:
        """Move bookmarks down by `by` lines in the reading list (up if negative).

        The positions of the list are reassigned; those of papers that are done, and so not in the
        list, do not change. Several rows keep their order and stop at the ends of the list.
        """
        with self._database.writing() as connection:
            listed = connection.execute(
                "SELECT paper, position FROM reading WHERE bookmarked != '' AND done = '' "
                "ORDER BY position, paper"
            ).fetchall()
            moved = _moved([row for row, _ in listed], present_rows(connection, rows), by)
            edits, before = EditSet(), dict(listed)
            for row, (_, position) in zip(moved, listed, strict=True):
                edits.add("position", row, before[row], position)
            what = "moved up" if by < 0 else "moved down"
            # The moved papers come first, so that the step is named after them.
            chosen = set(rows)
            ordered = sorted(edits.edits(), key=lambda edit: edit.rows[0] not in chosen)
            return self._make(connection, what, now, ordered)

    def tag(
        self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str], now: str
    ) -> Step | None:
        """Add the tags `add` to `rows`, and remove the tags `remove`."""
        with self._database.writing() as connection:
            edits, taken = EditSet(), {name.casefold() for name in remove}
            for row in present_rows(connection, rows):
                given = {name.casefold(): name for name in _tags(connection, row)}
                wanted = {name: given[name] for name in given if name not in taken}
                for name in add:
                    wanted.setdefault(name.casefold(), given.get(name.casefold(), name))
                for name in [name for name in given if name not in wanted]:
                    edits.add("tag", row, True, False, given[name])
                for name in [name for name in wanted if name not in given]:
                    edits.add("tag", row, False, True, wanted[name])
            done = edits.edits()
            said = dict.fromkeys(("+" if edit.after else "-") + edit.name for edit in done)
            return self._make(connection, " ".join(["tags", *said]), now, done)

    def note(self, row: int, text: str, now: str, *, typing: bool = False) -> Step | None:
        """Replace the note of `row`; an empty text removes it.

        While `typing`, the change is part of the same step as the one just before it.
        """
        with self._database.writing() as connection:
            row = present_row(connection, row)
            before = note_of(connection, row)
            if text == before:
                return None
            edit = Edit(_NOTE, "", before, text, [row])
            if typing and (step := self._history.amend(connection, _NOTE, edit)):
                set_note(connection, row, text)
                return step
            return self._make(connection, _NOTE, now, [edit])

    def attach(self, row: int, path: str, on: bool, now: str) -> Step | None:
        """Attach the file at `path` to the paper `row`, or detach it."""
        with self._database.writing() as connection:
            row = present_row(connection, row)
            known = connection.execute(
                "SELECT 1 FROM attachment WHERE paper = ? AND path = ?", (row, path)
            ).fetchone()
            edits = EditSet()
            edits.add("file", row, known is not None, on, path)
            return self._make(connection, "file" if on else "no file", now, edits.edits())

    def remove(self, rows: Sequence[int], now: str) -> Step | None:
        """Move papers to the trash, with all of their state."""
        with self._database.writing() as connection:
            edits = EditSet()
            for row in present_rows(connection, rows):
                edits.add("trash", row, None, now)
            return self._make(connection, "removed", now, edits.edits())

    def remove_source(self, name: str, now: str) -> Step | None:
        """Remove the source `name`, and every paper without another source.

        A paper with other sources stays, without this source.
        """
        with self._database.writing() as connection:
            shared: dict[bool, list[int]] = {True: [], False: []}
            for row, sources in connection.execute(
                "SELECT paper, (SELECT count(*) FROM paper_source AS every "
                "WHERE every.paper = paper_source.paper) FROM paper_source "
                "WHERE source = (SELECT id FROM source WHERE name = ?) ORDER BY paper",
                (name,),
            ):
                shared[sources > 1].append(row)
            edits = [
                Edit("trash", "", None, now, shared[False]),
                Edit("source", name, True, False, shared[True]),
            ]
            return self._make(connection, "removed", now, [edit for edit in edits if edit.rows])

    def take_over(self, states: Iterable[tuple[int, Record]], after: int) -> int:
        """Merge the states of another library, as pairs of a row here and a record there.

        Marks of this library stay, and doing it again changes nothing. New bookmarks come after
        the position `after`, in their order. Returns the number of papers that changed.
        """
        changed = 0
        with self._database.writing() as connection:
            for known, record in states:
                row = present_row(connection, known)
                (here,) = _readings(connection, [row])
                new = bool(record.bookmarked and not here.bookmarked)
                whole = Reading(
                    row,
                    here.bookmarked or record.bookmarked,
                    after + record.position if new else here.position,
                    here.read or record.read,
                    here.done or record.done,
                )
                edits = EditSet()
                _compare(edits, here, whole)
                changes = edits.edits()
                given = {name.casefold() for name in _tags(connection, row)}
                changes += [
                    Edit("tag", name, False, True, [row])
                    for name in record.tags
                    if name.casefold() not in given
                ]
                changes += [Edit("file", path, False, True, [row]) for path in record.files]
                if record.interest and not _interests(connection, row):
                    changes.append(Edit("interest", record.interest, False, True, [row]))
                applied = apply(connection, changes)
                noted = add_note(connection, row, record.note)
                changed += applied > 0 or noted
        return changed

    def last_position(self) -> int:
        """Return the position of the last bookmark."""
        with self._database.reading() as connection:
            return _last_position(connection)

    def number_positions(self) -> None:
        """Number the bookmarks from 1 in their order."""
        with self._database.writing() as connection:
            number_positions(connection)

    def tags(self) -> list[tuple[str, int]]:
        """Return all tags with their number of papers, the most used first."""
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT name, count(*) FROM tag GROUP BY name ORDER BY count(*) DESC, name"
            ).fetchall()

    def _make(
        self, connection: Connection, what: str, now: str, edits: Sequence[Edit]
    ) -> Step | None:
        """Apply `edits` and record them as one step."""
        apply(connection, edits)
        return self._history.record(connection, what, now, edits)


def _moved(listed: Sequence[int], rows: Sequence[int], by: int) -> list[int]:
    """Return `listed` with `rows` moved by `by` positions."""
    moved = list(listed)
    indexes = sorted((moved.index(row) for row in set(rows).intersection(moved)), reverse=by > 0)
    end = len(moved) - 1 if by > 0 else 0
    for index in indexes:
        target = min(index + by, end) if by > 0 else max(index + by, end)
        moved.insert(target, moved.pop(index))
        end = target - 1 if by > 0 else target + 1
    return moved


def _compare(edits: EditSet, old: Reading, new: Reading) -> None:
    """Add the differences between `old` and `new` to `edits`."""
    for column in ("bookmarked", "position", "read", "done"):
        edits.add(column, old.row, getattr(old, column), getattr(new, column))


def _readings(connection: Connection, rows: Sequence[int]) -> list[Reading]:
    known: dict[int, Reading] = {}
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        for row in connection.execute(
            f"SELECT paper, bookmarked, position, read, done FROM reading WHERE paper IN ({marks})",
            chunk,
        ):
            known[row[0]] = Reading(*row)
    return [known.get(row) or Reading(row) for row in dict.fromkeys(rows)]


def _interests(connection: Connection, row: int) -> set[str]:
    cursor = connection.execute("SELECT value FROM interest WHERE paper = ?", (row,))
    return {value for (value,) in cursor}


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


def add_note(connection: Connection, row: int, text: str) -> bool:
    """Add `text` to the note of a paper unless it is in it; return whether the note changed."""
    known = note_of(connection, row)
    whole = known or text
    if known and text:
        from paperreader.papers.merging import merged_note

        whole = merged_note(known, text)
    set_note(connection, row, whole)
    return whole != known
