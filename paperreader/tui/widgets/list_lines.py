"""Which line of a list shows which paper."""

from collections.abc import Sequence

from paperreader.library.results import Results

PARTIAL = "not all of your words"
CLOSE = "close in meaning"

Divider = tuple[int, str]
"""The index of the paper before which a line stands that is no paper, and what it says."""


def dividers(results: Results) -> list[Divider]:
    """Return the dividers of what was searched for: before what fits it less, or by meaning."""
    between = [(results.full, PARTIAL)] if results.divided else []
    return between + [(results.by_words, CLOSE)] * (results.by_words < len(results))


class ListLines:
    """The lines of a list: of each paper one or two, and a divider before some."""

    def __init__(self, papers: int, paper_height: int, between: Sequence[Divider] = ()) -> None:
        self._papers = papers
        self._height = paper_height
        self._between = between
        self._texts = {
            index * paper_height + before: text for before, (index, text) in enumerate(between)
        }

    def __len__(self) -> int:
        """Return how many lines there are."""
        return self._papers * self._height + len(self._between)

    def line_of(self, index: int) -> int:
        """Return the first line in which a paper is drawn."""
        return index * self._height + sum(index >= first for first, _ in self._between)

    def top_of(self, index: int) -> int:
        """Return the first line that is to be seen with a paper: its divider, if it has one."""
        line = self.line_of(index)
        return line - 1 if line - 1 in self._texts else line

    def index_at(self, line: int) -> int | None:
        """Return the paper drawn in a line, or None for a divider and the empty room below."""
        if line in self._texts:
            return None
        index = (line - sum(line > divider for divider in self._texts)) // self._height
        return index if 0 <= index < self._papers else None

    def index_below(self, line: int) -> int:
        """Return the paper drawn in a line, or below the divider that is drawn there."""
        index = self.index_at(line)
        return (self.index_at(line + 1) or 0) if index is None else index

    def divider_at(self, line: int) -> str | None:
        """Return what the divider in a line says, or None where there is none."""
        return self._texts.get(line)
