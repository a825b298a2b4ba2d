"""The order of lookups: what one finds lets the next find more."""

from typing import TYPE_CHECKING

from paperreader.follow.lookups import Lookup
from paperreader.follow.lookups.arxiv import ArxivById, ArxivByTitle
from paperreader.follow.lookups.catalogues import (
    CrossrefById,
    CrossrefByTitle,
    SemanticScholarById,
)
from paperreader.follow.lookups.huggingface import HuggingFaceById, HuggingFaceByTitle
from paperreader.follow.options import FetchOptions

if TYPE_CHECKING:
    from paperreader.follow.client import Client


def lookups(client: "Client", options: FetchOptions) -> list[Lookup]:
    """Return every lookup: those that find identifiers by titles first, arXiv before all."""
    services = options.services
    return [
        ArxivByTitle(client, services.arxiv),
        HuggingFaceByTitle(client, services.huggingface),
        CrossrefByTitle(client, options),
        ArxivById(client, services.arxiv),
        CrossrefById(client, options),
        SemanticScholarById(client, options),
        HuggingFaceById(client, services.huggingface),
    ]
