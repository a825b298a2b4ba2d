from paperreader.query.request import Request
from paperreader.tui.state.back_stack import BackStack, ListPosition
from tests.tui.samples import results_of


def position(text: str = "") -> ListPosition:
    return ListPosition(results_of([], request=Request(text)))


def test_a_search_given_up_leads_to_where_it_began() -> None:
    stack, start = BackStack(), position()
    stack.begin(start)
    assert stack.restore() is start
    assert stack.back() is None


def test_a_search_kept_can_be_gone_back_from() -> None:
    stack, start = BackStack(), position()
    stack.begin(start)
    stack.keep()
    assert stack.back() is start


def test_a_search_from_a_search_goes_back_to_the_list_beneath_both() -> None:
    stack, start, first = BackStack(), position(), position("first")
    stack.begin(start)
    stack.keep()
    stack.begin(first)
    assert stack.wordless() is start
    stack.keep()
    assert stack.back() is start
    assert stack.back() is None
