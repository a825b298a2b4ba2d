"""Identifiers of papers: their syntax, and the addresses that hold them."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from paperreader import text

_ARXIV_NEW = r"\d{4}\.\d{4,5}"
_ARXIV_OLD = (
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg"
    r"|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|mtrl-th|nlin"
    r"|nucl-(?:ex|th)|patt-sol|physics|plasm-ph|q-(?:alg|bio|fin)|quant-ph|solv-int|stat|supr-con"
    r")(?:\.[a-zA-Z-]{2,20})?/\d{7}"
)
_ARXIV_ID = rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?!\d)"
_ARXIV = re.compile(rf"(?:arxiv:\s*)?{_ARXIV_ID}(?:v\d+)?", re.IGNORECASE)
# The addresses of arXiv, and of the many sites that show its papers under "arxiv".
_ARXIV_URL = re.compile(
    r"(?<![a-z])(?:arxiv[\w.-]{0,40}(?:/[a-z-]{1,12}){0,2}|alphaxiv\.org/[a-z]{1,12}"
    r"|ar5iv(?:\.labs\.arxiv|\.org)?(?:\.org)?/[a-z]{1,12}|xxx\.lanl\.gov/[a-z]{1,12}"
    rf"|(?:huggingface\.co|hf\.co|hf-mirror\.com|emergentmind\.com)/papers)[:/=]{_ARXIV_ID}",
    re.IGNORECASE,
)
# arXiv ids inside the identifiers of DBLP and the Astrophysics Data System.
_ARXIV_INSIDE = re.compile(r"/corr/abs-(\d{4})-(\d{4,5})\b|/\d{4}arXiv(\d{4})(\d{4,5})[A-Z.]")
_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_DOI_IN_URL = re.compile(r"[/=:](10\.\d{4,9}/[^\s?#&\"<>]+)")
# Suffixes that publishers append to a DOI for a view of the article.
_DOI_TAIL = re.compile(
    r"(?:/(?:full|abstract|e?pdf|epub|meta|html|summary|fulltext|full-text|references|figures"
    r"|download|issuetoc|v\d{1,2})|\.full(?:-text)?|\.pdf(?:\+html)?|\.html?|/)$",
    re.IGNORECASE,
)
_BIORXIV_VIEW = re.compile(r"(10\.(?:1101|64898)/[\d.]+)v\d+.*")
_OXFORD_NUMBER = re.compile(r"(/.*)/\d+$")
_NATURE_URL = re.compile(r"nature\.com/articles/([a-z][a-z\d.-]{4,40})", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}", re.IGNORECASE)
_ACL_URL = re.compile(
    r"(?:aclanthology\.org|aclweb\.org/anthology)/([A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+)",
    re.IGNORECASE,
)
_OPENREVIEW_URL = re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^#\s]*&)?id=([\w-]+)")
_PUBMED_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:pubmed|m/pubmed)"
    r"|europepmc\.org/(?:abstract|article)/MED)/(\d{1,9})\b",
    re.IGNORECASE,
)
_PMC_URL = re.compile(r"(?:ncbi\.nlm\.nih\.gov|europepmc\.org)/\S*?\b(PMC\d{2,9})\b", re.IGNORECASE)
_OPENING = {")": "(", "]": "[", ">": "<"}
# Longer addresses are searched up to this many characters.
_LONGEST_URL = 4000

# The DOIs of preprint servers and archives of manuscripts; a journal gives the same paper its own.
# arXiv, bioRxiv and medRxiv (64898 since 2025), the servers of OSF and others.
_PREPRINT_DOI = re.compile(
    r"10\.(?:(?:48550|64898|20944|26434|31219|312[23]\d|32388|33767|32942|35542|36227"
    r"|22541|14293|26226|51094|12688|6084)/|1101/\d|21203/rs|2139/ssrn|5281/zenodo|1149/osf"
    r"|2196/preprints|7287/peerj\.preprints|5194/egusphere|1002/essoar|3762/bxiv"
    r"|1590/scielopreprints)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"[./-]?v\d+$", re.IGNORECASE)


def arxiv_id(value: str) -> str:
    """Return the bare arXiv id in `value` (with or without prefix and version), or ''."""
    match = _ARXIV.fullmatch(value.strip())
    return _lower_archive(match.group(1)) if match else ""


def doi(value: str) -> str:
    """Return the DOI in `value` (bare, with prefix, or as an address) in lower case, or ''."""
    match = _DOI.fullmatch(value.strip().rstrip(".,;"))
    if not match:
        return ""
    number = match.group(1)
    return (unquote(number) if "doi.org/" in match.group().lower() else number).lower()


def is_preprint_doi(value: str) -> bool:
    """Whether the DOI is that of a preprint server."""
    return _PREPRINT_DOI.match(value) is not None


def without_version(value: str) -> str:
    """Return an identifier without the version that preprint servers append to their DOIs."""
    return _VERSION.sub("", value) if is_preprint_doi(value) else value


def without_view(value: str) -> str:
    """Return a DOI in an address of bioRxiv or medRxiv without the version and view after it."""
    match = _BIORXIV_VIEW.fullmatch(value)
    return match.group(1) if match else value


def identifiers_in(url: str) -> dict[str, str]:
    """Return the identifiers in an address, by scheme.

    Addresses of arXiv papers on other sites count, and DOIs in those of publishers.
    """
    url = url[:_LONGEST_URL]
    address = unquote(url) if "%" in url else url
    identifiers: dict[str, str] = {}
    if match := _ARXIV_URL.search(address):
        return {"arxiv": _lower_archive(match.group(1))}
    if match := _ARXIV_INSIDE.search(address):
        return {"arxiv": ".".join(filter(None, match.groups()))}
    if match := _ACL_URL.search(address):
        return {"acl": match.group(1)}
    if match := _OPENREVIEW_URL.search(address):
        return {"openreview": match.group(1)}
    if number := _doi_in(address):
        identifiers["doi"] = number
    if match := _PUBMED_URL.search(address):
        identifiers["pmid"] = match.group(1)
    if match := _PMC_URL.search(address):
        identifiers["pmcid"] = match.group(1).upper()
    return clean_identifiers(identifiers)


def _doi_in(address: str) -> str:
    """Return the DOI in an address, without the suffix for a view of the article."""
    if "doi.org/" in address.lower() and (number := doi(address)):
        return number
    match = _DOI_IN_URL.search(address)
    if not match:
        nature = _NATURE_URL.search(address)
        return f"10.1038/{_DOI_TAIL.sub('', nature.group(1).lower())}" if nature else ""
    number = up_to_unopened_bracket(text.without_sentence(match.group(1)))
    while tail := _DOI_TAIL.search(number):
        number = number[: tail.start()]
    number = without_view(number)
    if "academic.oup.com" in address:
        number = _OXFORD_NUMBER.sub(r"\1", number)
    return doi(number)


def up_to_unopened_bracket(value: str) -> str:
    """Return an identifier cut before the first closing bracket without an opening one in it."""
    opened = {"(": 0, "[": 0, "<": 0}
    for index, character in enumerate(value):
        if character in opened:
            opened[character] += 1
        elif opening := _OPENING.get(character):
            if not opened[opening]:
                return value[:index]
            opened[opening] -= 1
    return value


def clean_identifiers(identifiers: Mapping[str, str]) -> dict[str, str]:
    """Return the identifiers safe to show, each in the form of its scheme."""
    clean: dict[str, str] = {}
    for scheme, raw in identifiers.items():
        value = text.line(str(raw))
        if scheme == "arxiv":
            value = arxiv_id(value)
        elif scheme == "doi":
            value = doi(value)
            if match := _ARXIV_DOI.fullmatch(value):
                clean.setdefault("arxiv", _lower_archive(match.group(1)))
        elif scheme == "pmcid" and value.isdigit():
            value = f"PMC{value}"
        if value:
            clean[text.line(scheme).lower()] = value
    return clean


def _lower_archive(identifier: str) -> str:
    """Return an arXiv id with its old-style archive in lower case, without the subject class."""
    archive, slash, number = identifier.partition("/")
    return f"{archive.partition('.')[0].lower()}{slash}{number}" if slash else identifier
