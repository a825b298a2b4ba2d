"""`paperreader enrich`."""

import argparse

from paperreader.cli.adding import bring_up_to_date
from paperreader.cli.command import UsageError, open_library
from paperreader.cli.finding import requested, search_library
from paperreader.cli.following import fetch_options
from paperreader.cli.output import progress
from paperreader.cli.streams import complain
from paperreader.follow.matching import missing
from paperreader.library.add_report import counted
from paperreader.library.enricher import EnrichReport
from paperreader.library.library import Library
from paperreader.papers.record import Record

# In the order in which the report names what was filled in.
_FACTS = ("title", "authors", "date", "categories", "abstract", "DOI", "PDF", "code")
_ESSENTIAL = frozenset({"title", "authors", "date"})
_LEFT = 20


def enrich(args: argparse.Namespace) -> int:
    """Fill in missing facts of papers; print what was found, and what was left."""
    options = fetch_options(args)
    with open_library(args) as library:
        records = _records(library, args)
        with progress("asking") as move:
            report = library.enricher(options).enrich(
                records, again=args.again, progress=lambda _, done, total: move(done, total)
            )
        _print(report, len(records))
        if report.completed:
            bring_up_to_date(library)
    return 1 if report.failed else 0


def _records(library: Library, args: argparse.Namespace) -> list[Record]:
    if args.keys and (args.view or args.search):
        raise UsageError("Give keys, or --view and --search, not both.")
    if args.keys:
        return [library.find(key) for key in args.keys]
    results = search_library(library, requested(library, args.search, None, args.view))
    return list(results[: results.full])


def _print(report: EnrichReport, papers: int) -> None:
    for name, service in report.services.items():
        if service.asked or not service.problem:
            print(f"{name}: {service.matched:,} of {service.asked:,} known")
        if service.problem:
            complain(f"{name}: {service.problem}")
    if not report.papers:
        print(f"{counted(papers, 'paper')}: nothing to ask; --again asks once more.")
        return
    facts = ", ".join(f"{name} {report.facts[name]:,}" for name in _FACTS if report.facts[name])
    print(
        f"{counted(report.papers, 'paper')}: {report.completed:,} completed, "
        f"{len(report.left):,} left" + (f"; filled in: {facts}" if facts else "")
    )
    unknown = [record for record in report.left if missing(record.paper) & _ESSENTIAL]
    for record in unknown[:_LEFT]:
        print(f"left: {record.paper.title} ({record.key}): no certain match")
    if len(unknown) > _LEFT:
        print(f"left: {len(unknown) - _LEFT:,} more")
