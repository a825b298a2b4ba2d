"""What the services know of papers that are here already."""

from collections.abc import Sequence
from typing import Protocol

from paperreader.papers.paper import Paper


class Lookup(Protocol):
    """One way to ask one service about papers.

    `service` is what people call it, `by` what it is asked by; `batch` is how many papers it is
    asked about at once.
    """

    service: str
    by: str
    batch: int

    def wants(self, paper: Paper) -> bool:
        """Whether the service may know something of `paper` that is missing."""
        ...

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return, for each of at most `batch` papers, what is certainly the same one, or None.

        Raises `FetchError`.
        """
        ...
