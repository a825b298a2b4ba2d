"""`paperreader add`."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from paperreader.cli.opening import open_library
from paperreader.cli.output import progress
from paperreader.cli.streams import complain
from paperreader.errors import PaperreaderError
from paperreader.formats import readings
from paperreader.library.add_report import AddReport
from paperreader.library.library import Library
from paperreader.text import clean, line


def add(told: argparse.Namespace) -> int:
    """Add the papers of all paths, say what became of them, and bring the index up to date."""
    with open_library(told) as library:
        reports, errors = add_paths(library, told.paths)
        _print_report(told, reports)
        for error in errors:
            complain(str(error))
        if reports:
            bring_up_to_date(library)
    return 1 if errors else 0


def bring_up_to_date(library: Library) -> None:
    """Index what is new; a Ctrl-C leaves the rest to the next search."""
    try:
        with progress("indexing") as move:
            library.catch_up(progress=move)
    except KeyboardInterrupt:
        complain("stopped; all papers are in the library, and the next search indexes the rest.")
        raise


def add_paths(
    library: Library, paths: Iterable[str]
) -> tuple[dict[str, AddReport], list[PaperreaderError]]:
    """Add what is at `paths`; return a report for each document, and what could not be read.

    What was added before Ctrl-C stays, which is said, and the interrupt goes on.
    """
    reports: dict[str, AddReport] = {}
    errors: list[PaperreaderError] = []
    for path in paths:
        try:
            _add_path(library, path, reports)
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


def _add_path(library: Library, path: str, reports: dict[str, AddReport]) -> None:
    empty: list[str] = []
    found = 0
    with progress("adding") as move:
        for reading in readings(path):
            report = reports.setdefault(reading.document.name, AddReport())
            library.add(
                reading,
                source_name(reading.document.name),
                report=report,
                progress=lambda papers: move(papers, None),
            )
            found += reading.papers
            if not reading.papers:
                empty.append(reading.why_empty())
    if not found:
        raise PaperreaderError(empty[0] if len(empty) == 1 else _nothing(path, len(empty)))


def source_name(name: str) -> str:
    """Return the name under which a document is remembered: the whole path of a file."""
    return line(str(Path(name).resolve()) if Path(name).exists() else name)


def _nothing(path: str, documents: int) -> str:
    return (
        f"Nothing to add from {path}: none of its {documents:,} files holds papers in a known "
        "format; add one of them by its name to see why."
    )


def _print_report(told: argparse.Namespace, reports: dict[str, AddReport]) -> None:
    total = AddReport.total(reports.values())
    if told.report == "json":
        counts = {name: asdict(report) for name, report in reports.items()}
        print(json.dumps({**asdict(total), "sources": counts}))
        return
    for name, report in reports.items() if len(reports) > 1 else ():
        if report.papers:
            print(f"{line(name)}: {report}")
    if total.papers:
        print(total)
    if told.blocks:
        for block in total.leftovers:
            print(clean(f"\n{block.place}: {block.reason}\n{block.text}".rstrip()))
    elif total.blocks:
        print("--blocks shows what was not understood.", file=sys.stderr)
