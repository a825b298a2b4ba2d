"""Whoever changes a library beside a large addition does not wait for the end of its batch."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from time import sleep

from paperreader.papers.paper import Paper
from paperreader.store import Store
from paperreader.store.waiters import Waiters

NOW = "2026-01-02"


class Papers(list[Paper]):
    """Papers of which the hundredth comes once somebody waits for the library."""

    def __init__(self, papers: list[Paper], path: Path) -> None:
        super().__init__(papers)
        self.asked, self._waiters = Event(), Waiters(path)

    def __iter__(self) -> Iterator[Paper]:
        for number, paper in enumerate(super().__iter__()):
            if number == 100:
                self.asked.set()
                while not self._waiters.any():
                    sleep(0.01)
            yield paper


def test_a_batch_ends_early_when_somebody_waits_and_they_go_first(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    store, reader = Store(path), Store(path)
    store.papers.add([Paper("Marked")], "page", NOW)
    papers = Papers([Paper(f"Paper {n}") for n in range(3000)], path)

    def mark() -> None:
        papers.asked.wait()
        reader.reading.mark_read([1], True, NOW)

    marking = Thread(target=mark)
    marking.start()
    outcomes = store.papers.add(papers, "page", NOW, large=True)
    assert 100 < len(outcomes) < 3000
    rest = store.papers.add(papers[len(outcomes) :], "page", NOW, large=True)
    assert store.papers.records([1])[0].read == NOW
    assert len(outcomes) + len(rest) == 3000
    marking.join()
    store.papers.finish_adding()
    assert [r.paper.title for r in store.papers.records([2, 3001])] == ["Paper 0", "Paper 2999"]
    store.close()
    reader.close()


def test_a_small_addition_is_one_transaction_whoever_waits(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    store = Store(path)
    with Waiters(path).joined():
        assert len(store.papers.add([Paper(f"{n}") for n in range(500)], "page", NOW)) == 500
    store.close()


def test_those_that_wait_count_until_they_are_in(tmp_path: Path) -> None:
    waiters = Waiters(tmp_path / "library.sqlite3")
    assert not waiters.any()
    with waiters.joined(), Waiters(tmp_path / "other.sqlite3").joined():
        assert waiters.any()
    assert not waiters.any()
    waiters.let_in()


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    waiters = Waiters(tmp_path / "gone" / "library.sqlite3")
    with waiters.joined():
        assert not waiters.any()
