"""The parts of a BibTeX file as the scanner reads them, before macros are expanded."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Piece(NamedTuple):
    """A part of a value: its text, or the name of a macro."""

    text: str
    is_macro: bool


class Field(NamedTuple):
    """A field: its name in lower case, and the pieces of its value, joined by `#` in the file."""

    name: str
    pieces: list[Piece]


@dataclass(slots=True)
class RawEntry:
    """An entry, `@string` or `@preamble` as it is written.

    `junk` holds the parts of it that are not fields.
    """

    line: int
    type: str
    key: str = ""
    fields: list[Field] = field(default_factory=list)
    junk: list["Broken"] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A block that is not an entry: a comment or a preamble."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Text that breaks the grammar: its first line, and what is wrong with it."""

    line: int
    reason: str
    text: str
