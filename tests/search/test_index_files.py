"""The index's files as others may leave them: crafted, replaced, shared, cut."""

import io
import os
import pickle
import random
import stat
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperreader.errors import NEVER
from paperreader.query.tree import Word
from paperreader.search import index as search_index
from paperreader.search.array_file import ArrayFile
from paperreader.search.codec import PaperSegment, storage, toc
from paperreader.search.index import IndexBroken, IndexNotWritten, SearchIndex
from paperreader.search.schema import paper_schema
from paperreader.search.searcher import Searcher
from tests.corpus import Change, Corpus
from tests.search.replaced import KINDS, replace


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    corpus = Corpus(tmp_path / "index")
    for row in range(30):
        corpus.put(row, f"paper {row} of graphs", "An abstract.", [f"Author {row}"])
    corpus.build()
    return tmp_path / "index"


def rows_found(directory: Path) -> set[int]:
    """Opens, reads and searches the index."""
    index = SearchIndex(directory, "library", lambda: 30)
    index.verify()
    found = Searcher(index).search(Word("paper"), filters=lambda _: np.empty(0, np.int64))
    return set(found.rows.tolist())


class Bomb:
    """Runs code where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return exec, (f"open({str(self.trace)!r}, 'w').close()",)


def crafted(directory: Path, segments: Any) -> None:
    """Replace the table of contents by one with a right checksum and these segments."""
    [path] = directory.glob("*.toc")
    data = path.read_bytes()[:-4]
    at = data.rindex(b"\x80\x04") if b"\x80\x04" in data else data.rindex(b"\x80\x05")
    data = data[:at] + pickle.dumps(segments)
    path.write_bytes(data + storage._checksum(data))


def test_a_bomb_in_the_list_of_segments_does_not_go_off(directory: Path, tmp_path: Path) -> None:
    for segments in (Bomb(tmp_path / "trace"), [Bomb(tmp_path / "trace")]):
        crafted(directory, segments)
        with pytest.raises(IndexBroken, match="damaged"):
            rows_found(directory)
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize("name", ["*.toc", "*.papers", "*.terms", "MAIN_WRITELOCK"])
def test_a_bomb_as_any_file_does_not_go_off(directory: Path, tmp_path: Path, name: str) -> None:
    [path] = directory.glob(name)
    bomb = pickle.dumps(Bomb(tmp_path / "trace"))
    for data in (bomb, bomb + storage._checksum(bomb), struct.pack("<II", 0, len(bomb)) + bomb):
        path.write_bytes(data)
        if name == "MAIN_WRITELOCK":
            assert rows_found(directory) == set(range(30))
        else:
            with pytest.raises(IndexBroken):
                rows_found(directory)
    SearchIndex.clear(directory)
    assert rows_found(directory) == set()
    assert not (tmp_path / "trace").exists()


@pytest.mark.parametrize(
    "operations",
    [
        b"]r\xff\xff\xff\x7f.",  # a memo of two thousand million entries
        b"\x96\x00\x00\x00\x00\x10\x00\x00\x00.",  # an array of 64 GB
        b"cpaperreader.search.codec\nPaperSegment\n.",
        b"I" + b"9" * 5_000 + b"\n.",
        b"(" * 100_000 + b".",
        b"J",
    ],
)
def test_operations_that_no_segment_needs_are_not_done(directory: Path, operations: bytes) -> None:
    crafted(directory, None)
    [path] = directory.glob("*.toc")
    data = path.read_bytes()[:-4].removesuffix(pickle.dumps(None)) + operations
    path.write_bytes(data + storage._checksum(data))
    with pytest.raises(IndexBroken):
        rows_found(directory)


def test_the_schema_in_the_file_is_never_unpickled(directory: Path, tmp_path: Path) -> None:
    [path] = directory.glob("*.toc")
    data = path.read_bytes()[:-4]
    schema = pickle.dumps(paper_schema(), 2)
    assert schema in data
    bomb = pickle.dumps(Bomb(tmp_path / "trace"))
    data = data.replace(schema, bomb.ljust(len(schema), b"."))
    path.write_bytes(data + storage._checksum(data))
    assert rows_found(directory) == set(range(30))
    assert not (tmp_path / "trace").exists()


def test_segments_that_are_none_are_damage(directory: Path) -> None:
    good = PaperSegment("MAIN", "library", 30)
    for segments in (None, 7, {"a": 1}, [None], [good, 1], ["MAIN"], [good]):
        crafted(directory, segments)
        with pytest.raises(IndexBroken):
            rows_found(directory)


@pytest.mark.parametrize(
    ("name", "value"),
    [("_papers", -1), ("_papers", "30"), ("_deleted", b"x"), ("upto", None), ("segid", 3)],
)
def test_a_segment_with_other_attributes_is_damage(
    directory: Path, name: str, value: object
) -> None:
    segment = PaperSegment("MAIN", "library", 30)
    setattr(segment, name, value)
    crafted(directory, [segment])
    with pytest.raises(IndexBroken):
        rows_found(directory)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["*.toc", "*.papers", "*.terms", "MAIN_WRITELOCK"])
def test_what_is_no_plain_file_is_not_read_and_makes_nobody_wait(
    directory: Path, name: str, kind: str
) -> None:
    [path] = directory.glob(name)
    path.unlink()
    replace(path, kind)
    said: list[object] = []

    def read_clear_and_read() -> None:
        try:
            said.append(rows_found(directory))
        except IndexBroken as error:
            said.append(str(error))
        SearchIndex.clear(directory)
        said.append(rows_found(directory))

    thread = threading.Thread(target=read_clear_and_read, daemon=True)
    thread.start()
    thread.join(60)
    before, after = said
    # A lock that is none keeps nobody from reading.
    assert "search index" in str(before) or name == "MAIN_WRITELOCK"
    assert after == set()


@pytest.mark.parametrize("name", ["*.toc", "*.papers", "*.terms"])
def test_the_file_of_another_user_is_not_read(directory: Path, name: str) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    [path] = directory.glob(name)
    os.chown(path, 12345, 12345)
    with pytest.raises(IndexBroken, match="your own"):
        rows_found(directory)
    SearchIndex.clear(directory)
    assert rows_found(directory) == set()


@pytest.mark.parametrize("kind", ["open to all", "link", "pipe", "file", "of another user"])
def test_a_directory_that_others_can_write_to_is_put_aside(
    directory: Path, tmp_path: Path, kind: str
) -> None:
    match kind:
        case "open to all":
            directory.chmod(0o777)
        case "of another user":
            if os.geteuid() != 0:
                pytest.skip("only root gives directories away")
            os.chown(directory, 12345, 12345)
        case _:
            directory.rename(tmp_path / "elsewhere")
            if kind == "link":
                directory.symlink_to(tmp_path / "elsewhere")
            elif kind == "pipe":
                os.mkfifo(directory)
            else:
                directory.write_text("")
    with pytest.raises(IndexBroken, match="cannot be trusted"):
        rows_found(directory)
    aside = SearchIndex.clear(directory)
    assert aside == tmp_path / "index.unsafe-1"
    assert os.path.lexists(aside)
    assert stat.S_IMODE(directory.lstat().st_mode) == 0o700
    assert rows_found(directory) == set()
    if kind == "link":
        assert len([*(tmp_path / "elsewhere").iterdir()]) == 4


def test_no_flipped_byte_changes_what_is_found(directory: Path) -> None:
    """Every 499th byte of every file: the index is broken, or is as it was (padding)."""
    for path in directory.iterdir():
        whole = path.read_bytes()
        for at in range(0, len(whole), 499):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
            with suppress(IndexBroken):
                assert rows_found(directory) == set(range(30)), (path.name, at)
        path.write_bytes(whole)


def test_the_padding_between_arrays_is_checked_too(directory: Path) -> None:
    [path] = directory.glob("*.terms")
    file = ArrayFile(io.BytesIO(path.read_bytes()), path.name)
    file.verify()


def test_what_a_crash_leaves_behind_is_swept_up(directory: Path) -> None:
    (directory / "_MAIN_9.toc.1764000000.5").write_bytes(b"half")
    (directory / "MAIN_abc123.terms").write_bytes(b"half")
    (directory / "MAIN.tmp").mkdir()
    index = SearchIndex(directory, "library", lambda: 31)
    changes = [Change(31, 31, "paper 31")]
    assert index.catch_up(lambda after, limit: changes[after - 30 :], NEVER, lambda _: None)
    kinds = sorted(path.suffix for path in directory.iterdir())
    assert kinds == ["", ".papers", ".papers", ".terms", ".terms", ".toc"]


BUILDER = """
import sys, time
from pathlib import Path
from paperreader.errors import NEVER
from paperreader.search import index
from paperreader.search.index import SearchIndex
from tests.corpus import Change
index.FIRST_BATCH, index.GROWTH = 7, 1
directory, number = Path(sys.argv[1]), int(sys.argv[2])
changes = [Change(row, row, f"paper {row}") for row in range(1, 61)]
end = time.monotonic() + 2
while time.monotonic() < end:
    if number % 2:
        SearchIndex.clear(directory)
    papers = SearchIndex(directory, "library", lambda: 60)
    while not papers.catch_up(lambda after, limit: changes[after:after + limit], NEVER, print):
        time.sleep(0.01)
        papers.refresh()
    papers.verify()
    assert papers.upto == papers.snapshot.papers == 60
print("fine")
"""


def test_four_that_rebuild_read_and_write_at_once_never_see_damage(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", BUILDER, str(tmp_path / "index"), str(number)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    said = [run.communicate() for run in runs]
    assert [out.splitlines()[-1:] for out, _ in said] == [["fine"]] * 4, said


def test_a_rebuild_waits_for_a_writer_and_gives_up_with_a_sentence(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_PATIENCE", 0.1)
    lock = storage.PaperStorage(directory).lock(toc._LOCK)
    assert lock.acquire()
    with pytest.raises(IndexNotWritten, match="another paperreader"):
        SearchIndex.clear(directory)
    assert rows_found(directory) == set(range(30))  # reading waits for nobody
    lock.release()
    SearchIndex.clear(directory)
    assert rows_found(directory) == set()


KILLED = """
import sys
from pathlib import Path
from paperreader.errors import NEVER
from paperreader.search import index
from paperreader.search.index import SearchIndex
from tests.corpus import Change
index.FIRST_BATCH, index.GROWTH = 9, 1
changes = [Change(n, n % 300 + 1, f"paper{n} " + "word " * 50) for n in range(1, 3001)]
papers = SearchIndex(Path(sys.argv[1]), "library", lambda: 3000)
print("begun", flush=True)
papers.catch_up(lambda after, limit: changes[after:after + limit], NEVER, lambda _: None)
"""


def test_a_build_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed at a dozen moments; what was committed stands, and nothing is left lying about."""
    directory, reached, chance = tmp_path / "index", 0, random.Random(3)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", KILLED, str(directory)], stdout=subprocess.PIPE
        ) as run:
            assert run.stdout is not None
            assert run.stdout.readline() == b"begun\n"
            time.sleep(chance.uniform(0, 0.25))
            run.kill()
        index = SearchIndex(directory, "library", lambda: 3000)
        index.verify()
        assert index.upto >= reached
        reached = index.upto
        assert index.snapshot.papers == min(reached, 300)
        expected = {n % 300 + 1 for n in range(max(1, reached - 299), reached + 1)}
        assert set(index.snapshot.rows[index.snapshot.alive].tolist()) == expected
    changes = [Change(3001, 3001, "the last paper")]
    assert index.catch_up(lambda after, limit: changes[after > 3000 :], NEVER, lambda _: None)
    names = {path.name.partition(".")[0] for path in directory.iterdir()}
    assert len(names) == len(index.snapshot.segments) + 2  # the lock and the table of contents
    assert not [path for path in directory.iterdir() if path.is_dir()]
