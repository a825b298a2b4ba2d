"""The papers of a library: adding and reading them."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.store.database import Database
from paperreader.store.mapping import RECORDS, NoSuchPaper, chunks, present_row, to_records
from paperreader.store.outcome import Outcome
from paperreader.store.record_cache import RecordCache

# The text that is indexed as the abstract: the summary if there is no abstract, then the other
# titles of the paper, so that the title of an earlier version is found.
_ABSTRACT = (
    "iif(abstract = '', coalesce(json_extract(details, '$.summary'), ''), abstract)"
    " || coalesce((SELECT group_concat('\n\n' || value, '') "
    "FROM json_each(details, '$.other_titles')), '')"
)
_MORE = "json_extract(details, '$.keywords'), json_extract(details, '$.comment')"

# After so many papers a large addition looks whether somebody waits for the library: 15 ms.
_LOOK_EVERY = 32


class Change(NamedTuple):
    """The text of a new or changed paper for the search index.

    `abstract` is the summary if there is no abstract; keywords, venue and comment follow, so that
    everything shown of a paper can be searched for. All texts are empty if the paper was removed
    or merged into another.
    """

    revision: int
    row: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    published: str


class Papers:
    """The papers in a database."""

    def __init__(self, database: Database) -> None:
        """Work on the papers in `database`."""
        self._database = database
        self._kept = RecordCache(self._read, lambda: database.meta("change"))

    def add(
        self,
        papers: Sequence[Paper],
        source: str,
        added: str,
        headings: Sequence[tuple[str, str]] = (),
        *,
        large: bool = False,
    ) -> list[tuple[int, Outcome]]:
        """Add `papers` from `source` in one transaction, with the time `added`.

        `headings` describe the source, and are stored with it. Returns the row and the outcome of
        each paper. The batches of a `large` addition write less, until `finish_adding`; if others
        wait for the library, such a batch ends early, and the outcomes are of its first papers.
        """
        from paperreader.store.ingest import Ingest, source_number  # only a writer needs it

        if large:
            self._database.leave_log()
        else:
            self._settle_staged()
        outcomes: list[tuple[int, Outcome]] = []
        with self._database.writing(many=True, patient=large) as connection:
            batch = Ingest(connection, large=large)
            number = source_number(connection, source, headings)
            for paper in papers:
                outcomes.append(batch.add(paper, [number], added))
                if large and len(outcomes) % _LOOK_EVERY == 0 and self._database.is_waited_for():
                    break
            batch.finish()
        return outcomes

    def finish_adding(self) -> None:
        """End a large addition. If it is killed before, whoever adds papers next ends it."""
        self._settle_staged()
        self._database.use_log()
        self._database.free_memory()

    def take_over(
        self, records: Sequence[Record], source: str, added: str
    ) -> list[tuple[int, Outcome]]:
        """Add the papers of another library with their sources, times of adding and keys.

        `source` and `added` are for records without them. Otherwise like `add`.
        """
        from paperreader.store.ingest import Ingest, source_number  # only a writer needs it

        self._settle_staged()
        with self._database.writing(many=True) as connection:
            batch = Ingest(connection)
            # In the order of the records, so that a library is restored as it was.
            names = dict.fromkeys(name for r in records for name in r.sources or (source,))
            numbers = {name: source_number(connection, name, ()) for name in names}
            outcomes = [
                batch.add(
                    record.paper,
                    [numbers[name] for name in record.sources or (source,)],
                    record.added or added,
                    [record.key, *record.aliases],
                )
                for record in records
            ]
            batch.finish()
        return outcomes

    def records(self, rows: Sequence[int]) -> list[Record]:
        """Return the records of `rows`, in their order; rows that are gone are left out."""
        return self._kept.get(rows)

    def shared(self, rows: Sequence[int]) -> dict[str, int]:
        """Return the identifiers of `rows` that several papers have, with the number of papers."""
        if not rows:
            return {}
        from paperreader.store.variants import shared_identifiers

        with self._database.reading() as connection:
            return shared_identifiers(connection, rows)

    def row_of(self, key: str) -> int:
        """Return the row of the paper with the key or alias `key`, or with a key of that prefix.

        Raises `NoSuchPaper` if there is none, or more than one.
        """
        return self.named(key)[0]

    def named(self, key: str) -> tuple[int, str]:
        """Return the row of the paper like `row_of`, and the complete key that `key` stands for."""
        with self._database.reading() as connection:
            for name in (key, key.lower(), *_variants(key)):
                if exact := connection.execute(
                    "SELECT paper FROM alias WHERE key = ?", (name,)
                ).fetchone():
                    return present_row(connection, exact[0]), name
            prefixes = {prefix for word in {key, key.lower()} for prefix in _prefixes(word)}
            matches: dict[int, str] = {}
            for prefix in prefixes if key else ():
                matches |= connection.execute(
                    "SELECT paper, key FROM alias WHERE key >= ? AND key < ? "
                    "AND paper NOT IN (SELECT paper FROM trash) LIMIT 50",
                    (prefix, prefix + "\U0010ffff"),
                ).fetchall()
        if not matches:
            raise NoSuchPaper(f"No paper has the key {key!r}; `paperreader list` shows the keys.")
        if len(matches) > 1:
            few = ", ".join(sorted(matches.values())[:3]) + ", …" * (len(matches) > 3)
            raise NoSuchPaper(f"{key!r} is the prefix of several keys ({few}); give more of it.")
        return next(iter(matches.items()))

    def present(self, row: int) -> int:
        """Return the row of the paper that the one in `row` was merged into, or else `row`.

        Raises `NoSuchPaper` if it is in the trash.
        """
        with self._database.reading() as connection:
            return present_row(connection, row)

    def changes(self, after: int, limit: int, last: int) -> list[Change]:
        """Return the next `limit` changes after revision `after` up to `last`, oldest first."""
        return self._changes(
            "revision > ? AND revision <= ? ORDER BY revision LIMIT ?", (after, last, limit)
        )

    def pending(self, after: int) -> int:
        """Return the number of changes after revision `after`."""
        with self._database.reading() as connection:
            (number,) = connection.execute(
                "SELECT count(*) FROM paper WHERE revision > ?", (after,)
            ).fetchone()
        return int(number)

    def texts(self, rows: Sequence[int]) -> list[Change]:
        """Return the current texts of `rows`."""
        return self._changes(f"row IN ({','.join('?' * len(rows))}) ORDER BY row", rows)

    def headings(self, source: str) -> list[tuple[str, str]]:
        """Return the headings of a source as (kind, text) pairs."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT headings FROM source WHERE name = ?", (source,)
            ).fetchone()
        return [(kind, text) for kind, text in json.loads(row[0])] if row else []

    def keys(self, prefix: str, limit: int) -> list[str]:
        """Return at most `limit` keys with `prefix`, in order."""
        with self._database.reading() as connection:
            return [
                key
                for (key,) in connection.execute(
                    "SELECT key FROM paper WHERE key >= ? AND key < ? AND merged_into IS NULL "
                    "ORDER BY key LIMIT ?",
                    (prefix, prefix + "\U0010ffff", limit),
                )
            ]

    def sources(self) -> list[tuple[str, int]]:
        """Return the sources with their number of papers, the largest first."""
        with self._database.reading() as connection:
            return connection.execute(
                "SELECT name, count(*) FROM paper_source JOIN source ON source.id = source "
                "GROUP BY name ORDER BY count(*) DESC, name"
            ).fetchall()

    def _settle_staged(self) -> None:
        """Move what a large addition has staged, also one that was killed.

        That is done in parts, so that nobody waits long. If another addition comes between them,
        it goes on with all of it.
        """
        from paperreader.store import staging

        part, parts, version = 0, 1, None
        with self._database.reading() as connection:
            if (version := staging.version(connection)) is None:
                return
        while part <= parts:
            with self._database.writing(
                announced=False, many=True, checked=False, patient=True
            ) as connection:
                if staging.version(connection) != version:
                    return
                staged = staging.Staging(connection)
                parts = staged.parts()
                if part < parts:
                    staged.settle_part(part, parts)
                else:
                    staged.drop()
            part += 1

    def _read(self, rows: Sequence[int]) -> list[Record]:
        records: list[Record] = []
        with self._database.reading() as connection:
            for chunk in chunks(rows):
                where = f"paper.row IN ({','.join('?' * len(chunk))}) AND merged_into IS NULL"
                records += to_records(connection.execute(RECORDS.format(where), chunk).fetchall())
        return records

    def _changes(self, condition: str, values: Sequence[int]) -> list[Change]:
        with self._database.reading() as connection:
            cursor = connection.execute(
                f"SELECT revision, row, title, authors, published, merged_into, {_ABSTRACT}, "
                f"venue, {_MORE} FROM paper WHERE {condition}",
                values,
            )
            return [
                Change(revision, row, title, _text(*text), tuple(json.loads(authors)), published)
                if merged is None
                else Change(revision, row, "", "", (), "")
                for revision, row, title, authors, published, merged, *text in cursor
            ]


def _text(abstract: str, venue: str, keywords: str | None, comment: str | None) -> str:
    """Return the indexed text of an abstract and other fields; `keywords` are a JSON list."""
    if not (venue or keywords or comment):
        return abstract
    from paperreader.papers.comments import telling

    more = [*(json.loads(keywords) if keywords else ()), telling(venue), telling(comment or "")]
    return "\n".join([abstract, *filter(None, more)])


def _variants(key: str) -> list[str]:
    """Return the keys of an identifier that has a version or a prefix, or is in an address."""
    from paperreader.papers.identifiers import arxiv_id, doi, identifiers_in

    named = {"arxiv": arxiv_id(key), "doi": doi(key)} | identifiers_in(key)
    return [f"{scheme}:{value}" for scheme, value in named.items() if value]


def _prefixes(key: str) -> list[str]:
    return [key, *(f"{scheme}:{key}" for scheme in (*STRONG_SCHEMES, "title"))]
