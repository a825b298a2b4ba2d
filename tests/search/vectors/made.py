"""Libraries to make vectors of."""

from collections.abc import Sequence
from typing import NamedTuple

from paperreader.errors import NEVER, CancelToken
from paperreader.search.vectors.library_vectors import LibraryVectors
from paperreader.search.vectors.vector_index import VectorIndex

# Two subjects that share no words.
STARS = [
    ("Supernova light curves", "We measure the luminosity of supernovae in distant galaxies."),
    ("Dark matter halos", "The mass of galaxies is dominated by dark matter halos."),
    ("Exoplanet transits", "Photometry of stars reveals planets by their transits."),
    ("Quasar spectra", "Redshifts of quasars are measured from emission lines of their spectra."),
    ("Stellar winds", "Massive stars lose mass by winds driven by radiation."),
]
PRIVACY = [
    ("Differential privacy for queries", "Noise protects the individuals behind a database."),
    ("Anonymizing medical records", "Removing identities from patient data before its release."),
    ("Membership inference attacks", "Models leak whether sensitive data was used in training."),
    ("k-anonymity revisited", "Generalization and suppression protect records of individuals."),
    ("Secure aggregation", "Private data of users stays encrypted while models are trained."),
]


class Paper(NamedTuple):
    """A paper as the store tells of it."""

    row: int
    revision: int
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    published: str = ""


class Library:
    """A store of papers that can be changed, and whose changes are told in order."""

    def __init__(self, texts: Sequence[tuple[str, str]] = ()) -> None:
        self.papers: dict[int, Paper] = {}
        self.revision = 0
        for row, (title, abstract) in enumerate(texts, start=1):
            self.put(row, title, abstract)

    def put(self, row: int, title: str, abstract: str = "") -> None:
        self.revision += 1
        self.papers[row] = Paper(row, self.revision, title, abstract)

    def changes(self, after: int, limit: int) -> list[Paper]:
        ordered = sorted(self.papers.values(), key=lambda paper: paper.revision)
        return [paper for paper in ordered if paper.revision > after][:limit]

    def vectors(self, index: VectorIndex, token: CancelToken = NEVER) -> LibraryVectors:
        """The vectors after all changes were taken in."""
        index.catch_up(self.changes, token)
        vectors = index.vectors()
        assert vectors is not None
        return vectors
