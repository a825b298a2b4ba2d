"""The way back to a backup of the library."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.store import StoreError
from paperreader.store.backup import Backup, Backups, check, salvage

LATEST = "latest"


class Restored(NamedTuple):
    """What came of restoring: the day of the backup, papers in it, and papers saved beside them.

    `kept` is the library as it was before; papers are saved from it where it was damaged.
    """

    day: str
    papers: int
    saved: int
    kept: Path

    def __str__(self) -> str:
        """Return the outcome as one line."""
        saved = f", and {self.saved:,} saved from the damaged library" if self.saved else ""
        return (
            f"Restored the backup of {self.day}: {self.papers:,} papers{saved}. "
            f"The library as it was before is kept in {self.kept}."
        )


def backups(paths: Paths) -> Sequence[Backup]:
    """Return the backups of the library at `paths`, newest first."""
    return Backups(paths.library).all()


def restore(paths: Paths, day: str) -> Restored:
    """Put the backup of `day` (YYYY-MM-DD, or "latest") in place of the library.

    What can still be read of a damaged library is added to it. Raises `PaperreaderError`.
    """
    store = Backups(paths.library)
    there = store.all()
    chosen = next((backup for backup in there if day in (backup.day, LATEST)), None)
    if chosen is None:
        days = ", ".join(backup.day for backup in there) or "none yet"
        raise PaperreaderError(f"There is no backup of {day} (there are: {days}).")
    damaged = paths.library.exists() and bool(damage(paths))
    kept = store.restore(chosen)
    with Library(paths) as library:
        before = library.counts()[View.ALL]
        if damaged:
            library.restore(salvage(kept), "salvaged")
        after = library.counts()[View.ALL]
    return Restored(chosen.day, before, after - before, kept)


def damage(paths: Paths) -> str:
    """Return one sentence on what is wrong with the library file, or an empty text."""
    try:
        check(paths.library)
    except StoreError as error:
        return str(error)
    return ""
