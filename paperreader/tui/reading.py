"""What the person does to papers, and how it is taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperreader.paper import Record

if TYPE_CHECKING:
    from paperreader.library import Library, Undo


class Reading:
    """Changes the reading state of papers; remembers every change, so that it can be undone.

    Each method returns what is to be said of it.
    """

    def __init__(self, library: "Library") -> None:
        self._library = library
        self._done: list[tuple[str, Undo]] = []
        self._undone: list[tuple[str, Undo]] = []

    def bookmark(self, record: Record) -> str:
        """Put a paper on the reading list, or take it off."""
        on = not record.bookmarked
        change = self._library.bookmark([record.row], on)
        return self._keep("on the reading list" if on else "off the reading list", change)

    def read(self, rows: Sequence[int], on: bool = True) -> str:
        """Mark papers as read or unread."""
        count = "" if len(rows) == 1 else f"{len(rows):,} papers "
        change = self._library.mark_read(rows, on)
        return self._keep(f"{count}marked {'read' if on else 'unread'}", change)

    def done(self, record: Record) -> str:
        """Mark a paper as done, or not."""
        on = not record.done
        return self._keep("done" if on else "not done", self._library.mark_done([record.row], on))

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
        said, change = self._done.pop()
        self._undone.append((said, self._library.undo(change)))
        return f"undone: {said}"

    def redo(self) -> str:
        """Do again what was undone last."""
        if not self._undone:
            return "nothing to redo"
        said, change = self._undone.pop()
        self._done.append((said, self._library.undo(change)))
        return f"done again: {said}"

    def _keep(self, said: str, change: "Undo") -> str:
        self._done.append((said, change))
        self._undone.clear()
        return f"{said} · z undoes"
