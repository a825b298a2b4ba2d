"""Upgrade a library of an earlier version."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

# The time to wait for another process that creates the same library, or adds to it, in seconds.
_PATIENCE = 10.0


def migrate(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> str:
    """Upgrade the schema to the last of `steps`, completely or not at all.

    A copy of the old library is kept beside it. Returns a sentence that says why the upgrade is
    not possible, or an empty string.
    """
    version = _version(connection)
    if version > len(steps):
        return (
            f"{path} was written by a newer paperreader (schema {version}, "
            f"this one knows {len(steps)}); update paperreader, or use another --library."
        )
    if version == len(steps):
        return ""
    if not version:
        # A page of 8 kB holds five papers, one of 4 kB two, and the rest of it is lost.
        connection.execute("PRAGMA page_size = 8192")
        use_log(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited.
        version = _version(connection)
        if 0 < version < len(steps):
            _back_up(path, version)
        elif not version and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.execute("ROLLBACK")
            return (
                f"{path} is a database of another program, not a paperreader library; "
                "move it away, or use another --library."
            )
        for step in steps[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.OperationalError):
            connection.execute("ROLLBACK")
        raise
    return ""


def use_log(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, which lets readers work beside a writer.

    SQLite does not wait for a lock here, as it does elsewhere.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return


def _back_up(path: Path, version: int) -> None:
    """Copy the library before its schema is changed."""
    target = path.with_name(f"{path.stem}-before-schema-{version + 1}.sqlite3")
    target.touch(mode=0o600)
    # A separate connection sees the saved state, not the changes of the open transaction.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements: `executescript` would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
