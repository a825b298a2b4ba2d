"""Lookups in Hugging Face Papers: code, votes and a summary by arXiv id; the id by title."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from paperreader.follow.errors import StatusError
from paperreader.follow.matching import is_plausible, missing, the_match
from paperreader.formats.huggingface.api_json import paper_of
from paperreader.papers.paper import Paper

if TYPE_CHECKING:
    from paperreader.follow.client import Client

_NOT_FOUND = 404


class HuggingFaceById:
    """Papers whose arXiv id is known, one per request."""

    service = "Hugging Face"
    by = "identifier"
    batch = 1

    def __init__(self, client: "Client", base: str) -> None:
        """Ask the API at `base`."""
        self._client = client
        self._base = base

    def wants(self, paper: Paper) -> bool:
        """Whether it has an arXiv id and no code."""
        return "arxiv" in paper.identifiers and "code" in missing(paper)

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return what Hugging Face has under the papers' arXiv ids."""
        return [self._paper(paper) for paper in papers]

    def _paper(self, paper: Paper) -> Paper | None:
        number = quote(paper.identifiers["arxiv"], safe="")
        try:
            response = self._client.get(f"{self._base}/api/papers/{number}")
        except StatusError as error:
            if error.status == _NOT_FOUND:
                return None
            raise
        match = paper_of(response.json())
        return match.cleaned() if match and is_plausible(paper, match) else None


class HuggingFaceByTitle:
    """Papers that arXiv does not find by title, which may have changed there since."""

    service = "Hugging Face"
    by = "title"
    batch = 1

    def __init__(self, client: "Client", base: str) -> None:
        """Ask the API at `base`."""
        self._client = client
        self._base = base

    def wants(self, paper: Paper) -> bool:
        """Whether it has no identifier, and lacks authors or a date."""
        lacks = bool(missing(paper) & {"authors", "date"})
        return not paper.identifiers and not paper.pending and lacks

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return the papers there with the same titles."""
        return [the_match(paper, self._search(paper.title)) for paper in papers]

    def _search(self, title: str) -> list[Paper]:
        query = urlencode({"q": title, "limit": 20})
        answer = self._client.get(f"{self._base}/api/papers/search?{query}").json()
        entries = answer if isinstance(answer, list) else []
        return [paper.cleaned() for entry in entries if (paper := paper_of(entry))]
