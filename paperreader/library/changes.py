"""What a person does with papers."""

from collections.abc import Sequence
from pathlib import Path

from paperreader.errors import PaperreaderError
from paperreader.library.clock import now
from paperreader.papers.record import Interest
from paperreader.paths import expanded
from paperreader.store import Step, Store
from paperreader.text import clean, line, only_text


class Changes:
    """What a person does with papers.

    Each method is one transaction and one step of the history. It returns the step, or None if
    nothing changed.
    """

    _store: Store

    def bookmark(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Put `rows` at the end of the reading list, or take them off it.

        A paper that was done and is put there is no longer done.
        """
        return self._store.reading.bookmark(rows, on, now())

    def mark_read(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Mark `rows` read, or unread."""
        return self._store.reading.mark_read(rows, on, now())

    def mark_done(self, rows: Sequence[int], on: bool = True) -> Step | None:
        """Mark `rows` done, or not."""
        return self._store.reading.mark_done(rows, on, now())

    def judge(self, rows: Sequence[int], interest: Interest) -> Step | None:
        """Ask for more or less like `rows` in the order "for you"; less also skips them: read."""
        return self._store.reading.judge(rows, interest, now())

    def move(self, rows: Sequence[int], by: int) -> Step | None:
        """Move papers `by` places down (negative: up) in the reading list."""
        return self._store.reading.move(rows, by, now())

    def tag(
        self, rows: Sequence[int], add: Sequence[str], remove: Sequence[str] = ()
    ) -> Step | None:
        """Give `rows` tags and take tags from them."""
        add = [tag for name in add if (tag := line(name))]
        return self._store.reading.tag(rows, add, remove, now())

    def note(self, row: int, text: str, *, typing: bool = False) -> Step | None:
        """Replace the note of `row`; an empty text removes it.

        Saved while the person is `typing`, it goes into one step with the save before it.
        """
        return self._store.reading.note(row, clean(text), now(), typing=typing)

    def attach(self, row: int, path: Path, on: bool = True) -> Step | None:
        """Note that the local file at `path` is of the paper `row`, or no longer.

        Raises `PaperreaderError` if there is no such file.
        """
        file = expanded(path)
        name = str(file.absolute())
        if only_text(name) != name:
            raise PaperreaderError(f"The name of {name!r} is not plain text; rename the file.")
        if on and not file.is_file():
            raise PaperreaderError(f"{path} is not a file; give the path of one.")
        return self._store.reading.attach(row, name, on, now())

    def merge(self, rows: Sequence[int]) -> Step | None:
        """Make one paper of those in `rows`: the sources disagree, or name it differently."""
        return self._store.identity.merge(rows, now())

    def split(self, key: str) -> Step | None:
        """Make a paper of its own of the records that `key` names in their paper, or of each.

        Raises `PaperreaderError` if one source alone describes the paper, or none has the key.
        """
        row, name = self._store.papers.named(line(key))
        return self._store.identity.split(row, name, now())

    def remove(self, rows: Sequence[int]) -> Step | None:
        """Put papers into the trash with all that was done to them; undo brings them back."""
        return self._store.reading.remove(rows, now())

    def remove_source(self, name: str) -> Step | None:
        """Remove a source: the papers that came only from it go into the trash."""
        return self._store.reading.remove_source(line(name), now())

    def undo(self) -> Step | None:
        """Take back the last step of this reader, or the last from before it was opened.

        Returns that step, or None if there is nothing to undo.
        """
        return self._store.history.undo()

    def redo(self) -> Step | None:
        """Do again what was undone last; return that step, or None."""
        return self._store.history.redo()

    def next_undo(self) -> Step | None:
        """Return the step that `undo` would take back."""
        return self._store.history.next_undo()

    def next_redo(self) -> Step | None:
        """Return the step that `redo` would do again."""
        return self._store.history.next_redo()

    def steps(self) -> list[Step]:
        """Return the steps of the history, newest first; those that are undone say so."""
        return self._store.history.steps()
