r"""PaperCodec: how Whoosh keeps papers, as sorted arrays in files.

The index is a real Whoosh index. One paper is one document (`schema`), and everything that Whoosh
has works on it:

    from whoosh import index
    from whoosh.qparser import MultifieldParser

    papers = index.open_dir("/home/ada/.cache/paperreader/index")
    parser = MultifieldParser(["title", "abstract", "authors"], papers.schema)
    query = parser.parse("graph networks")
    with papers.searcher() as searcher:
        for hit in searcher.search(query):
            print(hit["row"], hit.score)

Only the codec, Whoosh's own extension point, is ours, because the default codec writes and reads
each posting in Python: 1,000 papers a second, and 26 s for a one-letter prefix. Whoosh calls it in
five places:

* A field hands it one packed item for a paper (`packed_text`), which Whoosh's pool of postings
  only carries.
* `PaperDocumentWriter` takes the row, the date and the number of tokens in each field.
* `PaperFieldWriter` takes all packed items of a commit and sorts them at once (`segment_writer`).
* `PaperTermsReader` and `PaperDocumentReader` show Whoosh terms, matchers, stored values and
  columns, made from slices of the arrays when they are asked for.
* `PaperSegment` is what the table of contents says of a segment: its name and size, which of its
  papers are deleted, and up to which change of the library it was read.

paperreader's own search reads the same arrays without Whoosh (`segment`, `snapshot`, `scoring`).


A segment
=========

is two files (`array_file`), called MAIN_<id>.papers and MAIN_<id>.terms. Papers are numbered from
0 in each segment, in the order in which they were added. Numbers are uint32.

.papers, one number for each paper:

    rows                the library's number of the paper
    dates               20190501 for 2019-05-01, 0 for none
    title.tokens        how many tokens Whoosh counts in the field, joined words included
    abstract.tokens
    authors.tokens

.terms:

    titles, lengths     words in the title, and in title and abstract together, by paper
    stems, stems.ends   all stems of titles and abstracts in order, each ended by a newline, in
                        UTF-8 (uint8); and the offset of each newline
    text.starts         the first posting of each stem, and the end of the last
    text.postings       for each stem its postings, sorted: paper << 10 | position
    text.forms          how the word of each posting is written (`word_forms.form`, uint8)
    text.in_titles      how many of each stem's postings are in titles
    text.forms          how the word of each posting is written, for queries that want exactly that
                        form: a checksum of the word in a byte (uint8, `word_forms.form`)
    names, names.ends, names.starts, names.postings
                        the same for the words of authors' names, which are not stemmed
    words, words.ends   all words of titles and abstracts as they were written, folded, in order
    words.stems         the rank of each word's stem
    words.counts        how often each word occurs
    prefixes, prefixes.ends, prefixes.starts, prefixes.frequencies
                        for short prefixes of very many postings, the frequencies by paper, packed:
                        in_title << 27 | count << 20 | paper

Title and abstract are one list of postings, because most searches want both; the abstract begins
8 positions after the title's last word. Whoosh sees two fields: a posting is in the title if its
position is less than the title's length.


One term, byte by byte
======================

Two papers, "Graphs" with the abstract "On graphs.", and "Trees" with the abstract "Graph trees.".
The stems are graph, on and tree:

    stems           67 72 61 70 68 0a 6f 6e 0a 74 72 65 65 0a     graph\n on\n tree\n
    stems.ends      05 00 00 00  08 00 00 00  0d 00 00 00         newlines at 5, 8 and 13
    titles          01 00 00 00  01 00 00 00                      one word in each title
    lengths         03 00 00 00  03 00 00 00                      three words in each paper
    text.starts     00 00 00 00  03 00 00 00  04 00 00 00  06 00 00 00

`graph` has rank 0: its postings are those from text.starts[0] = 0 to text.starts[1] = 3.

    text.postings   00 00 00 00    0 << 10 |  0   paper 0, position 0: the title
                    0a 00 00 00    0 << 10 | 10   paper 0, position 10: 1 + 8 is where its abstract
                                                  begins, "graphs" is the second word of it
                    09 04 00 00    1 << 10 |  9   paper 1, position 9: its abstract's first word
                    09 00 00 00                   on: paper 0, position 9
                    00 04 00 00  0a 04 00 00      tree: paper 1, positions 0 and 10
    text.forms      f1 f1 dc  c8  aa aa           graphs, graphs, graph; on; trees, trees
    text.in_titles  01 00 00 00  00 00 00 00  01 00 00 00

For Whoosh, title:graph is paper 0 at position 0, and abstract:graph is paper 0 at position 1 and
paper 1 at position 0.


Merging and deleting
====================

A deleted paper is a bit in `PaperSegment`; its postings stay until the segment is merged. `merge`
puts segments together by their arrays, without reading the papers again; `merge_policy` chooses
them. Whoosh's own merging (`commit(optimize=True)`) works too, slowly and posting by posting, and
of the words as written it keeps only those that are their own stems.
"""

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

with warnings.catch_warnings():
    # Whoosh 2.7.4 has literals that newer Pythons warn of when they compile it.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec import base
    from whoosh.index import FileIndex
    from whoosh.writing import SegmentWriter

from paperreader.search.codec.documents import PaperDocumentReader
from paperreader.search.codec.files import opened
from paperreader.search.codec.terms import PaperTermsReader
from paperreader.search.codec.writing import PaperDocumentWriter, PaperFieldWriter
from paperreader.search.merge_policy import SegmentSize, segments_to_merge
from paperreader.search.postings import Flags

# Moves with every change of the files, of the analysis, or of what is indexed.
FORMAT = 6


class PaperCodec(base.Codec):
    """Writes and reads papers as arrays."""

    length_stats = False  # the writers count by themselves

    def __init__(self, library: str = "", upto: int = 0) -> None:
        """Note in new segments the library, and up to which of its changes it was read."""
        self._library = library
        self._upto = upto

    def new_segment(self, storage: Any, indexname: str) -> "PaperSegment":
        """Return a segment without papers."""
        return PaperSegment(indexname, self._library, self._upto)

    def per_document_writer(self, storage: Any, segment: "PaperSegment") -> PaperDocumentWriter:
        """Return what writes rows, dates and lengths."""
        return PaperDocumentWriter(storage, segment)

    def field_writer(self, storage: Any, segment: "PaperSegment") -> PaperFieldWriter:
        """Return what writes terms and postings."""
        return PaperFieldWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: "PaperSegment") -> PaperDocumentReader:
        """Return what reads rows, dates and lengths."""
        return PaperDocumentReader(opened(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: "PaperSegment") -> PaperTermsReader:
        """Return what reads terms and postings."""
        return PaperTermsReader(opened(storage, segment))


class PaperSegment(base.Segment):
    """A segment as the table of contents has it.

    `library` is the id of the library that its papers are of, `upto` the last change of that
    library that was read when it was written.
    """

    def __init__(self, indexname: str, library: str, upto: int) -> None:
        """Begin a segment with a name of its own."""
        super().__init__(indexname)
        self.format = FORMAT
        self.library = library
        self.upto = upto
        self._papers = 0
        self._deleted = b""  # a bit for each paper, in numpy's order; none at all if none is set

    def __setstate__(self, state: Any) -> None:
        """Take what was pickled. Raises `ValueError` for anything else."""
        kinds = {name: type(value) for name, value in vars(PaperSegment("", "", 0)).items()}
        if type(state) is not dict or {n: type(v) for n, v in state.items()} != kinds:
            raise ValueError("a segment is not as it was written")
        if state["_papers"] < 0 or len(state["_deleted"]) not in (0, -(-state["_papers"] // 8)):
            raise ValueError("a segment has not the size that it was written with")
        self.__dict__.update(state)

    def codec(self) -> PaperCodec:
        """Return the codec of the segment."""
        return PaperCodec(self.library, self.upto)

    def should_assemble(self) -> bool:
        """Say no: a compound file would be read into memory, not part by part."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Note how many papers were written."""
        self._papers = doccount

    def doc_count_all(self) -> int:
        """Return how many papers there are, deleted ones too."""
        return self._papers

    def alive(self) -> Flags:
        """Return for each paper whether it is not deleted."""
        if not self._deleted:
            return np.ones(self._papers, np.bool_)
        bits = np.unpackbits(np.frombuffer(self._deleted, np.uint8), count=self._papers)
        return np.equal(bits, 0)

    def deleted_count(self) -> int:
        """Return how many papers are deleted."""
        return self._papers - int(np.count_nonzero(self.alive()))

    def deleted_docs(self) -> Iterable[int]:
        """Return the numbers of the deleted papers."""
        deleted: list[int] = np.flatnonzero(~self.alive()).tolist()
        return deleted

    def is_deleted(self, docnum: int) -> bool:
        """Whether a paper is deleted."""
        return bool(self._deleted) and bool(self._deleted[docnum >> 3] & 0x80 >> (docnum & 7))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a paper, or take that back."""
        self.delete_documents([docnum], delete=delete)

    def delete_documents(self, docnums: Sequence[int], *, delete: bool = True) -> None:
        """Delete papers, or take that back."""
        alive = self.alive()
        alive[np.asarray(docnums, np.intp)] = not delete
        self._deleted = b"" if alive.all() else np.packbits(~alive).tobytes()


def merge(writer: SegmentWriter, segments: Sequence[PaperSegment]) -> list[PaperSegment]:
    """Merge segments into the one being written as `merge_policy` says: a `mergetype` for Whoosh.

    Returns the segments that stay. There is always a new one, if only to say up to where the
    library was read.
    """
    sizes = [SegmentSize(s.doc_count(), s.doc_count_all()) for s in segments]
    merged = segments_to_merge(sizes, writer.doc_count())
    for segment in (segments[index] for index in merged if sizes[index].alive):
        papers, alive = opened(writer.storage, segment), segment.alive()
        writer.fieldwriter.add_segment(papers, alive, writer.docnum)
        writer.perdocwriter.add_segment(papers, alive)
        writer.docnum += segment.doc_count()
    writer._added = True  # noqa: SLF001  (as Whoosh's own merge functions do, by `add_reader`)
    return [segment for index, segment in enumerate(segments) if index not in merged]


def paper_writer(index: FileIndex, codec: PaperCodec, timeout: float = 0) -> SegmentWriter:
    """Return a writer to `index`. Raises Whoosh's `LockError` if there is one already.

    `timeout` is in seconds.
    """
    # The pool only carries packed items; it is never to write them to the disk.
    writer = SegmentWriter(index, timeout=timeout, codec=codec, compound=False, limitmb=1 << 14)
    writer.mergetype = merge
    return writer


def abandon(writer: SegmentWriter) -> None:
    """Give up what `writer` was to write, without touching the disk, and release the lock."""
    if not writer.is_closed:
        writer.perdocwriter.is_closed = writer.fieldwriter.is_closed = True
        writer.cancel()
