"""Whether two records describe one paper: by several facts that agree, never by one alone.

`compare` depends on nothing but its two records, so the papers of a library do not depend on the
order in which records were added.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from paperreader.papers.entry_types import PARTS, THESES, WHOLES
from paperreader.papers.identifiers import is_preprint_doi
from paperreader.papers.names import shared_people
from paperreader.papers.schemes import STRONG_SCHEMES
from paperreader.papers.titles import fold
from paperreader.papers.traits import UNPUBLISHED, Traits

# The share of the words of the shorter abstract that must be in the longer. Copies of an abstract
# differ by LaTeX, hyphenation and cuts, and share more than nine tenths; two papers of a field
# share about a third.
_AGREEMENT = 0.7
# The most years between a preprint and its publication.
_YEARS_TO_PUBLICATION = 3
# A person may have several papers whose titles have fewer words.
_TELLING_WORDS = 3
_NUMBER_WORD = re.compile(r"^(?:vol|volume|no|number|issue|band|bd|nr|pp?|pages?) (?=\d)")
_DATA = frozenset(("dataset", "software"))


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
    if any(kind in UNPUBLISHED for kind in kinds):
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
