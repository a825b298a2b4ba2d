"""A store that is a list, for tests of the search."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import NEVER, CancelToken
from paperreader.query.query import Query
from paperreader.search.index import SearchIndex
from paperreader.search.ranking import Ranked
from paperreader.search.searcher import Searcher


class Change(NamedTuple):
    """What the index takes of a paper."""

    revision: int
    row: int
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""


class Corpus:
    """Papers that change, and the index over them."""

    def __init__(self, directory: Path, library: str = "library") -> None:
        self.changes: list[Change] = []
        self.progress: list[int] = []
        self.index = SearchIndex(directory, library, lambda: len(self.changes))
        self.searcher = Searcher(self.index)

    def put(
        self,
        row: int,
        title: str,
        abstract: str = "",
        authors: Sequence[str] = (),
        published: str = "",
    ) -> None:
        """Add or change a paper; one without any text is gone."""
        revision = len(self.changes) + 1
        self.changes.append(Change(revision, row, title, abstract, tuple(authors), published))

    def after(self, revision: int, limit: int) -> list[Change]:
        """Return the next changes; only the last one of each paper is there, as in a store."""
        last = {change.row: change.revision for change in self.changes}
        present = [change for change in self.changes if last[change.row] == change.revision]
        return [change for change in present if change.revision > revision][:limit]

    def build(self, cancel: CancelToken = NEVER) -> bool:
        """Bring the index up to date."""
        return self.index.catch_up(self.after, cancel, self.progress.append)

    def find(self, text: str, *, typing: bool = False) -> list[int]:
        """Return the rows that hold all that `text` asks for, best first."""
        ranked = self.ranked(text, typing=typing)
        rows: list[int] = ranked.rows[: ranked.full].tolist()
        return rows

    def ranked(self, text: str, *, typing: bool = False) -> Ranked:
        """Return what `text` finds; filters hold for nothing."""
        tree = Query.parse(text, typing=typing).tree
        assert tree is not None
        import numpy as np

        return self.searcher.search(
            tree, filters=lambda condition: np.empty(0, np.int64), text=text
        )
