"""Lists that say more than the papers: where new ones came from, why one is for the reader."""

from enum import Flag, auto
from itertools import islice

from paperreader.cli.output import print_list
from paperreader.library.library import Library
from paperreader.library.results import Results
from paperreader.papers.record import Record, View
from paperreader.query.request import Request, SortKey


class Told(Flag):
    """What a list says beside the papers."""

    SOURCES = auto()
    REASONS = auto()


def told_with(request: Request) -> Told:
    """Return what the list of `request` says beside the papers; sources only in their order."""
    if request.sort.key is SortKey.FOR_YOU:
        return Told.REASONS
    by_source = request.view is View.NEW and request.sort.key is SortKey.RELEVANCE
    return Told.SOURCES if by_source and not request.text else Told(0)


def print_told(library: Library, results: Results, shown: int, told: Told) -> None:
    """Print the first `shown` results, each group under its day and source, or with reasons."""
    records = list(islice(results, shown))
    arrivals = library.arrivals([record.row for record in records]) if Told.SOURCES in told else {}
    group = ""
    for record in records:
        here = _group(arrivals, record)
        if here != group:
            print(("\n" if group else "") + here)
            group = here
        print_list([record], [None], as_json=False)
        if Told.REASONS in told and (reasons := library.reasons(record.paper)):
            print(f"    because of: {', '.join(reasons)}")


def _group(arrivals: dict[int, tuple[str, str]], record: Record) -> str:
    if record.row not in arrivals:
        return ""
    source, came = arrivals[record.row]
    return f"{came[:10]}  {source}"
