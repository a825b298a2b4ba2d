"""The index of a library: kept up by another process, rebuilt once if it is broken."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Never

import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.search.array_file import ArrayFile
from paperreader.search.index import IndexBroken, SearchIndex
from paperreader.search.snapshot import Snapshot

REBUILT = "The search index is being rebuilt; nothing is lost."


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def library(tmp_path: Path, said: list[str]) -> Iterator[Library]:
    with Library(Paths.find(tmp_path)) as library:
        library.listen(said.append)
        library.add([Paper(f"Paper number{n}") for n in range(20)], "page")
        library.catch_up()
        yield library


def reopened(library: Library, said: list[str]) -> Library:
    """The library as another paperreader opens it."""
    again = Library(library.paths)
    again.listen(said.append)
    return again


def found(library: Library, text: str = "paper") -> int:
    return library.search(Request(text)).found.full


def test_the_papers_of_a_large_library_are_indexed_by_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*_: object) -> Never:
        raise AssertionError("a batch was written in this process")

    reported: list[tuple[int, int]] = []
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"Paper number{n} of many") for n in range(4000)), "page")
        monkeypatch.setattr(SearchIndex, "_take", here)
        library.catch_up(progress=lambda done, total: reported.append((done, total)))
        assert library.behind() == 0
        assert found(library, "number3999") == 1
    assert reported[-1] == (4000, 4000)


def test_what_the_other_process_cannot_do_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"Paper number{n} of many") for n in range(4000)), "page")
        library.catch_up()
        assert library.behind() == 0


def damage_every_file(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(b"nonsense")


def pipe_for_a_file(index: Path) -> None:
    [file] = index.glob("*.terms")
    file.unlink()
    os.mkfifo(file)


def pipe_for_the_index(index: Path) -> None:
    index.rename(index.with_name("elsewhere"))
    os.mkfifo(index)


def open_to_all(index: Path) -> None:
    index.chmod(0o777)


def link_for_the_index(index: Path) -> None:
    index.rename(index.with_name("elsewhere"))
    index.symlink_to("elsewhere")


def empty_every_file(index: Path) -> None:
    for file in index.iterdir():
        file.write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "aside"),
    [
        (damage_every_file, False),
        (empty_every_file, False),
        (pipe_for_a_file, False),
        (pipe_for_the_index, True),
        (open_to_all, True),
        (link_for_the_index, True),
    ],
)
def test_an_index_that_cannot_be_used_is_rebuilt_in_one_line(
    library: Library, said: list[str], harm: Callable[[Path], None], aside: bool
) -> None:
    library.close()
    harm(library.paths.index)
    with reopened(library, said) as again:
        again.catch_up()
        assert found(again) == 20
        assert again.indexer.check().sound
    [line] = said
    assert line.startswith(REBUILT)
    assert ("put aside" in line) == aside
    with reopened(library, said) as again:
        assert found(again) == 20
    assert len(said) == 1


def cut_off(file: Path) -> None:
    os.truncate(file, 0)


def cut_in_half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def zeroed(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(bytes(file.stat().st_size))


def replaced(file: Path) -> None:
    file.unlink()
    file.write_bytes(b"something else")


@pytest.mark.parametrize("harm", [cut_off, cut_in_half, zeroed, replaced, Path.unlink])
@pytest.mark.parametrize("kind", ["*", "*.terms", "*.papers", "*.toc"])
def test_an_index_that_is_harmed_under_an_open_library_is_rebuilt(
    library: Library, said: list[str], harm: Callable[[Path], None], kind: str
) -> None:
    with reopened(library, said) as again:
        assert found(again) == 20
        for file in again.paths.index.glob(kind):
            harm(file)
        assert found(again, "number7") == 1
        again.add([Paper("Another paper")], "page")
        again.catch_up()
        assert found(again) == 21
    # What is gone is still open, and missed at the next start.
    with reopened(library, said) as again:
        again.catch_up()
        assert found(again) == 21
        assert again.indexer.check().sound
    assert all(line.startswith(REBUILT) for line in said)
    assert len(said) <= 1


def test_damage_that_comes_back_is_not_rebuilt_for_ever(
    library: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Never:
        raise IndexBroken("The search index is damaged (injected).")

    monkeypatch.setattr(ArrayFile, "_check", broken)
    with reopened(library, said) as again, pytest.raises(IndexBroken, match="injected"):
        again.catch_up()
    assert said == [f"{REBUILT} The search index is damaged (injected)."]


def test_an_index_that_is_removed_again_and_again_is_rebuilt(
    library: Library, said: list[str]
) -> None:
    for number in range(3):
        shutil.rmtree(library.paths.index)
        library.add([Paper(f"Another paper {number}")], "page")
        with pytest.raises(IndexBroken):
            library.catch_up(progress=once_removed(library.paths.index))
        library.catch_up()
        assert found(library) == 21 + number
        assert library.indexer.check().sound
    assert all(line.startswith(REBUILT) for line in said)


def once_removed(index: Path) -> Callable[[int, int], None]:
    """A progress that removes the index at the first report."""
    removals = iter([lambda: shutil.rmtree(index)])
    return lambda done, total: next(removals, lambda: None)()


@pytest.mark.parametrize("error", [TypeError, AttributeError, ValueError, KeyError, AssertionError])
def test_a_fault_of_our_own_is_not_called_damage(
    library: Library,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    def faulty(*_: object) -> Never:
        raise error("a mistake")

    monkeypatch.setattr(Snapshot, "__init__", faulty)
    with reopened(library, said) as again:
        with pytest.raises(error, match="a mistake"):
            found(again)
        with pytest.raises(error, match="a mistake"):
            again.catch_up()
    assert said == []


def test_a_rebuild_beside_an_open_reader_is_seen_by_it(library: Library, said: list[str]) -> None:
    with reopened(library, said) as other:
        other.indexer.clear()
        assert found(library) == 20  # the segments that it has open
        library.catch_up()
        other.catch_up()
        assert found(library) == found(other) == 20
    assert said == []
    assert library.indexer.check().sound


def test_a_check_reads_all_of_the_index(library: Library) -> None:
    [terms] = library.paths.index.glob("*.terms")
    data = bytearray(terms.read_bytes())
    data[-1] ^= 1  # a checksum, which no search reads before its page
    terms.write_bytes(data)
    with Library(library.paths) as again:
        state = again.indexer.check()
    assert not state.sound
    assert "damaged" in str(state)
