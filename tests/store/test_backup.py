import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Never

import pytest

from paperreader.errors import NEVER, Cancelled, CancelToken, PaperreaderError
from paperreader.library.library import Library
from paperreader.library.restoring import backups, restore
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.store import Store, StoreError
from paperreader.store import backup as module
from paperreader.store.backup import KEPT, Backups, check


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(tmp_path)


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with Library(paths) as library:
        library.add([Paper(f"Paper {n}", f"About {n}. " * 200) for n in range(300)], "page")
        library.note(1, "mine")
        yield library


def on(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_today", lambda: day)


def test_a_backup_is_whole_private_and_made_once_a_day(library: Library, paths: Paths) -> None:
    library.back_up_if_due()
    [backup] = backups(paths)
    assert backup.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.path.parent.iterdir()] == [backup.path.name]
    check(backup.path)
    before = backup.path.stat().st_mtime_ns
    library.note(1, "changed")
    library.back_up_if_due()
    assert backup.path.stat().st_mtime_ns == before
    store = Store(backup.path)
    assert store.lists.counts()[View.ALL] == 300
    store.close()


def test_the_last_seven_days_with_a_change_are_kept(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(1, 10):
        on(f"2026-01-{day:02}", monkeypatch)
        library.note(1, f"on day {day}")
        library.back_up_if_due()
    on("2026-01-10", monkeypatch)
    library.back_up_if_due()
    assert [backup.day for backup in backups(paths)] == [f"2026-01-0{n}" for n in range(9, 2, -1)]
    assert len(backups(paths)) == KEPT


def test_a_cancelled_backup_leaves_nothing(library: Library, paths: Paths) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        library.back_up_if_due(token)
    assert list((paths.data / "backups").iterdir()) == []
    (paths.data / "backups" / "library-2026-01-01.sqlite3.99.part").write_text("of a killed one")
    library.back_up_if_due()
    assert len(list((paths.data / "backups").iterdir())) == 1


def test_what_killed_processes_left_goes_at_the_next_start(library: Library, paths: Paths) -> None:
    library.back_up_if_due()
    folder = paths.data / "backups"
    for number in (99_999_999, os.getppid()):
        (folder / f"library-2026-01-01.sqlite3.{number}.part").write_text("half")
    (paths.data / ".paperreader-0123456789abcdef.part").write_text("half")
    os.mkfifo(folder / "library-2026-01-02.sqlite3")
    library.back_up_if_due()
    left = [path.name for path in (*paths.data.iterdir(), *folder.iterdir()) if "part" in path.name]
    assert left == [f"library-2026-01-01.sqlite3.{os.getppid()}.part"]  # of one that is running
    assert len(backups(paths)) == 1


def test_a_backup_is_restored_under_an_open_reader_and_the_old_state_kept(
    library: Library, paths: Paths
) -> None:
    library.catch_up()
    library.back_up_if_due()
    library.note(1, "changed")
    library.add([Paper("Later")], "page")
    library.catch_up()
    restored = restore(paths, "latest")
    assert (restored.papers, restored.saved) == (300, 0)
    assert library.record(1).note == "mine"
    assert library.counts()[View.ALL] == 300
    library.note(2, "and on")
    with Library(paths) as again:
        assert again.record(2).note == "and on"
        again.catch_up()
        assert len(again.search(Request("later"))) == 0
        assert len(again.search(Request("paper"))) == 300
    kept = Store(restored.kept)
    assert kept.papers.records([1])[0].note == "changed"
    kept.close()


def test_a_damaged_library_is_said_restored_and_what_can_be_saved_is(paths: Paths) -> None:
    with Library(paths) as library:
        library.add([Paper(f"Paper {n}", "x" * 3000) for n in range(100)], "page")
        library.back_up_if_due()
        library.add([Paper(f"New {n}", "x" * 3000) for n in range(400)], "page")
        library.note(450, "a new note")
    data = bytearray(paths.library.read_bytes())
    page = data.index(b"x" * 3000, len(data) * 2 // 3) // 4096 * 4096
    data[page : page + 4096] = b"\xff" * 4096
    paths.library.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        Backups(paths.library).make(NEVER)
    restored = restore(paths, backups(paths)[0].day)
    assert restored.papers == 100
    assert 390 < restored.saved < 400
    with Library(paths) as library:
        assert [r.note for r in library.search(Request("note:new"))] == ["a new note"]
    check(paths.library)


def test_a_library_that_is_nonsense_is_restored(paths: Paths) -> None:
    with Library(paths) as library:
        library.add([Paper("A")], "page")
        library.back_up_if_due()
    paths.library.write_bytes(b"nonsense" * 1000)
    with pytest.raises(StoreError, match="`paperreader restore` brings back a backup"):
        Library(paths)
    restored = restore(paths, "latest")
    assert restored.kept.read_bytes().startswith(b"nonsense")
    with Library(paths) as library:
        assert library.counts()[View.ALL] == 1


def test_a_restored_library_has_a_log_whatever_was_there_before(paths: Paths) -> None:
    with Library(paths) as library:
        library.add([Paper("A")], "page")
        library.back_up_if_due()
    for harm in (
        lambda: None,
        paths.library.unlink,
        lambda: paths.library.write_bytes(b"no" * 999),
    ):
        harm()
        restore(paths, "latest")
        with closing(sqlite3.connect(paths.library)) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        names = {path.name for path in backups(paths)[0].path.parent.iterdir()}
        assert names == {backups(paths)[0].path.name}


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: os.truncate(path, 0)])
def test_no_empty_library_is_begun_beside_backups(
    paths: Paths, harm: Callable[[Path], None]
) -> None:
    with Library(paths) as library:
        library.add([Paper("A")], "page")
        library.back_up_if_due()
    harm(paths.library)
    with pytest.raises(StoreError, match="`paperreader restore latest` brings back that of 20"):
        Library(paths)
    restore(paths, "latest")
    with Library(paths) as library:
        assert library.counts()[View.ALL] == 1
    paths.library.unlink()
    paths.library.with_name("backups").rename(paths.library.with_name("away"))
    with Library(paths) as library:
        assert library.counts()[View.ALL] == 0


def test_a_backup_with_pages_of_another_size_is_restored(library: Library, paths: Paths) -> None:
    library.back_up_if_due()
    library.note(1, "changed")
    with closing(sqlite3.connect(backups(paths)[0].path)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("VACUUM")
    restore(paths, "latest")
    assert library.record(1).note == "mine"
    library.note(2, "and on")


@pytest.mark.parametrize("broken", ["copyfile", "copy2"])
def test_a_disk_that_is_full_leaves_the_library_as_it_was(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    library.back_up_if_due()
    library.note(1, "changed")
    before = {path.name for path in paths.data.rglob("*")}

    def full(*_: object) -> Never:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if broken == "copy2":
        library.close()
        data = paths.library.read_bytes()
        paths.library.write_bytes(b"nonsense" * 1000)
        before = {path.name for path in paths.data.rglob("*")}
    monkeypatch.setattr(shutil, broken, full)
    with pytest.raises(StoreError, match=r"No space left on device\); the library is as it was"):
        restore(paths, "latest")
    assert {path.name for path in paths.data.rglob("*")} == before
    if broken == "copy2":
        paths.library.write_bytes(data)
    with Library(paths) as again:
        assert again.record(1).note == "changed"


def test_a_backup_that_is_damaged_or_missing_is_refused(library: Library, paths: Paths) -> None:
    with pytest.raises(PaperreaderError, match="none yet"):
        restore(paths, "latest")
    library.back_up_if_due()
    with pytest.raises(PaperreaderError, match="There is no backup of 2020-01-01"):
        restore(paths, "2020-01-01")
    backups(paths)[0].path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(StoreError, match="damaged or is not"):
        restore(paths, "latest")
    assert library.counts()[View.ALL] == 300


def test_the_first_backup_of_a_large_new_library_waits_for_the_reader_or_the_next_day(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LARGE", 100_000)
    library.back_up_if_due(unless_new=True)
    assert backups(paths) == []
    on("9999-12-31", monkeypatch)
    library.back_up_if_due(unless_new=True)
    assert len(backups(paths)) == 1
    backups(paths)[0].path.unlink()
    monkeypatch.undo()
    library.back_up_if_due(unless_new=True)  # it is not large
    assert len(backups(paths)) == 1
    backups(paths)[0].path.unlink()
    monkeypatch.setattr(module, "_LARGE", 100_000)
    library.back_up_if_due()
    assert len(backups(paths)) == 1
