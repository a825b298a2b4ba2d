"""The two files of a segment."""

import mmap
import os
from typing import Any

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
    papers = Segment(*(ArrayFile(_content(storage, name), name) for name in names))
    if len(papers) != segment.doc_count_all():
        raise IndexBroken(
            "The search index is damaged (a segment is not the one that was written)."
        )
    return papers


def _content(storage: Any, name: str) -> Any:
    """Return the bytes of a file in a storage of any kind, memory-mapped if that is possible."""
    with storage.open_file(name) as stream:
        if not stream.is_real:
            return stream.read()
        if not os.fstat(stream.fileno()).st_size:
            return b""
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
