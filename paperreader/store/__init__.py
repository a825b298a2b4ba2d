"""The library file: papers, and the state that the person gave them. Only here is SQLite used."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.store.database import Database, StoreError
from paperreader.store.following import Followed, Following
from paperreader.store.history import History, Step
from paperreader.store.lazy_rows import ViewRows
from paperreader.store.lookups import Lookups
from paperreader.store.mapping import NoSuchPaper
from paperreader.store.outcome import Outcome
from paperreader.store.papers import Change, Papers
from paperreader.store.queries import NewGroup, Queries
from paperreader.store.reading_state import ReadingStates
from paperreader.store.saved_searches import SavedSearches
from paperreader.store.schema import STEPS
from paperreader.store.screen_state import ScreenState

if TYPE_CHECKING:
    from paperreader.store.identity import Identity

__all__ = [
    "Change",
    "Followed",
    "NewGroup",
    "NoSuchPaper",
    "Outcome",
    "Step",
    "Store",
    "StoreError",
    "ViewRows",
]


class Store:
    """A library file, and access to all parts of it."""

    def __init__(self, path: Path, steps: Sequence[str] = STEPS) -> None:
        """Open the library at `path`, or create it where there was none."""
        _check_for_backups(path)
        self._database = Database(path, steps)
        self.papers = Papers(self._database)
        self.lists = Queries(self._database)
        self.history = History(self._database)
        self.reading = ReadingStates(self._database, self.history)
        self.following = Following(self._database)
        self.lookups = Lookups(self._database)
        self.screen = ScreenState(self._database)
        self.saved = SavedSearches(self._database, self.history)

    @cached_property
    def identity(self) -> "Identity":
        """The person's decisions on which records are one paper; loaded at the first of them."""
        from paperreader.store.identity import Identity

        return Identity(self._database, self.history)

    @property
    def id(self) -> str:
        """A unique name of the library."""
        return str(self._database.meta("library"))

    @property
    def change(self) -> int:
        """A number that grows with every change, by any process."""
        return int(self._database.meta("change"))

    @property
    def revision(self) -> int:
        """The revision of the last paper that is new or whose text changed."""
        return int(self._database.meta("revision"))

    def wait_at_most(self, seconds: float) -> None:
        """Let this thread wait this long for another writer, instead of a minute."""
        self._database.wait_at_most(seconds)

    def use_log(self) -> None:
        """Let this process read while another one saves, which a large addition suspends."""
        self._database.use_log()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _check_for_backups(path: Path) -> None:
    """Raise `StoreError` if a library is gone or empty that there are backups of."""
    with suppress(OSError):
        if path.exists() and path.stat().st_size:
            return
        from paperreader.store.backup import Backups

        for newest in Backups(path).all()[:1]:
            raise StoreError(
                f"{path} is gone or empty, but not its backups: `paperreader restore latest` brings"
                f" back that of {newest.day}; to begin anew, move {newest.path.parent} away."
            )
