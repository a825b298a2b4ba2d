"""What is said when paperreader itself fails: one sentence, and a file with the details."""

import platform
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from paperreader import __version__
from paperreader.cli import streams
from paperreader.errors import PaperreaderError
from paperreader.paths import Paths


def explain(
    library: Path | None,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Write an exception that nothing handled to a file in the cache of `library`, and say so.

    The last three arguments are those of `sys.excepthook`; Python exits with status 1 after it.
    """
    try:
        path = Paths.find(library).crash_log
        path.parent.mkdir(parents=True, exist_ok=True)
        python, now = platform.python_version(), datetime.now(UTC)
        head = f"paperreader {__version__}, Python {python}, {platform.platform()}, {now:%F %T} UTC"
        details = "".join(traceback.format_exception(kind, error, trace))
        path.write_text(f"{head}\n\n{details}", encoding="utf-8", errors="backslashreplace")
    except (OSError, PaperreaderError):  # nowhere to write: the details must go somewhere
        sys.__excepthook__(kind, error, trace)
        return
    streams.complain(
        f"This is a fault in paperreader, not in what you did ({kind.__name__}); your papers are "
        f"safe. The details are in {path}; please send them with your report of it."
    )
