"""PDF files, read by their first page and their metadata."""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from paperreader import text
from paperreader.formats.base import FormatError, Heading, Item
from paperreader.formats.common.people import people_in
from paperreader.formats.common.values import texts
from paperreader.formats.input.document import Document
from paperreader.formats.pdf import first_page, title_block
from paperreader.formats.pdf.columns import Columns
from paperreader.formats.pdf.first_page import Line
from paperreader.papers.identifiers import arxiv_id
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.titles import fold

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# Errors that pypdf raises on damaged files, besides its own.
_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, MemoryError),
    *(NotImplementedError, OSError, RecursionError, TypeError, ValueError),
    *(struct.error, zlib.error),
)
# Longer first pages are cut here.
_CHARACTERS = 60_000
# A first page that is drawn with more bytes than this is not read: for 2 MB, pypdf takes 4 s and
# 100 MB.
_DRAWN = 2_000_000


class Pdf:
    """A paper as a PDF; needs the library pypdf, which is an extra."""

    name = "pdf"
    title = "a PDF"

    def recognises(self, document: Document) -> bool:
        """Whether the PDF signature is in the first 1,024 bytes."""
        return b"%PDF-" in document.head[:1024]

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield the paper, and its number of pages as a heading."""
        reader = _opened(document)
        page = _read(reader, document.name)
        title = _title(page, document.name)
        yield _paper(page, title, document.name)
        yield Heading("pages", f"{page.pages} pages")


@dataclass
class _Page:
    """The first page's lines and text, and the document's metadata."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""
    columns: Columns = field(default_factory=Columns)
    metadata: dict[str, str] = field(default_factory=dict)
    pages: int = 0

    def has_words(self, words: str) -> bool:
        """Whether the page has most of the words, or too little text to compare."""
        wanted = set(fold(words).split())
        on_page = set(fold(self.text).split())
        return len(on_page) < 20 or len(wanted & on_page) >= 0.7 * len(wanted)


def _opened(document: Document) -> "PdfReader":
    try:
        import pypdf
    except ImportError as error:
        raise FormatError(
            f"{document.name} is a PDF, and the library that reads PDFs is not installed:"
            " install it with `pip install pypdf`."
        ) from error
    # Its warnings about malformed files would be printed over the screen.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = pypdf.PdfReader(BytesIO(document.data()))
        locked = reader.is_encrypted and not reader.decrypt("")
    except pypdf.errors.DependencyError as error:
        raise FormatError(_locked(document.name)) from error
    except (pypdf.errors.PyPdfError, *_BROKEN) as error:
        raise FormatError(_damaged(document.name)) from error
    if locked:
        raise FormatError(_locked(document.name))
    return reader


def _locked(name: str) -> str:
    return f"{name} is an encrypted PDF: save it without its protection and add that."


def _damaged(name: str) -> str:
    return f"{name} is a damaged PDF: download or copy it again."


def _read(reader: "PdfReader", name: str) -> _Page:
    import pypdf

    page = _Page()
    problems = (pypdf.errors.PyPdfError, *_BROKEN)
    try:
        page.metadata = _metadata(reader.metadata)
    except pypdf.errors.DependencyError as error:
        raise FormatError(_locked(name)) from error
    except problems:
        page.metadata = {}
    try:
        page.pages = len(reader.pages)
        first = reader.pages[0]
        contents = first.get_contents()
        if contents is not None and len(contents.get_data()) > _DRAWN:
            return page
        collector = first_page.Collector()
        content = first.extract_text(visitor_text=collector.visit)
        page.lines = collector.lines()
        page.text = first_page.plain(content[:_CHARACTERS])
        page.columns = _columns(first)
    except pypdf.errors.DependencyError as error:
        raise FormatError(_locked(name)) from error
    except problems as error:
        if not page.metadata.get("title"):
            raise FormatError(_damaged(name)) from error
    return page


def _columns(page: "PageObject") -> Columns:
    """Return the columns of a page, none if its layout cannot be computed."""
    import pypdf

    try:
        return Columns(first_page.plain(page.extract_text(extraction_mode="layout")))
    except (pypdf.errors.PyPdfError, *_BROKEN):
        return Columns()


def _metadata(raw: Any) -> dict[str, str]:
    """Return the metadata under lower-case names without the slash."""
    lowered = {str(key).lstrip("/").lower(): value for key, value in dict(raw or {}).items()}
    return {key: text.line(str(value))[:2000] for key, value in lowered.items()}


def _title(page: _Page, name: str) -> str:
    """Return the title: that of the metadata, of the page, or the file's name."""
    title = page.metadata.get("title", "")
    if first_page.could_be_title(title) and page.has_words(title):
        return title
    if page_title := first_page.title(page.lines):
        return page_title
    if not page.text.strip():
        raise FormatError(
            f"{name} is a PDF without text, as scanned pages are, and without a title in its"
            " metadata: add the paper by its arXiv id or DOI instead."
        )
    return _stem(name)


def _stem(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).name
    return re.sub(r"\.pdf(\.gz)?$", "", stem, flags=re.IGNORECASE).replace("_", " ")


def _paper(page: _Page, title: str, name: str) -> Paper:
    stamp = first_page.stamp(page.text)
    arxiv = stamp.arxiv or arxiv_id(_stem(name).replace(" ", "_"))
    doi = first_page.doi_on(page.metadata.get("doi", "") or page.text) or first_page.doi_on(
        page.metadata.get("subject", "")
    )
    stem_is_title = title == _stem(name)
    links = (Link(LinkKind.PAGE, f"https://arxiv.org/abs/{arxiv}"),) if arxiv else ()
    return Paper(
        title,
        abstract=first_page.abstract(page.text),
        authors=_authors(page, title),
        published=stamp.published,
        updated=stamp.updated,
        categories=stamp.categories,
        keywords=texts(page.metadata.get("keywords", ""), ",;"),
        links=links,
        identifiers={k: v for k, v in (("arxiv", arxiv), ("doi", doi)) if v},
        pending=stem_is_title,
    )


def _authors(page: _Page, title: str) -> tuple[str, ...]:
    """Return the authors of the metadata if they are on the page, or those of the page if more.

    Metadata often have only the first author, an account, or an affiliation among the names.
    """
    given = page.metadata.get("author", "")
    reference = title_block.with_accents(first_page.acm_authors(page.text))
    on_page = people_in(reference) or title_block.authors(page.lines, title, page.columns)
    if not given or first_page.is_program(given) or not page.has_words(given):
        return on_page
    known = people_in(title_block.with_accents(given))
    is_account = all(" " not in name for name in known)
    if is_account or any(map(title_block.is_affiliation, known)):
        return on_page
    return on_page if len(on_page) > len(known) else known
