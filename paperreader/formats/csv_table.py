"""CSV tables with a header line: from Zotero, bibliographic indexes, or written by hand."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from paperreader.formats.base import FormatError, Heading, Item, Unparsed
from paperreader.formats.common import references
from paperreader.formats.common.dates import date_of, finer, iso_date
from paperreader.formats.common.markup import without_markup
from paperreader.formats.common.notes import named_by
from paperreader.formats.common.people import all_shown, people_in
from paperreader.formats.input.document import Document
from paperreader.papers.entry_types import kind_of, type_of
from paperreader.papers.paper import Paper
from paperreader.papers.untitled import name_by_identifier

# The names of the columns of each meaning, lower case, letters and digits only; best name first.
_COLUMNS = {
    "title": "title documenttitle itemtitle articletitle papertitle papername primarytitle ti"
    " displayname",
    "abstract": "abstract abstractnote summary abstracttext description paperabstract ab",
    "authors": "authorfullnames authors author authornames creators creator authorsnames af au"
    " authorlist paperauthors rawauthorname",
    "date": "date publicationdate published publisheddate datepublished dp releasedate coverdate"
    " submitted submissiondate createddate",
    "year": "publicationyear year pubyear py yearpublished copyrightyear",
    "month": "month publicationmonth",
    "venue": "publicationtitle journal sourcetitle journalbook source venue journaltitle"
    " conference containertitle booktitle so jt journalname conferencename proceedings"
    " bookseriestitle publication hostvenue publicationvenue",
    "keywords": "keywords authorkeywords manualtags tags indexkeywords automatictags ieeeterms"
    " keyword meshterms tag de",
    "categories": "categories category primarycategory arxivcategory subjects arxivcategories",
    "url": "url link urls links articleurl pdflink pdfurl pdf pageurl paperurl webpage"
    " fulltexturl website codeurl code github arxivurl openaccesspdf linkattachments landingpageurl"
    " oaurl repourl paperurlabs paperurlpdf",
    "doi": "doi itemdoi di doilink doiurl",
    "arxiv": "arxiv arxivid eprint id paperid archivelocation",
    "pmid": "pmid pubmedid pm",
    "pmcid": "pmcid pmc",
    "isbn": "isbn isbns",
    "acl": "aclid anthologyid",
    "openreview": "openreviewid forum",
    "comment": "comment comments",
    # Not Zotero's "Notes": these are personal, and mention other papers too.
    "note": "extra note",
    "type": "itemtype entrytype documenttype publicationtype type",
    "key": "citationkey bibtexkey citekey",
    "editors": "editor editors",
    "volume": "volume vol vl journalvolume",
    "number": "issue issuenumber issueno is journalissue",
    "pages": "pages pagerange pageinfo pg",
    "firstpage": "startpage firstpage pagestart beginpage bp",
    "lastpage": "endpage lastpage pageend ep",
    "articlenumber": "artno articlenumber articleno elocationid ar",
    "series": "series",
    "edition": "edition",
    "publisher": "publisher pu",
    "location": "place publisherplace",
    "language": "language languageoforiginaldocument la",
    "issn": "issn issns sn eissn",
}
# The columns that are entries of `Paper.fields`.
_FIELDS = ("volume", "number", "pages", "series", "edition", "publisher", "location", "language",
           "issn")  # fmt: skip
_MEANING = {
    name: (meaning, rank)
    for meaning, names in _COLUMNS.items()
    for rank, name in enumerate(names.split())
}
# Separates the steps of a path, which may be indexes: "authors[0].name", "authors/0/name".
_PATH_MARK = re.compile(r"[./:>]|__|\[\d+\]")
# Steps of a path that carry no meaning by themselves.
_LEAVES = frozenset("displayname name title value text label fullname".split())
# The apostrophe that keeps a spreadsheet from evaluating a cell as a formula.
_NOT_COMPUTED = re.compile("^'(?=[-=+@\uff1d\uff0b\uff0d\uff20])")
_DELIMITERS = ",;\t|"
# Lines about the export may precede the header.
_LINES_BEFORE = 10
_FIELD_BYTES = 16 * 1024 * 1024

Columns = dict[str, list[int]]


class CsvTable:
    """Tables separated by commas, semicolons, tabs or bars, with a column of titles."""

    name = "csv"
    title = "a table (CSV)"

    def recognises(self, document: Document) -> bool:
        """Whether one of the first lines holds known column names."""
        if document.start.lstrip()[:1] in ("<", "{", "["):
            return False
        named = document.suffix in (".csv", ".tsv", ".tab")
        return _layout(document.start.split("\n"), 1 if named else 3) is not None

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for every row that has a title or an identifier."""
        layout = _layout(document.start.split("\n"), 1)
        if layout is None:
            raise FormatError(
                f"{document.name} has no column of titles: give its columns names, one of them"
                " “title”."
            )
        delimiter, skipped = layout
        lines = document.lines()
        before = list(islice(lines, skipped))
        if preamble := "\n".join(before).strip():
            yield Heading("above the table", preamble)
        rows = _rows(lines, delimiter)
        columns = _meanings(next(rows)[1])
        for line, row in rows:
            if not any(cell.strip() for cell in row):
                continue
            cells = _Row(row, columns)
            if cells.first("type").lower() in ("attachment", "note", "annotation"):
                yield Heading(cells.first("type").lower(), cells.first("title"))
                continue
            paper = _paper(cells)
            yield paper or Unparsed(
                f"line {line + skipped}", "the row has no title", delimiter.join(row)
            )


def _layout(lines: Sequence[str], least: int) -> tuple[str, int] | None:
    """Return the delimiter and the number of lines above the header, or None without a header.

    A header has a column of titles, and at least `least` known columns in all.
    """
    for number, line in enumerate(lines[:_LINES_BEFORE]):
        best = max(_DELIMITERS, key=line.count)
        names = next(csv.reader([line], delimiter=best), []) if line.strip() else []
        columns = _meanings(names)
        if "title" in columns and len(columns) >= least and len(line) < 20_000:
            return best, number
    return None


def _meanings(names: Iterable[str]) -> Columns:
    """Return the column indexes of each meaning, the best first."""
    columns: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        if known := _meaning_of(name):
            meaning, rank = known
            columns.setdefault(meaning, []).append((rank, index))
    return {meaning: [index for _, index in sorted(ranked)] for meaning, ranked in columns.items()}


def _meaning_of(name: str) -> tuple[str, int] | None:
    """Return the meaning of a column and the rank of its name; a name may be a path or numbered.

    Of the path "authorships.author.display_name" the last meaningful step counts. "author_2" and
    "authors.1.name" mean "author": one author per column.
    """
    if known := _MEANING.get(_plain(name)):
        return known
    path = [part for part in map(_plain, _PATH_MARK.split(name)) if part.strip("0123456789")]
    last = path[-1] if path else ""
    if len(path) > 1 and last in _LEAVES and (last != "title" or path[-2] in _MEANING):
        last = path[-2]
    known = _MEANING.get(last) if len(path) > 1 else None
    known = known or _MEANING.get(last.rstrip("0123456789"))
    is_numbered = any(map(str.isdigit, name)) and known is not None
    if is_numbered and known and known[0] == "authors":
        return "author", known[1]
    return known if len(path) > 1 or (known and known[0] == "keywords") else None


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of its first line; a row may span several lines."""
    csv.field_size_limit(_FIELD_BYTES)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    while True:
        first = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise FormatError(f"The table breaks off after line {first}: {error}.") from error
        if row is None:
            return
        yield first, row


class _Row:
    """One row, with its cells looked up by meaning."""

    def __init__(self, cells: list[str], columns: Columns) -> None:
        self._cells = cells
        self._columns = columns

    def all(self, meaning: str) -> list[str]:
        """Return the non-empty cells of this meaning, the best first."""
        indexes = self._columns.get(meaning, [])
        cells = (self._cells[index].strip() for index in indexes if index < len(self._cells))
        return [_NOT_COMPUTED.sub("", cell) for cell in cells if cell]

    def first(self, meaning: str) -> str:
        """Return the best cell of this meaning, or an empty string."""
        return next(iter(self.all(meaning)), "")


def _paper(row: _Row) -> Paper | None:
    addresses = [url for cell in row.all("url") for url in references.addresses_in(cell)]
    identifiers = _identifiers(row, addresses)
    title = without_markup(row.first("title"))
    name = title or name_by_identifier(identifiers)
    if not name:
        return None
    venue = row.first("venue")
    is_idle = venue == title or ("arxiv" in identifiers and references.is_arxiv_venue(venue))
    return Paper(
        title=name,
        abstract=without_markup(row.first("abstract")),
        authors=_authors(row),
        published=_published(row),
        venue="" if is_idle else venue,
        categories=tuple(re.split(r"[\s,;|]+", row.first("categories").strip("[]"))),
        keywords=_keywords(row),
        links=references.links_to(addresses),
        identifiers=identifiers,
        comment=row.first("comment"),
        kind=_kind(row.first("type")),
        editors=people_in(row.first("editors")) if row.first("editors") else (),
        fields=_fields(row),
        citation_key=row.first("key"),
    )


def _kind(type_: str) -> str:
    """Return the entry type of "journalArticle" or "Journal Article"; others unchanged."""
    kind = kind_of("zotero", _plain(type_))
    return kind if type_of(kind) else type_


def _fields(row: _Row) -> dict[str, str]:
    fields = {name: value for name in _FIELDS if (value := row.first(name))}
    ends = list(dict.fromkeys((row.first("firstpage"), row.first("lastpage"))))
    pages = "--".join(filter(None, ends)) or row.first("articlenumber")
    return {"pages": pages, **fields} if pages else fields


def _published(row: _Row) -> str:
    year = row.first("year")
    by_parts = date_of(year, row.first("month"))
    return finer(by_parts, iso_date(row.first("date"))) if by_parts else iso_date(row.first("date"))


def _keywords(row: _Row) -> tuple[str, ...]:
    return tuple(chain.from_iterable(_pieces(cell) for cell in row.all("keywords")))


def _pieces(cell: str) -> list[str]:
    mark = next((mark for mark in (";", "|", "\n", ",") if mark in cell), ";")
    return [piece.strip(" '\"[]") for piece in cell.split(mark)]


def _authors(row: _Row) -> tuple[str, ...]:
    cell = row.first("authors").strip("[] ")
    if not cell:
        return all_shown(row.all("author"))
    # ['Jane Doe', 'Richard Roe'], as Python writes a list.
    return people_in(cell.replace("'", "").replace('"', "") if cell[:1] in "'\"" else cell)


def _identifiers(row: _Row, addresses: list[str]) -> dict[str, str]:
    identifiers: dict[str, str] = {}
    if dois := references.dois_in(row.first("doi")):
        identifiers["doi"] = dois[0]
    if arxiv := next(filter(None, map(references.arxiv_in, row.all("arxiv"))), ""):
        identifiers["arxiv"] = arxiv
    if match := re.search(r"(?:^|/)(\d{1,9})/?$", row.first("pmid")):
        identifiers["pmid"] = match.group(1)
    if match := re.search(r"(?:^|/)(?:PMC)?(\d{1,9})/?$", row.first("pmcid"), re.IGNORECASE):
        identifiers["pmcid"] = f"PMC{match.group(1)}"
    for scheme in ("acl", "openreview"):
        if value := row.first(scheme):
            identifiers[scheme] = value
    if isbn := references.isbn_in(row.first("isbn")):
        identifiers["isbn"] = isbn
    notes = [*row.all("note"), *row.all("comment"), *row.all("venue")]
    return named_by(addresses, notes) | identifiers
