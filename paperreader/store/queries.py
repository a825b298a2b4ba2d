"""Which papers: views, orders, and the conditions that the store can answer."""

from array import array
from collections.abc import Callable, Sequence

from paperreader.papers.record import View
from paperreader.store.database import Database
from paperreader.store.lazy_rows import ViewRows

_LIVE = "merged_into IS NULL"

_VIEWS = {
    View.ALL: f"SELECT row FROM paper WHERE {_LIVE} ORDER BY added DESC, row",
    View.UNREAD: f"SELECT row FROM paper WHERE {_LIVE} AND row NOT IN "
    "(SELECT paper FROM reading WHERE read != '' OR done != '') ORDER BY added DESC, row",
    View.READING: "SELECT paper FROM reading WHERE bookmarked != '' AND done = '' "
    "ORDER BY position, paper",
    View.DONE: "SELECT paper FROM reading WHERE done != '' ORDER BY done DESC, paper",
}

_ORDERS = {
    "newest": "published DESC, row",
    "title": "title COLLATE NOCASE, row",
    "added": "added DESC, row",
    "upvotes": "upvotes IS NULL, upvotes DESC, published DESC, row",
}

_IS = {
    "unread": f"SELECT row FROM paper WHERE {_LIVE} AND row NOT IN "
    "(SELECT paper FROM reading WHERE read != '' OR done != '')",
    "read": "SELECT paper FROM reading WHERE read != ''",
    "bookmarked": "SELECT paper FROM reading WHERE bookmarked != ''",
    "done": "SELECT paper FROM reading WHERE done != ''",
}

_HAS = {
    "code": "SELECT row FROM paper WHERE has_code",
    "pdf": "SELECT row FROM paper WHERE has_pdf",
    "note": "SELECT paper FROM note WHERE text != ''",
}

# Pairs of a value and a row, for counting.
_FACETS = {
    "year": f"SELECT substr(published, 1, 4), row FROM paper WHERE {_LIVE} AND published != ''",
    "category": "SELECT name, paper FROM category",
    "venue": f"SELECT venue, row FROM paper WHERE {_LIVE} AND venue != ''",
    "source": "SELECT source.name, paper FROM paper_source JOIN source ON source.id = source",
    "tag": "SELECT name, paper FROM tag",
}


class Queries:
    """The lists of rows that a database can give."""

    def __init__(self, database: Database) -> None:
        """Ask `database`."""
        self._database = database

    def view(self, view: View) -> "array[int]":
        """Return the rows of a view, in its own order."""
        return self._rows(_VIEWS[view])

    def everything(self, beginning: int) -> ViewRows:
        """Return the rows of all papers as `view` does, only the `beginning` of them at once."""
        with self._database.reading() as connection:
            (number,) = connection.execute(f"SELECT count(*) FROM paper WHERE {_LIVE}").fetchone()
        last = self.last_row()
        select = f"SELECT row FROM paper WHERE {_LIVE} AND row <= ? ORDER BY added DESC, row"
        return ViewRows(
            number,
            self._rows(f"{select} LIMIT ?", (last, beginning)),
            lambda: self._rows(select, (last,)),
        )

    def in_order(self, order: str) -> "array[int]":
        """Return the rows of all papers by `order`: newest, title, added or upvotes."""
        return self._rows(f"SELECT row FROM paper WHERE {_LIVE} ORDER BY {_ORDERS[order]}")

    def counts(self) -> dict[View, int]:
        """Return how many papers each view holds."""
        with self._database.reading() as connection:
            total, unread, reading, done = connection.execute(
                f"""SELECT
                (SELECT count(*) FROM paper WHERE {_LIVE}),
                (SELECT count(*) FROM reading WHERE read != '' OR done != ''),
                (SELECT count(*) FROM reading WHERE bookmarked != '' AND done = ''),
                (SELECT count(*) FROM reading WHERE done != '')"""
            ).fetchone()
        return {
            View.ALL: total,
            View.UNREAD: total - unread,
            View.READING: reading,
            View.DONE: done,
        }

    def gone(self) -> "array[int]":
        """Return the rows that were found to be another paper and merged into it."""
        return self._rows("SELECT row FROM paper WHERE merged_into IS NOT NULL")

    def where(self, name: str, value: str) -> "array[int]":
        """Return the rows that a condition of the query language holds for, in no order.

        `name` and `value` are those of `query.Filter`: a * at the end of `value` leaves open how
        it goes on. An unknown value holds for none.
        """
        answer = _CONDITIONS[name]
        sql, values = answer(value)
        return self._rows(sql, values)

    def facet(self, name: str) -> tuple[list[str], "array[int]", "array[int]"]:
        """Return the values of a facet, and as pairs a value's place in them and a row."""
        values: dict[str, int] = {}
        places, rows = array("q"), array("q")
        with self._database.reading() as connection:
            for value, row in connection.execute(_FACETS[name]):
                places.append(values.setdefault(value, len(values)))
                rows.append(row)
        return list(values), places, rows

    def last_row(self) -> int:
        """Return the highest row number in use, 0 where there is none."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT coalesce(max(row), 0) FROM paper").fetchone()[0])

    def _rows(self, sql: str, values: Sequence[str | int] = ()) -> "array[int]":
        with self._database.reading() as connection:
            return array("q", [row for (row,) in connection.execute(sql, values)])


_Condition = Callable[[str], tuple[str, tuple[str, ...]]]
_NONE = "SELECT row FROM paper WHERE 0"


def _category(value: str) -> tuple[str, tuple[str, ...]]:
    """A whole category, or an archive for all that is in it: cs for cs.CL."""
    if value.endswith("*"):
        return "SELECT paper FROM category WHERE name LIKE ? ESCAPE '\\'", (_begun(value),)
    sql = "SELECT paper FROM category WHERE name = ? OR name LIKE ? ESCAPE '\\'"
    return sql, (value, f"{_literal(value)}.%")


def _venue(value: str) -> tuple[str, tuple[str, ...]]:
    return "SELECT row FROM paper WHERE venue LIKE ? ESCAPE '\\'", (_within(value),)


def _tag(value: str) -> tuple[str, tuple[str, ...]]:
    if value.endswith("*"):
        return "SELECT paper FROM tag WHERE name LIKE ? ESCAPE '\\'", (_begun(value),)
    return "SELECT paper FROM tag WHERE name = ?", (value,)


def _note(value: str) -> tuple[str, tuple[str, ...]]:
    return "SELECT paper FROM note WHERE text LIKE ? ESCAPE '\\'", (_within(value),)


def _source(value: str) -> tuple[str, tuple[str, ...]]:
    sql = (
        "SELECT paper FROM paper_source WHERE source IN "
        "(SELECT id FROM source WHERE name LIKE ? ESCAPE '\\')"
    )
    return sql, (_within(value),)


def _year(value: str) -> tuple[str, tuple[str, ...]]:
    first, _, last = value.partition("..")
    after_last = f"{int(last) + 1:04d}" if last else ":"  # a colon sorts after every digit
    return (
        "SELECT row FROM paper WHERE published >= ? AND published < ? AND published != ''",
        (first, after_last),
    )


def _id(value: str) -> tuple[str, tuple[str, ...]]:
    if value.endswith("*"):
        return "SELECT paper FROM alias WHERE key LIKE ? ESCAPE '\\'", (_begun(value),)
    return "SELECT paper FROM alias WHERE key = ? OR key = lower(?)", (value, value)


_CONDITIONS: dict[str, _Condition] = {
    "category": _category,
    "venue": _venue,
    "tag": _tag,
    "note": _note,
    "source": _source,
    "year": _year,
    "id": _id,
    "is": lambda value: (_IS.get(value, _NONE), ()),
    "has": lambda value: (_HAS.get(value, _NONE), ()),
}


def _begun(value: str) -> str:
    """Return a pattern for what begins as `value` does, which ends in a *."""
    return f"{_literal(value[:-1])}%"


def _within(value: str) -> str:
    """Return a pattern for what holds `value`, and one letter at least."""
    return f"%{_literal(value.removesuffix('*')) or '_'}%"


def _literal(value: str) -> str:
    """Escape what LIKE would take for a pattern."""
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
