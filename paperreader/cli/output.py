"""Printing papers on standard output."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from paperreader.cli.streams import data, raw
from paperreader.papers.facts import record_facts
from paperreader.papers.paper import LinkKind
from paperreader.papers.record import Record, parse_time

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from rich.progress import Progress

_KEY_WIDTH = 18
_TEXT_WIDTH = 80


def print_list(
    records: Iterable[Record],
    scores: Sequence[float | None],
    *,
    as_json: bool,
    full: bool | None = None,
    by: str = "",
) -> None:
    """Print one line for each record: as a JSON object, or key, year, title and authors.

    In JSON, `full` says whether they match the whole query, and `by` whether words or meaning found
    them. Lines are cut to the width of a terminal, but not in a pipe.
    """
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    if as_json:
        from paperreader.export import jsonl  # it brings all exports, which lines do not need
    for index, record in enumerate(records):
        score = scores[index] if scores else None
        if as_json:
            data().write(jsonl.line(record, score, full, by))
        else:
            print(_cut(_line(record), width))


def print_record(record: Record) -> None:
    """Print all facts of a paper."""
    paper = record.paper
    print(textwrap.fill(paper.title, _TEXT_WIDTH))
    if paper.authors:
        print(textwrap.fill(", ".join(paper.authors), _TEXT_WIDTH))
    about = [paper.published, paper.venue, " ".join(paper.categories), paper.organization]
    if any(about):
        print(" · ".join(filter(None, about)))
    print()
    for name, value in _facts(record):
        print(f"{name:<11} {value}")
    texts = [paper.abstract, f"In short: {paper.summary}" if paper.summary else ""]
    for part in "\n\n".join(filter(None, texts)).split("\n\n"):
        print()
        print(textwrap.fill(part, _TEXT_WIDTH, break_long_words=False, break_on_hyphens=False))


def progress(title: str) -> "AbstractContextManager[Callable[[int, int | None], None]]":
    """Show a progress bar on standard error if it is a terminal; give the function that moves it.

    It takes the number done, and the total or None.
    """
    return _Bar(title)


def _line(record: Record) -> str:
    paper = record.paper
    byline = (
        paper.authors[0] + (" et al." if len(paper.authors) > 1 else "") if paper.authors else ""
    )
    text = " — ".join(filter(None, [paper.title, byline]))
    state = "◆" if record.bookmarked else " "
    return f"{record.key:<{_KEY_WIDTH}} {state} {paper.year or '    '}  {text}"


def _cut(line: str, width: int) -> str:
    """Return `line` cut to `width` terminal cells; Chinese characters take two."""
    if not width or len(line) * 2 <= width:
        return line
    from rich.cells import cell_len, set_cell_size

    return line if cell_len(line) <= width else set_cell_size(line, width - 1) + "…"


def _facts(record: Record) -> Iterable[tuple[str, str]]:
    paper = record.paper
    yield "key", record.key
    for alias in record.aliases:
        yield "also", alias
    state = [
        f"{name} {_day(when)}"
        for name, when in (
            ("bookmarked", record.bookmarked),
            ("read", record.read),
            ("done", record.done),
        )
        if when
    ]
    if record.interest:
        state.append(f"{record.interest} like this")
    yield "state", ", ".join(state) or "unread"
    if record.tags:
        yield "tags", " ".join(record.tags)
    if record.note:
        yield "note", record.note
    shown = set()
    for kind in (LinkKind.PAGE, LinkKind.PDF):
        if url := paper.link(kind):
            shown.add(url)
            yield str(kind), url
    for link in paper.links:
        if link.url not in shown:
            yield str(link.kind), link.url
    for name, number in (("upvotes", paper.upvotes), ("stars", paper.stars)):
        if number is not None:
            yield name, f"{number:,}"
    if paper.comment:
        yield "comment", paper.comment
    for label, value in record_facts(paper):
        if value != paper.comment:
            yield label, value
    yield "source", ", ".join(record.sources)
    yield "added", _day(record.added)


def _day(when: str) -> str:
    """Return the local date of a time."""
    moment: datetime | None = parse_time(when)
    return f"{moment.astimezone():%Y-%m-%d}" if moment else when


class _Bar:
    """A progress bar, shown when it is first moved."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown: Progress | None = None

    def __enter__(self) -> Callable[[int, int | None], None]:
        return self._move if sys.stderr.isatty() else lambda done, total: None

    def __exit__(self, *_: object) -> None:
        if self._shown is not None:
            self._shown.stop()

    def _move(self, done: int, total: int | None) -> None:
        if self._shown is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            count = "{task.completed:,.0f}" + (" of {task.total:,.0f}" if total else "")
            self._shown = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TextColumn(count),
                TimeElapsedColumn(),
                console=Console(file=raw(sys.stderr)),
                transient=True,
            )
            self._shown.add_task(self._title, total=total)
            self._shown.start()
        self._shown.update(self._shown.task_ids[0], completed=done, total=total)
