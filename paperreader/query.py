"""What the person asked for, as a value."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from paperreader.paper import View


class Field(StrEnum):
    """The parts of a paper in which words can be sought."""

    TITLE = "title"
    ABSTRACT = "abstract"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, anywhere or in one field. `prefix`: a beginning; `close`: any close spelling."""

    text: str
    field: Field | None = None
    prefix: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together in this order. `prefix`: the last one is a beginning."""

    text: str
    field: Field | None = None
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that the store answers: `category` cs.CL, `is` unread, `has` code, …

    `name` is one of: category, venue, tag, note, source, year, is, has, id. The value of `year`
    is FIRST..LAST, either end may be missing. The value of `id` is a key such as
    arxiv:1706.03762.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: "Node"


Node = Word | Phrase | Filter | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A text that was typed, the tree it was read as, and what could not be read so.

    `tree` is None where nothing was asked. `notices` are sentences for the person.
    """

    text: str = ""
    tree: Node | None = None
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, typed: str, *, typing: bool = False) -> Self:
        """Read what was typed; never raises.

        While `typing`, the last word is a beginning until a space follows it.
        """
        raise NotImplementedError


class SortKey(StrEnum):
    """What a list can be ordered by."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    ADDED = "added"
    UPVOTES = "upvotes"


@dataclass(frozen=True, slots=True)
class Sort:
    """An order and whether it is reversed. Relevance without words is the order of adding."""

    key: SortKey = SortKey.RELEVANCE
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A list that is wanted: words, removable filters (each a piece of query text), view, order."""

    text: str = ""
    chips: tuple[str, ...] = ()
    view: View = View.ALL
    sort: Sort = field(default_factory=Sort)
    typing: bool = False
