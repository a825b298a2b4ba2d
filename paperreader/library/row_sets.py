"""Sets of papers as the store answers them, kept until the library changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from paperreader.papers.record import View
from paperreader.query.tree import And, Filter, Node, Not, Or
from paperreader.store import Store
from paperreader.text import fold

if TYPE_CHECKING:
    from array import array

    import numpy as np
    from numpy.typing import NDArray

# What holds of a paper whatever the person does with it; the other conditions move more often.
_OF_THE_PAPER = frozenset({"category", "venue", "year", "id"})
_KEPT = 64

Answer = TypeVar("Answer")


class FacetPairs(NamedTuple):
    """Which papers have which values: for each pair a value's place in `values`, and a row."""

    values: list[str]
    places: "NDArray[np.int64]"
    rows: "NDArray[np.int64]"


class RowSets:
    """Row numbers as numpy arrays, and sets of them as one boolean for each row there can be."""

    def __init__(self, store: Store) -> None:
        """Ask `store`."""
        self._store = store
        self._kept: dict[tuple[str, ...], tuple[int, object]] = {}

    def rows(self, condition: Filter) -> "NDArray[np.int64]":
        """Return the rows that `condition` holds for."""
        return self._keep(
            ("where", condition.name, condition.value),
            self._stamp(condition.name),
            lambda: self._rows(condition),
        )

    def _rows(self, condition: Filter) -> "NDArray[np.int64]":
        import numpy as np

        name, value = condition.name, fold(condition.value)
        if name == "note":
            rows = [row for row, note in self._store.lists.notes() if _holds(fold(note), value)]
            return np.array(rows, dtype=np.int64)
        if name in _MATCHES:
            facet = self.facet(name)
            matches = _MATCHES[name]
            fitting = [matches(folded, value) for folded in self._folded(name)]
            return facet.rows[np.array(fitting, dtype=np.bool_)[facet.places]]
        return _array(self._store.lists.where(name, condition.value))

    def has_value(self, name: str, value: str) -> bool:
        """Whether some paper has `value` as a whole, but for capitals and accents."""
        return fold(value) in self._folded(name)

    def _folded(self, name: str) -> list[str]:
        """Return the folded values of a facet."""
        return self._keep(
            ("folded", name),
            self._stamp(name),
            lambda: [fold(value) for value in self.facet(name).values],
        )

    def view(self, view: View) -> "NDArray[np.int64]":
        """Return the rows of a view, in its order."""
        return self._keep(
            ("view", view), self._store.change, lambda: _array(self._store.lists.view(view))
        )

    def in_order(self, order: str) -> "NDArray[np.int64]":
        """Return all rows in an order: newest, title, added or upvotes."""
        return self._keep(
            ("order", order),
            self._store.revision,
            lambda: _array(self._store.lists.in_order(order)),
        )

    def facet(self, name: str) -> FacetPairs:
        """Return which papers have which year, category, venue, source or tag."""

        def ask() -> FacetPairs:
            values, places, rows = self._store.lists.facet(name)
            return FacetPairs(values, _array(places), _array(rows))

        return self._keep(("facet", name), self._stamp(name), ask)

    def mask(self, rows: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Return `rows` as a set: true at each of them, with room for every row of before."""
        return _mask(rows, self._store.lists.last_row() + 1)

    def matching(self, tree: Node) -> "NDArray[np.bool_]":
        """Return the set of rows for which a tree without words holds."""
        # One size for all: papers may come in while the parts are asked for.
        return self._matching(tree, self._store.lists.last_row() + 1)

    def _matching(self, tree: Node, size: int) -> "NDArray[np.bool_]":
        match tree:
            case Filter():
                return _mask(self.rows(tree), size)[:size]
            case Not(part):
                return ~self._matching(part, size)
            case And(parts) | Or(parts):
                masks = [self._matching(part, size) for part in parts]
                whole = masks[0]
                for mask in masks[1:]:
                    whole = whole & mask if isinstance(tree, And) else whole | mask
                return whole
            case _:
                raise ValueError(f"{tree!r} is for the index to answer")

    def _stamp(self, condition: str) -> int:
        """Return what changes whenever the papers change that a condition holds for."""
        return self._store.revision if condition in _OF_THE_PAPER else self._store.change

    def _keep(self, name: tuple[str, ...], stamp: int, ask: Callable[[], Answer]) -> Answer:
        kept = self._kept.get(name)
        if kept is not None and kept[0] == stamp:
            return cast("Answer", kept[1])
        answer = ask()
        while len(self._kept) >= _KEPT:
            self._kept.pop(next(iter(self._kept)), None)  # another thread may have been faster
        self._kept[name] = (stamp, answer)
        return answer


def _holds(text: str, value: str) -> bool:
    """Whether `text` holds `value`; * is any text but none."""
    return bool(text) and value.removesuffix("*") in text


def _is(text: str, value: str) -> bool:
    """Whether `text` is `value`, or begins so where that ends in a *."""
    return text.startswith(value[:-1]) if value.endswith("*") else text == value


def _is_category(text: str, value: str) -> bool:
    """Whether a category is `value`, or belongs to that archive: cs.CL to cs, hep-th to hep."""
    return _is(text, value) or text.startswith((f"{value}.", f"{value}-"))


# How the values of a facet are compared with that of a condition, both folded.
_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "category": _is_category,
    "venue": _holds,
    "source": _holds,
    "tag": _is,
}


def _mask(rows: "NDArray[np.int64]", size: int) -> "NDArray[np.bool_]":
    """Return `rows` as a set of at least `size` rows."""
    import numpy as np

    mask = np.zeros(max(size, int(rows.max(initial=0)) + 1), dtype=np.bool_)
    mask[rows] = True
    return mask


def _array(rows: "array[int]") -> "NDArray[np.int64]":
    import numpy as np

    return np.frombuffer(rows, dtype=np.int64)


def has_words(tree: Node) -> bool:
    """Whether the index is needed to answer `tree`."""
    match tree:
        case Filter():
            return False
        case Not(part):
            return has_words(part)
        case And(parts) | Or(parts):
            return any(has_words(part) for part in parts)
        case _:
            return True
