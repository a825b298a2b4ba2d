"""What holds for every test."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A machine that is busy with something else is no failure.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """No test reaches further than this machine; most open no connection at all."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address):
            raise AssertionError(f"a test went to the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    def guarded_lookup(host: str | None, *rest: object, **named: object) -> object:
        if host not in ("127.0.0.1", "::1", "localhost", None):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return lookup(host, *rest, **named)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


def _is_here(address: object) -> bool:
    return isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")
