"""Lookups in arXiv's API: by identifier, and by title."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from paperreader import formats
from paperreader.follow.errors import FetchError, StatusError
from paperreader.follow.matching import is_plausible, missing, the_match
from paperreader.formats.input.document import Document
from paperreader.formats.xml_formats.atom import Atom
from paperreader.papers.paper import Paper
from paperreader.papers.titles import fold

if TYPE_CHECKING:
    from paperreader.follow.client import Client

_GIVES = frozenset({"title", "authors", "date", "categories", "abstract", "PDF"})
# Statuses of a query that is too long or has characters that arXiv rejects.
_NOT_UNDERSTOOD = frozenset({400, 414})
# Results requested for a title; one that more titles contain identifies nothing.
_HITS = 50


class ArxivById:
    """Papers whose arXiv id is known, a hundred in one request."""

    service = "arXiv"
    by = "identifier"
    batch = 100

    def __init__(self, client: "Client", base: str) -> None:
        """Ask the API at `base`."""
        self._client = client
        self._base = base

    def wants(self, paper: Paper) -> bool:
        """Whether it has an arXiv id, and lacks a fact that arXiv has of every paper."""
        return "arxiv" in paper.identifiers and bool(missing(paper) & _GIVES)

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return what arXiv has under the papers' ids, unless that is clearly something else."""
        numbers = [paper.identifiers["arxiv"] for paper in papers]
        query = {"id_list": ",".join(numbers), "max_results": len(numbers)}
        by_id = {p.identifiers.get("arxiv"): p for p in _papers(self._client, self._base, query)}
        return [
            candidate
            if (candidate := by_id.get(number)) and is_plausible(paper, candidate)
            else None
            for paper, number in zip(papers, numbers, strict=True)
        ]


class ArxivByTitle:
    """Papers with little more than a title, several in one request."""

    service = "arXiv"
    by = "title"
    batch = 8

    def __init__(self, client: "Client", base: str) -> None:
        """Ask the API at `base`."""
        self._client = client
        self._base = base

    def wants(self, paper: Paper) -> bool:
        """Whether it has no arXiv id, and lacks authors, a date or an abstract."""
        lacks = bool(missing(paper) & {"authors", "date", "abstract"})
        return "arxiv" not in paper.identifiers and not paper.pending and lacks

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return the papers on arXiv with the same titles.

        All titles are searched for at once, as written. A title without a match is then searched
        for alone, reduced to its words: arXiv gives some characters in a phrase a meaning.
        """
        phrases = [f'ti:"{_phrase(paper.title)}"' for paper in papers]
        try:
            candidates = self._search(" OR ".join(phrases), _HITS)
        except StatusError as error:
            if error.status not in _NOT_UNDERSTOOD:
                raise
            candidates = []
        matches: list[Paper | None] = []
        for paper in papers:
            match = the_match(paper, candidates)
            if match is None and (words := fold(paper.title).replace("_", " ")):
                match = the_match(paper, self._search(f'ti:"{words}"', _HITS))
            matches.append(match)
        return matches

    def _search(self, query: str, most: int) -> list[Paper]:
        return list(_papers(self._client, self._base, {"search_query": query, "max_results": most}))


def _phrase(title: str) -> str:
    """Return `title` without characters that would end the phrase, and without LaTeX."""
    return " ".join(re.sub(r'["\\${}^_~]', " ", title).split())


def _papers(client: "Client", base: str, query: dict[str, object]) -> Iterable[Paper]:
    response = client.get(f"{base}/api/query?{urlencode({'start': 0, **query})}")
    document = Document.of_bytes(response.host, response.body)
    if not response.body or not Atom().recognises(document):
        what = "a web page" if response.is_web_page else "something"
        raise FetchError(f"{response.host} answered with {what} that is not Atom; try again later.")
    for item in formats.Reading(document, Atom()):
        if isinstance(item, Paper):
            yield item
