"""One paper of the list, drawn: state, title, tags, author, year; or the same on two lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from rich.cells import cell_len, set_cell_size
from textual.content import Content, Span
from textual.style import Style

from paperreader.papers.record import Record

Range = tuple[int, int]

UNREAD, DONE, LATER = "●", "✓", "◆"
HIT = "$text on $warning 35%"
_TITLE = 60  # cells that a title has before anything beside it gets more than the least
_STATE = 4  # cells: cursor or selection, two glyphs, a space
_LEAST_WORDS = 0.7  # a title is cut at a word where that leaves so much of it


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """Return text with its LaTeX as Unicode; the library for it is loaded at the first need."""
    from paperreader.latex import to_unicode

    return to_unicode(text)


@dataclass(frozen=True)
class Columns:
    """How many cells of a row go to the title, to the author beside it, and to the year."""

    title: int
    author: int
    year: int

    @classmethod
    def fit(cls, width: int) -> Self:
        """Share out a row of `width` cells: the title has sixty before anything has more."""
        year = 5 if width >= 44 else 0
        author = 0
        if width >= 64:
            author = min(20, max(9, width - _STATE - _TITLE - year - 1))
        return cls(max(1, width - _STATE - author - year - 1), author, year)


@dataclass(frozen=True)
class RowStyles:
    """The styles that a row is drawn in, resolved from the theme."""

    read: Style
    dim: Style
    state: Style
    tag: Style
    hit: Style


def state_glyphs(record: Record) -> str:
    """Return two cells that tell unread or done, and bookmarked."""
    first = DONE if record.done else " " if record.read else UNREAD
    return first + (LATER if record.on_reading_list else " ")


def surname(author: str) -> str:
    """Return the family name in "Ada Lovelace" and in "Lovelace, Ada"; of a group all of it."""
    if "," in author:
        return author.partition(",")[0]
    words = author.split()
    if not words or words[-1].casefold() in _GROUPS:
        return author
    return (
        words[-2]
        if len(words) > 1 and words[-1].strip("[].").casefold() in _SUFFIXES
        else words[-1]
    )


_GROUPS = {"collaboration", "team", "group", "consortium", "project", "committee"}
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


def byline(record: Record, room: int) -> str:
    """Return the first author, and where there is room how many more, or the venue."""
    authors = record.paper.authors
    if not authors:
        return cut(record.paper.venue, (), room)[0]
    more = f" +{len(authors) - 1}" if authors[1:] and room > 12 else ""
    return cut(surname(authors[0]), (), max(1, room - len(more)))[0] + more


def cut(text: str, hits: Sequence[Range], width: int) -> tuple[str, list[Range]]:
    """Shorten a text to `width` cells, at a word where there is one, and its hits with it.

    A hit in the part that is cut away marks the ellipsis.
    """
    if cell_len(text) <= width:
        return text, list(hits)
    head = set_cell_size(text, max(0, width - 1))
    kept = len(head)
    while kept and text[:kept] != head[:kept]:
        kept -= 1
    word = head.rfind(" ", 0, kept + 1)
    if word >= _LEAST_WORDS * kept and text[kept : kept + 1] != " ":
        kept = word
        head = head[:kept]
    shown = [(start, min(end, kept)) for start, end in hits if start < kept]
    if any(end > kept for _, end in hits):
        shown.append((len(head), len(head) + 1))
    return head + "…", shown


def tag_line(record: Record) -> str:
    """Return the tags of a paper as they are shown."""
    return " ".join(f"#{tag}" for tag in record.tags)


def draw(
    record: Record, title: str, columns: Columns, hits: Sequence[Range], styles: RowStyles
) -> Content:
    """Return a paper on one line; `title` is as it is shown, `hits` are ranges in it."""
    author = byline(record, columns.author - 1) if columns.author else ""
    year = record.paper.year if columns.year else ""
    room = columns.title
    if not author:
        room += columns.author + (0 if year else columns.year)
    text, spans = _titled(record, title, room, hits, styles)
    if author or year:
        start = len(text)
        if author:
            text += " " + set_cell_size(author, columns.author - 1)
        text += year.rjust(columns.year)
        spans.append(Span(start, len(text), styles.dim))
    return Content(text, spans)


def draw_two(
    record: Record, title: str, width: int, hits: Sequence[Range], styles: RowStyles
) -> tuple[Content, Content]:
    """Return a paper on two lines: its title; its authors, venue, date and tags."""
    text, spans = _titled(record, title, max(1, width - _STATE - 1), hits, styles, tags=False)
    paper = record.paper
    authors = ", ".join(map(surname, paper.authors[:4])) + (" …" if paper.authors[4:] else "")
    facts = [fact for fact in (authors, paper.venue, paper.published[:10]) if fact]
    below = " " * _STATE + " · ".join(facts)
    tags = ("   " if facts else "") + tag_line(record) if record.tags else ""
    shown = cut(below + tags, (), width)[0]
    marks = [Span(0, len(shown), styles.dim)]
    if len(below) < len(shown) and tags:
        marks.append(Span(len(below), len(shown), styles.tag))
    return Content(text, spans), Content(shown, marks)


def _titled(
    record: Record,
    title: str,
    room: int,
    hits: Sequence[Range],
    styles: RowStyles,
    *,
    tags: bool = True,
) -> tuple[str, list[Span]]:
    """Return state and title in `room` cells, with the tags behind where there is room for them."""
    title, marked = cut(title, hits, room)
    state = f" {state_glyphs(record)} "
    text = state + title
    spans = [Span(0, len(state), styles.state)]
    if record.read or record.done:
        spans.append(Span(len(state), len(text), styles.read))
    spans += [Span(len(state) + start, len(state) + end, styles.hit) for start, end in marked]
    left = room - cell_len(title) - 2
    if tags and record.tags and left > 3:
        shown = cut(tag_line(record), (), left)[0]
        spans.append(Span(len(text), len(text) + 2 + len(shown), styles.tag))
        text += "  " + shown
    return set_cell_size(text, len(state) + room), spans
