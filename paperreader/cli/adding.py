"""`paperreader add`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial

from paperreader.cli.command import open_library
from paperreader.cli.output import progress
from paperreader.cli.streams import complain
from paperreader.errors import PaperreaderError
from paperreader.library.add_report import AddReport
from paperreader.library.documents import add_path
from paperreader.library.library import Library
from paperreader.text import clean, line


def add(args: argparse.Namespace) -> int:
    """Add the papers at all paths, print a report, and bring the index up to date."""
    with open_library(args) as library:
        reports, errors = add_paths(library, args.paths)
        _print_report(args, reports)
        for error in errors:
            complain(str(error))
        if reports:
            bring_up_to_date(library)
    return 1 if errors else 0


def bring_up_to_date(library: Library) -> None:
    """Index new papers and back the library up; after Ctrl-C the next search indexes the rest."""
    try:
        with progress("indexing") as move:
            library.catch_up(progress=move)
    except KeyboardInterrupt:
        complain("stopped; all papers are in the library, and the next search indexes the rest.")
        raise
    _or_complain(partial(library.make_vectors, if_few=True))
    _or_complain(partial(library.back_up_if_due, unless_new=True))


def _or_complain(step: Callable[[], None]) -> None:
    """Run an optional step; print its error instead of raising it."""
    try:
        step()
    except PaperreaderError as error:
        complain(str(error))


def add_paths(
    library: Library, paths: Iterable[str], source: str | None = None
) -> tuple[dict[str, AddReport], list[PaperreaderError]]:
    """Add the papers at `paths`; return a report for each document, and the errors.

    `source` is the source's name, by default that of each document. Papers added before Ctrl-C
    stay; their number is printed, and the interrupt re-raised.
    """
    reports: dict[str, AddReport] = {}
    errors: list[PaperreaderError] = []
    for path in paths:
        try:
            with progress("adding") as move:
                add_path(
                    library,
                    path,
                    source=source,
                    reports=reports,
                    # mypy cannot infer a lambda with a default.
                    progress=lambda papers, move=move: move(papers, None),  # type: ignore[misc]
                )
        except PaperreaderError as error:
            errors.append(error)
        except KeyboardInterrupt:
            done = AddReport.total(reports.values())
            complain(
                f"stopped; the {done.papers:,} papers read so far are in the library, "
                "and the same command goes on from there."
            )
            raise
    return reports, errors


def _print_report(args: argparse.Namespace, reports: dict[str, AddReport]) -> None:
    total = AddReport.total(reports.values())
    if args.report == "json":
        counts = {name: asdict(report) for name, report in reports.items()}
        print(json.dumps({**asdict(total), "sources": counts}))
        return
    for name, report in reports.items() if len(reports) > 1 else ():
        if report.papers:
            print(f"{line(name)}: {report}")
    if total.papers:
        print(total)
    for sentence in total.kept_apart():
        print(line(sentence))
    if args.passages:
        for passage in total.unparsed:
            print(clean(f"\n{passage.location}: {passage.reason}\n{passage.text}".rstrip()))
    elif total.passages:
        print("--passages shows what was not understood.", file=sys.stderr)
