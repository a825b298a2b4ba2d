"""The variants of papers: the different records of each, and the tokens to find them by.

A paper is merged from its variants. They are kept separately, so that they can be grouped into
papers again when another record is added, or when the person decides.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from sqlite3 import Connection

from paperreader.papers import codec
from paperreader.papers.identifiers import without_version
from paperreader.papers.merging import authority, combined
from paperreader.papers.paper import Paper
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.papers.traits import Traits
from paperreader.store.mapping import PAPER_COLUMNS, chunks, dump, to_paper

# A token of more papers says little: candidates then need title and author in common, and beyond
# that only equal records match. Without a limit, the cost of one title grows with the square.
MOST_CANDIDATES = 24

# The most variants of a paper, as the work grows with the square of their number: of more, the
# least informative are merged into one.
MOST_VARIANTS = 16

_SORTED = json.JSONEncoder(sort_keys=True)
_MOVING = ("upvotes", "comments", "stars")


class Variant(Traits):
    """A record of a paper, with the row of that paper."""

    def __init__(
        self, paper: Paper, row: int = 0, digest: bytes = b"", content: str | None = None
    ) -> None:
        """Make a variant of the paper in `row`, or of none yet if that is 0.

        `content` is that of the table, if it is there.
        """
        super().__init__(paper)
        self.row = row
        self.digest = digest or digest_of(paper)
        self.saved = (row, content)
        self._content = content

    @property
    def names(self) -> list[str]:
        """The keys of the identifiers of the record."""
        paper = self.paper
        return [f"{s}:{paper.identifiers[s]}" for s in STRONG_SCHEMES if s in paper.identifiers]

    @property
    def content(self) -> str:
        """The record as JSON for the table."""
        if self._content is None:
            self._content = dump(codec.to_object(self.paper))
        return self._content

    @cached_property
    def tokens(self) -> frozenset[int]:
        """Numbers by which other variants that may be the same paper find this one."""
        return frozenset(
            (
                *map(_number, self._identifier_names),
                *(_number(f"title/{title}") for title in self._titles),
                *(_number(f"title/{title}/{self.surname}") for title in self._titles),
            )
        )

    @property
    def identifier_tokens(self) -> list[int]:
        """The tokens of the identifiers."""
        return [*map(_number, self._identifier_names)]

    @property
    def wider_tokens(self) -> list[int]:
        """The tokens to search first: identifiers, and titles with any author."""
        titles = (_number(f"title/{title}") for title in self._titles)
        return [*self.identifier_tokens, *titles]

    @property
    def narrower_tokens(self) -> list[int]:
        """The tokens to search if too many papers have one of the wider ones."""
        surnames = {self.surname, ""}
        return [_number(f"title/{title}/{name}") for title in self._titles for name in surnames]

    @property
    def _identifier_names(self) -> list[str]:
        return [f"{scheme}:{value}" for scheme, value in self.identifiers.items()]

    @cached_property
    def _titles(self) -> frozenset[str]:
        titles = frozenset((self.title, self.main_title)) - {""}
        return frozenset() if self.paper.pending else titles


def digest_of(paper: Paper) -> bytes:
    """Return 16 bytes that are equal for records that are equal apart from their counts."""
    fields = codec.to_object(paper)
    for name in _MOVING:
        fields.pop(name, None)
    return blake2b(_SORTED.encode(fields).encode(), digest_size=16).digest()


def with_counts_of(paper: Paper, newer: Paper) -> Paper:
    """Return `paper` with the counts of `newer`."""
    counts = {name: getattr(newer, name) for name in _MOVING}
    return replace(paper, **{name: n for name, n in counts.items() if n is not None})


def has_counts(paper: Paper) -> bool:
    """Whether the record has a count, such as votes."""
    return any(getattr(paper, name) is not None for name in _MOVING)


def row_of_digest(connection: Connection, digest: bytes) -> int | None:
    """Return the row of the paper with this variant, staged or not, or None."""
    row: int | None
    (row,) = connection.execute(
        "SELECT coalesce((SELECT paper FROM main.variant WHERE digest = ?1), "
        "(SELECT paper FROM temp.staged_variant WHERE digest = ?1))",
        (digest,),
    ).fetchone()
    return row


def variants_of(connection: Connection, rows: Sequence[int]) -> list[Variant]:
    """Return the variants of the papers in `rows`, in the order of their digests."""
    variants: list[Variant] = []
    for chunk in chunks(rows):
        marks = ",".join("?" * len(chunk))
        kept = connection.execute(
            f"SELECT content, paper, digest FROM variant INDEXED BY variant_paper "
            f"WHERE paper IN ({marks}) AND content > ''",
            chunk,
        ).fetchall()
        variants += (Variant(_load(content), row, digest, content) for content, row, digest in kept)
        alone = set(chunk) - {row for _, row, _ in kept}
        variants += _alone(connection, sorted(alone))
    return sorted(variants, key=lambda variant: variant.digest)


def candidates(connection: Connection, variants: Iterable[Variant]) -> set[int]:
    """Return the rows of papers that may be the same as one of `variants`."""
    rows: set[int] = set()
    for variant in variants:
        wide = variant.wider_tokens
        matches = _rows_of(connection, wide, MOST_CANDIDATES + 1)
        if len(matches) > MOST_CANDIDATES:
            parts = [_rows_of(connection, [token], MOST_CANDIDATES + 1)
                     for token in (*wide, *variant.narrower_tokens)]  # fmt: skip
            matches = [row for part in parts if len(part) <= MOST_CANDIDATES for row in part]
        rows.update(matches)
    return rows


def shares_identifier(connection: Connection, variant: Variant) -> bool:
    """Whether a paper has an identifier of a new variant."""
    return bool(_rows_of(connection, variant.identifier_tokens, 1))


def shared_identifiers(connection: Connection, rows: Sequence[int]) -> dict[str, int]:
    """Return the keys of identifiers of `rows` that several papers have, with their number."""
    names = {name for variant in variants_of(connection, rows) for name in variant.names}
    shared: dict[str, int] = {}
    for name in sorted(names):
        scheme, _, value = name.partition(":")
        (count,) = connection.execute(
            "SELECT count(*) FROM token JOIN paper ON paper.row = token.paper "
            "WHERE number = ? AND merged_into IS NULL",
            (_number(f"{scheme}:{without_version(value)}"),),
        ).fetchone()
        if count > 1:
            shared[name] = count
    return shared


def _rows_of(connection: Connection, tokens: Sequence[int], most: int) -> list[int]:
    """Return the rows of at most `most` papers with one of `tokens`, staged or not."""
    marks = ",".join("?" * len(tokens))
    return [
        row
        for (row,) in connection.execute(
            f"SELECT paper FROM main.token WHERE number IN ({marks}) UNION ALL "
            f"SELECT paper FROM temp.staged_token WHERE number IN ({marks}) LIMIT {most}",
            [*tokens, *tokens],
        )
    ]


def put(connection: Connection, variants: Sequence[Variant]) -> None:
    """Write all variants of a paper."""
    kept, absorbed = _absorb(variants)
    values = [(each, each.content if kept[1:] else None) for each in kept]
    values += [(each, "") for each in absorbed]
    connection.executemany(
        "INSERT OR REPLACE INTO variant VALUES (?, ?, ?)",
        [
            (each.digest, each.row, content)
            for each, content in values
            if content is None or each.saved != (each.row, content)
        ],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO token VALUES (?, ?)",
        [(token, each.row) for each in variants for token in each.tokens],
    )


def _absorb(variants: Sequence[Variant]) -> tuple[list[Variant], list[Variant]]:
    """Return the variants to keep, the last merged from the others, and those others."""
    if len(variants) <= MOST_VARIANTS:
        return list(variants), []
    ordered = sorted(variants, key=lambda variant: authority(variant.paper), reverse=True)
    kept, absorbed = ordered[: MOST_VARIANTS // 2], ordered[MOST_VARIANTS // 2 :]
    whole = Variant(combined(each.paper for each in absorbed), ordered[0].row)
    return [*kept, whole], [each for each in absorbed if each.digest != whole.digest]


def forget(connection: Connection, variant: Variant) -> None:
    """Delete the tokens of a variant from its paper, which it is then no longer found by."""
    connection.executemany(
        "DELETE FROM token WHERE number = ? AND paper = ?",
        [(token, variant.row) for token in variant.tokens],
    )


def decide(connection: Connection, pairs: Iterable[tuple[Variant, Variant]], *, same: bool) -> None:
    """Save the decision about `pairs`."""
    connection.executemany(
        "INSERT OR REPLACE INTO decision VALUES (?, ?, ?)",
        [(*sorted((left.digest, right.digest)), same) for left, right in pairs],
    )


def forget_decisions(connection: Connection, pairs: Iterable[tuple[Variant, Variant]]) -> None:
    """Delete the decisions about `pairs`."""
    connection.executemany(
        "DELETE FROM decision WHERE one = ? AND other = ?",
        [tuple(sorted((left.digest, right.digest))) for left, right in pairs],
    )


def decisions(connection: Connection, variants: Sequence[Variant]) -> dict[frozenset[bytes], bool]:
    """Return the decisions about pairs of `variants`, by their digests."""
    digests = {variant.digest for variant in variants}
    return {
        frozenset((smaller, larger)): bool(same)
        for smaller, larger, same in _decided(connection, variants)
        if {smaller, larger} <= digests
    }


def rows_decided_same(connection: Connection, variants: Sequence[Variant]) -> set[int]:
    """Return the rows of the variants that were decided to be the same as one of `variants`."""
    pairs = [pair for *pair, same in _decided(connection, variants) if same]
    rows = (row_of_digest(connection, digest) for pair in pairs for digest in pair)
    return {row for row in rows if row is not None}


def _decided(
    connection: Connection, variants: Sequence[Variant]
) -> Iterator[tuple[bytes, bytes, int]]:
    if connection.execute("SELECT 1 FROM decision LIMIT 1").fetchone() is None:
        return
    for variant in variants:
        yield from connection.execute(
            "SELECT one, other, same FROM decision WHERE one = ?1 OR other = ?1",
            (variant.digest,),
        ).fetchall()


def _alone(connection: Connection, rows: Sequence[int]) -> Iterator[Variant]:
    """Yield the papers that are their only variant, which is not stored separately."""
    marks = ",".join("?" * len(rows))
    for row, *columns in connection.execute(
        f"SELECT row, {PAPER_COLUMNS} FROM paper WHERE row IN ({marks}) "
        "AND (merged_into IS NULL OR merged_into = row)",
        rows,
    ):
        yield Variant(to_paper(tuple(columns)), row)


@lru_cache(maxsize=64)  # the next record of a paper is compared with the same variants
def _load(content: str) -> Paper:
    return codec.from_object(json.loads(content))


def _number(name: str) -> int:
    # Two names with the same number only cost a comparison.
    return zlib.crc32(name.encode(errors="surrogatepass"))
