"""BibTeX and biblatex, as people and reference managers write them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.bibtex.entries import Entry
from paperreader.formats.bibtex.inheritance import blocks_of
from paperreader.formats.bibtex.latex_text import printed, verbatim
from paperreader.formats.bibtex.names import people
from paperreader.formats.bibtex.record import with_record
from paperreader.formats.bibtex.syntax import Broken, Remark
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, iso_date
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import is_address_of_paper, named_by
from paperreader.formats.input.document import Document
from paperreader.papers.paper import Link, Paper
from paperreader.papers.untitled import named

_OPENING = r"^[ \t]*@(?:\s|%[^\n]*\n)*[A-Za-z]+(?:\s|%[^\n]*\n)*[{(]"
# The key may hold braces and commas.
_ENTRY = re.compile(
    _OPENING + r"\s*[^\n=]{0,200},(?:\s|%[^\n]*\n)*[\w-]+\s*=\s*[\"{\w]", re.MULTILINE
)
_ANY_BLOCK = re.compile(_OPENING, re.MULTILINE)
_SUFFIXES = frozenset((".bib", ".bibtex", ".biblatex"))
# Entry types that are helpers of a bibliography, not works.
_NO_WORK = frozenset(("xdata", "set", "control", "ieeetranbstctl", "bibnote", "string"))
_WHOLES = frozenset(
    "book mvbook collection mvcollection proceedings mvproceedings reference periodical".split()
)
_NO_LINKS = frozenset(("biburl", "file", "abstract", "urldate", "bibsource", "local-url"))
# Fields whose address is that of the paper itself, not of something that it mentions.
_OWN_ADDRESSES = frozenset("ee link pdf html page paper adsurl openreview eprint".split())
_VENUES = (
    "journaltitle", "journal", "fjournal", "booktitle", "maintitle", "eventtitle", "shortjournal",
    "school", "institution", "howpublished",
)  # fmt: skip
# Macros for journals in the Astrophysics Data System's entries.
_ASTRONOMY = {
    "aap": "Astronomy and Astrophysics", "aj": "The Astronomical Journal", "apj": "The"
    " Astrophysical Journal", "apjl": "The Astrophysical Journal Letters", "apjs": "The"
    " Astrophysical Journal Supplement Series", "araa": "Annual Review of Astronomy and"
    " Astrophysics", "jcap": "Journal of Cosmology and Astroparticle Physics", "mnras": "Monthly"
    " Notices of the Royal Astronomical Society", "nat": "Nature", "pasp": "Publications of the"
    " Astronomical Society of the Pacific", "prd": "Physical Review D", "prl": "Physical Review"
    " Letters", "ssr": "Space Science Reviews",
}  # fmt: skip
# Notes that only repeat an identifier stored in another field.
_IDLE_NOTE = re.compile(
    r"(?:arXiv:\S+(?: \[[\w.-]+\])?|(?:PMID|PubMed):? ?\d+|PMCID:? ?PMC\d+|cited by \d+"
    r"|doi:? ?10\.\S+|[;,\s\[\]])+",
    re.IGNORECASE,
)
_NOTES = ("eprint", "note", "howpublished", "number", "journal", "journaltitle", "pubstate")
_KEYWORDS = ("keywords", "keyword", "author_keywords", "author-keywords", "mendeley-tags")


class BibTeX:
    """`.bib` files: a paper for each entry; what breaks the grammar is reported with its line."""

    name = "bibtex"
    title = "BibTeX"

    def recognises(self, document: Document) -> bool:
        """Whether the document starts with an entry; in a `.bib` file it may be anywhere."""
        start = document.start
        if document.suffix in _SUFFIXES:
            return _ANY_BLOCK.search(start) is not None
        entry = _ENTRY.search(start)
        if not entry:
            return False
        before = [line.strip() for line in start[: entry.start()].splitlines()]
        # Other text may quote an entry; at the start, or one of several, it is not a quotation.
        allowed = 2 if len(_ENTRY.findall(start)) < 3 else 10
        return sum(1 for line in before if line and line[0] not in "%@}{") <= allowed and not any(
            line.startswith(("#", "```", "<", "{", "[")) for line in before
        )

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every entry, also for one without a title that can be cited."""
        for block in blocks_of(document):
            if isinstance(block, Entry):
                yield _item(block)
            elif isinstance(block, Broken):
                yield Unparsed(f"line {block.line}", block.reason, block.text)
            elif isinstance(block, Remark):
                yield Heading(block.kind, block.text)


def _item(entry: Entry) -> Item:
    if entry.type in _NO_WORK:
        return Heading(entry.type, entry.raw)
    fields = entry.fields
    identifiers = _identifiers(fields)
    title = _title(entry)
    venue = _venue(entry)
    paper = Paper(
        title=title,
        abstract=_prose(fields.get("abstract", "")),
        authors=people(fields.get("author", "")),
        published=_published(fields),
        venue="" if "arxiv" in identifiers and references.is_arxiv_venue(venue) else venue,
        categories=_categories(fields),
        keywords=_keywords(fields),
        links=_links(fields),
        identifiers=identifiers,
        comment=_comment(fields),
    )
    whole = with_record(paper, entry)
    # Documents may cite any entry that has a key and a field.
    key = entry.key if entry.fields else ""
    unnamed = Unparsed(f"line {entry.line}", f"the entry {entry.key} has no title", entry.raw)
    return named(whole) or (replace(whole, title=key, pending=True) if key else unnamed)


def _prose(latex: str) -> str:
    return without_markup(printed(latex))


def _title(entry: Entry) -> str:
    """Return the title with its subtitle; a collection may have its title in `booktitle`."""
    fields = entry.fields
    names = ("title", "booktitle", "maintitle") if entry.type in _WHOLES else ("title",)
    title = next(filter(None, (_prose(fields.get(name, "")).strip() for name in names)), "")
    subtitle = _prose(fields.get("subtitle", "")).strip()
    if title and subtitle and subtitle.lower() not in title.lower():
        return f"{title} {subtitle}" if title[-1] in ".?!:" else f"{title}: {subtitle}"
    return title


def _published(fields: Mapping[str, str]) -> str:
    dated = iso_date(verbatim(fields.get("date", "")))
    if len(dated) > 4:
        return dated
    year = printed(fields.get("year", "")) or dated
    return date_of(year, printed(fields.get("month", "")), fields.get("day", "")) or dated


def _venue(entry: Entry) -> str:
    fields = entry.fields
    title = fields.get("title") or (fields.get("booktitle") if entry.type in _WHOLES else "")
    values = (fields[name] for name in _VENUES if fields.get(name, "").strip())
    venue = next(
        (value for value in values if value != title and not references.addresses_in(value)), ""
    )
    return _ASTRONOMY.get(venue.strip(" {}\\"), _prose(venue)) if "\\" in venue else _prose(venue)


def _categories(fields: Mapping[str, str]) -> tuple[str, ...]:
    listed = fields.get("primaryclass") or fields.get("eprintclass") or ""
    return tuple(verbatim(listed).replace(",", " ").split())


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    listed = "; ".join(printed(fields[name]) for name in _KEYWORDS if fields.get(name))
    return tuple(listed.split(";" if ";" in listed else ","))


def _comment(fields: Mapping[str, str]) -> str:
    note = printed(fields.get("note") or fields.get("comment") or "").strip()
    return "" if references.addresses_in(note) == [note] or _IDLE_NOTE.fullmatch(note) else note


def _links(fields: Mapping[str, str]) -> tuple[Link, ...]:
    """Return links to the addresses in the fields; one that a note mentions is not the page."""
    own: list[str] = []
    mentioned: list[str] = []
    for name in sorted(fields, key=lambda name: name != "url"):
        if name in _NO_LINKS or name == "doi" or name.startswith("bdsk-file"):
            continue
        value = fields[name]
        if "http" in value or "www." in value:
            value = verbatim(value)
            if name in _NOTES and not is_address_of_paper(value):
                mentioned += references.addresses_in(value)
            elif name in _NOTES or value.strip().startswith(("http", "www.")):
                own += references.addresses_in(value)
    return references.links_to(own) + tuple(Link.of(url) for url in mentioned if url not in own)


def _identifiers(fields: Mapping[str, str]) -> dict[str, str]:
    exact = {name: verbatim(value).strip() for name, value in fields.items() if name != "abstract"}
    identifiers: dict[str, str] = {}
    if dois := references.dois_in(exact.get("doi", "")):
        identifiers["doi"] = dois[0]
    if arxiv := _arxiv(exact):
        identifiers["arxiv"] = arxiv
    if (exact.get("eprinttype") or exact.get("archiveprefix", "")).lower() in ("pubmed", "pmid"):
        exact.setdefault("pmid", exact.get("eprint", ""))
    for scheme, names in (("pmid", ("pmid", "pubmedid")), ("pmcid", ("pmcid", "pmc"))):
        value = next((exact[name] for name in names if exact.get(name)), "")
        if scheme == "pmid" and value.isdigit():
            identifiers["pmid"] = value
        elif scheme == "pmcid" and value:
            identifiers["pmcid"] = value if value.upper().startswith("PMC") else f"PMC{value}"
    if isbn := references.isbn_in(exact.get("isbn", "")):
        identifiers["isbn"] = isbn
    for name in filter(_is_own_address, exact):
        for address in references.addresses_in(exact[name]):
            identifiers = named_by([address]) | identifiers
    notes = [exact[name] for name in _NOTES if name in exact]
    notes.append(f"{exact.get('journal', '')} {exact.get('volume', '')}")
    return named_by((), notes) | identifiers


def _is_own_address(name: str) -> bool:
    return name in _OWN_ADDRESSES or name.startswith(("url", "opturl", "bdsk-url"))


def _arxiv(exact: Mapping[str, str]) -> str:
    kind = (exact.get("archiveprefix") or exact.get("eprinttype") or "").lower()
    eprint = exact.get("eprint", "")
    if kind not in ("", "arxiv") and eprint.isdigit() and len(eprint) == 7:
        eprint = f"{kind}/{eprint}"  # "archivePrefix = hep-th, eprint = 9711200"
    candidates = [
        eprint,
        exact.get("arxivid", ""),
        exact.get("arxiv", ""),
        exact.get("arxiv_id", ""),
    ]
    return next((number for text in candidates if (number := references.arxiv_in(text))), "")
