"""The SQLite file: opened, brought up to date, written in whole transactions."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from paperreader.errors import PaperreaderError
from paperreader.store.schema import STEPS

# How long to wait for another paperreader that is writing, in seconds.
_PATIENCE = 20.0


class StoreError(PaperreaderError):
    """The library could not be opened, read or written; what was there before still stands."""


class Database:
    """A library file, with one connection for each thread that uses it."""

    def __init__(self, path: Path, steps: Sequence[str] = STEPS) -> None:
        """Open or make the file at `path` and bring its schema up to the last of `steps`."""
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._all_lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not path.exists():
                path.touch(mode=0o600)
        except OSError as error:
            raise StoreError(
                f"{error.filename or path} cannot be made ({error.strerror}); "
                "free the place or name another directory with --library."
            ) from error
        try:
            with self.told("opened"):
                self._migrate(steps)
        except StoreError:
            self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
            with self._all_lock:
                self._all.append(connection)
        return connection

    @contextmanager
    def writing(self, *, announced: bool = True) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is saved, or, with a `StoreError`, nothing.

        Other readers see that something changed unless it is not `announced`.
        """
        with self.told("saved"):
            connection = self.connection
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
        """This thread's connection, its faults told as `StoreError`."""
        with self.told("read"):
            yield self.connection

    @contextmanager
    def told(self, done: str) -> Iterator[None]:
        """Tell a fault of SQLite as one sentence."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(_sentence(self.path, done, error)) from error

    def meta(self, name: str) -> str | int:
        """Return what the library notes about itself under `name`."""
        with self.reading() as connection:
            value: str | int
            (value,) = connection.execute(
                "SELECT value FROM meta WHERE name = ?", (name,)
            ).fetchone()
        return value

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._all_lock:
            for connection in self._all:
                connection.close()
            self._all.clear()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _migrate(self, steps: Sequence[str]) -> None:
        connection = self.connection
        version = _version(connection)
        if version > len(steps):
            raise StoreError(
                f"{self.path} was written by a newer paperreader (schema {version}, "
                f"this one knows {len(steps)}); update paperreader, or use another --library."
            )
        if version == len(steps):
            return
        if not version:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another paperreader may have done it while this one waited.
            version = _version(connection)
            if 0 < version < len(steps):
                self._back_up(version)
            elif not version and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise StoreError(
                    f"{self.path} holds something else than a paperreader library; "
                    "move it away, or use another --library."
                )
            for step in range(version, len(steps)):
                for statement in _statements(steps[step]):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(steps)}")
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.OperationalError):
                connection.execute("ROLLBACK")
            raise

    def _back_up(self, version: int) -> None:
        """Keep a whole copy of the library as it was before its schema is changed."""
        target = self.path.with_name(f"{self.path.stem}-before-schema-{version + 1}.sqlite3")
        target.touch(mode=0o600)
        # A connection of its own sees what is saved, not what this one is about to change.
        with closing(self._connect()) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """Split a script, since `executescript` would end the transaction that it runs in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _sentence(path: Path, done: str, error: sqlite3.DatabaseError) -> str:
    reason = str(error)
    if "full" in reason:
        return f"Nothing was {done}: the disk of {path} is full; free some space and try again."
    if "locked" in reason or "busy" in reason:
        return f"{path} could not be {done}: another program holds it; try again in a moment."
    if "readonly" in reason or "unable to open" in reason:
        return f"{path} could not be {done} ({reason}); check who may write there."
    if "malformed" in reason or "not a database" in reason:
        return (
            f"{path} could not be {done}: it is damaged or no paperreader library ({reason}); "
            "move it away, or put a copy of it back."
        )
    return f"{path} could not be {done} ({reason}); what was there before still stands."
