"""The way from a library to the network: by which settings, limits and clock it is asked."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from paperreader.errors import CancelToken
from paperreader.follow.clock import Clock
from paperreader.follow.options import FetchOptions
from paperreader.follow.rate_limit import RateLimit
from paperreader.library.clock import written
from paperreader.paths import Paths

if TYPE_CHECKING:
    from paperreader.follow.client import Client


class Network:
    """What is needed to ask a service; nothing is asked until a client is."""

    def __init__(
        self,
        paths: Paths,
        options: FetchOptions | None = None,
        clock: Clock | None = None,
        ca_file: str | None = None,
    ) -> None:
        """Ask as `options` say, and keep the limits of hosts in the cache of `paths`.

        `clock` and `ca_file` are for tests.
        """
        self.options = options or FetchOptions()
        self._clock = clock or Clock()
        self._ca_file = ca_file
        self._limits = RateLimit(paths.cache / "hosts", self._clock)

    def client(self, cancel: CancelToken) -> "Client":
        """Return a client, which has to be closed; `cancel` stops what it does."""
        # Only now: urllib3 opens a socket when it is imported, to see whether there is IPv6.
        from paperreader.follow.client import Client

        return Client(self.options, self._limits, self._clock, cancel=cancel, ca_file=self._ca_file)

    def now(self, days: int = 0) -> str:
        """Return this moment, or that so many days later, in UTC as ISO 8601."""
        return written(self._moment() + timedelta(days=days))

    def today(self) -> date:
        """Return the day in UTC."""
        return self._moment().date()

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._clock.time(), UTC)
