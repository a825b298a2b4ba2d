"""The disk under the library: read-only, gone, back again, in use by others."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.store import Store, StoreError, database
from paperreader.store.backup import check

NOW = "2026-01-02"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "library.sqlite3"
    store = Store(path)
    store.papers.add([Paper("A"), Paper("B")], "page", NOW)
    store.close()
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def test_a_library_that_vanishes_is_said_and_comes_back_by_itself(store: Store, path: Path) -> None:
    away = path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(StoreError, match="is gone"):
        store.papers.records([1])
    with pytest.raises(StoreError, match="is gone"):
        store.reading.mark_read([1], True, NOW)
    away.rename(path.parent)
    store.reading.mark_read([1], True, NOW)
    assert store.papers.records([1])[0].read == NOW


def test_a_library_that_is_replaced_is_read_as_it_is_now(store: Store, path: Path) -> None:
    assert len(store.papers.records([1, 2])) == 2
    other = Store(path.with_name("other.sqlite3"))
    other.papers.add([Paper("C")], "page", NOW)
    other.reading.mark_read([1], True, NOW)
    other.close()
    path.with_name("other.sqlite3").replace(path)
    assert [record.paper.title for record in store.papers.records([1, 2])] == ["C"]


READER = """
import os, sys
from pathlib import Path
from paperreader.errors import PaperreaderError
from paperreader.papers.record import View
from paperreader.store import Store
from paperreader.store.backup import check

if os.geteuid() == 0:  # who may write everywhere
    os.setuid(65534)
check(Path(sys.argv[1]))
store = Store(Path(sys.argv[1]))
print(store.lists.counts()[View.ALL], store.papers.records([1])[0].paper.title)
try:
    store.reading.mark_read([1], True, "2026-01-01")
except PaperreaderError as error:
    print(error)
"""


def test_a_library_that_is_read_only_can_be_read(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others
        path = path.rename(Path(folder) / path.name)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", READER, path], capture_output=True, text=True, check=False
        )
        path.parent.chmod(0o755)
    assert run.stdout.splitlines() == [
        "2 A",
        f"{path} is read-only, nothing was saved; make it writable for that.",
    ], run.stderr


CREATOR = """
import sys
import tempfile
from pathlib import Path
from paperreader.papers.paper import Paper
from paperreader.store import Store

store = Store(Path(sys.argv[1]))
store.papers.add([Paper(sys.argv[2])], "page", "2026-01-01")
"""


def test_a_library_that_many_create_at_once_is_one(tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / str(number) / "library.sqlite3"
        creators = [
            subprocess.Popen(
                [sys.executable, "-c", CREATOR, path, f"Paper of {name}"], stderr=subprocess.PIPE
            )
            for name in "ABCDEF"
        ]
        errors = [creator.communicate(timeout=120)[1].decode() for creator in creators]
        assert errors == [""] * 6
        store = Store(path)
        assert store.lists.counts()[View.ALL] == 6
        store.close()


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_no_library_and_makes_nobody_wait(path: Path, kind: str) -> None:
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    with pytest.raises(StoreError, match="is not a file"):
        Store(path)
    with pytest.raises(StoreError, match="is not a file"):
        check(path)


def test_a_link_to_a_library_is_one(path: Path) -> None:
    target = path.rename(path.with_name("far.sqlite3"))
    path.symlink_to(target)
    store = Store(path)
    assert store.papers.records([1])[0].paper.title == "A"
    store.close()


def test_a_library_on_a_full_disk_is_read_and_written_again_when_there_is_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = database.connect

    def full(at: Path, how: str = "mode=rw") -> sqlite3.Connection:
        if how == "immutable=1":
            return connect(at, how)
        error = sqlite3.OperationalError("disk I/O error")  # no file can be made for a log
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(database, "connect", full)
    monkeypatch.setattr(database, "_RETRY", 0.0)
    store = Store(path)
    check(path)
    assert store.papers.records([1])[0].paper.title == "A"
    for _ in range(2):
        with pytest.raises(StoreError, match="is full, nothing was saved"):
            store.reading.mark_read([1], True, NOW)
    monkeypatch.setattr(database, "connect", connect)
    store.reading.mark_read([1], True, NOW)
    assert store.papers.records([1])[0].read == NOW
    monkeypatch.setattr(database, "connect", full)
    path.with_name(f"{path.name}-wal").touch()
    with Path(f"{path}-wal").open("ab") as log:  # what is in a log cannot be left out
        log.write(b"x")
    with pytest.raises(StoreError, match="disk I/O error"):
        Store(path)
    monkeypatch.undo()
    store.close()
