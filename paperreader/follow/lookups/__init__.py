"""Lookups: what web services know about papers in the library."""

from collections.abc import Sequence
from typing import Protocol

from paperreader.papers.paper import Paper


class Lookup(Protocol):
    """A way to look papers up in a service.

    `service` is its name, `by` what is looked up: identifier or title; `batch` is the number of
    papers per request.
    """

    service: str
    by: str
    batch: int

    def wants(self, paper: Paper) -> bool:
        """Whether the service may know a missing fact of `paper`."""
        ...

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return for each of at most `batch` papers the service's record of it, or None.

        Raises `FetchError`.
        """
        ...
