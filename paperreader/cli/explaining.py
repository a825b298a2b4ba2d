"""What is printed beside the papers of a list: their sources, or why they are suggested."""

from enum import Flag, auto
from itertools import islice

from paperreader.cli.output import print_list
from paperreader.library.add_report import counted
from paperreader.library.library import Library
from paperreader.library.results import Results
from paperreader.papers.record import Record, View
from paperreader.query.request import Request, SortKey


class Extras(Flag):
    """What is printed beside the papers of a list."""

    SOURCES = auto()
    REASONS = auto()


def extras_of(request: Request) -> Extras:
    """Return the extras of the list for `request`; sources only where it is sorted by them."""
    if request.sort.key is SortKey.FOR_YOU:
        return Extras.REASONS
    by_source = request.view is View.NEW and request.sort.key is SortKey.RELEVANCE
    return Extras.SOURCES if by_source and not request.text else Extras(0)


def print_with_extras(library: Library, results: Results, shown: int, extras: Extras) -> None:
    """Print the first `shown` results, each group under its day and source, or with reasons."""
    records = list(islice(results, shown))
    arrivals = (
        library.arrivals([record.row for record in records]) if Extras.SOURCES in extras else {}
    )
    counts = {(g.day, g.source): g.papers for g in library.new_groups()} if arrivals else {}
    group = ""
    for record in records:
        here = _group(arrivals, counts, record)
        if here != group:
            print(("\n" if group else "") + here)
            group = here
        print_list([record], [None], as_json=False)
        if Extras.REASONS in extras and (reasons := library.reasons(record.paper)):
            print(f"    because of: {', '.join(reasons)}")


def _group(
    arrivals: dict[int, tuple[str, str]], counts: dict[tuple[str, str], int], record: Record
) -> str:
    if record.row not in arrivals:
        return ""
    source, came = arrivals[record.row]
    day = came[:10]
    return f"{day}  {source}: {counted(counts.get((day, source), 1), 'paper')}"
