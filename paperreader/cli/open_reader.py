"""`paperreader`: the reader itself."""

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from paperreader.cli.seed import seed_pages
from paperreader.errors import PaperreaderError
from paperreader.library.add_report import AddReport
from paperreader.library.library import SAMPLE, Library
from paperreader.paths import Paths
from paperreader.settings import Settings

# Terminals that would print a title instead of taking it.
_WITHOUT_TITLE = ("dumb", "linux", "vt100", "vt220")


def open_reader(args: argparse.Namespace) -> int:
    """Add the files, or on a first start the sample page; then open the reader."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise PaperreaderError(
            "The reader needs a terminal; in a pipe use a command such as "
            "`paperreader search` or `paperreader list` (--help shows them)."
        )
    paths = Paths.find(args.library)
    settings = Settings.load(paths.settings)
    with Library(paths, settings.meaning) as library:
        notices = _added(library, args.files)
        gc.disable()  # a start makes no garbage; the reader enables it after its first frame
        from paperreader.tui.app import PaperReaderApp

        app = PaperReaderApp(library, settings, notices)
        with _titled("paperreader"):
            app.run()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


@contextmanager
def _titled(title: str) -> Iterator[None]:
    """Set the title of the terminal's window, and restore it at the end.

    The escape sequences are xterm's, which other terminals support or ignore.
    """
    out = sys.__stdout__
    if out is None or os.environ.get("TERM", "dumb") in _WITHOUT_TITLE:
        yield
        return
    out.write(f"\x1b[22;2t\x1b]2;{title}\x1b\\")
    out.flush()
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal may be gone
            out.write("\x1b[23;2t")
            out.flush()


def _added(library: Library, files: list[str]) -> list[str]:
    """Add the files, or the sample page to a library that never held a paper; return notices."""
    if not files and not library.first_start:
        return []
    from paperreader.cli.adding import add_paths  # the formats take long to load

    if not files:
        _, errors = add_paths(library, map(str, seed_pages()), SAMPLE)
        return [str(error) for error in errors]
    reports, errors = add_paths(library, files)
    notices = [str(error) for error in errors]
    return [*notices, str(AddReport.total(reports.values()))] if reports else notices
