"""Adding records to the library: finding the papers that they belong to by evidence."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection

from paperreader.papers.evidence import Evidence, compare
from paperreader.papers.merging import combined
from paperreader.papers.paper import Paper
from paperreader.papers.resolution import resolve
from paperreader.store import variants
from paperreader.store.mapping import chunks
from paperreader.store.outcome import Outcome
from paperreader.store.paper_rows import PaperRows
from paperreader.store.staging import Staging
from paperreader.store.variants import Variant

# The version of the tokens; after a change those of a library are computed again.
_TOKENS = 1


class Ingest:
    """Adds papers to the library within one transaction."""

    def __init__(self, connection: Connection, *, large: bool = False) -> None:
        """Work inside the transaction of `connection`; a `large` addition stages what it can."""
        self._connection = connection
        self._rows = PaperRows(connection)
        _make_tokens(connection)
        self._staging = Staging(connection, begin=large)
        self._large = large

    def add(
        self, paper: Paper, sources: Sequence[int], added: str, names: Sequence[str] = ()
    ) -> tuple[int, Outcome]:
        """Add `paper`, with `names` as further keys; return its row and the outcome."""
        variant = Variant(paper)
        known = variants.row_of_digest(self._connection, variant.digest)
        if known is not None:
            row, outcome = known, self._met_again(known, variant)
        else:
            row, outcome = self._take(variant, added)
        if names or known is not None:
            named = self._rows.name(row, [*variant.names, *names])
            if named and outcome is Outcome.KNOWN:
                outcome = Outcome.MERGED
        self._connection.executemany(
            "INSERT OR IGNORE INTO paper_source VALUES (?, ?)", [(row, s) for s in sources]
        )
        return row, outcome

    def is_in_trash(self, paper: Paper) -> bool:
        """Whether the person removed `paper`."""
        variant = Variant(paper)
        known = variants.row_of_digest(self._connection, variant.digest)
        rows = [known] if known is not None else sorted(self._same(variant))
        return self._rows.in_trash(rows)

    def related_rows(self, rows: Sequence[int]) -> set[int]:
        """Return `rows` and the rows whose records may be the same papers by their evidence."""
        return {v.row for v in self._related(variants.variants_of(self._connection, rows))}

    def settle(self, rows: Sequence[int], added: str) -> None:
        """Group the variants of `rows` into papers again; new papers get the time `added`."""
        self._settle(self._related(variants.variants_of(self._connection, rows)), added)

    def finish(self) -> None:
        """Save the last revision."""
        self._rows.finish()
        self._staging.finish()

    def _met_again(self, row: int, variant: Variant) -> Outcome:
        """Update the counts from a record that is otherwise equal to a known one."""
        if self._rows.restore([row]):
            return Outcome.NEW
        if not variants.has_counts(variant.paper):
            return Outcome.KNOWN
        kept = [
            Variant(variants.with_counts_of(each.paper, variant.paper), row, each.digest)
            if each.digest == variant.digest
            else each
            for each in variants.variants_of(self._connection, [row])
        ]
        paper = combined(each.paper for each in kept)
        if paper == self._rows.paper(row):
            return Outcome.KNOWN
        variants.put(self._connection, kept)
        self._rows.update(row, paper)
        return Outcome.MERGED

    def _take(self, variant: Variant, added: str) -> tuple[int, Outcome]:
        """Add a new variant to the paper that it is of, or as a new paper."""
        same = self._same(variant)
        if not same:
            shared = variants.shares_identifier(self._connection, variant)
            variant.row = self._rows.insert(variant.paper, added, variant.names)
            if self._large:
                self._staging.add(variant)
            else:
                variants.put(self._connection, [variant])
            return variant.row, Outcome.APART if shared else Outcome.NEW
        before = {row: self._rows.paper(row) for row in same}
        back = self._rows.in_trash(sorted(same))
        known = variants.variants_of(self._connection, sorted(same))
        self._settle(self._related([variant, *known]), added)
        row = variant.row
        if row not in before or back:
            return row, Outcome.NEW
        changed = len(same) > 1 or before[row] != self._rows.paper(row)
        return row, Outcome.MERGED if changed else Outcome.KNOWN

    def _same(self, variant: Variant) -> set[int]:
        """Return the papers that a new variant is the same as by its evidence."""
        rows = variants.candidates(self._connection, [variant])
        near = variants.variants_of(self._connection, sorted(rows)) if rows else []
        return {each.row for each in near if compare(variant, each) > Evidence.NOTHING}

    def _related(self, start: Iterable[Variant]) -> list[Variant]:
        """Return `start` with all variants that evidence or the person links to one of them.

        They are in the order of their digests, so that the order of adding does not matter.
        """
        related = {variant.digest: variant for variant in start}
        fresh = list(related.values())
        while fresh:
            rows = variants.candidates(self._connection, fresh)
            rows |= variants.rows_decided_same(self._connection, fresh)
            rows -= {each.row for each in related.values()}
            near = variants.variants_of(self._connection, sorted(rows)) if rows else []
            decided = variants.decisions(self._connection, [*fresh, *near]) if near else {}
            joined = {
                each.row
                for each in near
                if any(
                    decided.get(frozenset((each.digest, known.digest)))
                    or compare(each, known) > Evidence.NOTHING
                    for known in fresh
                )
            }
            fresh = [each for each in near if each.row in joined]
            related |= {each.digest: each for each in fresh}
        return sorted(related.values(), key=lambda variant: variant.digest)

    def _settle(self, members: Sequence[Variant], added: str) -> None:
        """Write the papers of `members`, which are all the variants of some papers."""
        groups = [[members[number] for number in group] for group in self._groups(members)]
        heirs = _heirs(groups, self._rows.keys({each.row for each in members} - {0}))
        rows = [
            min((row for row, heir in heirs.items() if heir == number), default=0)
            for number in range(len(groups))
        ]
        for group in groups:
            old = {each.row for each in group}
            if len(old) > 1:
                self._rows.restore(sorted(old - {0}))
        for row, heir in heirs.items():
            self._leave(row, groups, heir)
            if rows[heir] != row:
                self._merge(row, rows[heir], groups[heir])
        for group, row in sorted(zip(groups, rows, strict=True), key=lambda pair: not pair[1]):
            self._make(group, row, added)

    def _groups(self, members: Sequence[Variant]) -> list[list[int]]:
        """Return the papers of `members`, each as their indexes."""
        decided = variants.decisions(self._connection, members)
        new = [each for each in members if not each.row]
        # A known paper stays one if nothing keeps it apart from the new record.
        if len(new) == 1 and len({each.row for each in members}) == 2 and not decided:
            (added,) = new
            old = [each for each in members if each.row]
            if all(compare(added, each) >= Evidence.NOTHING for each in old):
                return [list(range(len(members)))]
        numbers = {each.digest: number for number, each in enumerate(members)}
        pairs = {tuple(sorted(numbers[digest] for digest in pair)): same
                 for pair, same in decided.items()}  # fmt: skip
        return resolve(members, {(low, high): same for (low, high), same in pairs.items()})

    def _leave(self, row: int, groups: Sequence[Sequence[Variant]], heir: int) -> None:
        """Remove from the paper in `row` the variants and keys that its heir does not have."""
        names = {name for each in groups[heir] for name in each.names}
        for number, group in enumerate(groups):
            for each in group:
                if each.row == row and number != heir:
                    self._forget(each)
                    self._rows.forget_names(row, sorted(set(each.names) - names))

    def _merge(self, row: int, into: int, group: Sequence[Variant]) -> None:
        for each in group:
            if each.row == row:
                self._forget(each)
        self._rows.merge(row, into)

    def _forget(self, variant: Variant) -> None:
        self._staging.settle(variant.row)
        variants.forget(self._connection, variant)

    def _make(self, group: Sequence[Variant], row: int, added: str) -> None:
        """Write `group` as the paper in `row`, or as a new one."""
        paper = combined(each.paper for each in group)
        parents = {each.row for each in group} - {row, 0}
        names = [name for each in group for name in each.names]
        if not row:
            row = self._rows.insert(paper, added, names)
            self._rows.copy_sources(sorted(parents), row)
        else:
            self._rows.update(row, paper)
        for each in group:
            each.row = row
        variants.put(self._connection, group)
        self._rows.name(row, names)


def _heirs(groups: Sequence[Sequence[Variant]], keys: Mapping[int, str]) -> dict[int, int]:
    """Return for each row the index of the group that continues it, by the keys of the rows.

    It is the group with the key of the row, else the one with most of its variants, and of equal
    groups the one with fewer other rows.
    """
    counts = [Counter(each.row for each in group) for group in groups]
    names = [{name for each in group for name in each.names} for group in groups]

    def claim(row: int, number: int) -> tuple[bool, int, int, int]:
        count = counts[number]
        return count[row] > 0 and keys[row] in names[number], count[row], -len(count), -number

    return {
        row: max(range(len(groups)), key=lambda number: claim(row, number)) for row in sorted(keys)
    }


def _make_tokens(connection: Connection) -> None:
    """Compute the variants and tokens of a library that has none, or older ones."""
    execute = connection.execute
    if execute("SELECT 1 FROM meta WHERE name = 'tokens' AND value = ?", (_TOKENS,)).fetchone():
        return
    execute("DELETE FROM token")
    rows = [row for (row,) in execute("SELECT row FROM paper WHERE merged_into IS NULL "
                                      "OR merged_into = row")]  # fmt: skip
    for chunk in chunks(rows):
        by_row: dict[int, list[Variant]] = {}
        for each in variants.variants_of(connection, chunk):
            by_row.setdefault(each.row, []).append(each)
        for group in by_row.values():
            variants.put(connection, group)
    execute("INSERT OR REPLACE INTO meta VALUES ('tokens', ?)", (_TOKENS,))


def source_number(connection: Connection, name: str, headings: Sequence[tuple[str, str]]) -> int:
    """Return the number of the source, after inserting or updating it."""
    connection.execute(
        "INSERT INTO source (name, headings) VALUES (?, '[]') ON CONFLICT DO NOTHING", (name,)
    )
    if headings:
        connection.execute(
            "UPDATE source SET headings = ? WHERE name = ?",
            (json.dumps(headings, ensure_ascii=False), name),
        )
    (number,) = connection.execute("SELECT id FROM source WHERE name = ?", (name,)).fetchone()
    return int(number)
