"""`paperreader`: the reader itself."""

import argparse
import gc
import sys

from paperreader.cli.seed import seed_pages
from paperreader.errors import PaperreaderError
from paperreader.library.add_report import AddReport
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.settings import Settings


def open_reader(told: argparse.Namespace) -> int:
    """Add the files, or on a first start the seed page; then open the reader."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PaperreaderError(
            "The reader needs a terminal; in a pipe use a command such as "
            "`paperreader search` or `paperreader list` (--help shows them)."
        )
    places = Paths.find(told.library)
    settings = Settings.load(places.settings)
    with Library(places) as library:
        notices = []
        if told.files:
            from paperreader.cli.adding import add_paths  # the formats take long to load

            reports, errors = add_paths(library, told.files)
            notices += [str(error) for error in errors]
            if reports:
                notices.append(str(AddReport.total(reports.values())))
        elif library.first_start:
            from paperreader.formats import readings

            for page in seed_pages():
                for reading in readings(str(page)):
                    library.add(reading, page.name)
        gc.disable()  # a start makes no garbage; the reader enables it after its first picture
        from paperreader.tui.app import PaperReaderApp

        PaperReaderApp(library, settings, notices).run()
    return 0
