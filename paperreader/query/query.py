"""What was typed, and what it was read as."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from paperreader.query.parser import read
from paperreader.query.tree import And, Node


@dataclass(frozen=True, slots=True)
class Query:
    """A text that was typed, the tree it was read as, and what could not be read so.

    `tree` is None where nothing was asked. `notices` are sentences for the person.
    """

    text: str = ""
    tree: Node | None = None
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, typed: str, *, typing: bool = False, as_text: bool = False) -> Self:
        """Read what was typed; never raises.

        While `typing`, the last word may go on until a space follows it. `as_text`: nothing is
        an operator; a title is read so that holds what looks like one.
        """
        tree, notices = read(typed, typing=typing, as_text=as_text)
        return cls(typed, tree, notices)


def all_of(queries: Sequence[Query]) -> Node | None:
    """Return the trees of some queries as one."""
    trees = [query.tree for query in queries if query.tree is not None]
    return And(tuple(trees)) if len(trees) > 1 else trees[0] if trees else None
