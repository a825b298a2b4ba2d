"""What Whoosh's reader calls for documents: rows, dates and lengths."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from whoosh.codec import base
from whoosh.columns import ColumnReader

from paperreader.search.codec.fields import rounded
from paperreader.search.postings import Numbers
from paperreader.search.segment import Segment


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
        return {"row": int(self._rows[docnum])}

    @cached_property
    def _rows(self) -> Numbers:
        return self._papers.rows

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
        return default if lengths is None else int(rounded(lengths[docnum : docnum + 1])[0])

    def field_length(self, fieldname: str) -> int:
        """Return how many tokens a field has in all papers, deleted ones too."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return how many tokens the shortest field has, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(rounded(lengths).min())

    def max_field_length(self, fieldname: str) -> int:
        """Return how many tokens the longest field has, rounded."""
        lengths = self._lengths(fieldname)
        return 0 if lengths is None or not len(lengths) else int(rounded(lengths).max())

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
