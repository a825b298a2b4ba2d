"""A list that is wanted: words, filters, a view and an order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from paperreader.papers.record import View


class SortKey(StrEnum):
    """What a list can be ordered by."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    TITLE = "title"
    ADDED = "added"
    UPVOTES = "upvotes"
    FOR_YOU = "for-you"


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

    def to_json(self) -> dict[str, object]:
        """Return the request as a JSON object, without its `typing`: what is kept of it."""
        return {
            "text": self.text,
            "chips": list(self.chips),
            "view": self.view,
            "sort": self.sort.key,
            "reverse": self.sort.reverse,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """Return the request that `to_json` gave."""
        return cls(
            text=told["text"],
            chips=tuple(told["chips"]),
            view=View(told["view"]),
            sort=Sort(SortKey(told["sort"]), told["reverse"]),
        )
