"""Connections to hosts: direct or through a proxy, and broken off when they take too long.

A timeout bounds each silence of a host. It does not bound a host that sends a byte now and then,
in the middle of a handshake or of its headers, where nothing comes back to us in between. So a
second thread watches the time, and shuts the socket down.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import LocationValueError, ProxySchemeUnknown

from paperreader.follow.errors import FetchError
from paperreader.text import line

_CONNECT_SECONDS = 5.0
# Seconds between two looks at the time.
_GLANCE = 0.1


class Connections:
    """Pools of connections, one connection to each host at a time."""

    def __init__(self, timeout: float, ca_file: str | None) -> None:
        """Give a host up after `timeout` seconds of silence.

        `ca_file` replaces the system's certificates. Proxies are those of the environment.
        """
        self._timeout = timeout
        self._ca_file = ca_file
        self._proxies = getproxies()
        self._pools: dict[str, urllib3.PoolManager] = {}

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.clear()

    def pool(self, url: str) -> urllib3.PoolManager:
        """Return the pool for `url`; raises `FetchError` where its proxy cannot be used."""
        parts = urlsplit(url)
        proxy = self._proxies.get(parts.scheme) or self._proxies.get("all", "")
        if proxy and proxy_bypass(parts.netloc):
            proxy = ""
        if proxy and "://" not in proxy:
            proxy = f"http://{proxy}"
        if proxy not in self._pools:
            try:
                self._pools[proxy] = self._new_pool(proxy)
            except (ProxySchemeUnknown, LocationValueError) as error:
                raise FetchError(
                    f"The proxy {line(proxy)[:200]} cannot be used; set {parts.scheme}_proxy to an "
                    "http or https address."
                ) from error
        return self._pools[proxy]

    def _new_pool(self, proxy: str) -> urllib3.PoolManager:
        settings: dict[str, Any] = {
            "maxsize": 1,
            "block": True,
            "timeout": urllib3.Timeout(connect=_CONNECT_SECONDS, read=self._timeout),
            "cert_reqs": "CERT_REQUIRED",
            "ca_certs": self._ca_file,
        }
        if proxy:
            user = urlsplit(proxy).netloc.rpartition("@")[0]
            headers = urllib3.make_headers(proxy_basic_auth=user) if user else None
            pool: urllib3.PoolManager = urllib3.ProxyManager(
                proxy, proxy_headers=headers, **settings
            )
        else:
            pool = urllib3.PoolManager(**settings)
        pool.pool_classes_by_scheme = {"http": _Pool, "https": _EncryptedPool}
        return pool


@contextmanager
def broken_off(when: Callable[[], bool]) -> Iterator[None]:
    """Break off the connections that this thread uses meanwhile, as soon as `when` is true."""
    watch = _Watch(when)
    _of_thread.watch = watch
    watch.start()
    try:
        yield
    finally:
        _of_thread.watch = None
        watch.ended.set()


class _OfThread(threading.local):
    watch: "_Watch | None" = None


_of_thread = _OfThread()


class _Watch(threading.Thread):
    """Shuts sockets down when it is time."""

    def __init__(self, when: Callable[[], bool]) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.sockets: list[socket.socket] = []
        self._when = when

    def run(self) -> None:
        while not self.ended.wait(_GLANCE):
            if self._when():
                for each in self.sockets:
                    with suppress(OSError):  # it was closed meanwhile
                        each.shutdown(socket.SHUT_RDWR)


class _Connection(HTTPConnection):
    """A connection whose socket the watch of its thread knows.

    It knows it by a duplicate, since a handshake takes the socket itself away.
    """

    _duplicate: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        self._duplicate = connected.dup()
        self._show()
        return connected

    def request(self, *args: Any, **named: Any) -> None:
        self._show()
        super().request(*args, **named)

    def close(self) -> None:
        super().close()
        if self._duplicate is not None:
            self._duplicate.close()
            self._duplicate = None

    def _show(self) -> None:
        if _of_thread.watch is not None and self._duplicate is not None:
            _of_thread.watch.sockets.append(self._duplicate)


class _EncryptedConnection(_Connection, HTTPSConnection):
    pass


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _EncryptedPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _EncryptedConnection
