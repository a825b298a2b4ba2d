"""What the person does to papers, how it is undone, and what is said of it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.papers.record import Interest
from paperreader.tui.widgets.paper_row import cut, readable

if TYPE_CHECKING:
    from paperreader.library.library import Library, Step


# With more papers than this a change takes longer than a person should wait for a key.
MANY = 1_000
_TITLE = 50  # cells of a title in a message


class UndoHistory:
    """Changes the reading state of papers; the library remembers the steps.

    Each method returns what is to be said of it.
    """

    def __init__(self, library: "Library") -> None:
        self._library = library
        self.last: Step | None = None
        """The step that was undone or done again last: its paper is where the person looks."""

    def bookmark(self, rows: Sequence[int], on: bool) -> str:
        """Put papers on the reading list, or take them off."""
        return _said(self._library.bookmark(rows, on))

    def read(self, rows: Sequence[int], on: bool = True) -> str:
        """Mark papers as read or unread."""
        return _said(self._library.mark_read(rows, on))

    def done(self, rows: Sequence[int], on: bool) -> str:
        """Mark papers as done, or not."""
        return _said(self._library.mark_done(rows, on))

    def judge(self, rows: Sequence[int], interest: Interest) -> str:
        """Ask for more or less like papers."""
        return _said(self._library.judge(rows, interest))

    def tag(self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> str:
        """Give papers tags and take some from them."""
        return _said(self._library.tag(rows, add, remove))

    def note(self, row: int, text: str) -> str:
        """Write, change or clear a paper's note."""
        return _said(self._library.note(row, text))

    def move(self, rows: Sequence[int], by: int) -> str:
        """Move papers within the reading list."""
        return _said(self._library.move(rows, by))

    def remove(self, rows: Sequence[int]) -> str:
        """Put papers into the trash."""
        return _said(self._library.remove(rows))

    def remove_source(self, name: str) -> str:
        """Remove a source, with the papers that came only from it."""
        return _said(self._library.remove_source(name))

    def merge(self, rows: Sequence[int]) -> str:
        """Make one paper of several."""
        return _said(self._library.merge(rows))

    def split(self, key: str) -> str:
        """Make papers of their own of the records that were merged into one."""
        return _said(self._library.split(key))

    def undo(self) -> str:
        """Take back the last change."""
        step = self.last = self._library.undo()
        return f"undone: {describe(step)}" if step else "nothing to undo"

    def redo(self) -> str:
        """Do again what was undone last."""
        step = self.last = self._library.redo()
        return f"done again: {describe(step)}" if step else "nothing to redo"

    @property
    def undo_is_long(self) -> bool:
        """Whether the last change was one to many papers."""
        step = self._library.next_undo()
        return step is not None and step.papers > MANY

    @property
    def redo_is_long(self) -> bool:
        """Whether what was undone last was a change to many papers."""
        step = self._library.next_redo()
        return step is not None and step.papers > MANY


def describe(step: "Step") -> str:
    """Return what a step did, and to which paper or how many."""
    title = cut(readable(step.title), (), _TITLE)[0]
    papers = f"{step.papers:,} papers" if step.papers > 1 else title
    kept = " (what changed since stays)" if step.skipped else ""
    return ", ".join(filter(None, (step.what, papers))) + kept


def _said(step: "Step | None") -> str:
    return f"{describe(step)} · z undoes" if step else "nothing changed"
