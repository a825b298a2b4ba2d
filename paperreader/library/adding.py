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

# Papers saved in one transaction: what a crash can cost, and the step of a progress bar.
BATCH = 1000
# SQLite's integers end at 2^63.
_LAST_POSITION = 1 << 40


def add_items(
    store: Store, items: "Iterable[Item]", source: str, when: str, report: AddReport
) -> Iterator[int]:
    """Add the papers among `items` to `store`; yield the size of each batch once it is saved.

    `report` counts what is saved so far, also if `items` breaks off.
    """
    for papers, headings in _batches(items, report):
        outcomes = store.papers.add(papers, source, when, headings)
        report.count(outcome for _, outcome in outcomes)
        report.apart |= _shared(store, outcomes)
        yield len(papers)


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
    while batch := list(islice(records, BATCH)):
        outcomes = store.papers.take_over(batch, source, when)
        rows = [row for row, _ in outcomes]
        report.count(outcome for _, outcome in outcomes)
        report.apart |= _shared(store, outcomes)
        changed += store.reading.take_over(zip(rows, batch, strict=True), after)
    store.reading.number_positions()
    return report, changed


def _shared(store: Store, outcomes: Iterable[tuple[int, Outcome]]) -> dict[str, int]:
    """Return the identifiers that papers kept apart have in common, and how many have each."""
    return store.papers.shared([row for row, outcome in outcomes if outcome is Outcome.APART])


def _batches(
    items: "Iterable[Item]", report: AddReport
) -> Iterator[tuple[list[Paper], list[tuple[str, str]]]]:
    """Yield papers in batches, with the headings so far; unparsed passages go into the report."""
    from paperreader.formats.base import Heading, Unparsed  # the formats take long to load

    papers: list[Paper] = []
    headings: list[tuple[str, str]] = []
    for item in items:
        match item:
            case Paper():
                papers.append(item)
                if len(papers) == BATCH:
                    yield papers, headings
                    papers = []
            case Heading(kind, text):
                headings.append((kind, text))
            case Unparsed():
                report.leave(item)
    if papers or headings:
        yield papers, headings
