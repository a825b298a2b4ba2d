"""What the person does to papers, and how it is taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from paperreader.papers.record import Record

if TYPE_CHECKING:
    from paperreader.library.library import Library, Undo


# With more papers than this a change takes longer than a person should wait for a key.
MANY = 1_000


class UndoEntry(NamedTuple):
    """A change, what was said of it, and how many papers it touched."""

    said: str
    change: "Undo"
    papers: int


class UndoHistory:
    """Changes the reading state of papers; remembers every change, so that it can be undone.

    Each method returns what is to be said of it.
    """

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._done: list[UndoEntry] = []
        self._undone: list[UndoEntry] = []

    def bookmark(self, record: Record) -> str:
        """Put a paper on the reading list, or take it off."""
        on = not record.bookmarked
        change = self._library.bookmark([record.row], on)
        return self._keep("on the reading list" if on else "off the reading list", change)

    def read(self, rows: Sequence[int], on: bool = True) -> str:
        """Mark papers as read or unread."""
        count = "" if len(rows) == 1 else f"{len(rows):,} papers "
        change = self._library.mark_read(rows, on)
        return self._keep(f"{count}marked {'read' if on else 'unread'}", change, len(rows))

    def done(self, record: Record) -> str:
        """Mark a paper as done, or not."""
        on = not record.done
        change = self._library.mark_done([record.row], on)
        return self._keep("marked done" if on else "no longer done", change)

    def tag(self, record: Record, tags: Sequence[str]) -> str:
        """Give a paper exactly these tags."""
        add = [tag for tag in tags if tag not in record.tags]
        remove = [tag for tag in record.tags if tag not in tags]
        if not add and not remove:
            return "tags as they were"
        change = self._library.tag([record.row], add, remove)
        said = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        return self._keep(f"tags {said}", change)

    def note(self, record: Record, text: str) -> str:
        """Write, change or clear a paper's note."""
        change = self._library.note(record.row, text)
        return self._keep("note kept" if text else "note cleared", change)

    def move(self, record: Record, by: int) -> str:
        """Move a paper within the reading list."""
        change = self._library.move(record.row, by)
        return self._keep("moved up" if by < 0 else "moved down", change)

    def undo(self) -> str:
        """Take back the last change."""
        if not self._done:
            return "nothing to undo"
        last = self._done[-1]
        undone = last._replace(change=self._library.undo(last.change))
        self._undone.append(undone)  # the library may refuse: then the change is still there
        self._done.pop()
        return f"undone: {last.said}"

    def redo(self) -> str:
        """Do again what was undone last."""
        if not self._undone:
            return "nothing to redo"
        last = self._undone[-1]
        self._done.append(last._replace(change=self._library.undo(last.change)))
        self._undone.pop()
        return f"done again: {last.said}"

    @property
    def undo_is_long(self) -> bool:
        """Whether the last change was one to many papers."""
        return bool(self._done) and self._done[-1].papers > MANY

    @property
    def redo_is_long(self) -> bool:
        """Whether what was undone last was a change to many papers."""
        return bool(self._undone) and self._undone[-1].papers > MANY

    def _keep(self, said: str, change: "Undo", papers: int = 1) -> str:
        self._done.append(UndoEntry(said, change, papers))
        self._undone.clear()
        return f"{said} · z undoes"
