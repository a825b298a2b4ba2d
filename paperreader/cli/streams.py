"""The standard streams of a command: they take any text, and nothing in it acts on a terminal."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from paperreader import text


class TextOnly:
    """A stream that writes text without what a terminal would obey, such as escape sequences.

    Everything that a command prints goes through one, whoever prints it: file names, words of a
    query, notes, the messages of argparse. `stream` is what it writes to.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, written: str) -> int:
        """Write `written`; return its length, as streams do."""
        self.stream.write(text.only_text(written))
        return len(written)

    def __getattr__(self, name: str) -> Any:
        """Be the stream in all else."""
        return getattr(self.stream, name)


@contextmanager
def settled() -> Iterator[None]:
    """Let the standard streams be there, take every character, and pass on only text.

    Where a stream was closed, there is a silent one. What the encoding of a terminal or a pipe
    does not have is shown as a question mark.
    """
    # In this order, so that each takes the number of its own descriptor where that was closed.
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    out, err = sys.stdout, sys.stderr
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")
    sys.stdout, sys.stderr = cast("TextIO", TextOnly(out)), cast("TextIO", TextOnly(err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def abandon_output() -> None:
    """Send the rest of the output nowhere, so that writing it at the end does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data() -> TextIO:
    """Return standard output for what programs read: in UTF-8, as it would be in a file."""
    stream = raw(sys.stdout)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def raw(stream: TextIO) -> TextIO:
    """Return what a standard stream writes to, for what draws on a terminal itself."""
    return stream.stream if isinstance(stream, TextOnly) else stream


def complain(sentence: str) -> None:
    """Print a sentence on standard error, on one line."""
    print(f"paperreader: {text.line(sentence)}", file=sys.stderr)
