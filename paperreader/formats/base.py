"""What every format module gives: papers, and everything else that it met on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from paperreader.formats.input.document import Document, FormatError
from paperreader.papers.paper import Paper

__all__ = ["EmptyReason", "Format", "FormatError", "Heading", "Item", "Parsed", "Unparsed"]


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A passage of a document that was not understood: where it stands, why, and its text."""

    place: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A known piece of a document that is not a paper: a page's date, its banner, its footer."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EmptyReason:
    """Why a document holds no paper, as a part of a sentence: "a feed without entries, …"."""

    text: str


Item = Paper | Unparsed | Heading
# What a format gives; the reading keeps the reasons and yields the items.
Parsed = Item | EmptyReason


class Format(Protocol):
    """One way in which papers are written down.

    `name` is the word used for it on the command line, `title` what people call it. `parse`
    is lazy: it yields as it reads, in the document's own order, and drops nothing in silence.
    It raises `FormatError` only where not even a part of the document can be read.
    """

    name: str
    title: str

    def recognises(self, document: Document) -> bool:
        """Whether the document's content, or failing that its name, shows this format."""
        ...

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the papers of the document and what else it holds."""
        ...
