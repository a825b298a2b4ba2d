"""`paperreader export`."""

import argparse
import sys

from paperreader import export as formats
from paperreader.cli.opening import open_library
from paperreader.errors import PaperreaderError
from paperreader.export.file import replacing
from paperreader.paper import View
from paperreader.query import Request


def export(told: argparse.Namespace) -> int:
    """Write the papers of a view, a search or a saved search."""
    with open_library(told) as library:
        if told.format:
            name = told.format
        elif told.output is not None:
            name = formats.by_suffix(told.output).name
        else:
            known = ", ".join(formats.FORMATS)
            raise PaperreaderError(f"Say how to write with --format: {known}.")
        request = Request(text=told.search, view=View(told.view))
        if told.saved is not None:
            saved = library.saved_search(told.saved)
            if saved is None:
                raise PaperreaderError(f"There is no saved search {told.saved!r}.")
            request = saved
        library.catch_up()
        results = library.search(request)
        records = results[: results.full] if results.full < len(results) else results
        if told.output is None:
            formats.write(name, records, sys.stdout)
            return 0
        with replacing(told.output, force=told.force) as out:
            formats.write(name, records, out)
        print(f"{told.output}: {len(records):,} papers")
    return 0
