"""What a list is made of: years, categories, venues, sources, tags, with counts."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperreader.library.row_sets import RowSets

if TYPE_CHECKING:
    from array import array

NAMES = ("year", "category", "venue", "source", "tag")


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide a list: its name, as the query language has it, and its values.

    `values` are pairs of a value and the number of papers that have it, the most frequent first;
    years by themselves, the newest first.
    """

    name: str
    values: tuple[tuple[str, int], ...]


def count(rows: "array[int]", sets: RowSets, kept: int = 200) -> list[Facet]:
    """Return the facets of `rows` that have values, with at most `kept` values each."""
    import numpy as np

    asked = [(name, sets.facet(name)) for name in NAMES]
    within = sets.mask(np.frombuffer(rows, dtype=np.int64))  # asked last, it has room for them all
    facets = []
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
