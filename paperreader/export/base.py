"""What every export module provides: a name, the suffixes of its files, and a writer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from paperreader.errors import PaperreaderError
from paperreader.papers.record import Record


class ExportError(PaperreaderError):
    """Papers that cannot be written, or an exported file that cannot be read back."""


class FileThereError(ExportError):
    """The file exists already, and replacing it was not requested."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to export papers to.

    `name` is the word for it on the command line, `title` what people call it. `suffixes` are its
    file suffixes, the usual one first. `write` takes the records one by one and does not keep
    them in memory.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Iterable[Record], TextIO], None]
