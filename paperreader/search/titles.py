"""Papers whose title is the query, starts with it, or has it as a phrase."""

from collections.abc import Sequence

import numpy as np

from paperreader.search import analysis
from paperreader.search.postings import (
    LAST_POSITION,
    NOTHING,
    POSITION_BITS,
    Numbers,
    is_member,
    papers_of,
    union,
)
from paperreader.search.scoring import Scores
from paperreader.search.terms import Terms
from paperreader.search.word_postings import Check

# Bonus for a title that has the whole query as a phrase, stop words too; for one that starts with
# it; for one that is it: in parts of the idf of all its words. Nothing that a paper can have else
# reaches the last: a paper is first by its title. Of 400 arXiv titles of one to three words all are
# first with it, 95 % without.
HAS, STARTS, IS = 0.5, 1.0, 8.0
# A longer text is not a title.
_LONGEST = 40


def title_bonus(
    words: Sequence[str], terms: Terms, check: Check, *, prefix: bool = False
) -> tuple[Numbers, Scores]:
    """Return the papers (ordinals, ascending) whose titles have `words`, and their bonuses.

    `words` are folded, stop words too. `prefix`: the last is still being typed.
    """
    none = (NOTHING, np.empty(0, np.float32))
    if not 0 < len(words) <= _LONGEST or (prefix and len(words) == 1 and len(words[0]) < 3):
        return none
    titles, whole = terms.snapshot.titles, words
    starts = _title_phrases(whole, terms, check)
    if prefix and len(words) > 1 and not len(starts):  # the last word is no word yet
        whole = words[:-1]
        starts = _title_phrases(whole, terms, check)
    if not len(starts):
        return none
    papers = starts >> np.uint32(POSITION_BITS)
    first = (starts & np.uint32(LAST_POSITION)) == 0
    same = first & (titles[papers] == len(words))
    idf = sum(terms.approximate_idf(analysis.stem(word)) for word in whole)
    has = HAS if len(whole) > 1 else 0.0
    bonus = np.where(same, IS, np.where(first, STARTS, has)) * idf
    # A phrase may stand twice in a title; the first time is worth the most.
    papers, at = papers_of(starts)
    return papers, bonus[at].astype(np.float32)


def _title_phrases(words: Sequence[str], terms: Terms, check: Check) -> Numbers:
    """Return where titles have words in a row: the postings of the first word."""

    def read() -> Numbers:
        stems = [terms.stems(word) for word in words]
        counts = [sum(map(terms.count, some)) for some in stems]
        if not all(counts):
            return NOTHING
        wanted = [(index, stems[index]) for index in np.argsort(counts).tolist()]
        return _in_titles(wanted, terms, check)

    return terms.kept_postings(("title", *words), read)


def _in_titles(wanted: Sequence[tuple[int, Sequence[str]]], terms: Terms, check: Check) -> Numbers:
    """Return where titles have words in a row: the postings of the first word.

    `wanted` are the positions of the words in the row and their stems, rarest first: only of that
    word all postings are looked at.
    """
    index, stems = wanted[0]
    postings = union([terms.stem(stem, check) for stem in stems])
    postings = postings[terms.snapshot.titled(postings)]
    positions = postings & np.uint32(LAST_POSITION)
    ends = terms.snapshot.titles[postings >> np.uint32(POSITION_BITS)]
    fits = (positions >= index) & (positions + np.uint32(len(wanted) - index) <= ends)
    found: Numbers = postings[fits] - np.uint32(index)
    for index, stems in wanted[1:]:
        if not len(found):
            break
        beside = [is_member(found + np.uint32(index), terms.stem(stem, check)) for stem in stems]
        found = found[beside[0] if len(beside) == 1 else np.any(beside, axis=0)]
    return found
