"""The streams of a command: they take whatever is written, and nothing in it acts on a terminal."""

import io
import os
import sys
from pathlib import Path
from typing import TextIO

from paperreader import text


def settle() -> None:
    """Put a silent stream where there is none, and let no character be an error.

    What the encoding of a terminal or a pipe does not have is shown as a question mark.
    """
    # In this order, so that each takes the number of its own descriptor where that was closed.
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def abandon_output() -> None:
    """Send the rest of the output nowhere, so that writing it at the end does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data() -> TextIO:
    """Return standard output for what programs read: in UTF-8, as it would be in a file."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def complain(told: str) -> None:
    """Print a sentence on standard error; names of files in it are only text."""
    print(f"paperreader: {text.line(told)}", file=sys.stderr)
