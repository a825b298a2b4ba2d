"""What is said where a host could not be asked, or refused: one sentence each."""

from http import HTTPStatus
from urllib.parse import urlsplit

from urllib3.exceptions import (
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    SSLError,
)
from urllib3.exceptions import (
    TimeoutError as NoAnswer,
)

from paperreader.follow.body import CutShort
from paperreader.follow.retry import BUSY
from paperreader.text import line


def may_pass(error: Exception) -> bool:
    """Whether the same request may succeed a little later."""
    # An unknown host, a refused connection or a bad certificate will not change soon.
    lasting = (NameResolutionError, NewConnectionError, SSLError, LocationValueError, ProxyError)
    return not isinstance(error, lasting)


def sentence(url: str, error: Exception) -> str:
    """Return what `error` means for a request to `url`, and what to do."""
    host = host_of(url)
    match error:
        case SSLError():
            return f"{host} has no valid certificate ({_reason(error)}); nothing was fetched."
        case ProxyError():
            return f"The proxy for {host} cannot be reached; check the http_proxy settings."
        case NameResolutionError():
            return f"{host} is not known; check the address and the network."
        case NewConnectionError():
            return f"{host} cannot be reached ({_reason(error)}); check the network."
        case NoAnswer():
            return f"{host} did not answer in time; try again later."
        case ProtocolError() | CutShort():
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


def refusal(url: str, status: int) -> str:
    """Return what a status other than success means, and what to do."""
    try:
        phrase = HTTPStatus(status).phrase.lower()
    except ValueError:
        phrase = "unknown status"
    host = host_of(url)
    if status in BUSY:
        return f"{host} is busy ({status}, {phrase}); try again later."
    if status in (404, 410):
        return f"{host} has nothing there ({status}, {phrase}); check the name or address."
    return f"{host} refused ({status}, {phrase})."


def host_of(url: str) -> str:
    """Return the host and port of an address, safe to show and without a password."""
    return line(urlsplit(url).netloc.rpartition("@")[2])
