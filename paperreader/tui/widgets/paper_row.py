"""One row of the list, drawn: state, title, author, year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span
from textual.style import Style

from paperreader.papers.record import Record
from paperreader.tui.state.listing import Span as ListPosition

UNREAD, DONE, LATER = "●", "✓", "◆"
HIT = "$text on $warning 35%"
_STATE = 4  # cells: a margin, two glyphs, a space


@dataclass(frozen=True)
class Columns:
    """How many cells of a row go to the title, to what stands right of it, and to the year."""

    title: int
    aside: int
    year: int

    @classmethod
    def fit(cls, width: int, *, wide_aside: bool = False) -> Self:
        """Share out a row of `width` cells; `wide_aside` where more than a name stands aside."""
        year = 6 if width >= (72 if wide_aside else 44) else 0
        aside = 0
        if wide_aside:
            aside = max(0, min(40, (width - _STATE - year) * 2 // 5))
        elif width >= 64:
            aside = 14 if width < 90 else 20
        return cls(max(1, width - _STATE - aside - year - 1), aside, year)


@dataclass(frozen=True)
class RowStyles:
    """The styles that a row is drawn in, resolved from the theme."""

    read: Style
    dim: Style
    state: Style
    hit: Style


def state_glyphs(record: Record) -> str:
    """Return two cells that tell unread or done, and bookmarked."""
    first = DONE if record.done else " " if record.read else UNREAD
    return first + (LATER if record.bookmarked else " ")


def surname(author: str) -> str:
    """Return the family name in "Ada Lovelace" and in "Lovelace, Ada"."""
    if "," in author:
        return author.partition(",")[0]
    return author.rsplit(maxsplit=1)[-1] if author else ""


def aside(record: Record, shared: Sequence[str]) -> str:
    """Return what stands right of the title: the shared terms, the first author, or the source."""
    if shared:
        return ", ".join(shared)
    if record.paper.authors:
        first = surname(record.paper.authors[0])
        return f"{first} +{len(record.paper.authors) - 1}" if record.paper.authors[1:] else first
    return record.paper.venue


def cut(text: str, hits: Sequence[ListPosition], width: int) -> tuple[str, list[ListPosition]]:
    """Shorten a text to `width` cells and its hits with it.

    A hit in the part that is cut away marks the ellipsis.
    """
    if cell_len(text) <= width:
        return text, list(hits)
    head = set_cell_size(text, max(0, width - 1))
    kept = len(head)
    while kept and text[:kept] != head[:kept]:
        kept -= 1
    shown = [(start, min(end, kept)) for start, end in hits if start < kept]
    if any(end > kept for _, end in hits):
        shown.append((len(head), len(head) + 1))
    return head + "…", shown


def draw(
    record: Record,
    told: str,
    columns: Columns,
    hits: Sequence[ListPosition],
    styles: RowStyles,
    *,
    shared: Sequence[str] = (),
) -> Content:
    """Return the row of a paper; `told` is its title as it is shown, `hits` are places in it."""
    beside = cut(aside(record, shared), (), columns.aside - 2)[0] if columns.aside else ""
    year = record.paper.year if columns.year else ""
    room = columns.title
    if not beside:
        room += columns.aside + (0 if year else columns.year)
    title, marked = cut(told, hits, room)
    state = f" {state_glyphs(record)} "
    text = state + set_cell_size(title, room)
    spans = [Span(0, len(state), styles.state)]
    if record.read or record.done:
        spans.append(Span(len(state), len(text), styles.read))
    spans += [Span(len(state) + start, len(state) + end, styles.hit) for start, end in marked]
    if beside or year:
        start = len(text)
        if beside:
            text += "  " + set_cell_size(beside, columns.aside - 2)
        text += year.rjust(columns.year)
        spans.append(Span(start, len(text), styles.dim))
    return Content(text, spans)
