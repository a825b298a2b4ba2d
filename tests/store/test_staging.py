"""A large addition writes less, and is otherwise like any other: also when it is killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.errors import NEVER
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record, View
from paperreader.store import Outcome, Store
from paperreader.store.backup import Backups, check, salvage
from paperreader.store.waiters import Waiters
from tests.store.test_identity import RECORDS

NOW = "2026-01-02"
NUMBERS = range(1, 9)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def made(numbers: Sequence[int]) -> list[Paper]:
    return [Paper(f"Paper number {n}", "x" * 900, ("Ann Lee",)) for n in numbers]


def journal_mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        mode: str
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return mode


def tables(path: Path) -> dict[str, object]:
    """Return by what papers are found when others are added, and the tables that there are."""
    with closing(sqlite3.connect(path)) as connection:
        execute = connection.execute
        assert execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert execute("PRAGMA foreign_key_check").fetchall() == []
        names = execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()
        found: dict[str, object] = {
            name: set(execute(f"SELECT * FROM {name}")) for name in ("variant", "token", "alias")
        }
    return found | {"tables": names}


def test_a_large_addition_leaves_what_small_ones_do(tmp_path: Path) -> None:
    papers = [*made(NUMBERS), *made(NUMBERS), Paper("Paper number 3", "", ("Ann Lee",), "2001")]
    large, small = Store(tmp_path / "large"), Store(tmp_path / "small")
    outcomes = [large.papers.add(papers[n : n + 5], "a", NOW, large=True) for n in range(0, 20, 5)]
    large.papers.finish_adding()
    assert [one for batch in outcomes for one in batch] == [
        small.papers.add([paper], "a", NOW)[0] for paper in papers
    ]
    large.close()
    small.close()
    assert tables(tmp_path / "large") == tables(tmp_path / "small")


ACTIONS = st.lists(
    st.tuples(
        st.lists(RECORDS, min_size=1, max_size=4),
        st.sampled_from(["large", "other large", "small", "other small", "killed", "marked"]),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(ACTIONS)
def test_what_papers_are_made_does_not_depend_on_how_they_are_added(
    actions: list[tuple[list[Paper], str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("large", "small")]
        store, other, small = Store(paths[0]), Store(paths[0]), Store(paths[1])
        for papers, how in actions:
            small.papers.add(papers, "page", NOW)
            adder = other if how.startswith("other") else store
            adder.papers.add(papers, "page", NOW, large=not how.endswith("small"))
            if how == "killed":
                store.close()
                store = Store(paths[0])
            elif how == "marked":
                other.reading.mark_read([1], True, NOW)
        store.papers.finish_adding()
        kept = [
            [r.paper for r in one.papers.records(one.lists.view(View.ALL))]
            for one in (store, small)
        ]
        for one in (store, other, small):
            one.close()
        assert kept[0] == kept[1]
        assert tables(paths[0]) == tables(paths[1])


def test_what_a_killed_addition_saved_is_known(path: Path) -> None:
    store = Store(path)
    store.papers.add(made(NUMBERS), "a", NOW, large=True)
    store.close()
    again = Store(path)
    assert {o for _, o in again.papers.add(made(NUMBERS), "b", NOW)} == {Outcome.KNOWN}
    assert again.lists.counts()[View.ALL] == len(NUMBERS)
    again.close()
    assert ("staged",) not in tables(path)["tables"]  # type: ignore[operator]


def test_others_add_beside_a_large_addition(store: Store, path: Path) -> None:
    other = Store(path)
    store.papers.add(made(range(10)), "a", NOW, large=True)
    assert {o for _, o in other.papers.add(made(range(12)), "b", NOW)} == {
        Outcome.KNOWN,
        Outcome.NEW,
    }
    outcomes = [o for _, o in store.papers.add(made(range(8, 16)), "a", NOW, large=True)]
    assert outcomes == [Outcome.KNOWN] * 4 + [Outcome.NEW] * 4
    other.close()
    store.papers.finish_adding()
    assert store.lists.counts()[View.ALL] == 16


def test_what_others_have_settled_is_not_settled_again(store: Store, path: Path) -> None:
    other = Store(path)
    store.papers.add(made([1, 2]), "a", NOW, large=True)
    other.papers.add(made([3]), "b", NOW)
    other.identity.merge([1, 2], NOW)
    store.papers.add(made([4]), "a", NOW, large=True)
    store.papers.finish_adding()
    other.close()
    tokens = tables(path)["token"]
    assert isinstance(tokens, set)
    assert {paper for _, paper in tokens} == {1, 3, 4}


def test_many_are_settled_in_parts(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.store.staging._PART", 30)
    other = Store(path.with_name("other.sqlite3"))
    for start in range(0, 200, 50):
        store.papers.add(made(range(start, start + 50)), "a", NOW, large=True)
        other.papers.add(made(range(start, start + 50)), "a", NOW)
    store.papers.finish_adding()
    store.close()
    other.close()
    assert tables(path) == tables(path.with_name("other.sqlite3"))


def test_what_another_addition_stages_meanwhile_is_kept(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperreader.store.staging._PART", 30)
    small, other = Store(path.with_name("small.sqlite3")), Store(path)
    store.papers.add(made(range(100)), "a", NOW, large=True)
    begun = 0

    def between(_: Waiters) -> None:
        nonlocal begun
        begun += 1
        if begun == 3:  # before the second part
            other.papers.add(made(range(100, 200)), "a", NOW, large=True)

    monkeypatch.setattr(Waiters, "let_in", between)
    store.papers.finish_adding()
    other.papers.finish_adding()
    small.papers.add(made(range(100)), "a", NOW)
    small.papers.add(made(range(100, 200)), "a", NOW)
    for one in (store, other, small):
        one.close()
    assert tables(path) == tables(path.with_name("small.sqlite3"))


def test_papers_of_a_killed_addition_are_merged_and_split_like_others(path: Path) -> None:
    paths = [path, path.with_name("small.sqlite3")]
    for where in paths:
        store = Store(where)
        store.papers.add(made(NUMBERS), "a", NOW, large=where == path)
        store.close()
        store = Store(where)
        store.identity.merge([2, 3], NOW)
        store.identity.merge([4, 5, 6], NOW)
        store.history.undo()
        store.history.redo()
        store.identity.split(4, "title:paper number 5", NOW)
        store.reading.remove([7], NOW)
        store.history.undo()
        store.history.undo()
        store.papers.add([*made(range(5, 12)), Paper("Paper number 2", "", ("A. Lee",))], "b", NOW)
        store.close()
    assert tables(paths[0]) == tables(paths[1])


def test_alone_it_writes_without_a_log_and_with_one_at_the_end(store: Store, path: Path) -> None:
    store.papers.add(made(NUMBERS), "a", NOW, large=True)
    assert journal_mode(path) == "delete"
    reader = Store(path)
    assert reader.lists.counts()[View.ALL] == len(NUMBERS)
    reader.use_log()
    assert journal_mode(path) == "wal"
    store.papers.add(made(range(20, 40)), "a", NOW, large=True)
    assert journal_mode(path) == "wal"  # it is not alone any more
    assert reader.lists.counts()[View.ALL] == len(NUMBERS) + 20
    reader.close()
    store.papers.add(made(range(40, 60)), "a", NOW, large=True)
    assert journal_mode(path) == "delete"
    store.papers.finish_adding()
    assert journal_mode(path) == "wal"


WRITER = """
import sys
from itertools import count
from pathlib import Path
from paperreader.papers.paper import Paper
from paperreader.store import Store

store = Store(Path(sys.argv[1]))
for n in count():
    papers = [Paper(f"Paper {n} {m}", "x" * 900) for m in range(300)]
    store.papers.add(papers, "page", "2026-01-01", large=True)
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, os.fspath(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        first = [writer.stdout.readline() for _ in range(3)]
        writer.kill()
        saved = 300 * len([*first, *writer.stdout.read().splitlines()])
    store = Store(path)
    assert store.lists.counts()[View.ALL] in (saved, saved + 300)
    papers = [Paper(f"Paper 2 {m}", "x" * 900) for m in range(300)]
    assert {o for _, o in store.papers.add(papers, "page", NOW)} == {Outcome.KNOWN}
    store.papers.finish_adding()
    store.close()
    assert journal_mode(path) == "wal"
    tables(path)


@pytest.fixture
def cut_off(path: Path) -> Path:
    """The journal of a library whose writer broke off when half of a transaction was saved."""
    library = path.with_name("whole.sqlite3")
    store = Store(library)
    store.papers.add(made(range(100)), "a", NOW, large=True)
    store.close()
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("UPDATE paper SET title = 'half'")
        for suffix in ("", "-journal"):
            shutil.copy(f"{library}{suffix}", f"{path}{suffix}")
        connection.rollback()
    assert b"half" in path.read_bytes()
    return path.with_name(f"{path.name}-journal")


def test_half_a_transaction_is_taken_back(path: Path, cut_off: Path) -> None:
    store = Store(path)
    assert store.papers.records([50])[0].paper.title == "Paper number 49"
    store.close()
    assert not cut_off.exists()


@pytest.mark.parametrize("read", [check, lambda path: list(salvage(path))])
def test_half_a_transaction_is_taken_back_by_who_only_reads(
    path: Path, cut_off: Path, read: Callable[[Path], list[Record] | None]
) -> None:
    records = read(path)
    assert records is None or records[49].paper.title == "Paper number 49"
    assert not cut_off.exists()
    assert b"half" not in path.read_bytes()


def test_half_a_transaction_is_not_read_where_it_cannot_be_taken_back(
    path: Path, cut_off: Path
) -> None:
    reader = (
        "import os, sys\nfrom pathlib import Path\nfrom paperreader.store import Store\n"
        "os.geteuid() or os.setuid(65534)\nStore(Path(sys.argv[1]))"
    )
    with tempfile.TemporaryDirectory() as folder:  # pytest's own is closed to others
        for file in (path, cut_off):
            file.rename(Path(folder, file.name)).chmod(0o444)
        Path(folder).chmod(0o555)
        run = subprocess.run(
            [sys.executable, "-c", reader, Path(folder, path.name)],
            capture_output=True,
            text=True,
            check=False,
        )
        Path(folder).chmod(0o755)
    assert "is read-only, nothing was opened; make it writable for that" in run.stderr


def test_a_backup_is_restored_in_place_of_half_a_transaction(path: Path, cut_off: Path) -> None:
    other = Store(path.with_name("other.sqlite3"))
    other.papers.add(made([1]), "page", NOW)
    other.close()
    backup = Backups(path.with_name("other.sqlite3")).make(NEVER)
    path.write_bytes(b"nonsense" * 1000)
    kept = Backups(path).restore(backup)
    assert kept.with_name(f"{kept.name}-journal").exists()
    check(path)
    store = Store(path)
    assert store.lists.counts()[View.ALL] == 1
    store.close()
