"""Records kept between lists."""

from collections.abc import Sequence

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.store.record_cache import RecordCache


def test_a_record_is_read_once_until_something_changes() -> None:
    asked: list[list[int]] = []
    stamp = 1

    def read(rows: Sequence[int]) -> list[Record]:
        asked.append(list(rows))
        return [Record(row, f"k{row}", Paper(f"at {stamp}")) for row in rows if row != 9]

    kept = RecordCache(read, lambda: stamp)
    assert [record.row for record in kept.get([3, 1, 9])] == [3, 1]
    assert [record.row for record in kept.get([1, 2, 3])] == [1, 2, 3]
    assert asked == [[3, 1, 9], [2]]
    stamp = 2
    assert kept.get([1])[0].paper.title == "at 2"


def test_no_more_records_are_kept_than_a_few_screens_hold() -> None:
    asked: list[int] = []

    def read(rows: Sequence[int]) -> list[Record]:
        asked.extend(rows)
        return [Record(row, f"k{row}", Paper("")) for row in rows]

    kept = RecordCache(read, lambda: 1)
    for start in range(0, 5000, 50):
        kept.get(range(start, start + 50))
    kept.get([0])
    assert asked.count(0) == 2
