"""Settings of fetching: the contact, limits, intervals, and addresses of the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self
from urllib.parse import urlsplit

from paperreader import __version__
from paperreader.errors import PaperreaderError
from paperreader.text import is_web_address, line

# Seconds between two requests. arXiv allows one request every three seconds, over its API, feeds
# and pages together; the other services publish no general limit.
ARXIV_INTERVAL = 3.1
_INTERVAL = 1.1
_ARXIV_DOMAIN = "arxiv.org"


@dataclass(frozen=True, slots=True)
class Services:
    """The base addresses of the services, without a slash at the end."""

    arxiv: str = "https://export.arxiv.org"
    huggingface: str = "https://huggingface.co"
    crossref: str = "https://api.crossref.org"
    semantic_scholar: str = "https://api.semanticscholar.org"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch.

    `contact` is an email address under which the services can reach the user; `first` is how many
    papers a first fetch of an arXiv source takes at most; `interval` the seconds between two
    requests to a host other than arXiv's, `arxiv_interval` those to arXiv's; `timeout` the seconds
    of silence after which a request fails; `max_mb` the largest answer, unpacked; `tidy_days` the
    age from which untouched papers of followed sources may be removed.
    """

    contact: str = ""
    first: int = 1000
    interval: float = _INTERVAL
    arxiv_interval: float = ARXIV_INTERVAL
    timeout: float = 30.0
    max_mb: int = 64
    tidy_days: int = 60
    semantic_scholar_key: str = ""
    services: Services = field(default_factory=Services)

    @classmethod
    def of(cls, fetch: Mapping[str, object], services: Mapping[str, object]) -> Self:
        """Read the tables [fetch] and [services] of the settings.

        Raises `PaperreaderError` with a sentence about the first value that cannot be used.
        """
        options = cls()
        known = {f.name for f in fields(cls)} - {"services"}
        for name, value in fetch.items():
            if name not in known:
                raise PaperreaderError(
                    f"There is no setting “{name}” in [fetch]; there are "
                    f"{', '.join(sorted(known))}."
                )
            checked: Any = _checked(name, value, getattr(cls(), name))
            options = replace(options, **{name: checked})
        named = {f.name for f in fields(Services)}
        bases: dict[str, str] = {}
        for name, value in services.items():
            if name not in named:
                raise PaperreaderError(
                    f"There is no service “{name}” in [services]; there are "
                    f"{', '.join(sorted(named))}."
                )
            if not isinstance(value, str) or not is_web_address(value):
                raise PaperreaderError(f"[services] {name} must be an http or https address.")
            bases[name] = value.rstrip("/")
        return replace(options, services=Services(**bases))

    @property
    def user_agent(self) -> str:
        """The User-Agent header."""
        about = f"contact: {self.contact}" if self.contact else "a terminal reader for papers"
        return f"paperreader/{__version__} ({about})"

    def group(self, url: str) -> str:
        """Return the rate limit group of `url`: its host, or one group for all of arXiv."""
        host = _host(url)
        return _ARXIV_DOMAIN if _is_arxiv(host) else host

    def seconds_between(self, url: str) -> float:
        """Return the minimum seconds between two requests to the host of `url`."""
        host = _host(url)
        if _is_arxiv(host):
            return max(self.arxiv_interval, ARXIV_INTERVAL)
        return self.arxiv_interval if host == _host(self.services.arxiv) else self.interval


def _host(url: str) -> str:
    """Return the host and port of an address in lower case."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _is_arxiv(host: str) -> bool:
    return host == _ARXIV_DOMAIN or host.endswith("." + _ARXIV_DOMAIN)


def _checked(name: str, value: object, default: object) -> object:
    if isinstance(default, str):
        if not isinstance(value, str):
            raise PaperreaderError(f"[fetch] {name} must be text in quotes.")
        return line(value).encode("ascii", "ignore").decode()
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        raise PaperreaderError(f"[fetch] {name} must be a number that is not negative.")
    return int(value) if isinstance(default, int) else float(value)
