"""Papers on their way into the store, in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from paperreader.library.add_report import AddReport
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.store import Outcome, Store

if TYPE_CHECKING:
    from paperreader.formats.base import Item

# Papers saved in one transaction: what a crash can cost, and the step of a progress bar. The first
# batch is small, so that something is there soon; large ones write less, since every transaction
# rewrites the pages of the indexes that it touches, but take more memory: with 16,000 papers at the
# most, and a larger page cache, `add` took 26 MB more.
_FIRST_BATCH = 1000
_LARGEST_BATCH = 12_000
# An addition with a batch of more papers is a large one.
_LARGE = 2000
# Characters in one batch, so that a batch of huge papers does not fill the memory.
_CHARACTERS = 32_000_000
# SQLite's integers end at 2^63.
_LAST_POSITION = 1 << 40


def add_items(
    store: Store, items: "Iterable[Item]", source: str, when: str, report: AddReport
) -> Iterator[int]:
    """Add the papers among `items` to `store`; yield the size of each batch once it is saved.

    `report` counts what is saved so far, also if `items` breaks off.
    """
    apart: list[int] = []
    try:
        for papers, headings in _batches(items, report):
            large, done = len(papers) >= _LARGE, 0
            while True:
                outcomes = store.papers.add(papers[done:], source, when, headings, large=large)
                report.count(outcome for _, outcome in outcomes)
                apart += _apart(outcomes)
                yield len(outcomes)
                done += len(outcomes)
                if done == len(papers):
                    break
    finally:
        store.papers.finish_adding()
        report.apart |= store.papers.shared(apart)


def restore_records(
    store: Store, records: Iterable[Record], source: str, when: str
) -> tuple[AddReport, int]:
    """Add the papers of another library with what was done to them.

    Returns the report, and how many papers' marks changed.
    """
    report, changed = AddReport(), 0
    # The positions of the other library, behind the reading list here, keep its order whole
    # across batches; they are numbered from 1 at the end.
    after = store.reading.last_position()
    records = (
        replace(record, position=min(record.position or number, _LAST_POSITION))
        for number, record in enumerate(records, 1)
    )
    while batch := list(islice(records, _FIRST_BATCH)):
        outcomes = store.papers.take_over(batch, source, when)
        rows = [row for row, _ in outcomes]
        report.count(outcome for _, outcome in outcomes)
        report.apart |= store.papers.shared(_apart(outcomes))
        changed += store.reading.take_over(zip(rows, batch, strict=True), after)
    store.reading.number_positions()
    return report, changed


def _apart(outcomes: Iterable[tuple[int, Outcome]]) -> list[int]:
    """Return the rows of the papers that were kept apart from others with their identifiers."""
    return [row for row, outcome in outcomes if outcome is Outcome.APART]


def _batches(
    items: "Iterable[Item]", report: AddReport
) -> Iterator[tuple[list[Paper], list[tuple[str, str]]]]:
    """Yield papers in batches, with the headings so far; unparsed passages go into the report.

    If `items` breaks off, as at a Ctrl-C, what it gave is yielded first.
    """
    from paperreader.formats.base import Heading, Unparsed  # the formats take long to load

    papers: list[Paper] = []
    headings: list[tuple[str, str]] = []
    wanted, characters = _FIRST_BATCH, 0
    try:
        for item in items:
            match item:
                case Paper():
                    papers.append(item)
                    characters += _characters(item)
                case Heading(kind, text):
                    headings.append((kind, text))
                case Unparsed():
                    report.leave(item)
            if len(papers) >= wanted or characters >= _CHARACTERS:
                yield papers, headings
                papers, characters = [], 0
                wanted = min(2 * wanted, _LARGEST_BATCH)
    except GeneratorExit:
        raise  # a batch could not be saved: nobody takes another one
    except BaseException:
        if papers:
            yield papers, headings
        raise
    if papers or headings:
        yield papers, headings


def _characters(paper: Paper) -> int:
    return len(paper.title) + len(paper.abstract) + sum(map(len, paper.authors))
