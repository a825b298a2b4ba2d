"""What Whoosh's reader calls for terms: statistics, cursors and matchers."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from paperreader.search.codec.fields import (
    IndexedField,
    Postings,
    RowTerms,
    TextField,
    statistics,
)
from paperreader.search.segment import Segment


class PaperTermsReader(base.TermsReader):
    """The terms of a segment, in the order of the fields' names, then of the terms' bytes."""

    def __init__(self, segment: Segment) -> None:
        """Read from `segment`."""
        self._segment = segment
        self._fields: dict[str, IndexedField] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Whether a term occurs in a field."""
        return self._find(*term) is not None

    def indexed_field_names(self) -> Sequence[str]:
        """Return the names of the fields that have terms."""
        return [name for name in _INDEXED if len(self._field(name))]

    def cursor(self, fieldname: str, fieldobj: Any) -> "PaperFieldCursor":
        """Return a cursor at the first term of a field."""
        return PaperFieldCursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield the field and the bytes of every term."""
        return self.terms_from(_INDEXED[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from `prefix` on, and those of the fields that follow."""
        for name in _INDEXED:
            if name >= fieldname:
                field = self._field(name)
                first = field.first_from(prefix) if name == fieldname else 0
                for index in range(first, len(field)):
                    yield name, field.term(index)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with its statistics."""
        return self.items_from(_INDEXED[0], b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield what `terms_from` does, with the statistics of each term."""
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term. Raises `TermNotFound`."""
        field, postings = self._postings(fieldname, text)
        return statistics(field, postings)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs, 0 if it does not."""
        index = self._find(fieldname, text)
        return 0 if index is None else len(self._field(fieldname).postings(index).positions)

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many papers have a term, deleted ones too."""
        index = self._find(fieldname, text)
        return 0 if index is None else len(self._field(fieldname).postings(index).papers)

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> "PaperMatcher":
        """Return the papers that have a term. Raises `TermNotFound`."""
        field, postings = self._postings(fieldname, text)
        return PaperMatcher(
            postings.papers.tolist(),
            postings.counts.astype(np.float64).tolist(),
            _Values(postings),
            format_,
            scorer,
            term=(fieldname, text),
            terminfo=statistics(field, postings),
        )

    def close(self) -> None:
        """Let go of the arrays."""
        self._fields = {}

    def _field(self, name: str) -> IndexedField:
        if name not in self._fields:
            new = RowTerms(self._segment) if name == "row" else TextField(self._segment, name)
            self._fields[name] = new
        return self._fields[name]

    def _find(self, fieldname: str, text: bytes) -> int | None:
        return self._field(fieldname).find(text) if fieldname in _INDEXED else None

    def _postings(self, fieldname: str, text: bytes) -> tuple[IndexedField, Postings]:
        index = self._find(fieldname, text)
        if index is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        field = self._field(fieldname)
        return field, field.postings(index)


# In the order of their names, in which Whoosh wants terms.
_INDEXED = ("abstract", "authors", "row", "title")


class PaperFieldCursor(base.FieldCursor):
    """Walks over the terms of one field in order."""

    def __init__(self, field: IndexedField, fieldobj: Any) -> None:
        """Begin at the first term."""
        self._field = field
        self._fieldobj = fieldobj
        self._index = 0

    def first(self) -> Any:
        """Go to the first term and return it, or None."""
        self._index = 0
        return self.text()

    def find(self, string: Any) -> Any:
        """Go to the first term that is not before `string` and return it, or None."""
        self._index = self._field.first_from(self._fieldobj.to_bytes(string))
        return self.text()

    def next(self) -> Any:
        """Go to the next term and return it, or None."""
        self._index += 1
        return self.text()

    def text(self) -> Any:
        """Return the term, or None after the last one."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._field.term(self._index))

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term, or None after the last one."""
        if not self.is_valid():
            return None
        return statistics(self._field, self._field.postings(self._index))

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._index < len(self._field)


class PaperMatcher(ListMatcher):
    """The postings of one term: papers, weights and positions out of arrays."""

    def copy(self) -> "PaperMatcher":
        """Return a matcher at the same paper, with the term's statistics, which Whoosh forgets."""
        return PaperMatcher(
            self._ids,
            self._weights,
            self._values,
            self._format,
            self._scorer,
            self._i,
            term=self._term,
            terminfo=self._terminfo,
        )

    def id(self) -> int:
        """Return the paper, after the end the last one: Whoosh's AndNotMatcher counts on that."""
        paper: int = self._ids[min(self._i, len(self._ids) - 1)]
        return paper

    def skip_to(self, id: int) -> None:  # noqa: A002  (Whoosh's name)
        """Go to the first paper from `id` on, by bisection."""
        if not self.is_active():
            raise ReadTooFar
        if id > self.id():
            self._i = int(np.searchsorted(self._array, id))

    def all_ids(self) -> Iterator[int]:
        """Return the papers that are left."""
        return iter(self._ids[self._i :])

    def block_max_weight(self) -> float:
        """Return the largest weight of any paper."""
        weight: float = self._terminfo.max_weight()
        return weight

    @cached_property
    def _array(self) -> NDArray[np.int64]:
        return np.array(self._ids, np.int64)


class _Values:
    """The encoded positions of a term in each paper, cut out when asked for."""

    def __init__(self, postings: Postings) -> None:
        self._starts = postings.starts.tolist()
        self._positions = postings.positions.astype("<u2")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> bytes:
        return self._positions[self._starts[index] : self._starts[index + 1]].tobytes()
