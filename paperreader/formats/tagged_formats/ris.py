"""RIS, and two tagged formats that are similar to it: those of Web of Science and EndNote."""

import re
from collections.abc import Iterator
from dataclasses import replace

from paperreader import text
from paperreader.formats.base import Heading, Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, finer, iso_date
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.people import all_shown
from paperreader.formats.input.document import Document
from paperreader.formats.tagged_formats.grammar import Grammar, TaggedRecord
from paperreader.papers.entry_types import kind_of
from paperreader.papers.identifiers import doi
from paperreader.papers.paper import Paper
from paperreader.papers.untitled import named

# Tags that may have fewer than two blanks before their hyphen. Other capitals there may be prose:
# "UK - based".
_TAGS = """A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CT CY DA DB DI DO DP ED EP ER
    ET ID IS J1 J2 JA JF JO KW L1 L2 L3 L4 LA LB LK M1 M2 M3 N1 N2 NV OP PB PP PY RN RP SE SN SO SP
    ST SV T1 T2 T3 TA TI TT TY U1 U2 U3 U4 U5 UR VL VO Y1 Y2""".split()
_MARK = r"[ \t]{0,8}[-–—]"
_BEGIN = re.compile(rf"^[\ufeff \t]*TY{_MARK}", re.MULTILINE)
_TAGGED_LINE = re.compile(rf"^[\ufeff \t]*(?:{'|'.join(_TAGS)}){_MARK} ", re.MULTILINE)
_GRAMMAR = Grammar(
    re.compile(
        rf"[\ufeff\s]*(?P<tag>[A-Z][A-Z0-9](?=  -)|(?:{'|'.join(_TAGS)})(?={_MARK}(?:\s|$)))"
        rf"{_MARK}(?P<value>.*)"
    ),
    begins=frozenset(("TY",)),
    ends=frozenset(("ER",)),
)
# Tags without any blanks, "TY-JOUR"; in other files such a line may be prose: "T2-weighted".
_TIGHT = re.compile(r"^[\ufeff \t]*TY-[A-Z]", re.MULTILINE)
_TIGHT_GRAMMAR = replace(
    _GRAMMAR,
    line=re.compile(rf"[\ufeff\s]*(?P<tag>{'|'.join(_TAGS)}){_MARK}(?P<value>.*)"),
)
_WEB_OF_SCIENCE = Grammar(
    re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*)|$)"),
    begins=frozenset(("PT",)),
    ends=frozenset(("ER",)),
    aliases={
        "PT": "TY", "SO": "T2", "DI": "DO", "DE": "KW", "ID": "KW", "PD": "DA", "EA": "Y1",
        "BN": "SN", "TY": "", "AR": "", "Z9": "", "PM": "PMID", "PU": "PB", "PI": "CY", "BP": "SP",
        "BE": "ED",
    },
)  # fmt: skip
_ENDNOTE = Grammar(
    re.compile(r"\ufeff?%(?P<tag>[0-9A-Z!-/:-@\[-`{-~])(?:\s+(?P<value>.*)|$)"),
    begins=frozenset(("0",)),
    aliases={
        "0": "TY", "T": "TI", "A": "AU", "D": "PY", "8": "DA", "J": "T2", "B": "BT", "X": "AB",
        "K": "KW", "R": "DO", "U": "UR", "@": "SN", "Z": "N1", "M": "AN", "!": "ST", "I": "PB",
        "V": "VL", "N": "IS", "P": "SP", "C": "CY", "E": "A2", "7": "ET", "G": "LA", "9": "M3",
        "S": "T3", "+": "AD", "F": "ID", "?": "A4", "Y": "A3", "6": "NV", "&": "SE", "1": "C1",
        "2": "C2", "3": "C3", "4": "C4",
    },
)  # fmt: skip

# The biblatex fields of tags.
_FIELDS = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "location", "PP": "location",
    "ET": "edition", "LA": "language", "T3": "series", "SE": "chapter", "NV": "volumes",
    "ST": "shorttitle", "J2": "shortjournal", "JA": "shortjournal", "JO": "shortjournal",
    "A4": "translator", "A3": "editora", "CN": "library",
    "M1": "m1", "M3": "type", "C1": "c1", "C2": "c2", "C3": "c3", "C4": "c4", "C5": "c5",
    "C6": "c6", "C7": "c7", "C8": "c8", "U1": "u1", "U2": "u2", "U3": "u3", "U4": "u4", "U5": "u5",
    "DB": "database", "DP": "databaseprovider", "AD": "address", "RN": "researchnotes",
    "TT": "origtitle", "RP": "reprint", "OP": "origcontent", "SN": "issn", "JF": "journaltitle",
    "T2": "booktitle",
}  # fmt: skip
# The RIS types of the types of Web of Science and EndNote.
_TYPES = {
    "J": "JOUR", "B": "BOOK", "S": "CHAP", "P": "PAT", "Journal Article": "JOUR", "Book": "BOOK",
    "Conference Proceedings": "CONF", "Conference Paper": "CPAPER", "Book Section": "CHAP",
    "Thesis": "THES", "Report": "RPRT", "Web Page": "ELEC", "Generic": "GEN",
    "Electronic Article": "EJOUR", "Unpublished Work": "UNPB", "Edited Book": "EDBOOK",
}  # fmt: skip
_OWN_FIELD = re.compile(r"([a-z][a-z0-9_+-]{0,60}) = (.+)")
_KEY = re.compile(r"[^\s,;{}]{1,100}")

_TITLES = ("TI", "T1", "CT", "BT", "ST", "TT")
_VENUES = ("JF", "T2", "BT", "JO", "JA", "J1", "J2")
_NOTES = ("JF", "T2", "JO", "JA", "N1", "AN", "M1", "M3", "L3", "C2", "ID", "PB")
_INDEXES = ("pubmed", "medline")


class Ris:
    """`.ris` files of reference managers, publishers and indexes."""

    name = "ris"
    title = "RIS"

    def recognises(self, document: Document) -> bool:
        """Whether a record begins near the start; in a `.ris` file any tagged lines are enough."""
        if document.suffix == ".ris":
            return len(_TAGGED_LINE.findall(document.start)) > 1 or bool(
                _BEGIN.search(document.start)
            )
        first = _BEGIN.search(document.start)
        # Other text may quote a record further down.
        return first is not None and document.start.count("\n", 0, first.start()) < 20

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every record that has a title or an identifier."""
        first = _BEGIN.search(document.start)
        is_tight = first and _TIGHT.match(document.start, first.start())
        yield from _items(_TIGHT_GRAMMAR if is_tight else _GRAMMAR, document)


class WebOfScience:
    """The "plain text file" of Web of Science."""

    name = "web-of-science"
    title = "Web of Science plain text"

    def recognises(self, document: Document) -> bool:
        """Whether it starts with the line that names the program, or with a record."""
        start = document.start.lstrip("\ufeff\n ")
        return re.match(r"(?:FN .*\nVR .*\n|PT [A-Z]\n(?:AU|TI|BA|GP|AF) )", start) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every record that has a title or an identifier."""
        yield from _items(_WEB_OF_SCIENCE, document)


class EndNote:
    """EndNote or refer files of EndNote and Google Scholar: lines such as `%T A title`."""

    name = "endnote"
    title = "EndNote"

    def recognises(self, document: Document) -> bool:
        """Whether the document starts with a record."""
        return re.match(r"[\ufeff\s]*%0 [A-Z]", document.start) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every record that has a title or an identifier."""
        yield from _items(_ENDNOTE, document)


def _items(grammar: Grammar, document: Document) -> Iterator[Item]:
    for record in grammar.records(document.lines()):
        if not {tag for tag, _ in record.fields} - {"ER", "EF", "FN", "VR"}:
            if record.text.strip():
                yield Heading("between records", record.text.strip())
        else:
            paper = _paper(record)
            yield paper or Unparsed(f"line {record.line}", "the record has no title", record.text)


def _paper(record: TaggedRecord) -> Paper | None:
    addresses = [
        address
        for tag in ("UR", "LK", "LI", "L1", "L2")
        for value in record.all(tag)
        for address in references.addresses_in(value)
    ]
    identifiers = _identifiers(record, addresses)
    title = without_markup(_line(record.first(*_TITLES)))
    venues = (without_markup(_line(record.first(tag))) for tag in _VENUES)
    venue = next((venue for venue in venues if venue and venue != title), "")
    is_idle = "arxiv" in identifiers and references.is_arxiv_venue(venue)
    fields = _fields(record, {title, venue})
    kind = kind_of("ris", _TYPES.get(record.first("TY"), record.first("TY")))
    paper = Paper(
        title=title,
        abstract=without_markup("\n\n".join(record.all("AB") or record.all("N2"))),
        authors=_authors(record),
        published=_published(record),
        venue="" if is_idle else venue,
        keywords=_keywords(record),
        links=references.links_to(addresses),
        identifiers=identifiers,
        comment=_comment(record),
        # Our export writes a type that RIS has no word for into a field.
        kind=fields.pop("entrytype", "") or kind,
        editors=all_shown(name for tag in ("A2", "ED") for name in record.all(tag)),
        fields=fields,
        citation_key=record.first("ID") if _KEY.fullmatch(record.first("ID")) else "",
    )
    return named(paper)


def _fields(record: TaggedRecord, shown: set[str]) -> dict[str, str]:
    """Return the rest of the record, under the names of biblatex or the tag's own."""
    fields: dict[str, str] = {}
    for tag, name in _FIELDS.items():
        values = map(_line, record.all(tag))
        value = "; ".join(v for v in values if tag != "SN" or not references.isbn_in(v))
        if value and value not in shown:
            fields.setdefault(name, value)
    for value in record.all("U5"):  # the export writes fields without a tag of RIS so
        if match := _OWN_FIELD.fullmatch(_line(value)):
            fields[match[1]] = match[2]
            fields.pop("u5", None)
    pages = [_line(record.first(tag)) for tag in ("SP", "EP")]
    if any(pages):
        fields["pages"] = "--".join(filter(None, pages if pages[0] != pages[1] else pages[:1]))
    return fields


def _line(value: str) -> str:
    return " ".join(value.split())


def _authors(record: TaggedRecord) -> tuple[str, ...]:
    return all_shown(
        name for field in record.all("AF") or record.all("AU", "A1")
        for line in _whole_names(field) for name in line.split(";")
    )  # fmt: skip


def _whole_names(field: str) -> list[str]:
    """Return the names of one field: one per line in Web of Science, elsewhere one, wrapped."""
    lines = field.split("\n")
    return lines if all("," in line for line in lines) else [" ".join(lines)]


def _published(record: TaggedRecord) -> str:
    # Y1 is the tag of old files, and in newer ones often the day of access.
    year = record.first("PY", "DA", "Y1")
    date = iso_date(year)
    for value in record.all("PY", "DA", "Y1"):
        exact = iso_date(value) or date_of(year, value)
        date = finer(date, exact) if date else exact
    return date


def _keywords(record: TaggedRecord) -> tuple[str, ...]:
    pieces = [piece for value in record.all("KW") for piece in re.split(r"[;\n]", value)]
    if len(pieces) == 1 and pieces[0].count(",") > 1:
        return tuple(pieces[0].split(","))
    return tuple(pieces)


def _comment(record: TaggedRecord) -> str:
    notes = (without_markup(_line(note)) for note in record.all("N1"))
    return "; ".join(note for note in notes if not doi(note) and not text.is_web_address(note))


def _identifiers(record: TaggedRecord, addresses: list[str]) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    if dois := references.dois_in(record.first("DO")) or references.dois_in(
        " ".join(value for value in record.all("M3", "L3", "N1", "C7") if doi(_line(value)))
    ):
        identifiers["doi"] = dois[0]
    number = record.first("AN")
    indexed_by = record.first("DB", "DP").lower()
    if number.isdigit() and any(index in indexed_by for index in _INDEXES):
        identifiers["pmid"] = number
    if pmid := record.first("PMID"):
        identifiers["pmid"] = pmid
    if isbn := references.isbn_in(" ".join(record.all("SN"))):
        identifiers["isbn"] = isbn
    return named_by(addresses, record.all(*_NOTES)) | identifiers
