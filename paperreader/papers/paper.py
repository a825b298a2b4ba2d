"""A paper as a source describes it, and its links."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from paperreader import text
from paperreader.papers.bounds import bounded
from paperreader.papers.identifiers import (
    STRONG_SCHEMES,
    address_of,
    clean_identifiers,
    identifiers_in,
)
from paperreader.papers.placeholders import is_placeholder
from paperreader.papers.titles import bare, fold

_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht", "gitee.com")
_PAPER_HOSTS = ("arxiv.org", "doi.org", "aclanthology.org", "openreview.net", "huggingface.co")


class LinkKind(StrEnum):
    """What an address leads to."""

    PAGE = "page"
    PDF = "pdf"
    CODE = "code"
    PROJECT = "project"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Link:
    """An http or https address and what it leads to."""

    kind: LinkKind
    url: str

    @classmethod
    def of(cls, url: str) -> Self:
        """Return a link whose kind follows from the address."""
        return cls(_kind_of(url), url)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a source describes it. Unknown attributes are empty.

    `published` and `updated` are ISO 8601 dates, complete or cut after the year or the month.
    `abstract` may hold paragraphs, separated by an empty line, and the LaTeX of the source.
    A paper is `pending` while only an identifier or an address of it is known, and its title is
    still to be looked up.

    `identifiers` maps a scheme in lower case (arxiv, doi, acl, openreview, pmid, …) to the bare
    identifier; arXiv ids carry no version. It holds only what the source gives as the paper's
    own: in a field for it, as the address of the paper, or in a note that is nothing else. An
    identifier that is merely mentioned ("Comment on arXiv:…") stays in the text around it.

    `kind` is the type of the entry in the words of biblatex (article, inproceedings, phdthesis,
    …), or the source's own word in lower case. `fields` holds every other fact about the paper
    as text, under the lower-case field names of biblatex (volume, number, pages, publisher,
    location, series, edition, issn, language, booktitle if `venue` is something else, …), or
    under the name that the source gives it. `citation_key` is the key by which the
    source's documents cite the paper.

    `bibtex` holds the fields of a BibTeX entry as they are written there, except the abstract,
    under their lower-case names: LaTeX holds more than text, such as which capitals are protected
    and which words of a name are the family name. The export writes them unchanged.

    `other_titles` are the titles in other records of this paper, such as that of an earlier
    version.
    """

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    venue: str = ""
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    summary: str = ""
    organization: str = ""
    upvotes: int | None = None
    comments: int | None = None
    stars: int | None = None
    pending: bool = False
    kind: str = ""
    editors: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    citation_key: str = ""
    bibtex: Mapping[str, str] = field(default_factory=dict)
    other_titles: tuple[str, ...] = ()

    def cleaned(self) -> Self:
        """Return this paper with every text safe to show and every link safe to open.

        Whatever exceeds `papers.bounds` is cut. Addresses inside the abstract become
        links too, and placeholders such as "[No abstract available]" are left out; a title stays.
        """
        paper, _ = bounded(self)
        abstract = _unless_placeholder(text.paragraphs(paper.abstract))
        links = [Link(link.kind, text.line(link.url)) for link in paper.links]
        links += [Link.of(url) for url in text.urls(abstract)]
        return replace(
            paper,
            title=text.line(paper.title),
            abstract=abstract,
            authors=_without_placeholders(_lines(paper.authors)),
            published=text.line(paper.published),
            updated=text.line(paper.updated),
            venue=_unless_placeholder(text.line(paper.venue)),
            categories=_lines(paper.categories),
            keywords=_without_placeholders(_lines(paper.keywords)),
            links=_safe_links(links),
            identifiers=clean_identifiers(paper.identifiers),
            comment=_unless_placeholder(text.line(paper.comment)),
            summary=_unless_placeholder(text.paragraphs(paper.summary)),
            organization=text.line(paper.organization),
            kind=text.line(paper.kind).lower(),
            editors=_without_placeholders(_lines(paper.editors)),
            fields={n: t for n, t in _texts(paper.fields).items() if not is_placeholder(t)},
            citation_key=text.line(paper.citation_key),
            bibtex=_texts(paper.bibtex),
            other_titles=_lines(paper.other_titles),
        )

    @property
    def key(self) -> str:
        """The key of the paper in the library: the first of `keys`."""
        return self.keys[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of this paper, strongest first; a hash of the title if it has no identifier."""
        named = [f"{s}:{self.identifiers[s]}" for s in STRONG_SCHEMES if s in self.identifiers]
        return tuple(named) or (self.title_key,)

    @property
    def title_key(self) -> str:
        """A key made from the title and the surname of the first author."""
        surname = fold(self.authors[0]).split()[-1:] if self.authors else []
        identity = "/".join([bare(self.title), *surname])
        import hashlib  # it brings OpenSSL, which a start does not need

        return "title:" + hashlib.sha256(identity.encode()).hexdigest()[:12]

    @property
    def year(self) -> str:
        """The year of publication, or an empty string."""
        return self.published[:4]

    def link(self, kind: LinkKind) -> str:
        """Return the first address of `kind`, or the one that the identifiers imply, or ''."""
        for link in self.links:
            if link.kind is kind:
                return link.url
        return address_of(self.identifiers, kind)


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for value in values if (clean := text.line(value))))


def _unless_placeholder(value: str) -> str:
    return "" if value and is_placeholder(value) else value


def _without_placeholders(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if not is_placeholder(value))


def _texts(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values safe to show, under names in lower case; empty ones are left out."""
    if not values:
        return {}
    clean = {text.line(name).lower(): text.paragraphs(value) for name, value in values.items()}
    return {name: value for name, value in clean.items() if name and value}


def _safe_links(links: list[Link]) -> tuple[Link, ...]:
    """Return the links with addresses that may be opened, each once."""
    by_url: dict[str, Link] = {}
    for link in links:
        if text.is_web_address(link.url):
            by_url.setdefault(link.url.rstrip("/"), link)
    return tuple(by_url.values())


def _kind_of(url: str) -> LinkKind:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return LinkKind.PAGE
    path = parts.path.lower()
    if path.endswith(".pdf") or (host.endswith("arxiv.org") and path.startswith("/pdf/")):
        return LinkKind.PDF
    if host in _CODE_HOSTS:
        return LinkKind.CODE
    if identifiers_in(url) or (host in _PAPER_HOSTS and host != "huggingface.co"):
        return LinkKind.PAPER
    return LinkKind.PROJECT
