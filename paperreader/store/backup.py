"""Daily backups of the library, and restoring them."""

import os
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from paperreader import whole_file
from paperreader.errors import NEVER, CancelToken
from paperreader.papers.record import Record
from paperreader.store.database import (
    StoreError,
    connect,
    connect_to_read,
    primary_code,
    sentence,
)
from paperreader.store.mapping import RECORDS, to_records
from paperreader.store.schema import STEPS

# A library of more bytes than this takes a second or more to copy.
_LARGE = 200_000_000
# The number of backups to keep, one for each of the last days with changes.
KEPT = 7
# What SQLite's files of a library are called after its name: the library itself, its log, and the
# journal of a transaction that was cut off.
_FILES = ("", "-wal", "-shm", "-journal")
_NAME = re.compile(r"library-(\d{4}-\d\d-\d\d)\.sqlite3")
# Pages of 4 kB to copy between two checks for cancellation: about 10 ms.
_PAGES = 2000


class Backup(NamedTuple):
    """A copy of the library: its path, and the day of its making, as YYYY-MM-DD."""

    path: Path
    day: str


class Backups:
    """The copies of the library at `path`, in the folder `backups` beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder = path.parent / "backups"

    def all(self) -> list[Backup]:
        """Return the existing backups, newest first."""
        backups = [
            Backup(path, name[1])
            for path in self._folder.glob("library-*.sqlite3")
            if (name := _NAME.fullmatch(path.name)) and path.is_file()
        ]
        return sorted(backups, key=lambda backup: backup.day, reverse=True)

    def is_due(self) -> bool:
        """Whether the library changed since the last backup, and that was made on another day."""
        newest = next(iter(self.all()), None)
        if newest is None:
            return True
        return newest.day != _today() and _change(newest.path) != _change(self._path)

    def can_wait(self) -> bool:
        """Whether a large library was begun today, so that its first backup can wait.

        A copy is half of what adding its papers wrote, and they are still where they came from.
        """
        size, begun = _size_and_day(self._path)
        return size > _LARGE and begun >= _today() and not self.all()

    def sweep(self) -> None:
        """Delete what processes left that were killed while they made or restored a backup."""
        whole_file.sweep(self._path.parent)
        for part in self._folder.glob("library-*.part*"):
            process = part.suffixes[-2].removeprefix(".")
            if not (process.isdecimal() and _is_running(int(process))):
                with suppress(OSError):
                    part.unlink(missing_ok=True)

    def make(self, cancel: CancelToken) -> Backup:
        """Copy the library, check the copy, and delete the oldest backups.

        Raises `Cancelled` soon after `cancel` is set, or `StoreError`; then no copy remains.
        """
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            backup = Backup(self._folder / f"library-{_today()}.sqlite3", _today())
            part = self._folder / f"{backup.path.name}.{os.getpid()}.part"
            part.touch(mode=0o600)
            try:
                _copy(self._path, part, cancel)
                part.replace(backup.path)
            finally:
                part.unlink(missing_ok=True)
            for old in self.all()[KEPT:]:
                old.path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"No backup could be made in {self._folder} ({error.strerror}); "
                "the library itself is as it was."
            ) from error
        return backup

    def restore(self, backup: Backup) -> Path:
        """Replace the library by `backup`; return the path of a copy of the old library.

        Other processes that have the library open continue with the backup.
        """
        check(backup.path)
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        kept = self._path.with_name(f"{self._path.stem}-before-restore-{stamp}.sqlite3")
        part = self._folder / f"library-restored.{os.getpid()}.part"
        try:
            _keep(self._path, kept)
            shutil.copyfile(backup.path, part)
            part.chmod(0o600)
            _renew(part)
            if not self._replace_content(part):
                # No process can be using the file as it is. Its log must not be read with another.
                _delete(self._path, _FILES[1:])
                part.replace(self._path)
        except StoreError:
            _delete(kept, _FILES)
            raise
        except OSError as error:
            _delete(kept, _FILES)
            raise StoreError(
                f"{backup.path} could not be restored ({error.strerror or error}); "
                "the library is as it was."
            ) from error
        finally:
            _delete(part, _FILES)
        return kept

    def _replace_content(self, new: Path) -> bool:
        """Copy a library into this one, in one transaction; return whether that was possible.

        It is not if this one is missing or damaged, or has pages of another size.
        """
        if not self._path.exists():
            return False
        try:
            with closing(connect(new, "mode=ro")) as source, closing(connect(self._path)) as target:
                if _page_size(source) != _page_size(target):
                    return False
                source.backup(target)
                return not _damage(target)
        except sqlite3.DatabaseError as error:
            if primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                return False
            raise StoreError(sentence(self._path, "restored", error)) from error


def check(path: Path) -> None:
    """Raise `StoreError` unless the SQLite file at `path` is an undamaged library."""
    try:
        with closing(connect_to_read(path)) as connection:
            damage = _damage(connection)
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise StoreError(sentence(path, "read", error)) from error
    if damage:
        raise StoreError(f"{path} is damaged ({damage}); take another backup.")
    if not 0 < version <= len(STEPS):
        raise StoreError(f"{path} is not a library that this paperreader knows; take another.")


def salvage(path: Path) -> Iterator[Record]:
    """Yield the papers that can still be read from a damaged library."""
    try:
        with closing(connect_to_read(path)) as connection:
            (last,) = connection.execute("SELECT max(row) FROM paper").fetchone()
            for row in range(1, (last or 0) + 1):
                with suppress(sqlite3.DatabaseError, ValueError, TypeError):
                    where = "paper.row = ? AND merged_into IS NULL"
                    yield from to_records(
                        connection.execute(RECORDS.format(where), (row,)).fetchall()
                    )
    except sqlite3.DatabaseError:
        return  # nothing in it can be read


def _keep(path: Path, kept: Path) -> None:
    """Copy a library with all that was written to it; a damaged one as it is."""
    if not path.exists():
        return
    kept.touch(mode=0o600)
    try:
        _copy(path, kept, NEVER, "mode=ro")  # which takes back nothing by itself
    except StoreError:
        for suffix in _FILES:
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copy2(source, kept.with_name(kept.name + suffix))


def _delete(path: Path, suffixes: Sequence[str]) -> None:
    for suffix in suffixes:
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _copy(path: Path, target: Path, cancel: CancelToken, how: str = "mode=rw") -> None:
    def progress(_status: int, _remaining: int, _total: int) -> None:
        cancel.check()

    try:
        with closing(connect(path, how)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=_PAGES, progress=progress)
            # A backup is a single file: a log beside it could get lost.
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.set_progress_handler(lambda: int(cancel.is_cancelled()), 100_000)
            damage = _damage(copy)
    except sqlite3.DatabaseError as error:
        cancel.check()
        raise StoreError(sentence(path, "backed up", error)) from error
    if damage:
        raise StoreError(
            f"{path} is damaged ({damage}); no backup was made of it, and earlier ones are kept: "
            "`paperreader restore` brings one back."
        )


def _damage(connection: sqlite3.Connection) -> str:
    """Return the first fault that SQLite reports, or an empty string."""
    (report,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return "" if report == "ok" else str(report)


def _change(path: Path) -> int | None:
    try:
        with closing(connect_to_read(path)) as connection:
            (change,) = connection.execute(
                "SELECT value FROM meta WHERE name = 'change'"
            ).fetchone()
            return int(change)
    except (sqlite3.DatabaseError, TypeError):
        return None


def _size_and_day(path: Path) -> tuple[int, str]:
    """Return the bytes of a library, and the day on which its first paper was added."""
    try:
        with closing(connect_to_read(path)) as connection:
            size, time = connection.execute(
                "SELECT page_count * page_size, (SELECT min(added) FROM paper) "
                "FROM pragma_page_count, pragma_page_size"
            ).fetchone()
    except sqlite3.DatabaseError:
        return 0, ""  # copying it will say what is wrong
    return size, str(time or "")[: len("YYYY-MM-DD")]


def _renew(path: Path) -> None:
    """Give a library that nobody uses yet an identity of its own.

    So the index and whatever else was derived from another state of it are not taken for its own.
    """
    with closing(connect(path)) as connection:
        connection.execute(
            "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'library'"
        )
        connection.execute(
            "UPDATE meta SET value = max(value, CAST(strftime('%s') AS INTEGER) * 1000) "
            "WHERE name = 'change'"
        )
        # As libraries have it, and backups, which are single files, do not.
        connection.execute("PRAGMA journal_mode = WAL")


def _page_size(connection: sqlite3.Connection) -> int:
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(size)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return False  # Windows does not delete a file that is open
    try:
        os.kill(process, 0)
    except (OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _today() -> str:
    return time.strftime("%Y-%m-%d")
