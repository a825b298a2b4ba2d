"""The SQLite file: opening, upgrading, and writing in transactions."""

import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from paperreader.errors import BusyError, PaperreaderError
from paperreader.store.migration import migrate, use_log
from paperreader.store.schema import STEPS
from paperreader.store.waiters import Waiters

# The page cache in kB (hence the minus): SQLite's default, and the one for large additions, beside
# which the pages that a transaction changed are held until it is committed. 64 MB were no faster.
_CACHE, _LARGE_CACHE = -2000, -16_000
# Pages after which the write-ahead log is copied into the library: 64 MB. So a page that changes
# in several transactions is copied once.
_LOG_PAGES = 8000
# The time to wait for another writer, in seconds.
_PATIENCE = 60.0
# Seconds until a library that could only be read is tried again.
_RETRY = 1.0


class StoreError(PaperreaderError):
    """The library could not be opened, read or written; what was saved before still stands."""


class StoreBusyError(StoreError, BusyError):
    """Another program held the library for longer than this thread waits."""


class _Opened(NamedTuple):
    """A connection, and the device and inode of its file."""

    connection: sqlite3.Connection
    file: tuple[int, int]
    # When to try again to open it for more than reading, in seconds of `time.monotonic`.
    again: float = math.inf


class Database:
    """A library file, with one connection for each thread that uses it.

    A read-only file, or one in a read-only directory, can still be read.
    """

    def __init__(self, path: Path, steps: Sequence[str] = STEPS) -> None:
        """Open or create the file at `path`, and upgrade its schema to the last of `steps`."""
        self.path = path.absolute()
        self._local = threading.local()
        self._waiters = Waiters(path)
        self._all: list[sqlite3.Connection] = []
        self._all_lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not path.exists():
                path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(
                f"{error.filename or path} cannot be opened or made ({error.strerror}); see to "
                "its disk and its permissions, or name another directory with --library."
            ) from error
        try:
            with self.errors_as("opened"):
                problem = migrate(self.connection, self.path, steps)
            if problem:
                raise StoreError(problem)
        except StoreError:
            self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread to the file that is at the path now.

        A missing file, for instance on an unmounted disk, is never replaced by an empty one: once
        it is back, so are the papers.
        """
        try:
            status = self.path.stat()
        except OSError as error:
            raise StoreError(
                f"{self.path} is gone ({error.strerror}); put it back, or mount its disk, and "
                "try again."
            ) from error
        file = (status.st_dev, status.st_ino)
        opened: _Opened | None = getattr(self._local, "opened", None)
        if opened is None or opened.file != file or opened.again < time.monotonic():
            opened = self._local.opened = self._opened(file)
        return opened.connection

    def _opened(self, file: tuple[int, int]) -> _Opened:
        """Open the file, or keep it as it was opened to be read alone."""
        try:
            opened = _Opened(connect(self.path), file)
        except sqlite3.OperationalError as error:
            again = time.monotonic() + _RETRY
            known: _Opened | None = getattr(self._local, "opened", None)
            if known is not None and known.file == file:
                return known._replace(again=again)
            opened = _Opened(_connect_alone(self.path, error), file, again)
        with self._all_lock:
            self._all.append(opened.connection)
        return opened

    @contextmanager
    def writing(
        self,
        *,
        announced: bool = True,
        many: bool = False,
        checked: bool = True,
        patient: bool = False,
    ) -> Iterator[sqlite3.Connection]:
        """Run one transaction: all of it is saved or, with a `StoreError`, nothing.

        Other readers see the change only if it is `announced`. With `many` changes, more memory
        is used, so that a page that changes often is written once. Unless `checked`, SQLite does
        not look up the paper that a new row refers to. Who is `patient` lets others go first.
        """
        with self.errors_as("saved"):
            connection = self.connection
            connection.execute(f"PRAGMA cache_size = {_LARGE_CACHE if many else _CACHE}")
            connection.execute(f"PRAGMA cache_spill = {not many}")
            connection.execute(f"PRAGMA foreign_keys = {checked}")
            if many:
                connection.execute("PRAGMA temp_store = MEMORY")
            if patient:
                self._waiters.let_in()
                connection.execute("BEGIN IMMEDIATE")
            else:
                with self._waiters.joined():
                    connection.execute("BEGIN IMMEDIATE")
            try:
                before = connection.total_changes
                yield connection
                if announced and connection.total_changes != before:
                    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'change'")
                connection.execute("COMMIT")
            except BaseException:
                # After a full disk SQLite has already rolled back by itself.
                with suppress(sqlite3.OperationalError):
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection of this thread; errors of SQLite are raised as `StoreError`."""
        with self.errors_as("read"):
            yield self.connection

    @contextmanager
    def errors_as(self, done: str) -> Iterator[None]:
        """Raise errors of SQLite as a sentence: the library could not be `done`."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            kind = StoreBusyError if _is_busy(error) else StoreError
            raise kind(sentence(self.path, done, error)) from error

    def meta(self, name: str) -> str | int:
        """Return the value of `name` in the metadata of the library."""
        with self.reading() as connection:
            value: str | int
            (value,) = connection.execute(
                "SELECT value FROM meta WHERE name = ?", (name,)
            ).fetchone()
        return value

    def free_memory(self) -> None:
        """Free the pages that the connection of this thread holds in memory."""
        with self.errors_as("read"):
            self.connection.execute("PRAGMA shrink_memory")

    def is_waited_for(self) -> bool:
        """Whether somebody waits to change the library."""
        return self._waiters.any()

    def leave_log(self) -> None:
        """Write with a rollback journal, not a write-ahead log, if nobody else is in the library.

        New pages are then written once, and not to the log as well. What is saved is as safe, but
        readers wait while a transaction is committed; whoever cannot wait calls `use_log`.
        """
        with suppress(sqlite3.OperationalError):  # somebody is
            self.connection.execute("PRAGMA journal_mode = DELETE")

    def use_log(self) -> None:
        """Use the write-ahead log again if a process, this one or another, left it.

        That is not possible in a library that is read-only, or is read without a pause.
        """
        with suppress(sqlite3.OperationalError):
            use_log(self.connection)

    def wait_at_most(self, seconds: float) -> None:
        """Let this thread wait this long for another writer, instead of a minute."""
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._all_lock:
            for connection in self._all:
                connection.close()
            self._all.clear()


def connect(path: Path, how: str = "mode=rw") -> sqlite3.Connection:
    """Open the SQLite file at `path`, which must exist; `how` is a parameter of SQLite's URI."""
    if path.exists() and not path.is_file():
        raise StoreError(f"{path} is not a file, so no library either; move it away.")
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        connection.execute("PRAGMA user_version")  # the first to read the file
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the library at `path` for reading, whether or not its directory can be written to."""
    try:
        return connect(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            # Only whoever may write takes back half a transaction, as opening does.
            connect(path).close()
            return connect(path, "mode=ro")
        return _connect_alone(path, error)


def _connect_alone(path: Path, error: sqlite3.OperationalError) -> sqlite3.Connection:
    """Open a library so that it can be read where a log cannot be begun; else raise `error`.

    A write-ahead log needs files beside the library, which a read-only directory or a full disk
    does not allow. Without a log, nothing can change the library meanwhile.
    """
    is_full = primary_code(error) in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
    if (os.access(path.parent, os.W_OK) and not is_full) or _has_changes_beside(path):
        raise error
    return connect(path, "immutable=1")


def _has_changes_beside(path: Path) -> bool:
    """Whether the log or the journal of a transaction holds something that belongs in the file."""
    files = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    return any(file.exists() and file.stat().st_size > 0 for file in files)


def _is_writable(path: Path) -> bool:
    """Whether it is only for want of room that a library was opened to be read alone."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def primary_code(error: sqlite3.DatabaseError) -> int:
    """Return the code of SQLite's error, without what an extended one adds; 0 if it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def sentence(path: Path, done: str, error: sqlite3.DatabaseError) -> str:
    """Return a sentence that says why the library at `path` could not be `done`."""
    code = primary_code(error)
    if code == sqlite3.SQLITE_READONLY and _is_writable(path):
        code = sqlite3.SQLITE_FULL
    match code:
        case sqlite3.SQLITE_FULL:
            return f"The disk that holds {path} is full, nothing was {done}; free some space."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"{path} could not be {done}: another program holds it; try again in a moment."
        case sqlite3.SQLITE_READONLY:
            return f"{path} is read-only, nothing was {done}; make it writable for that."
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"{path} could not be {done} ({error}); check its permissions and its disk."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return (
                f"{path} could not be {done}: it is damaged or is not a paperreader library "
                f"({error}); `paperreader restore` brings back a backup, or move it away."
            )
    return f"{path} could not be {done} ({error}); what was saved before still stands."
