"""People in a query: which words stand together in the name of one author.

Authors' names have postings of their own, with a gap between each two. So words of one name are
never further apart than the gap, and words of two names always are.
"""

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from paperreader.query.tree import Node, Word
from paperreader.search import analysis
from paperreader.search.postings import (
    GAP,
    LAST_POSITION,
    NOTHING,
    POSITION_BITS,
    Flags,
    Numbers,
    is_member,
    papers_of,
)
from paperreader.search.query_words import dates, is_stop_word, name_parts, person_parts
from paperreader.search.scoring import Term
from paperreader.search.terms import Terms
from paperreader.search.word_postings import Check

# Bonus for papers by the person that words of a query name, in parts of the idf of the name. No
# mention of a person in an abstract reaches it: of 200 authors of arXiv the first hit by their full
# name is theirs for all (for 75 % of 600 without), the first five for 98 % (67 %).
BY_PERSON = 8.0
# Further bonus where the name begins and ends with the words that were asked for, with nothing
# between them or with other names: Ping Wang before Lian-Ping Wang, Yi Ma before Yi-An Ma.
AS_SIGNED, WITH_MORE = 2.0, 1.5
# And where it has the initials that were asked for beside two whole parts.
WITH_INITIALS = 3.0
# Weight of a paper whose author has only the initial of a first name that was asked for.
BY_INITIAL = 0.5
# Bonus for papers by the person that a single word names, which it is taken to do if it is the last
# name in at least this many papers for each time it is in a text. In a text a word scores
# (K1 + 1) * (1 + TITLE) = 2.64 times its idf at most, so that an author's own papers come before
# those that mention the author. Only in short queries: in the long questions of CACM, which drop
# names, nDCG@10 was .007 lower.
BY_SURNAME = 3.0
SURNAME_SHARE = 1 / 3
# Further bonus for the first author beside a year, Lin et al. 2017: it sorts people's own papers.
CITED_FIRST = 1.0
# Share of the bonus of a person who is named with initials in a long query: a reference. With half
# of it, nDCG@10 on CACM is .007 lower: one question names papers that do not answer it.
IN_REFERENCE = 0.25
_INITIALS = frozenset("BCDEFGHJKLMNOPQRSTUVWXYZ")
# The words of one name, at most.
_LONGEST = 4
# In a longer query a stop word is only a stop word, even beside another part of a name.
_SHORT_QUERY = 6


class Person(NamedTuple):
    """Words of a query, from `first` to before `end`, that are in the name of one author.

    `term` are the author's papers, with their bonuses as scores. `parts` are the words.
    `is_unit`: one of them is a stop word or an initial, so that it counts only beside the others.
    """

    first: int
    end: int
    parts: tuple[str, ...]
    term: Term
    is_unit: bool


def people_in(nodes: Sequence[Node], terms: Terms, check: Check) -> list[Person]:
    """Return the people that adjacent words of a query name."""
    parts = [name_parts(node) for node in nodes]
    words = sum(map(bool, parts))
    found: list[Person] = []
    index = 0
    while index < len(nodes):
        person = _person_from(index, nodes, parts, terms, check) if parts[index] else None
        if person and person.is_unit and words > _SHORT_QUERY:
            initials = any(map(_is_written_initial, nodes[person.first : person.end]))
            person = _in_reference(person) if initials else None
        if person is None and words <= _SHORT_QUERY and len(parts[index]) == 1:
            cited = not found and any(map(dates, nodes[index:]))
            person = _surname(index, nodes[index], terms, check, cited=cited)
        found += [person] if person else []
        index = person.end if person else index + 1
    return found


def _in_reference(person: Person) -> Person:
    """Return a person of a long query, which may name others beside what it asks for."""
    scores = person.term.scores * np.float32(IN_REFERENCE)
    return person._replace(term=person.term._replace(scores=scores), is_unit=False)


def _surname(index: int, node: Node, terms: Terms, check: Check, *, cited: bool) -> Person | None:
    """Return the person that one word of a query names, if it is a name more than a word.

    `cited`: a year follows, so that the first author is meant.
    """
    part = name_parts(node)[0]
    if len(part) == 1 or is_stop_word(node):
        return None
    names = terms.names(part, check)
    names = names[~is_member(names + np.uint32(1), terms.name_positions)]  # last names only
    papers, _ = papers_of(names)
    if not len(papers) or len(papers) < SURNAME_SHARE * terms.count(analysis.stem(part)):
        return None
    idf = terms.idf(len(papers))
    found = [terms.scored_names(names, BY_SURNAME * idf)._replace(idf=idf)]
    if cited:
        first = names[(names & np.uint32(LAST_POSITION)) < GAP]
        found.append(terms.scored_names(first, (BY_SURNAME + CITED_FIRST) * idf)._replace(idf=idf))
    return Person(index, index + 1, (part,), terms.either(found), is_unit=False)


def by_person(phrase: str, *, prefix: bool, terms: Terms, check: Check) -> Term:
    """Return the papers of a person: author:"hinton, geoffrey".

    All whole parts of the name are in one author, in any order. The initials are there too, or
    begin another part; where there are two whole parts, papers that lack them only rank lower. A
    first name that was asked for may be an initial in the paper, which ranks lower as well.
    Initials may be run together as PubMed has them, Mardal KA, if nobody has such a name.
    """
    required, free = person_parts(phrase)
    if not required:
        return terms.scored_names(NOTHING, 0.0)
    found = _by_parts(required, free, prefix=prefix, terms=terms, check=check)
    last = required[-1]
    if len(found.papers) or len(required) < 2 or not 1 < len(last) < 4:
        return found
    return _by_parts([*required[:-1], *last], free, prefix=False, terms=terms, check=check)


def _by_parts(
    required: Sequence[str], free: Sequence[str], *, prefix: bool, terms: Terms, check: Check
) -> Term:
    """Return the papers of a person whose name has all `required` parts, best with the `free`."""
    last = required[-1] if prefix else ""
    postings = {part: _names(part, part == last, terms, check) for part in {*required, *free}}
    author = _same_author([postings[part] for part in required], _initials(required))
    idf = terms.idf(len(papers_of(author)[0]))
    found = [terms.scored_names(author, idf)]
    if len(required) > 1:
        ends = postings[required[0]], postings[required[-1]]
        for some in (ends, ends[::-1]):
            found += _as_signed(*some, author, terms, idf, idf)
    if free:
        whole = [postings[part] for part in (*required, *free)]
        exactly = _same_author(whole, _initials((*required, *free)))
        found.append(terms.scored_names(exactly, 2 * idf))
    for index, part in enumerate(required if len(required) == 2 else ()):
        if len(part) > 1 and len(required[1 - index]) > 1 and part != last:
            initial = terms.names(part[0], check)
            occupied = terms.name_positions
            outer = ~is_member(initial - np.uint32(1), occupied)
            outer |= ~is_member(initial + np.uint32(1), occupied)
            first = initial[outer]  # Geoffrey is no Thomas G. Hinton
            others = _same_author([postings[required[1 - index]], first], (False, False))
            found.append(terms.scored_names(others, BY_INITIAL * idf))
    return terms.either(found)


def _person_from(
    first: int,
    nodes: Sequence[Node],
    parts: Sequence[tuple[str, ...]],
    terms: Terms,
    check: Check,
) -> Person | None:
    """Return the person that the longest run of words from `first` on names, two at least."""
    if not any(parts[first + 1 : first + 2]):
        return None
    run: list[Numbers] = []
    words: list[str] = []
    best: Person | None = None
    for index in range(first, min(first + _LONGEST, len(nodes))):
        node = nodes[index]
        if not parts[index] or not isinstance(node, Word):
            break
        names = _apart(parts[index], node, terms, check)
        for part in names:
            begins = len(part) == 1 or (node.prefix and part is names[-1])
            run.append(_names(part, begins, terms, check))
            words.append(part)
        exact, author = _same_person(run, words)
        if not len(author):
            if len(words[-1]) == 1:
                continue  # it may be free beside the next word
            break
        some = nodes[first : index + 1]
        is_unit = any(map(is_stop_word, some)) or any(map(_is_initial, some))
        if index > first and any(len(w) > 1 and w not in analysis.STOP_WORDS for w in words):
            idf = terms.idf(len(papers_of(author)[0]))
            found = [terms.scored_names(author, BY_PERSON * idf)._replace(idf=idf)]
            found += _as_signed(run[0], run[-1], author, terms, BY_PERSON * idf, idf)
            if exact is not author:
                with_initials = (BY_PERSON + WITH_INITIALS) * idf
                found.append(terms.scored_names(exact, with_initials)._replace(idf=idf))
            best = Person(first, index + 1, tuple(words), terms.either(found), is_unit)
    return best


def _same_person(run: Sequence[Numbers], words: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return where names stand that have all of some words, and those that may lack the initials.

    Beside two whole parts initials are free: Geoffrey E. Hinton also signs without the E.
    """
    exact = _same_author(run, _initials(words))
    whole = [numbers for numbers, word in zip(run, words, strict=True) if len(word) > 1]
    if not 1 < len(whole) < len(run):
        return exact, exact
    return exact, _same_author(whole, (False,) * len(whole))


def _apart(parts: tuple[str, ...], node: Word, terms: Terms, check: Check) -> tuple[str, ...]:
    """Return the parts of a name; two or three capitals that are nobody's name are initials."""
    if len(parts) > 1 or not (1 < len(parts[0]) < 4 and node.text.isupper()):
        return parts
    return parts if len(terms.names(parts[0], check)) else tuple(parts[0])


def _is_initial(node: Node) -> bool:
    """Whether a word is an initial, or several as J.-P.; not the first letter of a word."""
    return isinstance(node, Word) and not node.prefix and all(len(p) == 1 for p in name_parts(node))


def _is_written_initial(node: Node) -> bool:
    """Whether a word is a capital letter alone, but none that is a word: A, I."""
    return isinstance(node, Word) and len(node.text) == 1 and node.text in _INITIALS


def _as_signed(
    first: Numbers, last: Numbers, author: Numbers, terms: Terms, base: float, idf: float
) -> list[Term]:
    """Return the papers of authors whose names begin and end with two words, scored from `base`.

    `author` is where the names stand that have all of the words.
    """
    occupied = terms.name_positions
    ends = last[~is_member(last + np.uint32(1), occupied)]
    found = []
    for distance in range(1, _LONGEST + 1):
        starts = ends - np.uint32(distance)
        starts = starts[is_member(starts, first)]
        starts = starts[~is_member(starts - np.uint32(1), occupied)]
        starts = starts[_beside(starts, author)]
        if len(starts):
            bonus = AS_SIGNED if distance == 1 else WITH_MORE
            found.append(terms.scored_names(starts, base + bonus * idf)._replace(idf=idf))
    return found


def _names(part: str, begins: bool, terms: Terms, check: Check) -> Numbers:
    """Return where a part of a name stands; an initial begins a part."""
    if len(part) == 1 or begins:
        return terms.name_prefix(part, check)
    return terms.names(part, check)


def _initials(parts: Sequence[str]) -> tuple[bool, ...]:
    return tuple(len(part) == 1 for part in parts)


def _same_author(postings: Sequence[Numbers], initials: Sequence[bool]) -> Numbers:
    """Return where the rarest of some words stands, if the others are in the same name.

    An initial is not that of another word that was asked for: Y. Yang is not any Yang.
    """
    whole = [numbers for numbers, initial in zip(postings, initials, strict=True) if not initial]
    rarest = min(whole or postings, key=len)
    found = rarest
    for numbers, initial in zip(postings, initials, strict=True):
        if numbers is not rarest:
            others = reduce(_without, whole, numbers) if initial else numbers
            found = found[_beside(found, others)]
    return found


def _without(postings: Numbers, others: Numbers) -> Numbers:
    return postings[~is_member(postings, others)]


def _beside(postings: Numbers, others: Numbers) -> Flags:
    """Return which of some postings have one of `others` in the same name; both are sorted."""
    if not (len(others) and len(postings)):
        return np.zeros(len(postings), np.bool_)
    papers = postings >> np.uint32(POSITION_BITS) << np.uint32(POSITION_BITS)
    positions = postings & np.uint32(LAST_POSITION)
    lowest = papers | (positions - np.minimum(positions, np.uint32(GAP)))
    highest = papers | np.minimum(positions + np.uint32(GAP), np.uint32(LAST_POSITION))
    at = np.searchsorted(others, lowest)
    nearest = others[np.minimum(at, len(others) - 1)]
    beside: Flags = (nearest >= lowest) & (nearest <= highest)
    return beside
