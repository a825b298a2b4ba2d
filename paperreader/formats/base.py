"""What every format yields: papers, and everything else that a document holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from paperreader.formats.input.document import Document, FormatError
from paperreader.papers.paper import Paper

__all__ = ["EmptyReason", "Format", "FormatError", "Heading", "Item", "Parsed", "Unparsed"]


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A passage of a document that was not understood: its location, the reason, and its text."""

    location: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A known part of a document that is not a paper: a page's date, its banner, its footer."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EmptyReason:
    """Why a document holds no paper, as part of a sentence: "a feed without entries, …"."""

    text: str


Item = Paper | Unparsed | Heading
# What a format yields; `Reading` keeps the reasons and yields the items.
Parsed = Item | EmptyReason


class Format(Protocol):
    """A file format that papers are read from.

    `name` is the word for it on the command line, `title` what people call it. `parse` is lazy:
    it yields as it reads, in the order of the document, and drops nothing silently. It raises
    `FormatError` only if no part of the document can be read.
    """

    name: str
    title: str

    def recognises(self, document: Document) -> bool:
        """Whether the document is in this format, by its content or else its name."""
        ...

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers of the document and everything else in it."""
        ...
