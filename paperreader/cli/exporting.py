"""`paperreader export`."""

import argparse
from typing import TYPE_CHECKING

from paperreader import export as formats
from paperreader.cli.command import UsageError, open_library
from paperreader.cli.finding import requested, search_library
from paperreader.cli.streams import data
from paperreader.export.atomic_file import replacing
from paperreader.library.add_report import counted
from paperreader.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Collection

    from paperreader.papers.record import Record


def export(args: argparse.Namespace) -> int:
    """Write the papers of a view, a search or a saved search; of a search the complete matches."""
    name = _format(args)
    with open_library(args) as library:
        results = search_library(library, requested(library, args.search, args.saved, args.view))
        records: Collection[Record] = (
            results if results.full == len(results) else results[: results.full]
        )
        scheme = args.keys or Settings.load(library.paths.settings).citation_keys
        if args.output is None:
            formats.write(name, records, data(), scheme)
            return 0
        with replacing(args.output, force=args.force) as out:
            formats.write(name, records, out, scheme)
        print(f"{args.output}: {counted(len(records), 'paper')}")
    return 0


def _format(args: argparse.Namespace) -> str:
    """Return the format's name: the one requested, or that of the file's suffix."""
    if args.format:
        return str(args.format)
    if args.output is None:
        known = ", ".join(formats.FORMATS)
        raise UsageError(f"Say how to write with --format: {known}.")
    return formats.by_suffix(args.output).name
