"""Read papers from files in any known format.

`readings` is the entry point: a path (or `-`) becomes one `Reading` for each document found there,
and a reading yields papers, headings and unparsed passages as it goes. A new format is a module
here and a line in `FORMATS`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from paperreader.formats.base import EmptyReason, Format, Heading, Item, Parsed, Unparsed
from paperreader.formats.bibtex.bibtex import BibTeX
from paperreader.formats.common.markup import without_heading
from paperreader.formats.csv_table import CsvTable
from paperreader.formats.huggingface.api_json import HuggingFaceJson
from paperreader.formats.huggingface.html_page import HuggingFaceHtml
from paperreader.formats.huggingface.text_page import HuggingFaceText
from paperreader.formats.identifier_list import Identifiers
from paperreader.formats.input.document import Document, FormatError
from paperreader.formats.input.opening import open_documents
from paperreader.formats.json_formats.json_lines import Json
from paperreader.formats.markdown.markdown import Markdown
from paperreader.formats.markdown.reading_list import ReadingList
from paperreader.formats.pdf.pdf import Pdf
from paperreader.formats.plain_text import PlainText
from paperreader.formats.recorded_response import Recorded
from paperreader.formats.tagged_formats.nbib import Nbib
from paperreader.formats.tagged_formats.ris import EndNote, Ris, WebOfScience
from paperreader.formats.unrecognised import unrecognised
from paperreader.formats.web_pages.web_page import WebPage
from paperreader.formats.xml_formats.acl import AclXml
from paperreader.formats.xml_formats.atom import Atom
from paperreader.formats.xml_formats.dblp import Dblp
from paperreader.formats.xml_formats.pubmed import PubMedXml
from paperreader.formats.xml_formats.rss import Rss
from paperreader.papers.bounds import bounded
from paperreader.papers.paper import Paper
from paperreader.text import only_text

__all__ = [
    "FORMATS",
    "Document",
    "Format",
    "FormatError",
    "Heading",
    "Item",
    "Reading",
    "Unparsed",
    "open_documents",
    "read",
    "readings",
]

# The first format that recognises a document reads it: those with the surest signs come first,
# those that accept nearly anything last.
FORMATS: tuple[Format, ...] = (
    Pdf(),
    HuggingFaceJson(),
    HuggingFaceHtml(),
    WebPage(),
    HuggingFaceText(),
    Atom(),
    Rss(),
    AclXml(),
    PubMedXml(),
    Dblp(),
    BibTeX(),
    Ris(),
    Nbib(),
    WebOfScience(),
    EndNote(),
    Recorded(HuggingFaceJson(), HuggingFaceHtml(), Atom(), Rss(), Json()),
    Json(),
    ReadingList(),
    Markdown(),
    CsvTable(),
    Identifiers(),
    PlainText(),
)


# A document with so many unparsed passages, and fewer papers than one in twenty of them, is not
# what it was taken for: reading a million of them takes up to 25 s.
_MOST_LEFTOVERS = 200_000
_TO_A_PAPER = 20
_HARDLY_A_PAPER = f"hardly a paper in {_MOST_LEFTOVERS:,} passages; the rest was not read"


@dataclass(eq=False)
class Reading:
    """A document being read: iterating it yields its items, each paper made safe to show.

    `format` is None for a document in a folder or an archive that no format recognises; it then
    yields one `Unparsed`. `papers` and `leftovers` count what has been yielded so far.
    """

    document: Document
    format: Format | None
    papers: int = 0
    leftovers: int = 0
    _why: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Item]:
        """Yield items as the document is read.

        An error after the first paper is yielded as `Unparsed`. Raises `FormatError` for one
        before it, unless the document was discovered in a folder or an archive.
        """
        try:
            for parsed in self._parsed():
                if isinstance(parsed, EmptyReason):
                    self._why.append(parsed.text)
                else:
                    yield from self._counted(parsed)
                if self.leftovers >= _MOST_LEFTOVERS > _TO_A_PAPER * self.papers:
                    yield from self._counted(Unparsed(self.document.name, _HARDLY_A_PAPER, ""))
                    return
        except FormatError as error:
            if not self.papers and not self.document.discovered:
                raise
            yield from self._counted(Unparsed(self.document.name, str(error), ""))

    def why_empty(self) -> str:
        """Return the sentence that explains why no paper was found."""
        name = self.document.name
        if self.format is None:
            return f"Nothing to add from {name}: no known format."
        why = "; ".join(self._why) or f"{self.format.title} without a single paper"
        return f"Nothing to add from {name}: it is {why}."

    def _parsed(self) -> Iterator[Parsed]:
        if self.format is None:
            yield Unparsed(self.document.name, unrecognised(self.document), "")
            return
        yield from self.format.parse(self.document)

    def _counted(self, item: Item) -> Iterator[Item]:
        """Count and yield the item, safe to show; each cut of a paper is reported after it."""
        if isinstance(item, Paper):
            for each in self._safe(item):
                self.papers += isinstance(each, Paper)
                self.leftovers += isinstance(each, Unparsed)
                yield each
        elif isinstance(item, Unparsed):
            self.leftovers += 1
            yield replace(item, location=only_text(item.location), reason=only_text(item.reason))
        else:
            yield item

    def _safe(self, paper: Paper) -> Iterator[Paper | Unparsed]:
        short, cuts = bounded(paper)
        clean = replace(short, abstract=without_heading(short.abstract)).cleaned()
        if not clean.title:
            yield Unparsed(self.document.name, "a paper without a title", clean.abstract)
            return
        yield clean
        for cut in cuts:
            yield Unparsed(self.document.name, cut, clean.title[:80])


def readings(path: str) -> Iterator[Reading]:
    """Yield a reading for each document at `path`, or for standard input if it is `-`.

    Raises `FormatError` if there is nothing to read, or if a document that the person named is
    not in a known format.
    """
    is_empty = True
    for document in open_documents(path):
        is_empty = False
        yield read(document)
    if is_empty:
        raise FormatError(f"{path} holds no files to read.")


def read(document: Document) -> Reading:
    """Return the reading of `document` in the first format that recognises it."""
    try:
        if not document.head:
            raise FormatError(f"{document.name} is empty: save or download it again.")
        for known in FORMATS:
            if known.recognises(document):
                return Reading(document, known)
        if not document.discovered:
            raise FormatError(unrecognised(document))
    except FormatError:
        if not document.discovered:
            raise
    return Reading(document, None)
