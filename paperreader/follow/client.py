"""Client: an HTTP client for web services.

One request at a time to each host, with a pause between requests (`rate_limit`); retries where a
later try may succeed; only http and https, also after a redirect; certificates are checked; the
size of a response and the time it may take are bounded.
"""

import json
from collections.abc import Iterator, Mapping
from email.message import Message
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from paperreader.errors import NEVER, CancelToken
from paperreader.follow import body
from paperreader.follow.clock import Clock
from paperreader.follow.connections import Connections, broken_off
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.failures import host_of, may_pass, refusal, sentence
from paperreader.follow.options import FetchOptions
from paperreader.follow.rate_limit import PATIENCE, RateLimit, Turn, paused
from paperreader.follow.response import NO_VALIDATORS, Response, Validators
from paperreader.follow.retry import BUSY, OVERLOADED, busy_pause, jittered
from paperreader.text import is_web_address, line

_TRIES = 4
_REDIRECTS = 5
# The longest that a whole response may take, however steadily its bytes arrive.
_WHOLE_SECONDS = 300.0
_PIECE = 64 * 1024
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
        self._connections = Connections(options.timeout, ca_file)

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

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
        while isinstance(answer := self._tried("GET", seen[-1], sent, None), str):
            seen.append(_redirected(seen, answer))
            if host_of(seen[-1]) != host_of(seen[-2]):
                sent = {}  # a key or an ETag is for the host that it came from
        if answer.unchanged and sent.keys().isdisjoint({"If-None-Match", "If-Modified-Since"}):
            raise FetchError(
                f"{host_of(answer.url)} answered that nothing has changed, but was not asked; try "
                "again later."
            )
        return answer

    def post(self, url: str, value: object, headers: Mapping[str, str] | None = None) -> Response:
        """Return the response to `value`, sent as JSON; for requests that change nothing."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        answer = self._tried("POST", url, sent, json.dumps(value).encode())
        if isinstance(answer, str):
            raise FetchError(f"{host_of(url)} moved to {line(answer)[:200]}; update paperreader.")
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
                    if last and busy.error.status not in OVERLOADED:
                        raise busy.error from busy  # one page of the host may fail, not all
                    self._pause(turn, url, number, busy.retry_after)
                    if last:
                        raise busy.error from busy
                except (HTTPError, body.CutShort) as error:
                    if last or not may_pass(error):
                        raise FetchError(sentence(url, error)) from error
                    turn.pause = jittered(1.0 + number)
        raise AssertionError("the last try returns or raises")

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Response | str:
        """Return the response, or the address of a redirect; raise where that takes too long."""
        deadline = _Deadline(url, self._clock, self._cancel)
        try:
            with broken_off(deadline.is_over):
                answer = self._exchanged(method, url, headers, data, deadline)
        except (HTTPError, body.CutShort):
            deadline.check()
            raise
        deadline.check()  # headers that are broken off look like a whole answer
        return answer

    def _exchanged(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        data: bytes | None,
        deadline: "_Deadline",
    ) -> Response | str:
        answer = self._connections.pool(url).request(
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
                host_of(url),
                _pieces(answer),
                answer.headers.get("Content-Encoding", ""),
                self._options.max_mb * 1024**2,
                deadline.check,
            )
        finally:
            # A connection whose body was read to the end is reused.
            if answer.length_remaining:
                answer.close()
            answer.release_conn()
        return self._response(url, answer, content)

    def _response(self, url: str, answer: BaseHTTPResponse, content: bytes) -> Response:
        headers = answer.headers
        validators = Validators(_header(headers, "ETag"), _header(headers, "Last-Modified"))
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Response(url, validators=validators, unchanged=True)
        if answer.status == HTTPStatus.OK:
            kind = Message()
            kind["Content-Type"] = _header(headers, "Content-Type")
            return Response(url, content, kind.get_content_type(), validators)
        error = StatusError(refusal(url, answer.status), answer.status, content)
        if answer.status in BUSY:
            raise _Busy(error, _header(headers, "Retry-After"))
        raise error

    def _pause(self, turn: Turn, url: str, number: int, retry_after: str) -> None:
        """Set the pause before the next request; raise if the host asks for a long one."""
        turn.pause = busy_pause(retry_after, number, self._clock.time())
        if turn.pause > PATIENCE:
            raise FetchError(paused(host_of(url), self._clock.time() + turn.pause))


class _Deadline:
    """The end of the time that a host has for its whole answer."""

    def __init__(self, url: str, clock: Clock, cancel: CancelToken) -> None:
        self._url = url
        self._clock = clock
        self._cancel = cancel
        self._ends = clock.monotonic() + _WHOLE_SECONDS

    def is_over(self) -> bool:
        """Whether nobody waits for the answer any longer."""
        return self._cancel.is_cancelled() or self._clock.monotonic() > self._ends

    def check(self) -> None:
        """Raise `Cancelled` or `FetchError` where it is over."""
        self._cancel.check()
        if self.is_over():
            raise FetchError(
                f"{host_of(self._url)} took more than {_WHOLE_SECONDS / 60:.0f} minutes to answer; "
                "try again later."
            )


class _Busy(Exception):
    """A response worth a retry; `retry_after` is the header of that name."""

    def __init__(self, error: StatusError, retry_after: str) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


def _pieces(answer: BaseHTTPResponse) -> Iterator[bytes]:
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
        raise FetchError(f"{host_of(here)} redirected to {shown}, which is not a web address.")
    if urlsplit(here).scheme == "https" and urlsplit(target).scheme != "https":
        raise FetchError(f"{host_of(here)} redirected to {shown}, which is not encrypted.")
    if target in seen or len(seen) > _REDIRECTS:
        raise FetchError(f"{host_of(here)} redirects in a circle; check the address {seen[0]}.")
    return target


def _header(headers: Mapping[str, str], name: str) -> str:
    return line(headers.get(name, ""))[:1000]
