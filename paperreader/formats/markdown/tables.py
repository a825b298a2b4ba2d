"""Tables of papers in Markdown: what the names of the columns say of their cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from paperreader import text
from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common.dates import iso_date
from paperreader.formats.common.people import people_in
from paperreader.formats.markdown import citation, facts, signs
from paperreader.formats.markdown import papers as reading
from paperreader.formats.markdown.papers import Found, Prose
from paperreader.formats.markdown.tree import Block, Span
from paperreader.papers.paper import Paper

# Names of columns in lower case.
_TITLES = ("title", "paper", "papers", "name", "paper title", "论文", "标题", "논문", "publication")
_AUTHORS = ("author", "authors", "作者")
_DATES = ("date", "year", "published", "time", "publish date", "日期", "年份")
_VENUES = ("venue", "conference", "journal", "publication venue", "pub", "pub.", "会议")
_ABSTRACTS = ("abstract", "摘要")
_SUMMARIES = ("summary", "tl;dr", "tldr", "description", "note", "notes", "key idea", "highlights")
_ORGANIZATIONS = ("institute", "institution", "affiliation", "organization", "org", "company")
# A row that names so many other papers is no row of one paper.
_SEVERAL = 2


@dataclass
class _Row:
    """The cells of a table's row under the names of their columns."""

    cells: list[Block]
    columns: list[str] = field(default_factory=list)

    def told(self, names_of_column: tuple[str, ...]) -> str:
        for column, cell in zip(self.columns, self.cells, strict=False):
            if column in names_of_column and (told := cell.told().strip()):
                return told
        return ""

    def spans(self) -> Iterator[Span]:
        """Yield the text of the cells that no column's name explains."""
        explained = (*_AUTHORS, *_ABSTRACTS, *_SUMMARIES, *_ORGANIZATIONS)
        for column, cell in zip_longest(self.columns, self.cells):
            if cell and (column not in explained or any(span.url for span in cell.own_spans())):
                yield from cell.own_spans()
                yield Span("\n")

    def title_cell(self) -> Block | None:
        for wanted in _TITLES:
            for column, cell in zip(self.columns, self.cells, strict=False):
                if column == wanted and cell.told().strip():
                    return cell
        return None


def table_papers(table: Block) -> Iterator[Item | Prose]:
    """Yield the papers of a table, a row each, and the rows that are none."""
    rows = [row for row in table.children if row.kind == "row"]
    if not rows:
        return
    columns = [text.line(cell.told()).strip("* ").lower() for cell in rows[0].children]
    for row in rows[1:]:
        yield from _table_row(_Row(row.children, columns), row)


def _table_row(row: _Row, block: Block) -> Iterator[Item | Prose]:
    spans = list(row.spans())
    found = reading.papers(spans)
    cell = row.title_cell()
    title, rest = _title_of_cell(cell) if cell else ("", "")
    others = [one for one in found[1:] if one.title and not found[0].is_also(one)]
    is_told = found or row.told(_AUTHORS) or (cell and any(map(_is_titled, cell.own_spans())))
    if cell and title and is_told and len(others) < _SEVERAL:
        before = found[0].before if found else []
        one = Found(title, after=[*before, *(span for each in found for span in each.after)])
        for span in spans:
            if signs.is_paper_link(span) or (span.url and reading.tidy(span.text) == title):
                one.takes(span)
        yield _with_columns(reading.with_facts(one), row, rest)
        return
    for other in found:
        if other.title:
            yield _with_columns(reading.with_facts(other), row, "")
        else:
            told = text.line("".join(span.text for span in spans))[:200]
            yield Unparsed(f"line {block.line}", "a link to a paper whose title is not told", told)
    if not found:
        yield Prose(text.line("".join(span.text for span in spans)), block.links())


def _is_titled(span: Span) -> bool:
    """Whether a span is a link whose text says more than "paper"."""
    return bool(span.url) and not signs.is_generic(span.text)


def _title_of_cell(cell: Block) -> tuple[str, str]:
    """Return the title in the cell and what it says behind it.

    "1) **Title** What it is about", "1) Title - what it is about", or two blanks between them;
    what it is about may hold links.
    """
    row = cell.own_spans()
    linked = next((n for n, span in enumerate(row) if span.url), len(row))
    before = "".join(span.text for span in row[:linked]).replace("\n", " ")
    bold = any(span.strong for span in row[:linked]) and reading.title_in(row[:linked])
    if bold:
        rest = "".join(span.text for span in row).partition(bold)[2].strip(facts.EDGE)
        return bold, rest if len(rest) >= reading.LONG or citation.is_description(rest) else ""
    whole = reading.without_marks("".join(span.text for span in row).strip())
    title, _, about = whole.partition("  ")
    named = citation.parse(title)
    if named.rest and not named.people and named.title in before:
        return reading.tidy(named.title), f"{named.rest} {about}".strip()
    if title in before and citation.is_description(about.strip()):
        return reading.tidy(title), about.strip()
    if titled := next(filter(_is_titled, row), None):
        return reading.tidy(titled.text), ""
    return ("", "") if len(before.split()) > reading.LONGEST else (reading.tidy(before), "")


def _with_columns(paper: Paper, row: _Row, rest: str) -> Paper:
    """Return the paper with what the columns tell, which is surer than what the text looks like."""
    authors = row.told(_AUTHORS)
    return replace(
        paper,
        authors=people_in(authors) if authors else paper.authors,
        published=iso_date(row.told(_DATES)) or paper.published,
        venue=row.told(_VENUES) or paper.venue,
        organization=row.told(_ORGANIZATIONS),
        abstract=row.told(_ABSTRACTS),
        summary=row.told(_SUMMARIES) or rest,
    )
