"""Tables of papers in Markdown, with their cells read by the names of the columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from paperreader import text
from paperreader.formats.base import Item, Unparsed
from paperreader.formats.common.dates import iso_date
from paperreader.formats.common.people import people_in
from paperreader.formats.markdown import citation, facts, signs, titles
from paperreader.formats.markdown import papers as reading
from paperreader.formats.markdown.blocks import Block, Span
from paperreader.formats.markdown.papers import Candidate, Prose
from paperreader.papers.paper import Paper

# Names of columns in lower case.
_TITLES = ("title", "paper", "papers", "name", "paper title", "论文", "标题", "논문", "publication")
_NAME = "name"
_AUTHORS = ("author", "authors", "作者")
_DATES = ("date", "year", "published", "time", "publish date", "日期", "年份")
_VENUES = ("venue", "conference", "journal", "publication venue", "pub", "pub.", "会议")
_ABSTRACTS = ("abstract", "摘要")
_SUMMARIES = ("summary", "tl;dr", "tldr", "description", "note", "notes", "key idea", "highlights")
_ORGANIZATIONS = ("institute", "institution", "affiliation", "organization", "org", "company")
# A row that names this many other papers is not the row of one paper.
_SEVERAL = 2


@dataclass
class _Row:
    """The cells of a table row, by the names of their columns."""

    cells: list[Block]
    columns: list[str] = field(default_factory=list)

    def text(self, names_of_column: tuple[str, ...]) -> str:
        for column, cell in zip(self.columns, self.cells, strict=False):
            if column in names_of_column and (content := cell.text().strip()):
                return content
        return ""

    def spans(self) -> Iterator[Span]:
        """Yield the spans of the cells whose column has no known name, or that hold a link."""
        explained = (*_AUTHORS, *_ABSTRACTS, *_SUMMARIES, *_ORGANIZATIONS)
        for column, cell in zip_longest(self.columns, self.cells):
            if cell and (column not in explained or any(span.url for span in cell.own_spans())):
                yield from cell.own_spans()
                yield Span("\n")

    def title_cell(self) -> Block | None:
        for wanted in _TITLES:
            for column, cell in zip(self.columns, self.cells, strict=False):
                if column == wanted and not signs.is_generic(cell.text()):
                    return cell
        return None

    def column_of(self, cell: Block) -> str:
        """Return the name of the column of a cell, or ''."""
        named = zip(self.columns, self.cells, strict=False)
        return next((column for column, each in named if each is cell), "")

    def first_words(self) -> str:
        """Return the first text that could be a title, neither a number nor a date."""
        texts = (cell.text().strip() for cell in self.cells)
        return next((titles.tidy(each) for each in texts if _is_words(each)), "")


def table_papers(table: Block) -> Iterator[Item | Prose]:
    """Yield the papers of a table, one per row, and the rows without a paper."""
    rows = [row for row in table.children if row.kind == "row"]
    if not rows:
        return
    columns = [text.line(cell.text()).strip("* ").lower() for cell in rows[0].children]
    for row in rows[1:]:
        yield from _table_row(_Row(row.children, columns), row)


def _table_row(row: _Row, block: Block) -> Iterator[Item | Prose]:
    spans = list(row.spans())
    candidates = reading.papers(spans)
    cell = row.title_cell()
    title, rest = _title_of_cell(cell) if cell else ("", "")
    if cell and row.column_of(cell) == _NAME and not any(map(_is_titled, cell.own_spans())):
        # The name of a model may stand beside the linked title of its paper.
        linked = [each for each in candidates if each.is_linked]
        title, rest = (linked[0].title, rest) if len(linked) == 1 else (title, rest)
    others = [p for p in candidates[1:] if p.title and not candidates[0].shares_identifier(p)]
    is_paper = candidates or row.text(_AUTHORS) or (cell and any(map(_is_titled, cell.own_spans())))
    if cell and title and is_paper and len(others) < _SEVERAL:
        yield _with_columns(_joined(title, spans, candidates), row, rest)
        return
    for candidate in candidates:
        if not (cell or candidate.is_linked or candidates[1:]):
            candidate.title = row.first_words() or candidate.title
        if candidate.title:
            yield _with_columns(reading.with_facts(candidate), row, "")
        else:
            line = text.line("".join(span.text for span in spans))[:200]
            yield Unparsed(f"line {block.line}", "a link to a paper without its title", line)
    if not candidates:
        yield Prose(text.line("".join(span.text for span in spans)), block.links())


def _joined(title: str, spans: list[Span], candidates: list[Candidate]) -> Paper:
    """Return the paper of a row, with the links of all its cells."""
    before = candidates[0].before if candidates else []
    after = [span for candidate in candidates for span in candidate.after]
    paper = Candidate(title, after=[*before, *after])
    for span in spans:
        linked = titles.in_link(span.text) if span.url else None
        if linked and linked.title == title:
            paper.people, paper.after = linked.people, [Span(linked.rest), *paper.after]
        if signs.is_paper_link(span) or (linked and linked.title == title):
            paper.add_link(span)
    return reading.with_facts(paper)


def _is_words(cell: str) -> bool:
    """Whether the text of a cell could be a title, not a mark, a number, a date or a venue."""
    has_letters = any(map(str.isalpha, cell))
    return has_letters and not signs.is_generic(cell) and not iso_date(cell)


def _is_titled(span: Span) -> bool:
    """Whether a span is a link whose text says more than "paper"."""
    return bool(span.url) and not span.url.startswith("#") and not signs.is_generic(span.text)


def _title_of_cell(cell: Block) -> tuple[str, str]:
    """Return the title in the cell and the description after it.

    Forms: "1) **Title** Description", "1) Title - description", or two blanks between them; the
    description may hold links.
    """
    row = cell.own_spans()
    linked = next((n for n, span in enumerate(row) if span.url), len(row))
    before = "".join(span.text for span in row[:linked]).replace("\n", " ")
    bold = any(span.strong for span in row[:linked]) and titles.title_in(row[:linked])
    if bold:
        rest = "".join(span.text for span in row).partition(bold)[2].strip(facts.EDGE)
        return bold, rest if len(rest) >= reading.LONG or citation.is_description(rest) else ""
    whole = titles.without_marks("".join(span.text for span in row).strip())
    title, _, about = whole.partition("  ")
    named = citation.parse(title)
    if named.rest and not named.people and named.title in before:
        return titles.tidy(named.title), f"{named.rest} {about}".strip()
    if title in before and citation.is_description(about.strip()):
        return titles.tidy(title), about.strip()
    if titled := next(filter(_is_titled, row), None):
        return titles.in_link(titled.text).title, ""
    return ("", "") if len(before.split()) > titles.LONGEST else (titles.tidy(before), "")


def _with_columns(paper: Paper, row: _Row, rest: str) -> Paper:
    """Return the paper with the values of the columns, which are surer than guesses.

    Only words in the cell of the title are taken for names: "Anchor Free" in another looks like
    one.
    """
    authors = row.text(_AUTHORS)
    if not authors and paper.authors:
        cell = next((each for each in row.cells if paper.title in each.text()), None)
        paper = replace(paper, authors=paper.authors if cell and _names(cell, paper) else ())
    return replace(
        paper,
        authors=people_in(authors) if authors else paper.authors,
        published=iso_date(row.text(_DATES)) or paper.published or facts.year_in(row.text(_VENUES)),
        venue=row.text(_VENUES) or paper.venue,
        organization=row.text(_ORGANIZATIONS),
        abstract=row.text(_ABSTRACTS),
        summary=row.text(_SUMMARIES) or rest,
    )


def _names(cell: Block, paper: Paper) -> bool:
    """Whether the cell names the first author."""
    return paper.authors[0].split()[-1] in cell.text().replace(paper.title, "")
