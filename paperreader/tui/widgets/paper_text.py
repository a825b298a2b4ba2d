"""The text of one paper as the detail pane shows it, with its hits marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual.content import Content

from paperreader.papers.paper import LinkKind, Paper
from paperreader.papers.record import Record
from paperreader.query.tree import Field
from paperreader.tui.state.listing import Spans
from paperreader.tui.widgets.paper_row import DONE, HIT, LATER, UNREAD

CURRENT_HIT = "bold $background on $warning"
DIM = "$foreground 60%"
_LABEL = 9  # cells
_LINKS = (
    (LinkKind.PAGE, "page"),
    (LinkKind.PAPER, "paper"),
    (LinkKind.PDF, "pdf"),
    (LinkKind.CODE, "code"),
    (LinkKind.PROJECT, "project"),
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, eq=False)
class PaperText:
    """What is shown of a paper; `hits` are offsets of the marked words of the abstract."""

    content: Content
    hits: tuple[tuple[int, int], ...] = ()

    def with_current(self, hit: int) -> Content:
        """Return the text with one hit marked as the one that the person is at."""
        start, end = self.hits[hit]
        return self.content.stylize(CURRENT_HIT, start, end)


def day(told: str) -> str:
    """Return an ISO date or time, whole or cut, the way it is read: 2024, Apr 2024, 30 Apr 2024."""
    year, _, rest = told[:10].partition("-")
    month, _, number = rest.partition("-")
    if not (month.isdigit() and 1 <= int(month) <= len(_MONTHS)):
        return year
    return " ".join(part for part in (number.lstrip("0"), _MONTHS[int(month) - 1], year) if part)


def paper_text(record: Record, marker: Spans, readable: Callable[[str], str]) -> PaperText:
    """Lay out a paper; `readable` turns its LaTeX into what is shown."""
    title = _marked(readable(record.paper.title), Field.TITLE, marker).stylize_before("bold")
    head = [title, *_byline(record, marker), *_state(record), Content("")]
    told = readable(record.paper.abstract or record.paper.summary)
    spans = marker.spans(told, Field.ABSTRACT)
    before = sum(len(line) + 1 for line in head)
    body = _marked(told, Field.ABSTRACT, marker) if told else _nothing_told(record.paper)
    lines = [*head, body, *_in_short(record.paper, readable), *_foot(record)]
    hits = tuple((before + start, before + end) for start, end in spans)
    return PaperText(Content("\n").join(lines), hits)


def _marked(text: str, field: Field, marker: Spans) -> Content:
    content = Content(text)
    for start, end in marker.spans(text, field):
        content = content.stylize(HIT, start, end)
    return content


def _nothing_told(paper: Paper) -> Content:
    if paper.pending:
        return Content.styled("Only the identifier of this paper is known yet.", DIM)
    return Content.styled("No abstract came with this paper.", DIM)


def _in_short(paper: Paper, readable: Callable[[str], str]) -> Iterator[Content]:
    """Yield the summary below an abstract; where there is none, the summary has its place."""
    if paper.abstract and paper.summary:
        yield Content("")
        yield Content.assemble(("In short  ", DIM), readable(paper.summary))


def _byline(record: Record, marker: Spans) -> Iterator[Content]:
    paper = record.paper
    if paper.authors:
        yield _marked(", ".join(paper.authors), Field.AUTHOR, marker)
    facts = [day(paper.published), paper.venue, ", ".join(paper.categories), paper.organization]
    if paper.upvotes is not None:
        facts.append(f"▲ {paper.upvotes:,}")
    if paper.stars is not None:
        facts.append(f"★ {paper.stars:,}")
    if paper.comments is not None:
        facts.append("1 comment" if paper.comments == 1 else f"{paper.comments:,} comments")
    if any(facts):
        yield Content.styled(" · ".join(fact for fact in facts if fact), DIM)


def _state(record: Record) -> Iterator[Content]:
    """Yield what the person made of the paper: it stands where the eye is."""
    states = [f"{DONE} done" if record.done else "read" if record.read else f"{UNREAD} unread"]
    if record.bookmarked:
        states.append(f"{LATER} reading list")
    tags = " ".join(f"#{tag}" for tag in record.tags)
    told = Content.styled("   ".join(states), "$primary" if record.bookmarked else DIM)
    yield Content.assemble(told, ("   " + tags, "$accent")) if tags else told
    if record.note:
        yield _labelled("note", record.note)


def _foot(record: Record) -> Iterator[Content]:
    """Yield what stands below the abstract: links, where it came from."""
    paper = record.paper
    facts = [(label, paper.link(kind)) for kind, label in _LINKS]
    facts += [
        ("keywords", ", ".join(paper.keywords)),
        ("comment", paper.comment),
        ("from", f"{', '.join(record.sources)}, {day(record.added)}".strip(", ")),
        ("key", record.key),
    ]
    yield Content("")
    for label, value in facts:
        if value:
            yield _labelled(label, value)


def _labelled(label: str, value: str) -> Content:
    return Content.assemble((label.ljust(_LABEL), DIM), Content(value))
