"""`paperreader export`."""

import argparse

from paperreader import export as formats
from paperreader.cli.command import UsageError
from paperreader.cli.finding import found, requested
from paperreader.cli.opening import open_library
from paperreader.cli.streams import data
from paperreader.export.atomic_file import replacing
from paperreader.library.add_report import counted


def export(told: argparse.Namespace) -> int:
    """Write the papers of a view, a search or a saved search, those with all of its words."""
    name = _format(told)
    with open_library(told) as library:
        results = found(library, requested(library, told.search, told.saved, told.view))
        records = results if results.full == len(results) else results[: results.full]
        if told.output is None:
            formats.write(name, records, data())
            return 0
        with replacing(told.output, force=told.force) as out:
            formats.write(name, records, out)
        print(f"{told.output}: {counted(len(records), 'paper')}")
    return 0


def _format(told: argparse.Namespace) -> str:
    """Return the name of the format that was asked for, or that the file's ending tells."""
    if told.format:
        return str(told.format)
    if told.output is None:
        known = ", ".join(formats.FORMATS)
        raise UsageError(f"Say how to write with --format: {known}.")
    return formats.by_suffix(told.output).name
