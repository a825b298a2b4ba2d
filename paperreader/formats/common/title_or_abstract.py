"""Telling titles from abstracts in a run of text blocks that carry no other sign.

Length alone cannot do it: there are abstracts shorter than their own titles. So each block gets
a score of its own, and then the likeliest reading of the whole run is looked for, in which titles
and abstracts mostly take turns.
"""

import math
import re
from collections.abc import Sequence
from enum import IntEnum


class Part(IntEnum):
    """What a block is: a title, the first paragraph of an abstract, or a later one."""

    TITLE = 0
    ABSTRACT = 1
    FURTHER = 2


# A score that no other block can argue with, for blocks whose part is known.
SURE = 100.0
_MOST = 12.0

# Weights of a logistic regression over 37,000 titles and abstracts of arXiv, a third of the
# abstracts cut to one sentence: 0.06 % of the titles and 0.25 % of the abstracts fall on the
# wrong side by themselves.
_CONSTANT = -17.4
_PER_LOG_LENGTH = 2.6
_CLOSED = 10.7
_QUESTION_MARK = 2.4
_PER_SENTENCE = 1.2
_OPENING = 2.8
_ADDRESS = 3.7
_CAPITALS = -1.4
_PER_SMALL_WORD = 2.0

_ENDS = (".", "!", '."', ".)", ".'", "…", "[...]")
_LOOKED_AT = 3000
_SENTENCE = re.compile(r"[.!?]['\")\]]* ['\"(\[]?[A-Z0-9$\\]")
_OPENINGS = re.compile(
    r"(?:We|In|This|These|Our|It|Here|The|To|Although|Recent\w{0,4}|Despite|While|However|Moreover"
    r"|Furthermore|Based|There|Given|By|As|If)\b"
)
_SMALL_WORD = re.compile(
    r" (?:we|is|are|was|were|our|that|which|has|have|can|show|this|be) ", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z][\w'-]{3,}")

# How unlikely it is, as a logarithm, that one part follows another: a further paragraph, and, at
# the start, an abstract whose title is missing. How many abstracts are missing differs from page
# to page: a list has nearly all of them, or some, or none, here with how likely such a list is.
# The likeliest reading of the three is taken.
_NEVER = -1e9
_MISSING = ((0.02, 0.0), (0.2, -3.0), (0.98, -3.0))
_AFTER_FIRST = (0.0, _NEVER, -3.0)
_AFTER_FURTHER = (0.0, _NEVER, -1.5)
_AT_START = (0.0, -4.0, _NEVER)


def abstract_score(text: str) -> float:
    """Return how much more the block looks like an abstract than like a title (log odds)."""
    looked_at = text[:_LOOKED_AT]
    words = _WORD.findall(looked_at)
    capitals = sum(word[0].isupper() for word in words) / max(1, len(words))
    score = (
        _CONSTANT
        + _PER_LOG_LENGTH * math.log(len(text) + 1)
        + _CLOSED * text.endswith(_ENDS)
        + _QUESTION_MARK * text.endswith("?")
        + _PER_SENTENCE * min(3, len(_SENTENCE.findall(looked_at)))
        + _OPENING * (_OPENINGS.match(text) is not None)
        + _ADDRESS * ("http" in text)
        + _CAPITALS * capitals
        + _PER_SMALL_WORD * min(4, len(_SMALL_WORD.findall(looked_at)))
    )
    return float(max(-_MOST, min(_MOST, score)))


def likeliest_parts(scores: Sequence[float]) -> list[Part]:
    """Return the likeliest part of each block of a run, given the score of each."""
    if not scores:
        return []
    readings = [(_reading(scores, missing), prior) for missing, prior in _MISSING]
    return max(readings, key=lambda reading: reading[0][0] + reading[1])[0][1]


def _reading(scores: Sequence[float], missing: float) -> tuple[float, list[Part]]:
    """Return the likelihood and the parts of the likeliest reading (Viterbi).

    `missing` is the share of titles without an abstract.
    """
    after_title = (math.log(missing), math.log(1 - missing), _NEVER)
    after = (after_title, _AFTER_FIRST, _AFTER_FURTHER)
    best = [start + fit for start, fit in zip(_AT_START, _fits(scores[0]), strict=True)]
    came_from: list[list[Part]] = []
    for score in scores[1:]:
        before = [_likeliest([best[part] + after[part][to] for part in Part]) for to in Part]
        fits = _fits(score)
        best = [best[p] + after[p][to] + fits[to] for to, p in zip(Part, before, strict=True)]
        came_from.append(before)
    parts = [_likeliest(best)]
    for before in reversed(came_from):
        parts.append(before[parts[-1]])
    return max(best), parts[::-1]


def _likeliest(likelihoods: list[float]) -> Part:
    return max(Part, key=likelihoods.__getitem__)


def _fits(score: float) -> tuple[float, float, float]:
    """Return how well the score fits each part, as logarithms of likelihoods."""
    title, abstract = -_softplus(score), -_softplus(-score)
    return title, abstract, abstract


def _softplus(value: float) -> float:
    return value if value > 30 else math.log1p(math.exp(value))
