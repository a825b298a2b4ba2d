"""The traits by which two records are compared."""

import re
from functools import cached_property, lru_cache

from paperreader.papers.generic_titles import is_about_another, is_generic
from paperreader.papers.identifiers import is_preprint_doi, without_version
from paperreader.papers.names import surname
from paperreader.papers.paper import Paper
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.papers.titles import bare, fold, main_title
from paperreader.papers.venues import is_preprint_server

# The characters of an abstract that are compared. The longest of 574,000 has 6,100.
_COMPARED_CHARACTERS = 20_000
# The fewest words of an abstract that can be compared.
_WORDS_TO_COMPARE = 8
# The fewest letters of a main title that identifies a work.
_LETTERS_OF_MAIN_TITLE = 8
# Kinds of records that say nothing about what was published.
UNPUBLISHED = frozenset(("", "misc", "online", "unpublished", "electronic", "www"))
_SMALL_WORDS = frozenset(
    "a an and are as at by de der des die das du en for from how in is la le les of on or the to"
    " und via what with".split()
)
_SMALL_VENUE_WORDS = frozenset(
    "the of on for in and a an proceedings proc conference conf international annual journal j"
    " transactions trans advances workshop symposium meeting".split()
)


class Traits:
    """A record with the traits that it is compared by."""

    def __init__(self, paper: Paper) -> None:
        """Compare by the contents of `paper`; each trait is computed on first use."""
        self.paper = paper

    @cached_property
    def title(self) -> str:
        """The title in the form in which titles are compared."""
        return bare(self.paper.title)

    @cached_property
    def main_title(self) -> str:
        """The title without its subtitle, in the same form; '' if that is too short."""
        main = bare(main_title(self.paper.title))
        return main if len(main) >= _LETTERS_OF_MAIN_TITLE else ""

    @cached_property
    def surname(self) -> str:
        """The surname of the first author in the form for comparison, '' without an author."""
        return surname(self.paper.authors[0]) if self.paper.authors else ""

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of the title without small words, unless it has no others."""
        words = frozenset(fold(self.paper.title).split())
        return words - _SMALL_WORDS or words

    @cached_property
    def is_generic(self) -> bool:
        """Whether many works have this title: Editorial, Introduction."""
        return is_generic(self.paper.title)

    @cached_property
    def is_about_another(self) -> bool:
        """Whether this is a comment on another work, a reply to it, or its erratum."""
        return is_about_another(self.paper.title)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """The permanent identifiers of the paper, without the versions of preprints."""
        return {
            scheme: without_version(value)
            for scheme, value in self.paper.identifiers.items()
            if scheme in STRONG_SCHEMES
        }

    @cached_property
    def year(self) -> int:
        """The year of publication, or 0."""
        return int(self.paper.year) if self.paper.year.isdecimal() else 0

    @cached_property
    def is_preprint(self) -> bool:
        """Whether this may be an earlier version of a work that appeared elsewhere."""
        venue = self.paper.venue
        return (
            is_preprint_server(venue)
            or (not venue and self.paper.kind in UNPUBLISHED)
            or (not venue and "arxiv" in self.identifiers)
            or is_preprint_doi(self.identifiers.get("doi", ""))
        )

    @cached_property
    def isbn(self) -> str:
        """The nine digits that the ISBN-10 and the ISBN-13 of a book share, or ''."""
        digits = re.sub(r"[^0-9Xx]", "", self.paper.identifiers.get("isbn", ""))
        return digits[-10:-1] if len(digits) in (10, 13) else ""

    @cached_property
    def first_page(self) -> str:
        """The first page, or ''."""
        match = re.match(r"\W*(\w+)", self.paper.fields.get("pages", ""))
        return match[1].lower() if match else ""

    @cached_property
    def venue_words(self) -> tuple[str, ...]:
        """The distinctive words of the venue; none for a preprint server."""
        venue = "" if is_preprint_server(self.paper.venue) else self.paper.venue
        return tuple(
            word
            for word in fold(venue).split()
            if word not in _SMALL_VENUE_WORDS and not re.match(r"\d", word)
        )

    @cached_property
    def abstract_words(self) -> frozenset[str]:
        """The words of the abstract; none if it is too short to be compared."""
        return _words(self.paper.abstract[:_COMPARED_CHARACTERS])


@lru_cache(maxsize=64)  # a new record is compared with some forty, and so is the next
def _words(abstract: str) -> frozenset[str]:
    words = fold(abstract).split()
    return frozenset(words if len(words) >= _WORDS_TO_COMPARE else ())
