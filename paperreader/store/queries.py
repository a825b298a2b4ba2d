"""Lists of papers: views, orders, and the filters that the database can answer."""

from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple

from paperreader.papers.record import View
from paperreader.store.database import Database
from paperreader.store.lazy_rows import ViewRows

_LIVE = "merged_into IS NULL"
# A row is never deleted, so that the last one is how many there are. To count them takes 3 ms of
# 573,807 papers, as the pages of an index are read: most of the time of the first list.
_LIVE_COUNT = """(SELECT coalesce(max(row), 0) FROM paper)
    - (SELECT count(*) FROM paper WHERE merged_into IS NOT NULL)"""

_VIEWS = {
    View.ALL: f"SELECT row FROM paper WHERE {_LIVE} ORDER BY added DESC, row",
    View.UNREAD: f"SELECT row FROM paper WHERE {_LIVE} AND row NOT IN "
    "(SELECT paper FROM reading WHERE read != '' OR done != '') ORDER BY added DESC, row",
    View.READING: "SELECT paper AS row FROM reading WHERE bookmarked != '' AND done = '' "
    "ORDER BY position, paper",
    View.DONE: "SELECT paper AS row FROM reading WHERE done != '' ORDER BY done DESC, paper",
}

# Fetched papers that were not touched since: the part of a statement after its columns.
NEW = f"""
    FROM arrival JOIN paper ON paper.row = arrival.paper AND {_LIVE}
    JOIN source ON source.id = arrival.source
    WHERE NOT EXISTS (
        SELECT 1 FROM reading WHERE reading.paper = arrival.paper
        AND (read != '' OR done != '' OR bookmarked != '')
    ) AND NOT EXISTS (SELECT 1 FROM interest WHERE interest.paper = arrival.paper)
"""
# By day, newest first, then by source, then in the order of arrival.
_VIEWS[View.NEW] = f"""SELECT paper.row {NEW}
    ORDER BY substr(came, 1, 10) DESC, source.name, came, paper.row"""
_GROUPS = f"""SELECT substr(came, 1, 10) AS day, source.name, count(*) {NEW}
    GROUP BY day, source.name ORDER BY day DESC, source.name"""


class NewGroup(NamedTuple):
    """New papers that one source brought on one day (YYYY-MM-DD, UTC), and how many they are."""

    day: str
    source: str
    papers: int


_ORDERS = {
    "newest": "published DESC, row",
    "title": "title COLLATE NOCASE, row",
    "added": "added DESC, row",
    "upvotes": "upvotes IS NULL, upvotes DESC, published DESC, row",
}

_IS = {
    "unread": f"SELECT row FROM paper WHERE {_LIVE} AND row NOT IN "
    "(SELECT paper FROM reading WHERE read != '' OR done != '')",
    "read": "SELECT paper AS row FROM reading WHERE read != ''",
    "bookmarked": "SELECT paper AS row FROM reading WHERE bookmarked != ''",
    "done": "SELECT paper AS row FROM reading WHERE done != ''",
    "reading": "SELECT paper AS row FROM reading WHERE bookmarked != '' AND done = ''",
    "tagged": "SELECT DISTINCT paper AS row FROM tag",
    "untagged": f"SELECT row FROM paper WHERE {_LIVE} AND row NOT IN (SELECT paper FROM tag)",
}

_HAS = {
    "code": "SELECT row FROM paper WHERE has_code",
    "pdf": "SELECT row FROM paper WHERE has_pdf",
    "note": "SELECT paper AS row FROM note WHERE text != ''",
    "tag": "SELECT DISTINCT paper AS row FROM tag",
    "title": "SELECT row FROM paper WHERE title != ''",
    "author": "SELECT row FROM paper WHERE authors != '[]'",
    "abstract": "SELECT row FROM paper WHERE abstract != ''",
    "venue": "SELECT row FROM paper WHERE venue != ''",
    "year": "SELECT row FROM paper WHERE published != ''",
    "category": "SELECT DISTINCT paper AS row FROM category",
    "doi": "SELECT DISTINCT paper AS row FROM alias WHERE key >= 'doi:' AND key < 'doi;'",
}

# Pairs of a value and a row, for counts and filters.
_FACETS = {
    "year": f"""SELECT substr(published, 1, 4) AS value, row
        FROM paper WHERE {_LIVE} AND published != ''""",
    "category": "SELECT name AS value, paper AS row FROM category",
    "venue": f"SELECT venue AS value, row FROM paper WHERE {_LIVE} AND venue != ''",
    "source": """SELECT source.name AS value, paper AS row
        FROM paper_source JOIN source ON source.id = source""",
    "tag": "SELECT name AS value, paper AS row FROM tag",
}


class Queries:
    """Queries of a database that return rows."""

    def __init__(self, database: Database) -> None:
        """Query `database`."""
        self._database = database

    def view(self, view: View) -> "array[int]":
        """Return the rows of a view, in its order."""
        return self._rows(_VIEWS[view])

    def everything(self, first: int) -> ViewRows:
        """Return the rows of all papers like `view`, but read only the `first` of them now."""
        with self._database.reading() as connection:
            (number,) = connection.execute(f"SELECT {_LIVE_COUNT}").fetchone()
        last = self.last_row()
        select = f"SELECT row FROM paper WHERE {_LIVE} AND row <= ? ORDER BY added DESC, row"
        return ViewRows(
            number,
            self._rows(f"{select} LIMIT ?", (last, first)),
            lambda: self._rows(select, (last,)),
        )

    def in_order(self, order: str) -> "array[int]":
        """Return the rows of all papers by `order`: newest, title, added or upvotes."""
        return self._rows(f"SELECT row FROM paper WHERE {_LIVE} ORDER BY {_ORDERS[order]}")

    def counts(self) -> dict[View, int]:
        """Return the number of papers in each view."""
        with self._database.reading() as connection:
            total, unread, reading, done, new = connection.execute(
                f"""SELECT
                {_LIVE_COUNT},
                (SELECT count(*) FROM reading WHERE read != '' OR done != ''),
                (SELECT count(*) FROM reading WHERE bookmarked != '' AND done = ''),
                (SELECT count(*) FROM reading WHERE done != ''),
                (SELECT count(*) {NEW})"""
            ).fetchone()
        return {
            View.ALL: total,
            View.UNREAD: total - unread,
            View.READING: reading,
            View.DONE: done,
            View.NEW: new,
        }

    def new_groups(self) -> list[NewGroup]:
        """Return the groups of the new papers, in the order of their view."""
        with self._database.reading() as connection:
            return [NewGroup(*group) for group in connection.execute(_GROUPS)]

    def gone(self) -> "array[int]":
        """Return the rows that were merged into other papers or removed."""
        return self._rows("SELECT row FROM paper WHERE merged_into IS NOT NULL")

    def where(self, name: str, value: str) -> "array[int]":
        """Return the rows that match a filter of the query language, in no order.

        `name` is year, id, is or has, and `value` that of `query.tree.Filter`. An unknown value
        matches nothing. The other filters compare folded text: see `facet` and `notes`.
        """
        sql, values = _CONDITIONS[name](value)
        with self._database.reading() as connection:
            # Reading one string of all numbers is several times as fast as a row for each.
            (numbers,) = connection.execute(
                f"SELECT group_concat(n) FROM (SELECT row AS n FROM ({sql}))", values
            ).fetchone()
        return _numbers(numbers)

    def notes(self) -> list[tuple[int, str]]:
        """Return the papers with notes, as pairs of a row and its note."""
        with self._database.reading() as connection:
            return connection.execute("SELECT paper, text FROM note WHERE text != ''").fetchall()

    def facet(self, name: str) -> tuple[list[str], "array[int]", "array[int]"]:
        """Return the values of a facet, and pairs of an index of these values and a row."""
        values: list[str] = []
        indexes, rows = array("q"), array("q")
        with self._database.reading() as connection:
            grouped = f"""SELECT value, group_concat(row)
                FROM ({_FACETS[name]}) GROUP BY value COLLATE BINARY"""
            for value, numbers in connection.execute(grouped):
                more = _numbers(numbers)
                indexes.extend([len(values)] * len(more))
                rows.extend(more)
                values.append(value)
        return values, indexes, rows

    def last_row(self) -> int:
        """Return the highest row number in use, or 0 without papers."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT coalesce(max(row), 0) FROM paper").fetchone()[0])

    def _rows(self, sql: str, values: Sequence[str | int] = ()) -> "array[int]":
        with self._database.reading() as connection:
            return array("q", [row for (row,) in connection.execute(sql, values)])


_Condition = Callable[[str], tuple[str, tuple[str, ...]]]
_NONE = "SELECT row FROM paper WHERE 0"


def _year(value: str) -> tuple[str, tuple[str, ...]]:
    """Match dates between two, each a year, a month or a day; dates are compared as text."""
    first, dots, last = value.partition("..")
    if not dots:
        return _NONE, ()
    after_last = f"{last}~" if last else "~"  # a tilde sorts after digits and hyphens
    return (
        "SELECT row FROM paper WHERE published >= ? AND published < ? AND published != ''",
        (first, after_last),
    )


def _id(value: str) -> tuple[str, tuple[str, ...]]:
    if value.endswith("*"):
        sql = "SELECT paper AS row FROM alias WHERE key LIKE ? ESCAPE '\\'"
        return sql, (f"{_literal(value[:-1])}%",)
    return "SELECT paper AS row FROM alias WHERE key = ? OR key = lower(?)", (value, value)


_CONDITIONS: dict[str, _Condition] = {
    "year": _year,
    "id": _id,
    "is": lambda value: (_IS.get(value, _NONE), ()),
    "has": lambda value: (_HAS.get(value, _NONE), ()),
}


def _numbers(text: str | None) -> "array[int]":
    """Return the numbers of a comma-separated string."""
    return array("q", map(int, text.split(",")) if text else ())


def _literal(value: str) -> str:
    """Escape the special characters of LIKE."""
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
