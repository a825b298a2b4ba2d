"""Messages for documents in no known format: what they look like, and what can be read."""

import re

from paperreader.formats.input.document import Document

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file; export it as CSV or text"),
    (b"SQLite format 3", "a database; export its papers as BibTeX or JSON"),
    (b"\x7fELF", "a program"),
)
_WORKS = (
    "what can be read: BibTeX, RIS, PubMed, CSL-JSON, JSON lines, CSV, Markdown lists, feeds, ACL"
    " XML, PDF, saved pages of Hugging Face, arXiv and other sites that describe a paper, and lists"
    " of ids or addresses"
)
# A page rendered by scripts lacks the text that was seen, and many sites have no metadata.
_WORKS_FOR_PAGES = (
    "it describes no paper in the way sites do for Google Scholar; take the BibTeX, RIS or PDF that"
    " the site offers, or add the paper's DOI, arXiv id or address"
)


def unrecognised(document: Document) -> str:
    """Return the sentence to show if no format recognises the document."""
    looks = looks_like(document)
    works = _WORKS_FOR_PAGES if looks.startswith("a web page") else _WORKS
    return f"{document.name} looks like {looks}, and no paper was found in it; {works}."


def looks_like(document: Document) -> str:
    """Return what kind of document this seems to be, with an article."""
    head = document.head
    if not head:
        return "an empty file"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive; unpack it first"
    start = document.start.lstrip()
    if not document.start:
        return "a binary file"
    if not start:
        return "a file of blank lines"
    return _kind_of_text(start)


def _kind_of_text(start: str) -> str:
    low = start[:2000].lower()
    if low.startswith(("<!doctype html", "<html")) or "<body" in low:
        title = re.search(r"<title[^>]*>([^<]{1,200})", start, re.IGNORECASE)
        called = f" titled “{' '.join(title.group(1).split())}”" if title else ""
        return f"a web page{called}"
    if start.startswith("<"):
        root = re.search(r"<([A-Za-z][\w:.-]*)", start)
        return f"XML with the root <{root.group(1)}>" if root else "XML"
    if start[0] in "{[":
        return "JSON without titles"
    return "plain text"
