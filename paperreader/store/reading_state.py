"""What the person did with papers: bookmarks, read and done marks, tags, notes, files."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import NamedTuple

from paperreader.papers.merging import merged_note
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

    What changes something returns the step that undoes it, or None where nothing changed.
    """

    def __init__(self, database: Database, history: History) -> None:
        """Work on the states in `database`; every change goes into `history`."""
        self._database = database
        self._history = history

    def bookmark(self, rows: Sequence[int], on: bool, now: str) -> Step | None:
        """Put `rows` at the end of the reading list, or take them off it.

        The reading list has no papers that are done: one that was is no longer.
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
        """Mark `rows` as read; or as unread, and then as not done either."""
        with self._database.writing() as connection:
            edits = EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                # A second mark keeps the time of the first.
                new = old._replace(read=old.read or now) if on else old._replace(read="", done="")
                _compare(edits, old, new)
            return self._make(connection, "read" if on else "unread", now, edits.edits())

    def mark_done(self, rows: Sequence[int], on: bool, now: str) -> Step | None:
        """Mark `rows` as done, which leaves the reading list, or as not done."""
        with self._database.writing() as connection:
            edits = EditSet()
            for old in _readings(connection, present_rows(connection, rows)):
                _compare(edits, old, old._replace(done=old.done or now if on else ""))
            return self._make(connection, "done" if on else "not done", now, edits.edits())

    def judge(self, rows: Sequence[int], interest: Interest, now: str) -> Step | None:
        """Note that more, or less, like `rows` is wanted, or neither.

        Papers of which less is wanted are skipped: they count as read.
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
        """Return the papers that tell what the person likes, and whether they do, the last first.

        They like what they bookmarked, tagged, noted, finished or want more of, unless they
        want less of it. Of both kinds at most `most`.
        """
        with self._database.reading() as connection:
            return [
                (row, liked)
                for liked, select in ((True, _LIKED), (False, _SKIPPED))
                for (row,) in connection.execute(f"{select} LIMIT ?", (most,))
            ]

    def move(self, rows: Sequence[int], by: int, now: str) -> Step | None:
        """Move bookmarks `by` places down (or, negative, up) in the reading list.

        The positions that the list has are dealt out again: those of papers that are done, and
        not in the list, stay theirs. Several rows keep their order and stop at its ends.
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
            # What the step is about comes first: the papers that were moved, not those passed.
            chosen = set(rows)
            ordered = sorted(edits.edits(), key=lambda edit: edit.rows[0] not in chosen)
            return self._make(connection, what, now, ordered)

    def tag(
        self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str], now: str
    ) -> Step | None:
        """Give `rows` the tags `add` and take the tags `remove` from them."""
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

        While `typing`, what is written goes into one step with what was written just before.
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
        """Note that the file at `path` is of the paper `row`, or no longer."""
        with self._database.writing() as connection:
            row = present_row(connection, row)
            known = connection.execute(
                "SELECT 1 FROM attachment WHERE paper = ? AND path = ?", (row, path)
            ).fetchone()
            edits = EditSet()
            edits.add("file", row, known is not None, on, path)
            return self._make(connection, "file" if on else "no file", now, edits.edits())

    def remove(self, rows: Sequence[int], now: str) -> Step | None:
        """Put papers into the trash, with all that was done to them."""
        with self._database.writing() as connection:
            edits = EditSet()
            for row in present_rows(connection, rows):
                edits.add("trash", row, None, now)
            return self._make(connection, "removed", now, edits.edits())

    def remove_source(self, name: str, now: str) -> Step | None:
        """Remove the source `name`, and every paper that came from nowhere else.

        A paper that another source has too stays, and no longer names this one.
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
        """Unite the states of `states` (row here, record elsewhere) with those here.

        What is marked here stays marked; a second time changes nothing. New bookmarks stand
        `after` that position, in the order of their own. Returns how many papers changed.
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
        """Make `edits` and remember them as one step."""
        apply(connection, edits)
        return self._history.record(connection, what, now, edits)


def _moved(listed: Sequence[int], rows: Sequence[int], by: int) -> list[int]:
    """Return `listed` with `rows` moved by so many places."""
    moved = list(listed)
    places = sorted((moved.index(row) for row in set(rows).intersection(moved)), reverse=by > 0)
    end = len(moved) - 1 if by > 0 else 0
    for place in places:
        target = min(place + by, end) if by > 0 else max(place + by, end)
        moved.insert(target, moved.pop(place))
        end = target - 1 if by > 0 else target + 1
    return moved


def _compare(edits: EditSet, old: Reading, new: Reading) -> None:
    """Add to `edits` what makes `old` into `new`."""
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
    found = connection.execute("SELECT value FROM interest WHERE paper = ?", (row,))
    return {value for (value,) in found}


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
    """Add to the note of a paper what `text` says and it does not; return whether it changed."""
    known = note_of(connection, row)
    whole = merged_note(known, text) if known and text else known or text
    set_note(connection, row, whole)
    return whole != known
