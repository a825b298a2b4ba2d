"""Lookups in Semantic Scholar and Crossref, which know the published versions of preprints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from paperreader.follow.matching import is_plausible, missing, the_match
from paperreader.follow.options import FetchOptions
from paperreader.formats.json_formats.records import paper_of
from paperreader.papers.paper import Paper

if TYPE_CHECKING:
    from paperreader.follow.client import Client

_S2_FIELDS = (
    "externalIds,title,abstract,authors,venue,year,publicationDate,openAccessPdf,publicationTypes"
)
_CROSSREF_FIELDS = (
    "DOI,title,author,editor,issued,published,container-title,abstract,type,URL,volume,issue,page,"
    "publisher,ISSN,ISBN"
)


class SemanticScholarById:
    """Papers with an arXiv id or a DOI, several hundred in one request."""

    service = "Semantic Scholar"
    by = "identifier"
    batch = 400

    def __init__(self, client: "Client", options: FetchOptions) -> None:
        """Ask as `options` say."""
        self._client = client
        self._base = options.services.semantic_scholar
        key = options.semantic_scholar_key
        self._headers = {"x-api-key": key} if key else {}

    def wants(self, paper: Paper) -> bool:
        """Whether it has an identifier, and lacks a DOI, an abstract, authors, a date or a PDF."""
        lacks = missing(paper) & {"DOI", "abstract", "authors", "date", "PDF", "title"}
        return bool(_s2_id(paper)) and bool(lacks)

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return what it has under the papers' identifiers."""
        url = f"{self._base}/graph/v1/paper/batch?{urlencode({'fields': _S2_FIELDS})}"
        ids = [_s2_id(paper) for paper in papers]
        answer = self._client.post(url, {"ids": ids}, self._headers).json()
        entries = answer if isinstance(answer, list) else []
        entries += [None] * (len(papers) - len(entries))
        return [_plausible(paper, entry) for paper, entry in zip(papers, entries, strict=False)]


class CrossrefById:
    """Papers with a DOI, fifty in one request."""

    service = "Crossref"
    by = "identifier"
    batch = 50

    def __init__(self, client: "Client", options: FetchOptions) -> None:
        """Ask as `options` say."""
        self._client = client
        self._options = options

    def wants(self, paper: Paper) -> bool:
        """Whether it has a DOI, and lacks authors, a date, an abstract or its title."""
        lacks = missing(paper) & {"authors", "date", "abstract", "title"}
        return "doi" in paper.identifiers and bool(lacks)

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return what it has under the papers' DOIs."""
        dois = ",".join(f"doi:{paper.identifiers['doi']}" for paper in papers)
        works = _works(self._client, self._options, {"filter": dois, "rows": len(papers)})
        by_doi = {work.identifiers.get("doi"): work for work in works}
        return [
            candidate
            if (candidate := by_doi.get(paper.identifiers["doi"]))
            and is_plausible(paper, candidate)
            else None
            for paper in papers
        ]


class CrossrefByTitle:
    """Papers without any identifier that is known so far."""

    service = "Crossref"
    by = "title"
    batch = 1

    def __init__(self, client: "Client", options: FetchOptions) -> None:
        """Ask as `options` say."""
        self._client = client
        self._options = options

    def wants(self, paper: Paper) -> bool:
        """Whether it has no identifier, and lacks authors or a date."""
        lacks = bool(missing(paper) & {"authors", "date"})
        return not paper.identifiers and not paper.pending and lacks

    def ask(self, papers: Sequence[Paper]) -> list[Paper | None]:
        """Return the works with the same titles."""
        return [
            the_match(
                paper,
                _works(
                    self._client,
                    self._options,
                    {"query.bibliographic": " ".join([paper.title, *paper.authors[:1]]), "rows": 5},
                ),
            )
            for paper in papers
        ]


def _s2_id(paper: Paper) -> str:
    """Return the paper's id in Semantic Scholar's syntax, or an empty string."""
    for scheme, prefix in (("arxiv", "ARXIV"), ("doi", "DOI"), ("acl", "ACL"), ("pmid", "PMID")):
        if scheme in paper.identifiers:
            return f"{prefix}:{paper.identifiers[scheme]}"
    return ""


def _plausible(paper: Paper, entry: object) -> Paper | None:
    match = _read(entry)
    if match is None or not is_plausible(paper, match):
        return None
    return replace(match, categories=())  # its fields of study are not categories


def _works(client: "Client", options: FetchOptions, query: Mapping[str, object]) -> Iterable[Paper]:
    more = {"mailto": options.contact} if "@" in options.contact else {}
    query = {**query, "select": _CROSSREF_FIELDS, **more}
    url = f"{options.services.crossref}/works?{urlencode(query)}"
    answer = client.get(url).json()
    message = answer.get("message") if isinstance(answer, dict) else None
    items = message.get("items") if isinstance(message, dict) else None
    return [paper for item in items or () if (paper := _read(item))]


def _read(entry: object) -> Paper | None:
    paper = paper_of(entry) if isinstance(entry, dict) else None
    return paper.cleaned() if paper and paper.title.strip() else None
