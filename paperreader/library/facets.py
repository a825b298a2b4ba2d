"""What a list is made of: states, years, categories, venues, sources, tags, with counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperreader.library.row_sets import RowSets
from paperreader.query.tree import Filter

if TYPE_CHECKING:
    from array import array

NAMES = ("year", "category", "venue", "source", "tag")
STATES = (
    *(Filter("is", value) for value in ("unread", "bookmarked", "done", "untagged")),
    *(Filter("has", value) for value in ("code", "pdf", "note")),
)
"""The conditions that are counted beside the values: those that hold for no paper too."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide a list: its name, as the query language has it, and its values.

    `values` are pairs of a value and the number of papers that have it, the most frequent first;
    years by themselves, the newest first; of `is` and `has` the conditions of `STATES` as they are.
    """

    name: str
    values: tuple[tuple[str, int], ...]


def count(rows: "array[int]", sets: RowSets, kept: int = 200) -> list[Facet]:
    """Return the facets of `rows` that have values, with at most `kept` values each."""
    if not rows:
        return []
    import numpy as np

    states = [(state, sets.rows(state)) for state in STATES]
    asked = [(name, sets.facet(name)) for name in NAMES]
    within = sets.mask(np.frombuffer(rows, dtype=np.int64))  # last, with room for them all
    facets = [
        Facet(name, tuple((s.value, int(within[has].sum())) for s, has in states if s.name == name))
        for name in ("is", "has")
    ]
    for name, facet in asked:
        counts = np.bincount(facet.places[within[facet.rows]], minlength=len(facet.values))
        pairs = [(value, int(n)) for value, n in zip(facet.values, counts, strict=True) if n]
        pairs.sort()
        pairs.sort(key=_year if name == "year" else _frequency, reverse=True)
        if pairs:
            facets.append(Facet(name, tuple(pairs[:kept])))
    return facets


def _year(pair: tuple[str, int]) -> str:
    return pair[0]


def _frequency(pair: tuple[str, int]) -> int:
    return pair[1]
