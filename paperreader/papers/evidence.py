"""Whether two records describe one paper: by several facts that agree, never by one alone.

`compare` depends on nothing but its two records, so the papers of a library do not depend on the
order in which records were added.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property, lru_cache

from paperreader.papers.entry_types import PARTS, THESES, WHOLES
from paperreader.papers.generic_titles import is_about_another, is_generic
from paperreader.papers.identifiers import is_preprint_doi, without_version
from paperreader.papers.names import shared_people, surname
from paperreader.papers.paper import Paper
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.papers.titles import bare, fold, main_title
from paperreader.papers.venues import is_preprint_server

# The share of the words of the shorter abstract that must be in the longer. Copies of an abstract
# differ by LaTeX, hyphenation and cuts, and share more than nine tenths; two papers of a field
# share about a third.
_AGREEMENT = 0.7
# The characters of an abstract that are compared. The longest of 574,000 has 6,100.
_COMPARED_CHARACTERS = 20_000
# The fewest words of an abstract that can be compared.
_WORDS_TO_COMPARE = 8
# The most years between a preprint and its publication.
_YEARS_TO_PUBLICATION = 3
# A person may have several papers whose titles have fewer words.
_TELLING_WORDS = 3
# The fewest letters of a main title that identifies a work.
_LETTERS_OF_MAIN_TITLE = 8
_NUMBER_WORD = re.compile(r"^(?:vol|volume|no|number|issue|band|bd|nr|pp?|pages?) (?=\d)")
_UNPUBLISHED = frozenset(("", "misc", "online", "unpublished", "electronic", "www"))
_DATA = frozenset(("dataset", "software"))
_SMALL_WORDS = frozenset(
    "a an and are as at by de der des die das du en for from how in is la le les of on or the to"
    " und via what with".split()
)
_SMALL_VENUE_WORDS = frozenset(
    "the of on for in and a an proceedings proc conference conf international annual journal j"
    " transactions trans advances workshop symposium meeting".split()
)


class Evidence(IntEnum):
    """The relation of two records; of the SAME values, a larger one is stronger evidence.

    APART follows from the contents of the records, OTHER_IDENTIFIER from their identifiers alone:
    a third record with both identifiers shows that they belong to one paper.
    """

    APART = -2
    OTHER_IDENTIFIER = -1
    NOTHING = 0
    SAME_TITLE = 1
    SAME_ABSTRACT = 2
    SAME_IDENTIFIER = 3


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
            or (not venue and self.paper.kind in _UNPUBLISHED)
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


def compare(left: Traits, right: Traits) -> Evidence:
    """Return the evidence for or against two records describing one paper."""
    scheme, shared = _strongest_common([left], [right])
    if scheme and not shared:
        return Evidence.OTHER_IDENTIFIER
    if scheme:
        opposed = _is_other_work(left, right, scheme)
        return Evidence.APART if opposed else Evidence.SAME_IDENTIFIER
    if left.paper.pending or right.paper.pending or not _same_title(left, right):
        return Evidence.NOTHING
    abstracts = abstracts_agree(left, right)
    if _is_opposed(left, right, abstracts) or not _is_telling(left, right, abstracts):
        return Evidence.APART
    return Evidence.SAME_ABSTRACT if abstracts else Evidence.SAME_TITLE


def shared_identifiers(left: Traits, right: Traits) -> list[str]:
    """Return the keys, such as "doi:10.1000/x", that are identifiers of both records."""
    return [
        f"{scheme}:{value}"
        for scheme, value in left.identifiers.items()
        if right.identifiers.get(scheme) == value
    ]


def abstracts_agree(left: Traits, right: Traits) -> bool | None:
    """Whether two abstracts are copies of the same text, perhaps cut; None if one is missing."""
    shorter, longer = sorted((left.abstract_words, right.abstract_words), key=len)
    if not shorter:
        return None
    return len(shorter & longer) >= _AGREEMENT * len(shorter)


def identifiers_clash(some: Sequence[Traits], others: Sequence[Traits]) -> bool:
    """Whether the groups share no identifier of the strongest scheme that both have."""
    scheme, shared = _strongest_common(some, others)
    return bool(scheme) and not shared


def _strongest_common(some: Sequence[Traits], others: Sequence[Traits]) -> tuple[str, bool]:
    """Return the strongest scheme that both groups have, and whether they share an identifier.

    A scheme whose identifiers differ is skipped if one is the DOI of a preprint server: the journal
    gives the same paper its own DOI.
    """
    for scheme in STRONG_SCHEMES:
        names = {each.identifiers[scheme] for each in some if scheme in each.identifiers}
        other_names = {each.identifiers[scheme] for each in others if scheme in each.identifiers}
        if not names or not other_names:
            continue
        if names & other_names:
            return scheme, True
        if not any(map(is_preprint_doi, names | other_names)):
            return scheme, False
    return "", False


def _is_other_work(left: Traits, right: Traits, scheme: str) -> bool:
    """Whether a shared identifier is on two works: a book's on its chapters, or a copied one."""
    if left.paper.pending or right.paper.pending:
        return False
    people = _people_agree(left, right)
    if _kinds_differ(left, right) and not (people and left.title == right.title):
        return True
    if left.is_about_another != right.is_about_another:
        return True
    if _related_titles(left, right):
        return people is False and (
            left.is_generic
            or right.is_generic
            or _years_apart(left, right) > 1
            or abstracts_agree(left, right) is False
        )
    if people is False or _differ(left.first_page, right.first_page) or _is_part(left, right):
        return True
    if left.paper.kind in PARTS and right.paper.kind in PARTS:
        return True
    if people is None:
        return _years_apart(left, right) > 1 or abstracts_agree(left, right) is False
    return scheme != "arxiv" and (
        _years_apart(left, right) > 1
        or any(
            _differ(left.paper.fields.get(name, ""), right.paper.fields.get(name, ""))
            for name in ("volume", "number")
        )
    )


def _same_title(left: Traits, right: Traits) -> bool:
    """Whether the titles are equal, apart from a subtitle that one of them lacks."""
    if left.title == right.title:
        return True
    if len(left.title) > len(right.title):
        left, right = right, left
    return left.title == right.main_title != ""


def _related_titles(left: Traits, right: Traits) -> bool:
    """Whether one title starts with the other, or they share half of their words."""
    shorter, longer = sorted((left.title, right.title), key=len)
    if longer.startswith(shorter):
        return True
    common = len(left.title_words & right.title_words)
    return 2 * common >= max(len(left.title_words), len(right.title_words))


def _is_opposed(left: Traits, right: Traits, abstracts: bool | None) -> bool:
    """Whether other facts contradict that two records with the same title are one paper."""
    people = _people_agree(left, right)
    years = _years_apart(left, right)
    fields, others = left.paper.fields, right.paper.fields
    if (
        people is False
        or _kinds_differ(left, right)
        or _differ(left.isbn, right.isbn)
        or _differ(fields.get("edition", ""), others.get("edition", ""))
    ):
        return True
    if abstracts:
        return False
    if people is None and (years > 1 or abstracts is False or _venues_agree(left, right) is False):
        return True
    if left.is_preprint or right.is_preprint:
        return years > _YEARS_TO_PUBLICATION
    pages, volumes = left.first_page, fields.get("volume", "")
    if _differ(pages, right.first_page) or _differ(volumes, others.get("volume", "")):
        return True
    # A paper that appeared online in one year and in print in the next has the same pages.
    is_reprint = _equal(pages, right.first_page) or _equal(volumes, others.get("volume", ""))
    return years > 1 or (years == 1 and not is_reprint)


def _is_telling(left: Traits, right: Traits, abstracts: bool | None) -> bool:
    """Whether the title, with the other facts that agree, is enough to identify a paper."""
    people = _people_agree(left, right)
    if abstracts:
        return True
    if left.is_generic or right.is_generic:
        return bool(
            people
            and left.year == right.year
            and _venues_agree(left, right)
            and (
                _equal(left.first_page, right.first_page)
                or _equal(left.paper.fields.get("volume", ""), right.paper.fields.get("volume", ""))
            )
        )
    if abstracts is False:
        return bool(people) and len(left.paper.title.split()) >= _TELLING_WORDS
    return True


def _people_agree(left: Traits, right: Traits) -> bool | None:
    """Whether two thirds of the shorter author list are in the longer; None if one is empty."""
    shorter = min(len(left.paper.authors), len(right.paper.authors))
    if not shorter:
        return None
    return 3 * shared_people(left.paper.authors, right.paper.authors) >= 2 * shorter


def _years_apart(left: Traits, right: Traits) -> int:
    return abs(left.year - right.year) if left.year and right.year else 0


def _kinds_differ(left: Traits, right: Traits) -> bool:
    """Whether a book is compared with a part of one, or a thesis or data with something else."""
    kinds = left.paper.kind, right.paper.kind
    if any(kind in _UNPUBLISHED for kind in kinds):
        return False
    if any(kind in WHOLES for kind in kinds):
        return any(kind in PARTS or kind == "article" for kind in kinds)
    return any((kinds[0] in group) != (kinds[1] in group) for group in (THESES, _DATA))


def _is_part(left: Traits, right: Traits) -> bool:
    """Whether one of the records appeared in the other."""
    return any(
        fold(part.paper.venue) == fold(whole.paper.title) and part.paper.venue
        for part, whole in ((left, right), (right, left))
    )


def _venues_agree(left: Traits, right: Traits) -> bool | None:
    """Whether one venue may be an abbreviation of the other; None if one is unknown."""
    shorter, longer = sorted((left.venue_words, right.venue_words), key=len)
    if not shorter:
        return None
    initials = "".join(word[0] for word in longer)
    return all(
        any(word.startswith(part) or part.startswith(word) for word in longer) or part in initials
        for part in shorter
    )


def _differ(left: str, right: str) -> bool:
    return bool(left and right) and _number(left) != _number(right)


def _equal(left: str, right: str) -> bool:
    return bool(left and right) and _number(left) == _number(right)


def _number(value: str) -> str:
    """Return a volume, a number or a page without the word for it: "Vol. 12" is "12"."""
    return _NUMBER_WORD.sub("", fold(value))
