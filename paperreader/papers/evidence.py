"""Whether two records are one paper: by agreement, never by one token alone.

`compare` weighs two records and depends on nothing else, so what a library makes of many records
does not depend on the order in which they come.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cached_property

from paperreader.papers.entry_types import PARTS, THESES, WHOLES
from paperreader.papers.generic_titles import is_generic
from paperreader.papers.identifiers import STRONG_SCHEMES, is_preprint_doi, without_version
from paperreader.papers.names import shared_people, surname
from paperreader.papers.paper import Paper
from paperreader.papers.titles import bare, fold, main_title

# Of the words of the shorter abstract, the share that has to be in the longer one. Copies of one
# abstract differ by LaTeX, hyphenation and cuts, which leaves more than nine tenths in common;
# two papers of one field share about a third.
_AGREEMENT = 0.7
# An abstract of fewer words says too little to be compared.
_WORDS_TO_COMPARE = 8
# A preprint and its publication are this many years apart at most.
_YEARS_TO_PUBLICATION = 3
# A title of fewer words is borne by several papers of one person.
_TELLING_WORDS = 3
# The part before a subtitle says something from so many letters on.
_LETTERS_OF_MAIN_TITLE = 8
_PREPRINT_VENUE = re.compile(
    r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprints?|research square|techrxiv"
    r"|osf|eprint|e-print|openreview)\b",
    re.IGNORECASE,
)
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
    """What two records say about each other; of two that say SAME, the larger is the stronger.

    APART is said by what the records say, OTHER_IDENTIFIER by their identifiers alone: a third
    record that has both shows that they are those of one paper.
    """

    APART = -2
    OTHER_IDENTIFIER = -1
    NOTHING = 0
    SAME_TITLE = 1
    SAME_ABSTRACT = 2
    SAME_IDENTIFIER = 3


class Traits:
    """A record, and what it is compared by."""

    def __init__(self, paper: Paper) -> None:
        """Compare by what `paper` says; everything is worked out when it is first asked for."""
        self.paper = paper

    @cached_property
    def title(self) -> str:
        """The title as it is compared."""
        return bare(self.paper.title)

    @cached_property
    def main_title(self) -> str:
        """The title without its subtitle, as it is compared; '' where that is too short."""
        main = bare(main_title(self.paper.title))
        return main if len(main) >= _LETTERS_OF_MAIN_TITLE else ""

    @cached_property
    def surname(self) -> str:
        """The first author's surname as it is compared, '' where there is no author."""
        return surname(self.paper.authors[0]) if self.paper.authors else ""

    @cached_property
    def title_words(self) -> frozenset[str]:
        """The words of the title, without small ones unless there are no others."""
        words = frozenset(fold(self.paper.title).split())
        return words - _SMALL_WORDS or words

    @cached_property
    def is_generic(self) -> bool:
        """Whether the title names no work: Editorial, Introduction."""
        return is_generic(self.paper.title)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """The identifiers that name a paper for good, without the versions of preprints."""
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
        """Whether this may be an earlier version of something that appeared elsewhere."""
        venue = self.paper.venue
        return (
            bool(_PREPRINT_VENUE.search(venue))
            or (not venue and self.paper.kind in _UNPUBLISHED)
            or (not venue and "arxiv" in self.identifiers)
            or is_preprint_doi(self.identifiers.get("doi", ""))
        )

    @cached_property
    def isbn(self) -> str:
        """The nine digits that ISBN-10 and ISBN-13 of one book have in common, or ''."""
        digits = re.sub(r"[^0-9Xx]", "", self.paper.identifiers.get("isbn", ""))
        return digits[-10:-1] if len(digits) in (10, 13) else ""

    @cached_property
    def first_page(self) -> str:
        """The first page, or ''."""
        match = re.match(r"\W*(\w+)", self.paper.fields.get("pages", ""))
        return match[1].lower() if match else ""

    @cached_property
    def venue_words(self) -> tuple[str, ...]:
        """The words of the venue that tell it from others; none for a preprint server."""
        venue = "" if _PREPRINT_VENUE.search(self.paper.venue) else self.paper.venue
        return tuple(
            word
            for word in fold(venue).split()
            if word not in _SMALL_VENUE_WORDS and not re.match(r"\d", word)
        )

    @cached_property
    def abstract_words(self) -> frozenset[str]:
        """The words of the abstract; none of one that is too short to be compared."""
        words = fold(self.paper.abstract).split()
        return frozenset(words if len(words) >= _WORDS_TO_COMPARE else ())


def compare(one: Traits, other: Traits) -> Evidence:
    """Return what speaks for two records being one paper, or that something speaks against it."""
    scheme, shared = _strongest_common([one], [other])
    if scheme and not shared:
        return Evidence.OTHER_IDENTIFIER
    if scheme:
        opposed = _is_other_work(one, other, scheme)
        return Evidence.APART if opposed else Evidence.SAME_IDENTIFIER
    if one.paper.pending or other.paper.pending or not _same_title(one, other):
        return Evidence.NOTHING
    abstracts = abstracts_agree(one, other)
    if _is_opposed(one, other, abstracts) or not _is_telling(one, other, abstracts):
        return Evidence.APART
    return Evidence.SAME_ABSTRACT if abstracts else Evidence.SAME_TITLE


def shared_identifiers(one: Traits, other: Traits) -> list[str]:
    """Return the keys, such as "doi:10.1000/x", that both records give as their own."""
    return [
        f"{scheme}:{value}"
        for scheme, value in one.identifiers.items()
        if other.identifiers.get(scheme) == value
    ]


def abstracts_agree(one: Traits, other: Traits) -> bool | None:
    """Whether two abstracts are copies of one text, perhaps cut; None where one is missing."""
    shorter, longer = sorted((one.abstract_words, other.abstract_words), key=len)
    if not shorter:
        return None
    return len(shorter & longer) >= _AGREEMENT * len(shorter)


def identifiers_clash(some: Sequence[Traits], others: Sequence[Traits]) -> bool:
    """Whether the strongest scheme that names records of both groups has no name in common."""
    scheme, shared = _strongest_common(some, others)
    return bool(scheme) and not shared


def _strongest_common(some: Sequence[Traits], others: Sequence[Traits]) -> tuple[str, bool]:
    """Return the strongest scheme that names records of both groups, and whether it agrees.

    A preprint server's DOI is none to compare with another one: the journal gives the same paper
    a DOI of its own.
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


def _is_other_work(one: Traits, other: Traits, scheme: str) -> bool:
    """Whether an identifier stands on two works: a book's on its chapters, one that was copied."""
    if one.paper.pending or other.paper.pending:
        return False
    people = _people_agree(one, other)
    abstracts = abstracts_agree(one, other)
    if _kinds_differ(one, other) and not (people and one.title == other.title):
        return True
    if _related_titles(one, other):
        return people is False and (
            one.is_generic or other.is_generic or abstracts is False or _years_apart(one, other) > 1
        )
    if people is False or _differ(one.first_page, other.first_page) or _is_part(one, other):
        return True
    if one.paper.kind in PARTS and other.paper.kind in PARTS:
        return True
    if people is None:
        return abstracts is False or _years_apart(one, other) > 1
    return scheme != "arxiv" and (
        _years_apart(one, other) > 1
        or any(
            _differ(one.paper.fields.get(name, ""), other.paper.fields.get(name, ""))
            for name in ("volume", "number")
        )
    )


def _same_title(one: Traits, other: Traits) -> bool:
    """Whether the titles are equal, or one has a subtitle that the other lacks."""
    if one.title == other.title:
        return True
    if len(one.title) > len(other.title):
        one, other = other, one
    return one.title == other.main_title != ""


def _related_titles(one: Traits, other: Traits) -> bool:
    """Whether the titles may be two of one paper: one begins like the other, or half is shared."""
    shorter, longer = sorted((one.title, other.title), key=len)
    if longer.startswith(shorter):
        return True
    common = len(one.title_words & other.title_words)
    return 2 * common >= max(len(one.title_words), len(other.title_words))


def _is_opposed(one: Traits, other: Traits, abstracts: bool | None) -> bool:
    """Whether something speaks against two records of one title being one paper."""
    people = _people_agree(one, other)
    years = _years_apart(one, other)
    fields, others = one.paper.fields, other.paper.fields
    if (
        people is False
        or _kinds_differ(one, other)
        or _differ(one.isbn, other.isbn)
        or _differ(fields.get("edition", ""), others.get("edition", ""))
    ):
        return True
    if abstracts:
        return False
    if people is None and (years > 1 or abstracts is False or _venues_agree(one, other) is False):
        return True
    if one.is_preprint or other.is_preprint:
        return years > _YEARS_TO_PUBLICATION
    pages, volumes = one.first_page, fields.get("volume", "")
    if _differ(pages, other.first_page) or _differ(volumes, others.get("volume", "")):
        return True
    # What appeared online in one year and in print in the next has its pages in common.
    is_reprint = _equal(pages, other.first_page) or _equal(volumes, others.get("volume", ""))
    return years > 1 or (years == 1 and not is_reprint)


def _is_telling(one: Traits, other: Traits, abstracts: bool | None) -> bool:
    """Whether the title, with what else agrees, is enough to know a paper by."""
    people = _people_agree(one, other)
    if abstracts:
        return True
    if one.is_generic or other.is_generic:
        return bool(
            people
            and one.year == other.year
            and _venues_agree(one, other)
            and (
                _equal(one.first_page, other.first_page)
                or _equal(one.paper.fields.get("volume", ""), other.paper.fields.get("volume", ""))
            )
        )
    if abstracts is False:
        return bool(people) and len(one.paper.title.split()) >= _TELLING_WORDS
    return True


def _people_agree(one: Traits, other: Traits) -> bool | None:
    """Whether two thirds of the shorter list of authors are in the longer; None without one."""
    shorter = min(len(one.paper.authors), len(other.paper.authors))
    if not shorter:
        return None
    return 3 * shared_people(one.paper.authors, other.paper.authors) >= 2 * shorter


def _years_apart(one: Traits, other: Traits) -> int:
    return abs(one.year - other.year) if one.year and other.year else 0


def _kinds_differ(one: Traits, other: Traits) -> bool:
    """Whether one is a book and the other a part of one, a thesis or data and the other is not."""
    kinds = one.paper.kind, other.paper.kind
    if any(kind in _UNPUBLISHED for kind in kinds):
        return False
    if any(kind in WHOLES for kind in kinds):
        return any(kind in PARTS or kind == "article" for kind in kinds)
    return any((kinds[0] in group) != (kinds[1] in group) for group in (THESES, _DATA))


def _is_part(one: Traits, other: Traits) -> bool:
    """Whether one appeared in the other."""
    return any(
        fold(part.paper.venue) == fold(whole.paper.title) and part.paper.venue
        for part, whole in ((one, other), (other, one))
    )


def _venues_agree(one: Traits, other: Traits) -> bool | None:
    """Whether one venue can be the other, abbreviated; None where one is unknown."""
    shorter, longer = sorted((one.venue_words, other.venue_words), key=len)
    if not shorter:
        return None
    initials = "".join(word[0] for word in longer)
    return all(
        any(word.startswith(part) or part.startswith(word) for word in longer) or part in initials
        for part in shorter
    )


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and fold(one) != fold(other)


def _equal(one: str, other: str) -> bool:
    return bool(one and other) and fold(one) == fold(other)
