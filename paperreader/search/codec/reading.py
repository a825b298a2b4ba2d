"""What Whoosh's reader calls to read a segment: terms, matchers and what is kept of papers.

Title and abstract are one list of postings inside (see the package). A `_Field` shows one field of
it, with the terms that occur in it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from paperreader.search.array_file import ArrayFile
from paperreader.search.codec.storage import content
from paperreader.search.codec.writing import PAPERS_EXT, TERMS_EXT
from paperreader.search.faults import IndexBroken
from paperreader.search.postings import GAP, LAST_POSITION, POSITION_BITS, Numbers, papers_of
from paperreader.search.segment import FieldPostings, Segment

Ranks = NDArray[np.int64]


def opened(storage: Any, segment: Any) -> Segment:
    """Return a segment that the table of contents names.

    Raises `IndexBroken` if it is damaged, `FileNotFoundError` if it was replaced meanwhile.
    """
    names = [segment.make_filename(ext) for ext in (PAPERS_EXT, TERMS_EXT)]
    papers = Segment(*(ArrayFile(content(storage, name), name) for name in names))
    if len(papers) != segment.doc_count_all():
        raise IndexBroken(
            "The search index is damaged (a segment is not the one that was written)."
        )
    return papers


class _Postings(NamedTuple):
    """The postings of a term in a field.

    `papers` are ascending; the positions of `papers[i]` are
    `positions[starts[i]:starts[i + 1]]`, counted from the field's first word.
    """

    papers: Numbers
    starts: NDArray[np.int64]
    positions: Numbers

    @property
    def counts(self) -> NDArray[np.int64]:
        """How often the term occurs in each paper."""
        return np.diff(self.starts)


class _Field:
    """One field of a segment: its terms, in order, and their postings."""

    def __init__(self, segment: Segment, name: str) -> None:
        """Show the field `name` of `segment`."""
        self._segment = segment
        self._name = name
        self._postings: FieldPostings = segment.names if name == "authors" else segment.text

    @cached_property
    def ranks(self) -> Ranks:
        """The ranks of the terms that occur in the field, ascending."""
        if self._name == "title":
            return np.flatnonzero(self._segment.in_titles)
        if self._name == "abstract":
            return np.flatnonzero(self._postings.counts() > self._segment.in_titles)
        return np.arange(len(self._postings.terms))

    @cached_property
    def lengths(self) -> Numbers:
        """The number of tokens that the field has in each paper, rounded."""
        return _rounded(self._segment.papers[f"{self._name}.tokens"])

    def first_from(self, term: bytes) -> int:
        """Return the index in `ranks` of the first term that is not before `term`."""
        return int(np.searchsorted(self.ranks, self._postings.terms.first_from(term)))

    def term(self, index: int) -> bytes:
        """Return the term at an index in `ranks`."""
        return self._postings.terms.word(int(self.ranks[index]))

    def find(self, term: bytes) -> int | None:
        """Return the index of a term in `ranks`, or None."""
        index = self.first_from(term)
        return index if index < len(self.ranks) and self.term(index) == term else None

    def postings(self, index: int) -> _Postings:
        """Return the postings of the term at an index in `ranks`."""
        rank = int(self.ranks[index])
        postings = self._postings.postings(range(rank, rank + 1))
        positions = postings & np.uint32(LAST_POSITION)
        if self._name != "authors":
            titles = self._segment.titles[postings >> np.uint32(POSITION_BITS)]
            here = (positions < titles) if self._name == "title" else (positions >= titles)
            postings, positions = postings[here], positions[here]
            if self._name == "abstract":
                # Of a very long title, the abstract's words may stand at the last position too.
                positions = np.maximum(positions, titles[here] + GAP) - (titles[here] + GAP)
        papers, starts = papers_of(postings)
        return _Postings(papers, np.append(starts, len(postings)), positions)


class _Rows:
    """The row field: its terms are the digits of the rows."""

    def __init__(self, segment: Segment) -> None:
        """Show the rows of `segment`."""
        self._digits = segment.rows.astype(np.bytes_)
        self.ranks: Ranks = np.argsort(self._digits, kind="stable")
        self.lengths = np.ones(len(segment), np.uint32)

    def first_from(self, term: bytes) -> int:
        """Return the index in `ranks` of the first term that is not before `term`."""
        return int(np.searchsorted(self._digits, term, sorter=self.ranks))

    def term(self, index: int) -> bytes:
        """Return the term at an index in `ranks`."""
        return bytes(self._digits[self.ranks[index]])

    def find(self, term: bytes) -> int | None:
        """Return the index of a term in `ranks`, or None."""
        index = self.first_from(term)
        return index if index < len(self.ranks) and self.term(index) == term else None

    def postings(self, index: int) -> _Postings:
        """Return the one posting of the term at an index in `ranks`."""
        paper = self.ranks[index : index + 1].astype(np.uint32)
        return _Postings(paper, np.arange(2), np.zeros(1, np.uint32))


class PaperTermsReader(base.TermsReader):
    """The terms of a segment, in the order of the fields' names, then of the terms' bytes."""

    def __init__(self, segment: Segment) -> None:
        """Read from `segment`."""
        self._segment = segment
        self._fields: dict[str, _Field | _Rows] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Whether a term occurs in a field."""
        return self._find(*term) is not None

    def indexed_field_names(self) -> Sequence[str]:
        """Return the names of the fields that have terms."""
        return [name for name in _INDEXED if len(self._field(name).ranks)]

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
                for index in range(first, len(field.ranks)):
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
        return _term_info(field, postings)

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
            terminfo=_term_info(field, postings),
        )

    def close(self) -> None:
        """Let go of the arrays."""
        self._fields = {}

    def _field(self, name: str) -> "_Field | _Rows":
        if name not in self._fields:
            new = _Rows(self._segment) if name == "row" else _Field(self._segment, name)
            self._fields[name] = new
        return self._fields[name]

    def _find(self, fieldname: str, text: bytes) -> int | None:
        return self._field(fieldname).find(text) if fieldname in _INDEXED else None

    def _postings(self, fieldname: str, text: bytes) -> "tuple[_Field | _Rows, _Postings]":
        index = self._find(fieldname, text)
        if index is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        field = self._field(fieldname)
        return field, field.postings(index)


# In the order of their names, in which Whoosh wants terms.
_INDEXED = ("abstract", "authors", "row", "title")


class PaperFieldCursor(base.FieldCursor):
    """Walks over the terms of one field in order."""

    def __init__(self, field: "_Field | _Rows", fieldobj: Any) -> None:
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
        return _term_info(self._field, self._field.postings(self._index))

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._index < len(self._field.ranks)


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

    def __init__(self, postings: _Postings) -> None:
        self._starts = postings.starts.tolist()
        self._positions = postings.positions.astype("<u2")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, index: int) -> bytes:
        return self._positions[self._starts[index] : self._starts[index + 1]].tobytes()


class PaperDocumentReader(base.PerDocumentReader):
    """What is kept of each paper."""

    def __init__(self, papers: Segment, segment: Any) -> None:
        """Read what `papers` holds, and what `segment` says is deleted."""
        self._papers = papers
        self._segment = segment

    def doc_count(self) -> int:
        """Return how many papers are not deleted."""
        number: int = self._segment.doc_count()
        return number

    def doc_count_all(self) -> int:
        """Return how many papers there are, deleted ones too."""
        return len(self._papers)

    def has_deletions(self) -> bool:
        """Whether papers are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a paper is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        """Return the numbers of the deleted papers."""
        numbers: Iterable[int] = self._segment.deleted_docs()
        return numbers

    def stored_fields(self, docnum: int) -> dict[str, int]:
        """Return the row of a paper."""
        return {"row": int(self._papers.rows[docnum])}

    def supports_columns(self) -> bool:
        """Say yes."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there is a column: there is one of dates."""
        return fieldname == "date"

    def column_reader(self, fieldname: str, column: Any) -> "_DateReader":
        """Return the column of dates."""
        return _DateReader(self._papers.dates)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many tokens a field has in a paper, rounded."""
        lengths = self._lengths(fieldname)
        return default if lengths is None else int(_rounded(lengths[docnum : docnum + 1])[0])

    def field_length(self, fieldname: str) -> int:
        """Return how many tokens a field has in all papers, deleted ones too."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return how many tokens the shortest field has, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(_rounded(lengths).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return how many tokens the longest field has, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(_rounded(lengths).max())

    def _lengths(self, fieldname: str) -> Numbers | None:
        if fieldname not in ("title", "abstract", "authors"):
            return None
        lengths: Numbers = self._papers.papers[f"{fieldname}.tokens"]
        return lengths


class _DateReader(ColumnReader):
    """The column of dates."""

    def __init__(self, dates: Numbers) -> None:
        self._dates = dates
        self._sign = 1

    def __len__(self) -> int:
        return len(self._dates)

    def __getitem__(self, docnum: int) -> int:
        return int(self._dates[docnum])

    def __iter__(self) -> Iterator[int]:
        return iter(self._dates.tolist())

    def sort_key(self, docnum: int) -> int:
        """Return what to sort by, ascending."""
        return self._sign * self[docnum]

    def set_reverse(self) -> None:
        """Sort the newest first."""
        self._sign = -1


def _rounded(lengths: Numbers) -> Numbers:
    """Return lengths as Whoosh's own codec keeps them, in a byte each, so that scores are equal."""
    rounded: Numbers = _LENGTHS[np.minimum(np.searchsorted(_LENGTHS, lengths), len(_LENGTHS) - 1)]
    return rounded


# The lengths that there are a byte for, ascending; others are rounded up to the next of them.
_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.uint32)


def _term_info(field: "_Field | _Rows", postings: _Postings) -> TermInfo:
    lengths, counts = field.lengths[postings.papers], postings.counts
    return TermInfo(
        weight=float(len(postings.positions)),
        df=len(postings.papers),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(counts.max()),
        minid=int(postings.papers[0]),
        maxid=int(postings.papers[-1]),
    )
