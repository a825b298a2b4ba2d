"""The command line: `paperreader` opens the reader, its verbs serve scripts.

Exit codes: 0 for success, 1 for a failure or a search without hits, 2 for wrong usage, 130 after
Ctrl-C. Results go to standard output, errors and progress to standard error.
"""

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from paperreader.cli import streams
from paperreader.cli.arguments import parse
from paperreader.cli.command import UsageError
from paperreader.errors import PaperreaderError

FAILURE = 1
USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (without the program's name); return its exit code."""
    if "_ARGCOMPLETE" in os.environ:
        from paperreader.cli.arguments import commands
        from paperreader.cli.completing import answer

        answer(commands())
    # Our matrices are small: with a thread for each core, OpenBLAS took ten times the CPU time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with streams.settled():
        return _run(sys.argv[1:] if arguments is None else arguments)


def _run(arguments: Sequence[str]) -> int:
    try:
        try:
            args = parse(arguments)
            sys.excepthook = partial(_explain_crash, args.library)
            code: int = args.run(args)
        finally:
            sys.stdout.flush()
    except PaperreaderError as error:
        streams.complain(str(error))
        return USAGE if isinstance(error, UsageError) else FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output, such as `head`, closed it, and wants no more.
        streams.abandon_output()
        return FAILURE
    except OSError as error:
        streams.abandon_output()
        path = f" ({error.filename})" if error.filename else ""
        streams.complain(
            f"This could not be finished: {error.strerror or error}{path}; what was saved "
            "before still stands, so mend that and try again."
        )
        return FAILURE
    return code


def _explain_crash(
    library: Path | None,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    from paperreader.cli.crash import explain  # needed hardly ever

    explain(library, kind, error, trace)
