"""What every export module gives: a name, the suffixes of its files, and a way to write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from paperreader.errors import PaperreaderError
from paperreader.papers.record import Record


class ExportError(PaperreaderError):
    """Papers that cannot be written, or a file of ours that cannot be read back."""


class FileThereError(ExportError):
    """The file is there already, and nobody said that it is to be replaced."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One way in which papers are written down.

    `name` is the word for it on the command line, `title` what people call it. `suffixes` are
    the file endings it is known by, the usual one first. `write` takes the records one by one
    and holds none of them for longer than it has to.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Iterable[Record], TextIO], None]
