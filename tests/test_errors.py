import threading

import pytest

from paperreader.errors import NEVER, Cancelled, CancelToken


def test_a_token_that_is_cancelled_stops_the_work() -> None:
    token = CancelToken()
    token.check()
    assert not token.is_cancelled()
    assert not token.wait(0)
    token.cancel()
    assert token.is_cancelled()
    assert token.wait(60)
    with pytest.raises(Cancelled):
        token.check()


def test_a_token_follows_the_event_of_a_worker() -> None:
    event = threading.Event()
    token = CancelToken(event)
    event.set()
    assert token.is_cancelled()
    assert not NEVER.is_cancelled()
