"""The command line: `paperreader` opens the reader, its verbs serve scripts.

Exit codes: 0 for success, 1 for a failure or a search without hits, 2 for wrong usage, 130 after
Ctrl-C. Results go to standard output, errors and progress to standard error.
"""

import sys
from collections.abc import Sequence

from paperreader.cli.arguments import parse
from paperreader.errors import PaperreaderError

FAILURE = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (without the program's name) tell; return its exit code."""
    told = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        code: int = told.run(told)
    except PaperreaderError as error:
        print(f"paperreader: {error}", file=sys.stderr)
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as `head` does; what it had is all it wanted.
        sys.stdout = None  # so that flushing at exit does not fail again
        return FAILURE
    return code
