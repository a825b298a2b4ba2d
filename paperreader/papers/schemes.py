"""The schemes of identifiers, and the addresses that they imply."""

from collections.abc import Mapping
from urllib.parse import quote

# The schemes of permanent identifiers, strongest first.
STRONG_SCHEMES = ("arxiv", "doi", "acl", "openreview", "pmid", "pmcid")


def address_of(identifiers: Mapping[str, str], kind: str) -> str:
    """Return the address of the `page` or `pdf` that the identifiers imply, or ''."""
    pages = {
        "arxiv": "https://arxiv.org/abs/{}",
        "doi": "https://doi.org/{}",
        "acl": "https://aclanthology.org/{}",
        "openreview": "https://openreview.net/forum?id={}",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
        "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
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
