"""A paper as a source describes it, and its links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit

from paperreader.papers.schemes import STRONG_SCHEMES, address_of

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
class BibEntry:
    """A BibTeX entry of a paper: its citation key, its type, and its fields as LaTeX."""

    key: str
    kind: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


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
    and which words of a name are the family name. The export writes them unchanged. Under
    `@preamble` it holds the preambles of the file that define commands which the fields use.

    `other_titles` are the titles in other records of this paper, such as that of an earlier
    version.

    `entries` holds the BibTeX entries of a paper that documents cite by several keys, each as it
    was before they were merged, that of `citation_key` first; it is empty for a single key.
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
    entries: tuple[BibEntry, ...] = ()

    def cleaned(self) -> Self:
        """Return this paper with every text safe to show and every link safe to open.

        See `papers.cleaning`, which only new papers need.
        """
        from paperreader.papers.cleaning import cleaned

        return cleaned(self)

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
        import hashlib  # it brings OpenSSL, which a start does not need

        from paperreader.papers.titles import bare, fold

        surname = fold(self.authors[0]).split()[-1:] if self.authors else []
        identity = "/".join([bare(self.title), *surname])
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


def _kind_of(url: str) -> LinkKind:
    from paperreader.papers.identifiers import identifiers_in

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
