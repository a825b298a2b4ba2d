"""What Whoosh's writer calls to write a segment."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.codec import base

from paperreader.search.array_file import write
from paperreader.search.codec.files import PAPERS_EXT, TERMS_EXT
from paperreader.search.postings import Flags
from paperreader.search.schema import PACKED
from paperreader.search.segment import Segment
from paperreader.search.segment_writer import Arrays, SegmentBuilder

TOKENS = ("title", "abstract", "authors")


class PaperDocumentWriter(base.PerDocumentWriter):
    """Writes what there is one number of for each paper."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Write to the file of `segment` in `storage`."""
        self.is_closed = False
        self._storage = storage
        self._segment = segment
        self._columns = {name: array("I") for name in ("rows", "dates", *map(_tokens, TOKENS))}
        self._paper: dict[str, int] = {}
        self._merged: list[Arrays] = []

    def start_doc(self, docnum: int) -> None:
        """Begin a paper, with a number for each column."""
        self._paper = dict.fromkeys(self._columns, 0)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Take the row, or the number of tokens of a field."""
        if fieldname == "row":
            self._paper["rows"] = int(value)
        elif length:
            self._paper[_tokens(fieldname)] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: int) -> None:
        """Take the date."""
        self._paper["dates"] = value

    def finish_doc(self) -> None:
        """End a paper."""
        for name, column in self._columns.items():
            column.append(self._paper[name])

    def cancel_doc(self) -> None:
        """Forget a paper that was begun."""
        self._paper = {}

    def add_segment(self, segment: Segment, alive: Flags) -> None:
        """Take the papers of `segment` that are alive, after all others."""
        self._merged.append({name: segment.papers[name][alive] for name in self._columns})

    def close(self) -> None:
        """Write the file."""
        self.is_closed = True
        new = {name: np.array(column, np.uint32) for name, column in self._columns.items()}
        parts = [new, *self._merged]
        columns = {name: np.concatenate([part[name] for part in parts]) for name in new}
        self._segment.set_doc_count(len(columns["rows"]))
        _write(self._storage, self._segment, PAPERS_EXT, columns)


class PaperFieldWriter(base.FieldWriter):
    """Writes terms and postings, all of them at once."""

    def __init__(self, storage: Any, segment: Any) -> None:
        """Write to the file of `segment` in `storage`."""
        self.is_closed = False
        self._storage = storage
        self._segment = segment
        self._builder = SegmentBuilder()

    def add_segment(self, segment: Segment, alive: Flags, base: int) -> None:
        """Take the papers of `segment` that are alive; the first becomes number `base`."""
        self._builder.add_segment(segment, alive, base)

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Any]) -> None:
        """Take the packed items of all papers.

        Items of single terms come from Whoosh's own merging: their values are positions.
        """
        for fieldname, term, paper, _, value in items:
            if term == PACKED:
                self._builder.add(fieldname, paper, value)
            elif fieldname != "row":
                positions = schema[fieldname].format.decode_positions(value)
                self._builder.add_term(fieldname, paper, term.decode(), positions)

    def close(self) -> None:
        """Write the file."""
        self.is_closed = True
        arrays = self._builder.arrays(self._segment.doc_count_all())
        self._builder = SegmentBuilder()  # its memory is wanted elsewhere
        _write(self._storage, self._segment, TERMS_EXT, arrays)


def _tokens(fieldname: str) -> str:
    return f"{fieldname}.tokens"


def _write(storage: Any, segment: Any, ext: str, arrays: Arrays) -> None:
    with segment.create_file(storage, ext) as stream:
        write(stream, arrays)
