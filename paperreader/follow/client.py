"""Client: an HTTP client for web services. The only module that uses urllib3 and the network.

One request at a time to each host, with a pause between requests (`rate_limit`); retries where a
later try may succeed; only http and https, also after a redirect; certificates are checked; the
size of a response and the time it may take are bounded.
"""

import json
from collections.abc import Iterator, Mapping
from email.message import Message
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3 import exceptions as network
from urllib3.exceptions import (
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ProxySchemeUnknown,
    SSLError,
)

from paperreader.errors import NEVER, CancelToken
from paperreader.follow import body
from paperreader.follow.clock import Clock
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.options import FetchOptions
from paperreader.follow.rate_limit import PATIENCE, RateLimit, Turn
from paperreader.follow.response import NO_VALIDATORS, Response, Validators
from paperreader.follow.retry import busy_pause, jittered
from paperreader.text import is_web_address, line

_TRIES = 4
_REDIRECTS = 5
_CONNECT_SECONDS = 5.0
# The longest that a whole response may take, however steadily its bytes arrive.
_WHOLE_SECONDS = 300.0
_PIECE = 64 * 1024
_BUSY = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})


class Client:
    """An HTTP client; safe to use from any thread."""

    def __init__(
        self,
        options: FetchOptions,
        limits: RateLimit,
        clock: Clock,
        *,
        cancel: CancelToken = NEVER,
        ca_file: str | None = None,
    ) -> None:
        """Limit requests by `limits`; `cancel` stops waiting and reading.

        `ca_file` replaces the system's certificates.
        """
        self._options = options
        self._limits = limits
        self._clock = clock
        self._cancel = cancel
        self._ca_file = ca_file
        self._proxies = getproxies()
        self._pools: dict[str, urllib3.PoolManager] = {}

    def close(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            pool.clear()

    def get(
        self,
        url: str,
        validators: Validators = NO_VALIDATORS,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the response to a GET request.

        Raises `FetchError`, `StatusError` for a status other than success, and `Cancelled`.
        """
        sent = dict(headers or {})
        if validators.etag:
            sent["If-None-Match"] = validators.etag
        if validators.modified:
            sent["If-Modified-Since"] = validators.modified
        seen = [url]
        while True:
            answer = self._tried("GET", seen[-1], sent, None)
            if not isinstance(answer, str):
                return answer
            seen.append(_redirected(seen, answer))

    def post(self, url: str, value: object, headers: Mapping[str, str] | None = None) -> Response:
        """Return the response to `value`, sent as JSON; for requests that change nothing."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        answer = self._tried("POST", url, sent, json.dumps(value).encode())
        if isinstance(answer, str):
            raise FetchError(f"{_host(url)} moved to {line(answer)[:200]}; update paperreader.")
        return answer

    def _tried(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Response | str:
        """Return the response, or the address of a redirect; retry where that may help."""
        _check_address(url)
        options = self._options
        for number in range(_TRIES):
            last = number == _TRIES - 1
            with self._limits.turn(
                options.group(url), options.seconds_between(url), self._cancel
            ) as turn:
                try:
                    return self._asked(method, url, headers, data)
                except _Busy as busy:
                    self._pause(turn, url, number, busy.retry_after)
                    if last:
                        raise busy.error from busy
                except (HTTPError, body.CutShort) as error:
                    if last or not _may_pass(error):
                        raise FetchError(_sentence(url, error)) from error
                    turn.pause = jittered(1.0 + number)
        raise AssertionError("the last try returns or raises")

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Response | str:
        started = self._clock.monotonic()
        answer = self._pool(url).request(
            method,
            url,
            body=data,
            headers={
                "User-Agent": self._options.user_agent,
                "Accept-Encoding": "gzip",
                **headers,
            },
            redirect=False,
            retries=False,
            preload_content=False,
        )
        try:
            if answer.status in _MOVED and answer.headers.get("Location"):
                return str(answer.headers["Location"])
            content = body.read(
                _host(url),
                _pieces(answer),
                answer.headers.get("Content-Encoding", ""),
                self._options.max_mb * 1024**2,
                lambda: self._check(url, started),
            )
        finally:
            # A connection whose body was read to the end is reused.
            if answer.length_remaining:
                answer.close()
            answer.release_conn()
        return self._response(url, answer, content)

    def _response(self, url: str, answer: urllib3.BaseHTTPResponse, content: bytes) -> Response:
        headers = answer.headers
        validators = Validators(_header(headers, "ETag"), _header(headers, "Last-Modified"))
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Response(url, validators=validators, unchanged=True)
        if answer.status == HTTPStatus.OK:
            kind = Message()
            kind["Content-Type"] = _header(headers, "Content-Type")
            return Response(url, content, kind.get_content_type(), validators)
        error = StatusError(_refusal(url, answer.status), answer.status, content)
        if answer.status in _BUSY:
            raise _Busy(error, _header(headers, "Retry-After"))
        raise error

    def _pause(self, turn: Turn, url: str, number: int, retry_after: str) -> None:
        """Set the pause before the next request; raise if the host asks for a long one."""
        turn.pause = busy_pause(retry_after, number, self._clock.time())
        if turn.pause > PATIENCE:
            raise FetchError(
                f"{_host(url)} is busy and asked for a pause of {round(turn.pause / 60):,} minutes;"
                " fetch again after that."
            )

    def _check(self, url: str, started: float) -> None:
        self._cancel.check()
        if self._clock.monotonic() - started > _WHOLE_SECONDS:
            raise FetchError(
                f"{_host(url)} took more than {_WHOLE_SECONDS / 60:.0f} minutes to answer; "
                "try again later."
            )

    def _pool(self, url: str) -> urllib3.PoolManager:
        """Return the connection pool for `url`: a direct one, or that of its proxy."""
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
            "timeout": urllib3.Timeout(connect=_CONNECT_SECONDS, read=self._options.timeout),
            "cert_reqs": "CERT_REQUIRED",
            "ca_certs": self._ca_file,
        }
        if not proxy:
            return urllib3.PoolManager(**settings)
        user = urlsplit(proxy).netloc.rpartition("@")[0]
        headers = urllib3.make_headers(proxy_basic_auth=user) if user else None
        return urllib3.ProxyManager(proxy, proxy_headers=headers, **settings)


class _Busy(Exception):
    """A response worth a retry; `retry_after` is the header of that name."""

    def __init__(self, error: StatusError, retry_after: str) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


def _pieces(answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """Yield the body as it arrives, still compressed; `read` would wait for whole pieces."""
    while piece := answer.read1(_PIECE, decode_content=False):
        yield piece


def _check_address(url: str) -> None:
    try:
        whole = is_web_address(url) and bool(urlsplit(url).hostname)
    except ValueError:
        whole = False
    if not whole:
        raise FetchError(f"{line(url)[:200]} is not a whole http or https address; not fetched.")


def _redirected(seen: list[str], location: str) -> str:
    """Return the target of a redirect to `location` from the last address in `seen`."""
    here = seen[-1]
    try:
        target = urljoin(here, location.strip())
        whole = is_web_address(target) and bool(urlsplit(target).hostname)
    except ValueError:
        target, whole = location, False
    shown = line(target)[:200]
    if not whole:
        raise FetchError(f"{_host(here)} redirected to {shown}, which is not a web address.")
    if urlsplit(here).scheme == "https" and urlsplit(target).scheme != "https":
        raise FetchError(f"{_host(here)} redirected to {shown}, which is not encrypted.")
    if target in seen or len(seen) > _REDIRECTS:
        raise FetchError(f"{_host(here)} redirects in a circle; check the address {seen[0]}.")
    return target


def _may_pass(error: Exception) -> bool:
    """Whether the same request may succeed a little later."""
    # An unknown host, a refused connection or a bad certificate will not change soon.
    lasting = (NameResolutionError, NewConnectionError, SSLError, LocationValueError, ProxyError)
    return not isinstance(error, lasting)


def _sentence(url: str, error: Exception) -> str:
    host = _host(url)
    match error:
        case SSLError():
            return f"{host} has no valid certificate ({_reason(error)}); nothing was fetched."
        case ProxyError():
            return f"The proxy for {host} cannot be reached; check the http_proxy settings."
        case NameResolutionError():
            return f"{host} is not known; check the address and the network."
        case NewConnectionError():
            return f"{host} cannot be reached ({_reason(error)}); check the network."
        case network.TimeoutError():
            return f"{host} did not answer in time; try again later."
        case ProtocolError() | body.CutShort():
            return f"{host} broke off in the middle of its answer; try again later."
        case LocationValueError():
            return f"{line(url)[:200]} is not a whole address; check it."
        case _:
            return f"{host} could not be asked ({_reason(error)}); try again later."


def _reason(error: Exception) -> str:
    """Return the innermost reason in a few words."""
    inner = error
    while isinstance(cause := inner.__cause__ or inner.__context__, Exception):
        inner = cause
    reason = getattr(inner, "verify_message", "") or getattr(inner, "strerror", "") or str(inner)
    return line(reason)[:120].rstrip(".").lower()


def _refusal(url: str, status: int) -> str:
    try:
        phrase = HTTPStatus(status).phrase.lower()
    except ValueError:
        phrase = "unknown status"
    host = _host(url)
    if status in _BUSY:
        return f"{host} is busy ({status}, {phrase}); try again later."
    if status in (404, 410):
        return f"{host} has nothing there ({status}, {phrase}); check the name or address."
    return f"{host} refused ({status}, {phrase})."


def _header(headers: Mapping[str, str], name: str) -> str:
    return line(headers.get(name, ""))[:1000]


def _host(url: str) -> str:
    return line(urlsplit(url).netloc.rpartition("@")[2])
