from dataclasses import replace

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.query.request import Request
from tests.tui.samples import results_of


def records(count: int, read: tuple[int, ...] = ()) -> list[Record]:
    return [
        Record(row, f"title:{row}", Paper(f"Paper {row}"), read="2026" if row in read else "")
        for row in range(count)
    ]


def test_results_are_equal_only_to_themselves() -> None:
    one, two = results_of(records(3)), results_of(records(3))
    assert one == one  # noqa: PLR0124 - that is the question
    assert one != two


def test_rows_and_their_indices() -> None:
    results = results_of(records(3))
    assert results.index_of(2) == 2
    assert results.index_of(7) is None
    assert results.row(1) == 1
    assert [record.row for record in results[1:]] == [1, 2]
    assert [record.row for record in results.subset([2, 0])] == [2, 0]


def test_the_divider_stands_before_papers_with_only_most_of_the_words() -> None:
    assert not results_of(records(3)).divided
    assert results_of(records(3), full=0).divided


def test_only_words_and_filters_are_a_search() -> None:
    assert not results_of([], request=Request()).searched
    assert results_of([], request=Request("word")).searched
    assert results_of([], request=Request(chips=("year:2024",))).searched
    assert not results_of([], title="related to another").searched


def test_next_and_previous_unread() -> None:
    results = results_of(records(5, read=(1, 2, 4)))
    assert results.unread_from(0, 1, within=2) is None
    assert results.unread_from(0, 1) == 3
    assert results.unread_from(3, 1) is None
    assert results.unread_from(3, -1) == 0
    assert results.unread_from(0, -1) is None


def test_a_paper_done_with_is_not_unread() -> None:
    results = results_of([*records(1), replace(records(1)[0], row=1, done="2026")])
    assert results.unread_from(0, 1) is None


def test_a_paper_that_is_gone_has_a_stand_in() -> None:
    results = results_of(records(2)).subset([0, 9])
    assert "merged into another" in results[1].paper.title
