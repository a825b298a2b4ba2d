"""A list that is wanted: words, filters, a view and an order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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

    def sorted_by(self, key: SortKey) -> Self:
        """Return the request in another order; the same order again reverses it."""
        again = self.sort.key is key
        return replace(self, sort=Sort(key, again and not self.sort.reverse))

    def toggled(self, chip: str) -> Self:
        """Return the request with a filter put on, or taken off if it is on."""
        kept = tuple(other for other in self.chips if other != chip)
        return replace(self, chips=kept if len(kept) < len(self.chips) else (*kept, chip))

    def wider(self) -> Self:
        """Return the request without its words; without words, without its last filter."""
        wordless = replace(self, text="", typing=False)
        return wordless if self.text else replace(wordless, chips=self.chips[:-1])

    def same_list(self, other: "Request") -> bool:
        """Whether both ask for the same list, whether or not its words are still being typed."""
        return replace(self, typing=False) == replace(other, typing=False)

    def as_saved(self) -> Self:
        """Return the request to keep under a name: a prefix that was being typed stays one."""
        prefix = self.typing and self.text[-1:].isalnum()
        return replace(self, text=f"{self.text}*" if prefix else self.text, typing=False)

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
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the request that `to_json` gave."""
        return cls(
            text=values["text"],
            chips=tuple(values["chips"]),
            view=View(values["view"]),
            sort=Sort(SortKey(values["sort"]), values["reverse"]),
        )
