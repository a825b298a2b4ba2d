"""The text of one paper as the detail pane shows it, with its hits marked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from paperreader.papers.facts import record_facts
from paperreader.papers.months import ABBREVIATED
from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Interest, Record
from paperreader.query.text_field import Field
from paperreader.tui.widgets.paper_row import DONE, HIT, LATER, UNREAD, Range, cut, tag_line

CURRENT_HIT = "bold $background on $warning"
DIM = "$dim"
_LABEL = 9  # cells
_FEW_AUTHORS = 8
# Of an abstract or a note; the longest abstract of 574,000 papers of arXiv has 6,100 characters.
_MOST_CHARACTERS, _MOST_LINES = 50_000, 1_000
_DAYS = 61  # days, after which an age is said in months
_MONTHS_SAID = 24  # months, after which it is said in years
LINKS = (
    (LinkKind.PAGE, "page"),
    (LinkKind.PAPER, "paper"),
    (LinkKind.PDF, "pdf"),
    (LinkKind.CODE, "code"),
    (LinkKind.PROJECT, "project"),
)

Spans = Callable[[str, Field], Sequence[Range]]
"""Finds the words of a query in the text of a field."""


def no_spans(_text: str, _field: Field) -> Sequence[Range]:
    """Find nothing: no words were asked for."""
    return ()


class Because(NamedTuple):
    """Words for which a paper is in a list, and what they are called."""

    label: str = ""
    words: tuple[str, ...] = ()


NO_REASON = Because()


@dataclass(frozen=True)
class Look:
    """How a paper is shown: cells of a line, LaTeX, why it is in the list, how much of it."""

    width: int
    readable: Callable[[str], str]
    all_authors: bool = False
    because: Because = NO_REASON
    dates: str = "words"
    whole_record: bool = False


@dataclass(frozen=True, eq=False)
class PaperText:
    """What is shown of a paper; `hits` are offsets of the marked words of the abstract."""

    content: Content
    hits: tuple[Range, ...] = ()

    def with_current(self, hit: int) -> Content:
        """Return the text with one hit marked as the one that the person is at."""
        start, end = self.hits[hit]
        return self.content.stylize(CURRENT_HIT, start, end)


def day(time: str, style: str = "words") -> str:
    """Return an ISO date or time, whole or cut, as 30 Apr 2024, 2024-04-30 (iso), or its age."""
    if style == "iso":
        return time[:10]
    if style == "age" and (age := _age(time[:10])):
        return age
    year, _, rest = time[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (month.isdigit() and 1 <= int(month) <= len(ABBREVIATED)):
        return year
    return "\N{NO-BREAK SPACE}".join(
        part for part in (number.lstrip("0"), ABBREVIATED[int(month) - 1], year) if part
    )


def _age(date: str) -> str:
    """Return how long ago a whole date is, or '' where it is not whole."""
    try:
        days = (datetime.now(UTC).date() - datetime.fromisoformat(date).date()).days
    except ValueError:
        return ""
    if len(date) < len("2024-04-30") or days < 0:
        return ""
    if days < _DAYS:
        return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"
    months = days * 12 // 365
    return f"{months} months ago" if months < _MONTHS_SAID else f"{days // 365} years ago"


def paper_text(record: Record, spans: Spans, look: Look) -> PaperText:
    """Lay out a paper."""
    paper = record.paper
    title = _marked(look.readable(paper.title), Field.TITLE, spans).stylize_before("bold")
    head = [title, *_byline(record, spans, look), *_state(record, look), Content("")]
    whole = paper.abstract or paper.summary
    short = _shortened(whole)
    text = look.readable(short)
    before = sum(len(line) + 1 for line in head)
    body = _marked(text, Field.ABSTRACT, spans) if text else _no_abstract(paper)
    cut_off = [_rest(len(whole) - len(short))] if len(short) < len(whole) else []
    lines = [*head, body, *cut_off, *_in_short(paper, look), *_foot(record, spans, look)]
    hits = tuple((before + start, before + end) for start, end in spans(text, Field.ABSTRACT))
    return PaperText(Content("\n").join(lines), hits)


def _shortened(text: str) -> str:
    """Return as much of a text as anybody reads here: laying out more would take seconds."""
    if len(text) <= _MOST_CHARACTERS and text.count("\n") <= _MOST_LINES:
        return text
    return "\n".join(text[:_MOST_CHARACTERS].split("\n", _MOST_LINES)[:_MOST_LINES])


def _rest(characters: int) -> Content:
    return Content.styled(f"… and {characters:,} more characters: `paperreader show` has all", DIM)


def _marked(text: str, field: Field, spans: Spans) -> Content:
    content = Content(text)
    for start, end in spans(text, field):
        content = content.stylize(HIT, start, end)
    return content


def _no_abstract(paper: Paper) -> Content:
    if paper.pending:
        return Content.styled("Only the identifier of this paper is known yet.", DIM)
    return Content.styled("No abstract came with this paper.", DIM)


def _in_short(paper: Paper, look: Look) -> Iterator[Content]:
    """Yield the summary below an abstract; where there is none, the summary has its place."""
    if paper.abstract and paper.summary:
        yield Content("")
        yield Content.assemble(("In short  ", DIM), look.readable(_shortened(paper.summary)))


def _byline(record: Record, spans: Spans, look: Look) -> Iterator[Content]:
    paper = record.paper
    authors = paper.authors
    folded = 0 if look.all_authors else max(0, len(authors) - _FEW_AUTHORS)
    if folded > 1:
        authors = authors[:_FEW_AUTHORS]
    if authors:
        line = _marked(", ".join(authors), Field.AUTHOR, spans)
        more = (f" … and {folded:,} more (@ shows them)", DIM)
        yield Content.assemble(line, more) if folded > 1 else line
    facts: list[str | Content] = [
        day(paper.published, look.dates),
        _marked(paper.venue, Field.ABSTRACT, spans),
        ", ".join(paper.categories),
        paper.organization,
    ]
    if paper.upvotes is not None:
        facts.append(f"▲ {paper.upvotes:,}")
    if paper.stars is not None:
        facts.append(f"★ {paper.stars:,}")
    if paper.comments is not None:
        facts.append("1 comment" if paper.comments == 1 else f"{paper.comments:,} comments")
    shown = [fact if isinstance(fact, Content) else Content(fact) for fact in facts if fact]
    if shown:
        yield Content(" · ").join(shown).stylize_before(DIM)


def _state(record: Record, look: Look) -> Iterator[Content]:
    """Yield what the person made of the paper: it stands where the eye is."""
    states = [f"{DONE} done" if record.done else "read" if record.read else f"{UNREAD} unread"]
    if record.on_reading_list:
        states.append(f"{LATER} reading list")
    if record.interest is not Interest.NEITHER:
        states.append(f"{record.interest} like this")
    state = Content.styled("   ".join(states), "$primary" if record.on_reading_list else DIM)
    yield Content.assemble(state, ("   " + tag_line(record), "$accent")) if record.tags else state
    if record.note:
        yield _labelled("note", _shortened(record.note), look.width)
    if look.because.words:
        yield _labelled(look.because.label, ", ".join(look.because.words), look.width)


def _foot(record: Record, spans: Spans, look: Look) -> Iterator[Content]:
    """Yield what stands below the abstract: links, where it came from, the record if asked for."""
    paper = record.paper
    yield Content("")
    for kind, label in LINKS:
        if url := paper.link(kind):
            yield _labelled(label, url, look.width, Style(link=url))
    room = max(12, look.width - _LABEL - 14)
    sources = ", ".join(tail(source, room) for source in record.sources)
    facts: list[tuple[str, str | Content]] = [
        ("file", ", ".join(tail(str(Path(file)), room) for file in record.files)),
        ("keywords", _marked(", ".join(paper.keywords), Field.ABSTRACT, spans)),
        ("comment", _marked(paper.comment, Field.ABSTRACT, spans)),
        ("from", f"{sources}, {day(record.added, look.dates)}".strip(", ")),
        ("key", record.key),
    ]
    for label, value in facts:
        if value:
            yield _labelled(label, value, look.width)
    if look.whole_record:
        yield from _whole_record(paper, look)


def _whole_record(paper: Paper, look: Look) -> Iterator[Content]:
    """Yield every fact that one cites by, behind labels as wide as the longest of them."""
    facts = [(label, value) for label, value in record_facts(paper) if value != paper.comment]
    yield Content("")
    if not facts:
        yield Content.styled("Nothing more is known of this paper.", DIM)
        return
    longest = max(len(label) for label, _ in facts)
    column = min(max(_LABEL, longest + 1), max(_LABEL, look.width // 3))
    for label, value in facts:
        yield _labelled(cut(label, (), column - 1)[0], value, look.width, column=column)


def tail(path: str, room: int) -> str:
    """Return the end of a path that does not fit: its name tells the most."""
    return path if cell_len(path) <= room else "…" + path[-(room - 1) :]


def _labelled(
    label: str, value: str | Content, width: int, style: Style | str = "", *, column: int = _LABEL
) -> Content:
    """Return a value behind its label; further lines are indented to where it begins."""
    room = max(8, width - column)
    text = Content(value) if isinstance(value, str) else value
    paragraphs = [line.wrap(room) or [Content("")] for line in text.split("\n", allow_blank=True)]
    lines = [line.rstrip() for paragraph in paragraphs for line in paragraph]
    if style:
        lines = [line.stylize(style) for line in lines]
    indented = Content("\n" + " " * column).join(lines)
    return Content.assemble((label.ljust(column), DIM), indented)
