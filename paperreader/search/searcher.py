"""Search: a tree of what is asked for becomes a ranked list of papers."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from paperreader.errors import NEVER, CancelToken
from paperreader.query.tree import Filter, Node
from paperreader.search.evaluator import Evaluator
from paperreader.search.index import SearchIndex
from paperreader.search.ranking import Ranked
from paperreader.search.terms import Terms

# What most searches do without is loaded where it is used.
if TYPE_CHECKING:
    from paperreader.search.preference import Example, Preference, Vectors
    from paperreader.search.similar import Related
    from paperreader.search.spelling import Spelling
    from paperreader.search.vectors.library_vectors import Standings


class Searcher:
    """Answers queries from an index, always from its present snapshot."""

    def __init__(self, index: SearchIndex) -> None:
        """Search `index`."""
        self._index = index
        self._kept = Terms(index.snapshot)
        self._words: Spelling | None = None

    def search(
        self,
        tree: Node,
        *,
        filters: Callable[[Filter], NDArray[Any]],
        within: NDArray[Any] | None = None,
        text: str = "",
        cancel: CancelToken = NEVER,
    ) -> Ranked:
        """Return the papers that `tree` asks for, only those `within` some rows if given.

        `filters` answers a condition with the rows that it holds for. `text` is the query as it
        was typed. Raises `Cancelled` soon after `cancel` is set.
        """
        asked = Evaluator(self._terms(), self._spelling, filters, cancel.check)
        return asked.ranked(tree, within, text)

    def related(
        self,
        row: int,
        title: str,
        abstract: str,
        limit: int,
        *,
        standings: "Standings | None" = None,
        cancel: CancelToken = NEVER,
    ) -> "list[Related]":
        """Return the papers that resemble the paper `row` with this title and abstract.

        `standings` tell how close papers are to its meaning, if that is known.
        """
        from paperreader.search.similar import related

        text = (title, abstract)
        return related(self._terms(), row, text, limit, standings, check=cancel.check)

    def preference(
        self,
        examples: "Sequence[Example]",
        vectors: "Vectors | None" = None,
        cancel: CancelToken = NEVER,
    ) -> "Preference":
        """Return what a reader prefers who marked `examples`."""
        from paperreader.search.preference import learnt

        return learnt(self._terms(), examples, vectors, cancel.check)

    def mended(self, text: str, tree: Node, cancel: CancelToken = NEVER) -> list[str]:
        """Return texts that may be meant by a query whose words are misspelt, likeliest first."""
        from paperreader.search.spelling import mended_texts

        spelling = self._spelling(cancel.check)
        return mended_texts(text, tree, spelling, self._terms(), cancel.check)

    def _terms(self) -> Terms:
        if self._kept.snapshot is not self._index.snapshot:
            self._kept = Terms(self._index.snapshot)
        return self._kept

    def _spelling(self, check: Callable[[], None]) -> "Spelling":
        from paperreader.search.spelling import Spelling

        snapshot = self._index.snapshot
        if self._words is None or self._words.is_stale(snapshot):
            self._words = Spelling(snapshot, check)
        return self._words
