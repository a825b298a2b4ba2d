"""Paper, the noun everything else is about; its links; its identity."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from urllib.parse import quote, unquote, urlsplit

from paperreader import text


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
        """Return a link of the kind that the address itself shows."""
        return cls(_kind_of(url), url)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, as a source tells of it. What is not known is empty.

    `published` and `updated` are ISO 8601 dates, whole or cut after the year or the month.
    `identifiers` maps a scheme in lower case (arxiv, doi, acl, openreview, pmid, …) to the bare
    identifier; arXiv ids carry no version. `abstract` may hold paragraphs, parted by an empty
    line, and LaTeX as the source has it. A paper is `pending` while only an identifier or an
    address is known of it and its title is still to be filled in.
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

    def cleaned(self) -> Self:
        """Return this paper with every text safe to show and every link safe to open.

        Addresses inside the abstract become links too.
        """
        abstract = text.paragraphs(self.abstract)
        links = [Link(link.kind, text.line(link.url)) for link in self.links]
        links += [Link.of(url) for url in text.urls(abstract)]
        return replace(
            self,
            title=text.line(self.title),
            abstract=abstract,
            authors=_lines(self.authors),
            published=text.line(self.published),
            updated=text.line(self.updated),
            venue=text.line(self.venue),
            categories=_lines(self.categories),
            keywords=_lines(self.keywords),
            links=_safe_links(links),
            identifiers=_clean_identifiers(self.identifiers),
            comment=text.line(self.comment),
            summary=text.paragraphs(self.summary),
            organization=text.line(self.organization),
        )

    @property
    def key(self) -> str:
        """The name under which the paper is known: the first of `keys`."""
        return self.keys[0]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every name of this paper, strongest first; the title's hash only where there is no id."""
        named = [f"{s}:{self.identifiers[s]}" for s in STRONG_SCHEMES if s in self.identifiers]
        return tuple(named) or (self.title_key,)

    @property
    def title_key(self) -> str:
        """A name made of the title and the first author's surname."""
        surname = fold(self.authors[0]).split()[-1:] if self.authors else []
        told = "/".join([bare(self.title), *surname])
        import hashlib  # it brings OpenSSL, which a start does not need

        return "title:" + hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def year(self) -> str:
        """The year of publication, or an empty text."""
        return self.published[:4]

    def link(self, kind: LinkKind) -> str:
        """Return the first address of `kind`, or an empty text; page and PDF by the ids too."""
        for link in self.links:
            if link.kind is kind:
                return link.url
        return _address_by_id(self.identifiers, kind)


class View(StrEnum):
    """The four standing lists of a library."""

    ALL = "all"
    UNREAD = "unread"
    READING = "reading"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as the library holds it: with its key, its sources, and what the person did.

    Times are ISO 8601 in UTC, empty where the thing was not done. `row` is the library's own
    number for the paper. `position` orders the reading list. `aliases` are earlier keys.
    """

    row: int
    key: str
    paper: Paper
    added: str = ""
    sources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bookmarked: str = ""
    position: int = 0
    read: str = ""
    done: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""


# The schemes that name a paper for good, strongest first.
STRONG_SCHEMES = ("arxiv", "doi", "acl", "openreview", "pmid")

_ARXIV_NEW = r"\d{4}\.\d{4,5}"
_ARXIV_OLD = r"[a-z-]+(?:\.[a-zA-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"(?:arxiv:\s*)?({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?", re.IGNORECASE)
_ARXIV_URL = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|format|e-print)|(?:huggingface\.co|hf\.co)/papers"
    rf"|alphaxiv\.org/abs|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html))/({_ARXIV_NEW}|{_ARXIV_OLD})",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({_ARXIV_NEW}|{_ARXIV_OLD})", re.IGNORECASE)
_ACL_URL = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology)/([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)",
    re.IGNORECASE,
)
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]+)")
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht", "gitee.com")
_PAPER_HOSTS = ("arxiv.org", "doi.org", "aclanthology.org", "openreview.net", "huggingface.co")


def arxiv_id(told: str) -> str:
    """Return the bare arXiv id that `told` is (with or without prefix and version), or ''."""
    match = _ARXIV.fullmatch(told.strip())
    return _lower_archive(match.group(1)) if match else ""


def doi(told: str) -> str:
    """Return the DOI that `told` is (bare, with prefix, or as an address) in lower case, or ''."""
    match = _DOI.fullmatch(told.strip().rstrip(".,;"))
    if not match:
        return ""
    found = match.group(1)
    return (unquote(found) if "doi.org/" in match.group().lower() else found).lower()


def identifiers_in(url: str) -> dict[str, str]:
    """Return what the address itself names: scheme to identifier, empty where it names nothing."""
    if match := _ARXIV_URL.search(url):
        return {"arxiv": _lower_archive(match.group(1))}
    if match := _ACL_URL.search(url):
        return {"acl": match.group(1)}
    if match := _OPENREVIEW_URL.search(url):
        return {"openreview": match.group(1)}
    if "doi.org/" in url.lower() and (found := doi(url)):
        return _clean_identifiers({"doi": found})
    return {}


def fold(told: str) -> str:
    """Return the words of `told` in lower case, without accents and punctuation."""
    if not told.isascii():
        letters = unicodedata.normalize("NFKD", told)
        told = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", told.casefold()))


def bare(title: str) -> str:
    """Return the letters and digits of `title`, folded: what two sources of a title agree in.

    One source writes $^3$He-B where another writes ^3He-B, so spaces tell nothing. A title
    without a letter is all that there is of it.
    """
    return fold(title).replace(" ", "").replace("_", "") or title


def parse_time(told: str) -> datetime | None:
    """Return the time that an ISO 8601 text tells, or None where it is none."""
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        return None


def _lower_archive(identifier: str) -> str:
    """Old-style archives are written in lower case, their subject class in capitals."""
    archive, slash, number = identifier.partition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}" if slash else identifier


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for value in values if (clean := text.line(value))))


def _safe_links(links: list[Link]) -> tuple[Link, ...]:
    """Keep the addresses that may be opened, each once."""
    by_url: dict[str, Link] = {}
    for link in links:
        if text.is_web_address(link.url):
            by_url.setdefault(link.url.rstrip("/"), link)
    return tuple(by_url.values())


def _clean_identifiers(identifiers: Mapping[str, str]) -> dict[str, str]:
    clean: dict[str, str] = {}
    for scheme, told in identifiers.items():
        value = text.line(str(told))
        if scheme == "arxiv":
            value = arxiv_id(value)
        elif scheme == "doi":
            value = doi(value)
            if match := _ARXIV_DOI.fullmatch(value):
                clean.setdefault("arxiv", _lower_archive(match.group(1)))
        if value:
            clean[text.line(scheme).lower()] = value
    return clean


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


def _address_by_id(identifiers: Mapping[str, str], kind: LinkKind) -> str:
    pages = {
        "arxiv": "https://arxiv.org/abs/{}",
        "doi": "https://doi.org/{}",
        "acl": "https://aclanthology.org/{}",
        "openreview": "https://openreview.net/forum?id={}",
    }
    pdfs = {
        "arxiv": "https://arxiv.org/pdf/{}",
        "acl": "https://aclanthology.org/{}.pdf",
        "openreview": "https://openreview.net/pdf?id={}",
    }
    known = {LinkKind.PAGE: pages, LinkKind.PDF: pdfs}.get(kind, {})
    for scheme, address in known.items():
        if scheme in identifiers:
            return address.format(quote(identifiers[scheme], safe="/:;()@!$&'*+,=~"))
    return ""
