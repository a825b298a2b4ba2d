import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.store import Store, StoreError
from paperreader.store.schema import STEPS


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Store(path, [*STEPS, "CREATE TABLE future (x);"]).close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer paperreader"):
        Store(path)
    assert path.read_bytes() == before


def test_an_older_schema_is_brought_up_and_a_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    old = Store(path)
    old.papers.add([Paper("A")], "page", "2026-01-01")
    old.close()
    step = "ALTER TABLE note ADD COLUMN colour TEXT; -- with; a comment\nCREATE TABLE more (x);"
    new = Store(path, [*STEPS, step])
    assert new.lists.counts()[View.ALL] == 1
    new.close()
    [copy] = tmp_path.glob(f"*before-schema-{len(STEPS) + 1}*")
    assert copy.stat().st_mode & 0o077 == 0
    kept = Store(copy)
    assert kept.lists.counts()[View.ALL] == 1
    kept.close()


def test_a_step_that_fails_leaves_the_library_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Store(path).close()
    with pytest.raises(StoreError):
        Store(path, [*STEPS, "CREATE TABLE more (x); CREATE TABLE more (x);"])
    Store(path).close()


def test_what_is_no_library_is_said(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"This is not a database, it is a text of some length." * 20)
    with pytest.raises(StoreError, match="not a paperreader library"):
        Store(path)
    assert path.read_bytes().startswith(b"This is not")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(StoreError, match="another program"):
        Store(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened or made"):
        Store(tmp_path / "file" / "library.sqlite3")


def test_the_library_is_the_persons_own(tmp_path: Path) -> None:
    path = tmp_path / "own" / "library.sqlite3"
    Store(path).close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_full_disk_is_said_and_nothing_is_half_saved(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    store = Store(path)
    store.papers.add([Paper("A")], "page", "2026-01-01")
    connection = store._database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    many = [Paper(f"Paper {n}", "x" * 5000) for n in range(100)]
    with pytest.raises(StoreError, match="is full"):
        store.papers.add(many, "page", "2026-01-02")
    assert store.lists.counts()[View.ALL] == 1
    connection.execute("PRAGMA max_page_count = 100000")
    store.papers.add(many, "page", "2026-01-02")
    assert store.lists.counts()[View.ALL] == 101
    store.close()


WRITER = """
import sys
from pathlib import Path
from paperreader.papers.paper import Paper
from paperreader.store import Store

store = Store(Path(sys.argv[1]))
for n in range(60):
    store.papers.add([Paper(f"Shared {n}"), Paper(f"{sys.argv[2]} {n}")], sys.argv[2], "2026-01-01")
    row = store.papers.row_of(store.papers.records([n % 5 + 1])[0].key)
    store.reading.bookmark([row], bool(n % 2), "2026-01-01")
    store.reading.tag([row], [f"{sys.argv[2]}{n}"], [], "2026-01-01")
store.close()
"""


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, os.fspath(path), name])
        for name in ("one", "two")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    store = Store(path)
    assert store.lists.counts()[View.ALL] == 180
    assert len(store.reading.tags()) == 120
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_killed_writer_leaves_whole_transactions(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    Store(path).close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, os.fspath(path), "one"])
    store = Store(path)
    while store.lists.counts()[View.ALL] < 20:
        assert writer.poll() in (None, 0)
    writer.kill()
    writer.wait()
    assert store.lists.counts()[View.ALL] % 2 == 0
    store.papers.add([Paper("after")], "page", "2026-01-02")
    store.close()
