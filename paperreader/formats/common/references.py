"""What the records of all reference managers share: addresses and identifiers in many dresses."""

import html
import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from paperreader import text
from paperreader.papers.identifiers import STRONG_SCHEMES, arxiv_id, doi, identifiers_in
from paperreader.papers.paper import Link, LinkKind

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"“”{}|]+", re.IGNORECASE)
_DOI_IN_ADDRESS = re.compile(
    r"(?:doi\.org|doi\.acm\.org|/doi(?:/(?:abs|full|pdf|epdf|epub|book|reader))?"
    r"|link\.springer\.com/(?:article|chapter|book))/(10\.\d{4,9}/[^\s?#&]+)",
    re.IGNORECASE,
)
_ARXIV = re.compile(
    r"(?:arxiv|corr)\b[^\d\n]{0,30}?(?:abs/)?"
    r"(?<![\d.])(\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?!\d)",
    re.IGNORECASE,
)
_PMID = re.compile(r"\bPMID\}?\s*:?\}?\s*(\d{1,9})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{2,9})\b")
_PUBMED_ADDRESS = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b", re.IGNORECASE
)
# Only elements that are known: "<" and ">" are signs of mathematics too.
_TAG = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|tt|span|small|font|a|jats:[\w-]+|mml:\w+)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)
_PARAGRAPH_TAG = re.compile(
    r"</?(?:p|div|br|title|h[1-6]|ul|li|jats:p|jats:title|jats:sec)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\d-])")


def dois_in(told: str) -> list[str]:
    """Return the DOIs that stand anywhere in `told`."""
    return [found for match in _DOI.finditer(told) if (found := doi(_trimmed(match.group())))]


def arxiv_in(told: str) -> str:
    """Return the arXiv id that `told` is or names as such, or an empty text."""
    match = _ARXIV.search(told)
    return arxiv_id(told) or (arxiv_id(match.group(1)) if match else "")


def isbn_in(told: str) -> str:
    """Return the first ISBN in `told` without its hyphens, or an empty text."""
    match = _ISBN.search(told)
    return re.sub(r"[- ]", "", match.group()).upper() if match else ""


def addresses_in(told: str) -> list[str]:
    """Return the web addresses of a field that is meant to hold nothing else."""
    told = told.strip()
    if told[:4].lower() == "www.":
        told = f"https://{told}"
    return list(text.urls(told))


def links_to(addresses: Iterable[str]) -> tuple[Link, ...]:
    """Return the links of a record's addresses, each once; the first is its page or its PDF."""
    links = [Link.of(address) for address in dict.fromkeys(addresses)]
    if links and links[0].kind in (LinkKind.PROJECT, LinkKind.PAPER):
        links[0] = Link(LinkKind.PAGE, links[0].url)
    return tuple(links)


def named_by(addresses: Iterable[str], notes: Iterable[str] = ()) -> dict[str, str]:
    """Return the identifiers in the first address that holds one, and what notes say they are.

    Further addresses may be those of other papers, which the abstract speaks of.
    """
    found = next(filter(None, map(_in_address, addresses)), {})
    for note in notes:
        for scheme, value in _in_note(note).items():
            found.setdefault(scheme, value)
    return found


def without_tags(told: str) -> str:
    """Return `told` without the HTML that publishers put into titles and abstracts."""
    if "<" in told:
        told = _TAG.sub("", _PARAGRAPH_TAG.sub("\n\n", told))
    return html.unescape(told) if "&" in told and ";" in told else told


def stand_in(identifiers: Mapping[str, str]) -> str:
    """Return what a paper is called while its title is still to be filled in: its strongest id."""
    scheme = next((scheme for scheme in STRONG_SCHEMES if scheme in identifiers), "")
    told = identifiers.get(scheme, "")
    return f"{scheme.upper()} {told}" if told.isdigit() else told


def is_arxiv_venue(venue: str) -> bool:
    """Whether a journal's name only says that the paper is on arXiv."""
    return venue.lower().startswith(("arxiv", "corr")) and len(venue) < 60


def _in_address(address: str) -> dict[str, str]:
    found = identifiers_in(address)
    if match := _DOI_IN_ADDRESS.search(unquote(address)):
        told = match.group(1).removesuffix(".pdf")
        if "academic.oup.com" in address:  # which adds a number of its own
            told = re.sub(r"(/.*)/\d+$", r"\1", told)
        found.setdefault("doi", doi(_trimmed(told)))
    if match := _PUBMED_ADDRESS.search(address):
        found["pmid"] = match.group(1)
    if "ncbi.nlm.nih.gov" in address and (match := _PMCID.search(address)):
        found["pmcid"] = match.group(1)
    return found


def _in_note(note: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if match := _PMID.search(note):
        found["pmid"] = match.group(1)
    if match := _PMCID.search(note):
        found["pmcid"] = match.group(1)
    if identifier := arxiv_in(note):
        found["arxiv"] = identifier
    if re.search(r"\bdoi\b", note, re.IGNORECASE) and (dois := dois_in(note)):
        found["doi"] = dois[0]
    return found


def _trimmed(told: str) -> str:
    """Cut off what belongs to the sentence around a DOI: points, and brackets opened before it."""
    for closing, opening in ((")", "("), ("]", "["), (">", "<")):
        if told.count(closing) > told.count(opening):
            told = told[: told.rindex(closing)]
    return re.sub(r"/(?:full|abstract|pdf|epdf|meta)$", "", told.rstrip(".,;:'"))
