"""The index: built in batches, kept up with the store, told from a broken one."""

import gc
import json
import shutil
import stat
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.errors import NEVER, CancelToken
from paperreader.query.tree import Word
from paperreader.search import index
from paperreader.search.codec import writing
from paperreader.search.index import IndexBroken, IndexNotWritten, SearchIndex
from paperreader.search.postings import TermFrequencies, term_frequencies
from paperreader.search.searcher import Searcher
from tests.corpus import Change, Corpus


def titles(corpus: Corpus) -> set[int]:
    """The rows found for a word that every title has."""
    return set(corpus.find("paper"))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path / "index")


def test_papers_are_found_batch_by_batch(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FIRST_BATCH", 10)
    for row in range(200):
        corpus.put(row, f"paper {row}")
    seen: list[int] = []

    def progress(number: int) -> None:
        seen.append(len(titles(corpus)))

    corpus.index.catch_up(corpus.after, NEVER, progress)
    assert seen == [10, 50, 200]
    assert corpus.index.upto == 200
    assert titles(corpus) == set(range(200))


def test_many_small_changes_make_few_blocks(corpus: Corpus) -> None:
    for row in range(40):
        corpus.put(row, f"paper {row}")
        corpus.build()
    assert titles(corpus) == set(range(40))
    assert len(corpus.index.snapshot.segments) <= 6


def test_a_changed_paper_is_found_by_its_new_words_only(corpus: Corpus) -> None:
    for row in range(20):
        corpus.put(row, f"paper {row}", "old")
    corpus.build()
    corpus.put(7, "paper seven", "new")
    corpus.build()
    assert corpus.find("new") == [7]
    assert 7 not in corpus.find("old")
    assert titles(corpus) == set(range(20))


def test_a_paper_that_is_gone_is_not_found(corpus: Corpus) -> None:
    for row in range(20):
        corpus.put(row, f"paper {row}")
    corpus.build()
    corpus.put(7, "")
    corpus.build()
    assert titles(corpus) == set(range(20)) - {7}
    assert corpus.index.snapshot.papers == 19
    corpus.put(7, "paper again")
    corpus.build()
    assert 7 in titles(corpus)


def test_a_cancelled_build_goes_on_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "FIRST_BATCH", 10)
    corpus = Corpus(tmp_path / "index")
    for row in range(100):
        corpus.put(row, f"paper {row}")
    cancel = CancelToken()

    def soon(papers: int) -> None:
        cancel.cancel()

    assert not corpus.index.catch_up(corpus.after, cancel, soon)
    reached = corpus.index.upto
    assert 0 < reached < 100
    again = SearchIndex(tmp_path / "index", "library", lambda: 100)
    assert again.upto == reached
    assert again.catch_up(corpus.after, NEVER, lambda _: None)
    assert again.upto == 100


def test_what_another_one_commits_is_seen(tmp_path: Path, corpus: Corpus) -> None:
    other = SearchIndex(tmp_path / "index", "library", lambda: 0)
    corpus.put(1, "paper")
    corpus.build()
    assert not len(other.snapshot)
    assert other.refresh()
    assert not other.refresh()
    found = Searcher(other).search(Word("paper"), filters=lambda _: np.empty(0, np.int64))
    assert found.rows.tolist() == [1]


def test_two_do_not_build_at_once(tmp_path: Path, corpus: Corpus) -> None:
    other = SearchIndex(tmp_path / "index", "library", lambda: 0)
    corpus.put(1, "paper")
    outcomes: list[bool] = []

    def meanwhile(revision: int, limit: int) -> Sequence[Change]:
        if limit > 1:
            outcomes.append(other.catch_up(corpus.after, NEVER, lambda _: None))
        return corpus.after(revision, limit)

    assert corpus.index.catch_up(meanwhile, NEVER, lambda _: None)
    assert outcomes[0] is False
    assert titles(corpus) == {1}


def test_nobody_else_may_look_into_the_directory(tmp_path: Path, corpus: Corpus) -> None:
    assert stat.S_IMODE((tmp_path / "index").stat().st_mode) == 0o700


def test_an_index_of_another_library_is_not_used(tmp_path: Path, corpus: Corpus) -> None:
    corpus.put(1, "paper")
    corpus.build()
    with pytest.raises(IndexBroken, match="another library"):
        SearchIndex(tmp_path / "index", "other", lambda: 1)


def test_an_index_that_knows_the_future_is_not_used(tmp_path: Path, corpus: Corpus) -> None:
    corpus.put(1, "paper")
    corpus.build()
    with pytest.raises(IndexBroken, match="newer"):
        SearchIndex(tmp_path / "index", "library", lambda: 0)


def test_an_index_of_another_version_is_not_used(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put(1, "paper")
    corpus.build()
    monkeypatch.setattr(index, "FORMAT", 99)
    with pytest.raises(IndexBroken, match="version"):
        SearchIndex(tmp_path / "index", "library", lambda: 1)


def test_an_emptied_index_is_read_anew(tmp_path: Path, corpus: Corpus) -> None:
    corpus.put(1, "paper")
    corpus.build()
    SearchIndex.clear(tmp_path / "index")
    assert SearchIndex(tmp_path / "index", "library", lambda: 1).upto == 0
    assert titles(corpus) == {1}
    assert corpus.index.refresh()
    assert titles(corpus) == set()
    assert corpus.build()
    assert titles(corpus) == {1}


# Whoosh leaves files open where it fails to open others; they are collected within the test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("damage", ["cut", "emptied", "garbled", "gone", "text"])
def test_every_damage_is_told(tmp_path: Path, damage: str) -> None:
    """Whatever file is damaged: the index says so, or is as it was, or is empty."""
    whole = tmp_path / "whole"
    corpus = Corpus(whole)
    for row in range(30):
        corpus.put(row, f"paper {row} of graphs", "An abstract.", [f"Author {row}"])
    corpus.build()
    names = [path.name for path in whole.iterdir()]
    for name in names:
        copy = tmp_path / f"{damage}-{name}"
        copy.mkdir()
        for other in names:
            (copy / other).write_bytes((whole / other).read_bytes())
        _damage(copy / name, damage)
        found = _searched(copy)
        assert found in (None, [set(range(30)), set(range(30)), {17}], [set(), set(), set()])
        gc.collect()


def _searched(directory: Path) -> list[set[int]] | None:
    """What three searches find, or None where the index says that it is broken."""
    none = np.empty(0, np.int64)
    try:
        index = SearchIndex(directory, "library", lambda: 30)
        searcher = Searcher(index)
        found = [
            set(searcher.search(word, filters=lambda _: none).rows.tolist())
            for word in (Word("paper"), Word("au", prefix=True), Word("17"))
        ]
        index.close()
    except IndexBroken:
        return None
    return found


def _damage(path: Path, damage: str) -> None:
    data = path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(data[: len(data) // 2])
        case "emptied":
            path.write_bytes(b"")
        case "garbled":
            middle = len(data) // 2
            path.write_bytes(data[:middle] + bytes(b ^ 0x5A for b in data[middle:]))
        case "gone":
            path.unlink()
        case "text":
            path.write_bytes(b"This is not an index.\n" * 20)


def test_an_index_that_is_closed_under_a_search_still_answers_it(corpus: Corpus) -> None:
    corpus.put(1, "paper")
    corpus.build()
    corpus.index.close()
    assert corpus.find("paper") == [1]


def test_an_index_that_was_deleted_meanwhile_is_broken(tmp_path: Path, corpus: Corpus) -> None:
    corpus.put(1, "paper")
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(IndexBroken):
        corpus.build()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexNotWritten):
        SearchIndex(tmp_path / "file" / "index", "library", lambda: 0)


def test_a_full_disk_is_told_and_loses_nothing(
    tmp_path: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.put(1, "paper one")
    corpus.build()
    corpus.put(2, "paper two")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "write", full)
        with pytest.raises(IndexNotWritten, match="No space left"):
            corpus.build()
    assert titles(corpus) == {1}
    assert corpus.build()
    assert titles(corpus) == {1, 2}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=60))
def test_a_tally_counts_what_stands_where(places: list[tuple[int, int]]) -> None:
    lengths = np.array([0, 3, 9, 1, 40, 7], dtype=np.uint32)
    postings = np.array([paper << 10 | position for paper, position in places], dtype=np.uint32)
    frequencies = term_frequencies(postings, lengths)
    for paper, count, in_title in zip(*(column.tolist() for column in frequencies), strict=True):
        positions = [position for other, position in places if other == paper]
        assert count == len(positions)
        assert in_title == sum(position < lengths[paper] for position in positions)
    assert set(frequencies.papers.tolist()) == {paper for paper, _ in places}
    read = TermFrequencies.unpack(frequencies.pack())
    assert json.dumps([c.tolist() for c in read]) == json.dumps([c.tolist() for c in frequencies])


def test_short_beginnings_of_many_words_are_found_by_their_tally(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperreader.search import segment_writer, word_postings

    monkeypatch.setattr(segment_writer, "_MANY", 10)
    monkeypatch.setattr(word_postings, "_MOST_POSTINGS", 10)
    for row in range(60):
        corpus.put(row, f"p{row}a paper", f"pa{row} tail")
    corpus.build()
    assert titles(corpus) == set(range(60))
    assert set(corpus.find("p", typing=True)) == set(range(60))
    assert set(corpus.find("pa", typing=True)) == set(range(60))
    assert set(corpus.find("title:pa", typing=True)) == set(range(60))
    assert set(corpus.find("abstract:p", typing=True)) == set(range(60))
    assert set(corpus.find("abstract:pap", typing=True)) == set()
    assert set(corpus.find("p1", typing=True)) == {1, *range(10, 20)}


def test_searching_while_papers_come_in(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FIRST_BATCH", 5)
    monkeypatch.setattr(index, "GROWTH", 1)
    for row in range(100):
        corpus.put(row, f"paper {row} of graphs")
    done = threading.Event()

    def search() -> list[int]:
        counts = [0]
        while not done.is_set():
            counts.append(len(corpus.find("graph")))
            counts.append(len(corpus.find("pap", typing=True)))
        return counts

    with ThreadPoolExecutor(2) as pool:
        searches = [pool.submit(search) for _ in range(2)]
        assert corpus.build()
        done.set()
        for counts in (search.result() for search in searches):
            assert counts == sorted(counts)
    assert titles(corpus) == set(range(100))
