"""Merging and splitting papers by hand, and undoing that."""

import json
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, product
from sqlite3 import Connection
from typing import Any, NamedTuple

from paperreader.errors import PaperreaderError
from paperreader.papers.merging import combined
from paperreader.store import variants
from paperreader.store.database import Database
from paperreader.store.edits import Edit
from paperreader.store.history import History, Step
from paperreader.store.ingest import Ingest
from paperreader.store.mapping import dump, present_row, present_rows
from paperreader.store.paper_rows import PaperRows
from paperreader.store.trash import TABLES
from paperreader.store.variants import Variant


class NothingToSplit(PaperreaderError):
    """A paper with a single record cannot be split."""


class _Decision(NamedTuple):
    """Pairs of records that are one paper, or are not, and the name of the step."""

    what: str
    pairs: Sequence[tuple[Variant, Variant]]
    same: bool


class Identity:
    """Merging and splitting papers by hand. Decisions also apply to records added later."""

    def __init__(self, database: Database, history: History) -> None:
        """Work on the papers in `database`; every decision goes into `history`."""
        self._database = database
        self._history = history

    def merge(self, rows: Sequence[int], now: str) -> Step | None:
        """Merge the papers in `rows`, whatever the evidence of their records."""
        with self._database.writing() as connection:
            rows = present_rows(connection, rows)
            if len(rows) < 2:
                return None
            groups = [variants.variants_of(connection, [row]) for row in rows]
            pairs = [(left[0], right[0]) for left, right in pairwise(groups)]
            across = [pair for two in combinations(groups, 2) for pair in product(*two)]
            variants.forget_decisions(connection, across)
            return self._decide(connection, rows, _Decision("merged", pairs, same=True), now)

    def split(self, row: int, key: str, now: str) -> Step | None:
        """Split off the records of `row` that `key` names, or else each record.

        Raises `NothingToSplit` if there is only one record.
        """
        with self._database.writing() as connection:
            row = present_row(connection, row)
            records = variants.variants_of(connection, [row])
            if len(records) < 2:
                raise NothingToSplit("One source alone describes this paper: nothing to split.")
            parts: list[list[Variant]] = [[], []]
            for record in records:
                parts[key in {*record.names, record.paper.title_key}].append(record)
            if not all(parts):
                parts = [[record] for record in records]
            across = [pair for two in combinations(parts, 2) for pair in product(*two)]
            return self._decide(connection, [row], _Decision("split", across, same=False), now)

    def _decide(
        self, connection: Connection, rows: Sequence[int], decision: "_Decision", now: str
    ) -> Step | None:
        """Apply a decision, and record snapshots from before and after it."""
        ingest = Ingest(connection)
        rows = sorted({*rows, *ingest.related_rows(rows)})
        before = _snapshot(connection, rows)
        (last,) = connection.execute("SELECT max(row) FROM paper").fetchone()
        variants.decide(connection, decision.pairs, same=decision.same)
        ingest.settle(rows, now)
        ingest.finish()
        new = [r for (r,) in connection.execute("SELECT row FROM paper WHERE row > ?", (last,))]
        after = _snapshot(connection, [*rows, *new])
        parent = rows[0]
        before["papers"] |= {str(row): _absent(row, parent) for row in new}
        edit = Edit("papers", "", dump(before), dump(after), [*rows, *new])
        return self._history.record(connection, decision.what, now, [edit])


def apply(connection: Connection, edit: Edit) -> int:
    """Restore the papers of `edit.after`, if their records are still those of `edit.before`."""
    before, after = json.loads(str(edit.before)), json.loads(str(edit.after))
    present = _snapshot(connection, edit.rows)
    if _records(present) != _records(before):
        return 0
    connection.executemany(
        "DELETE FROM decision WHERE one = ? AND other = ?", _pairs(present["decisions"])
    )
    connection.executemany(
        "INSERT OR REPLACE INTO decision VALUES (?, ?, ?)",
        [(bytes.fromhex(left), bytes.fromhex(right), same)
         for left, right, same in after["decisions"]],
    )  # fmt: skip
    records = {each.digest.hex(): each for each in variants.variants_of(connection, edit.rows)}
    for each in records.values():
        variants.forget(connection, each)
    connection.executemany("DELETE FROM alias WHERE paper = ?", [(row,) for row in edit.rows])
    # Keys must be unique, even between two statements.
    connection.executemany(
        "UPDATE paper SET key = ? WHERE row = ?", [(f"moved:{row}", row) for row in edit.rows]
    )
    for row, state in after["papers"].items():
        unchanged = present["papers"][row]["tables"] == before["papers"][row]["tables"]
        _restore(connection, int(row), state, tables=unchanged)
    rows = PaperRows(connection)
    for row, state in after["papers"].items():
        group = [records[digest] for digest in state["records"]]
        for each in group:
            each.row = int(row)
        if group:
            variants.put(connection, group)
        rows.touch(int(row), combined(each.paper for each in group) if group else None)
    rows.finish()
    return len(edit.rows)


def _snapshot(connection: Connection, rows: Sequence[int]) -> dict[str, Any]:
    """Return the contents of `rows`: keys, records, and the state that the person set."""
    records = variants.variants_of(connection, rows)
    papers = {}
    for row in rows:
        key, merged_into = connection.execute(
            "SELECT key, merged_into FROM paper WHERE row = ?", (row,)
        ).fetchone()
        aliases = connection.execute("SELECT key FROM alias WHERE paper = ? ORDER BY key", (row,))
        papers[str(row)] = {
            "key": key,
            "merged_into": merged_into,
            "aliases": [alias for (alias,) in aliases],
            "records": [each.digest.hex() for each in records if each.row == row],
            "tables": {
                table: connection.execute(
                    f"SELECT {', '.join(columns)} FROM {table} WHERE paper = ? ORDER BY 1", (row,)
                ).fetchall()
                for table, columns in TABLES.items()
            },
        }
    decisions = [
        [*sorted(digest.hex() for digest in pair), same]
        for pair, same in variants.decisions(connection, records).items()
    ]
    snapshot = {"papers": papers, "decisions": sorted(decisions)}
    loaded: dict[str, Any] = json.loads(dump(snapshot))
    return loaded


def _absent(row: int, parent: int) -> dict[str, Any]:
    """Return the snapshot of a paper that does not exist yet, or no longer."""
    tables: dict[str, list[Any]] = {table: [] for table in TABLES}
    return {"key": f"merged:{row}", "merged_into": parent, "aliases": [], "records": [],
            "tables": tables}  # fmt: skip


def _records(snapshot: dict[str, Any]) -> dict[str, list[str]]:
    return {row: state["records"] for row, state in snapshot["papers"].items()}


def _pairs(decisions: Iterable[tuple[str, str, bool]]) -> list[tuple[bytes, bytes]]:
    return [(bytes.fromhex(left), bytes.fromhex(right)) for left, right, _ in decisions]


def _restore(connection: Connection, row: int, state: dict[str, Any], *, tables: bool) -> None:
    connection.execute(
        "UPDATE paper SET key = ?, merged_into = ? WHERE row = ?",
        (state["key"], state["merged_into"], row),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO alias VALUES (?, ?)", [(name, row) for name in state["aliases"]]
    )
    for table, columns in TABLES.items() if tables else ():
        connection.execute(f"DELETE FROM {table} WHERE paper = ?", (row,))
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} (paper, {', '.join(columns)}) "
            f"VALUES (?{', ?' * len(columns)})",
            [(row, *values) for values in state["tables"][table]],
        )
