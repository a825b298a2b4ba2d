"""The two files of a segment."""

import io
import os
from typing import Any, BinaryIO

from paperreader.search.array_file import ArrayFile
from paperreader.search.faults import IndexBroken
from paperreader.search.segment import Segment

PAPERS_EXT = ".papers"
TERMS_EXT = ".terms"


def opened(storage: Any, segment: Any) -> Segment:
    """Return a segment that the table of contents names.

    Raises `IndexBroken` if it is damaged, `FileNotFoundError` if it was replaced meanwhile.
    """
    names = [segment.make_filename(ext) for ext in (PAPERS_EXT, TERMS_EXT)]
    papers = Segment(*(ArrayFile(_stream(storage, name), name) for name in names))
    if len(papers) != segment.doc_count_all():
        raise IndexBroken(
            "The search index is damaged (a segment is not the one that was written)."
        )
    return papers


def _stream(storage: Any, name: str) -> BinaryIO:
    """Return a file in a storage of any kind, to be read without a buffer."""
    with storage.open_file(name) as stream:
        if stream.is_real:
            return os.fdopen(os.dup(stream.fileno()), "rb", buffering=0)
        return io.BytesIO(stream.read())
