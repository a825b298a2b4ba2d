"""Identifiers of papers: the schemes, how each is written, and the addresses that hold them."""

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from paperreader import text

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
        return clean_identifiers({"doi": found})
    return {}


def clean_identifiers(identifiers: Mapping[str, str]) -> dict[str, str]:
    """Return the identifiers safe to show, each in the form that its scheme has."""
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


def address_of(identifiers: Mapping[str, str], kind: str) -> str:
    """Return the address of the paper's `page` or `pdf` that its identifiers imply, or ''."""
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
    known = {"page": pages, "pdf": pdfs}.get(kind, {})
    for scheme, address in known.items():
        if scheme in identifiers:
            return address.format(quote(identifiers[scheme], safe="/:;()@!$&'*+,=~"))
    return ""


def _lower_archive(identifier: str) -> str:
    """Old-style archives are written in lower case, their subject class in capitals."""
    archive, slash, number = identifier.partition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}" if slash else identifier
