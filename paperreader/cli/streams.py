"""The standard streams of a command: they accept any text, and pass no escape sequence on."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from paperreader import text


class TextOnly:
    """A stream that removes terminal controls, such as escape sequences, from what it writes.

    Everything that a command prints goes through one: file names, words of a query, notes, the
    messages of argparse. `stream` is the underlying stream.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, output: str) -> int:
        """Write `output`; return its length, as streams do."""
        self.stream.write(text.only_text(output))
        return len(output)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the underlying stream."""
        return getattr(self.stream, name)


@contextmanager
def settled() -> Iterator[None]:
    """Prepare the standard streams, and restore them at the end.

    A closed stream is replaced by the null device. Characters outside the encoding of a terminal or
    pipe are written as question marks.
    """
    # In this order, so that a stream that was closed gets its own descriptor number.
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
    """Redirect standard output to the null device, so that the flush at exit does not fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data() -> TextIO:
    """Return standard output for programs to read: always in UTF-8, as a file would be."""
    stream = raw(sys.stdout)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdout


def raw(stream: TextIO) -> TextIO:
    """Return the underlying stream, for code that draws on the terminal itself."""
    return stream.stream if isinstance(stream, TextOnly) else stream


def complain(sentence: str) -> None:
    """Print a sentence on standard error, on one line."""
    print(f"paperreader: {text.line(sentence)}", file=sys.stderr)
