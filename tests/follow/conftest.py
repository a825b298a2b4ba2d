"""Stubs for the tests of fetching."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from paperreader.follow.client import Client
from paperreader.follow.options import FetchOptions
from paperreader.follow.rate_limit import RateLimit
from tests.follow.stub import FakeClock, Stub, serving


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def make_client(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[..., Client]]:
    made: list[Client] = []

    def make(options: FetchOptions | None = None, **settings: object) -> Client:
        limits = RateLimit(tmp_path / "hosts", clock)
        client = Client(options or FetchOptions(), limits, clock, **settings)  # type: ignore[arg-type]
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()
