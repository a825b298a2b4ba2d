from dataclasses import replace

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.query.request import Request
from paperreader.tui.state.back_stack import BackStack
from paperreader.tui.state.listing import Listing, ListPosition


def records(count: int, read: tuple[int, ...] = ()) -> list[Record]:
    return [
        Record(row, f"title:{row}", Paper(f"Paper {row}"), read="2026" if row in read else "")
        for row in range(count)
    ]


def place(text: str = "") -> ListPosition:
    return ListPosition(Listing(records(3), 3, request=Request(text)))


def test_listings_are_equal_only_to_themselves() -> None:
    one, two = Listing.of(records(3)), Listing.of(records(3))
    assert one == one  # noqa: PLR0124 - that is the question
    assert one != two


def test_index_of_a_row() -> None:
    listing = Listing.of(records(3))
    assert listing.index_of(2) == 2
    assert listing.index_of(7) is None
    assert listing.rows() == [0, 1, 2]


def test_the_divider_stands_before_papers_with_only_most_of_the_words() -> None:
    assert not Listing(records(3), 3).divided
    assert Listing(records(3), 0).divided


def test_next_and_previous_unread() -> None:
    listing = Listing.of(records(5, read=(1, 2, 4)))
    assert listing.unread_from(0, 1, within=2) is None
    assert listing.unread_from(0, 1) == 3
    assert listing.unread_from(3, 1) is None
    assert listing.unread_from(3, -1) == 0
    assert listing.unread_from(0, -1) is None


def test_a_paper_done_with_is_not_unread() -> None:
    listing = Listing.of([*records(1), replace(records(1)[0], done="2026")])
    assert listing.unread_from(0, 1) is None


def test_a_search_given_up_leads_to_where_it_began() -> None:
    trail, start = BackStack(), place()
    trail.begin(start)
    assert trail.restore() is start
    assert trail.back() is None


def test_a_search_kept_can_be_gone_back_from() -> None:
    trail, start = BackStack(), place()
    trail.begin(start)
    trail.keep()
    assert trail.back() is start


def test_a_search_from_a_search_goes_back_to_the_list_beneath_both() -> None:
    trail, start, first = BackStack(), place(), place("first")
    trail.begin(start)
    trail.keep()
    trail.begin(first)
    assert trail.wordless() is start
    trail.keep()
    assert trail.back() is start
    assert trail.back() is None
