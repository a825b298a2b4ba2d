"""What the words of a query stand for: one reading for those that find and those that mark."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeGuard

from paperreader.query.text_field import Field
from paperreader.query.tree import And, Filter, Node, Not, Phrase, Word
from paperreader.search import analysis
from paperreader.text import fold

_YEARS = re.compile(r"((?:19|20)\d\d)(?:[-–]((?:19|20)\d\d)|[-/](0[1-9]|1[0-2]))?")


def is_stop_word(node: Node) -> bool:
    """Whether a node is a word that says nothing where there are others. Names always say much."""
    return isinstance(node, Word) and node.field is not Field.AUTHOR and says_nothing(node.text)


def says_nothing(word: str) -> bool:
    """Whether a word is a stop word."""
    return fold(word) in analysis.STOP_WORDS


def without_stop_words(parts: Sequence[Node]) -> list[Node]:
    """Leave out the words that say nothing, where there are others."""
    telling = [part for part in parts if not is_stop_word(part)]
    return telling if any(not isinstance(p, Filter | Not) for p in telling) else list(parts)


def flat_parts(tree: Node | None) -> list[Node]:
    """Return the parts of a tree that are all asked for."""
    if tree is None:
        return []
    if isinstance(tree, And):
        return [part for inner in tree.parts for part in flat_parts(inner)]
    return [tree]


def joined_words(nodes: Sequence[Node]) -> list[list[str]]:
    """Return for each node the words that it makes with its neighbours: time series, timeseries."""
    joined: list[list[str]] = [[] for _ in nodes]
    for (i, a), (j, b) in pairwise(enumerate(nodes)):
        if _is_plain(a) and _is_plain(b) and a.field is b.field:
            word = fold(a.text + b.text)
            joined[i].append(word)
            joined[j].append(word)
    return joined


def variants(node: Word | Phrase) -> list[tuple[str, ...]]:
    """Return the sequences of folded words any of which a node stands for.

    GPT-4 is gpt, 4 or gpt4. The words of a phrase may have gaps, which are empty words.
    """
    if isinstance(node, Word) or "*" not in node.text.split():
        return analysis.variants(node.text)
    words: list[str] = []
    for part in node.text.split():
        words += [""] if part == "*" else analysis.words(part).words
    while words and not words[0]:
        del words[0]
    while words and not words[-1]:
        del words[-1]
    return [tuple(words)] if words else []


def phrase_words(phrase: Phrase) -> list[Word]:
    """Return the words of a phrase, each to be found by itself: what a partial match may have."""
    found = variants(phrase)
    return [Word(analysis.bare(word), phrase.field) for word in found[0] if word] if found else []


def dates(node: Node) -> tuple[int, int] | None:
    """Return the first and the last date that 2019, 2019-2021 or 2019-05 names, or None.

    A date is YYYYMMDD; 00 and 99 stand for the first and the last month or day.
    """
    if not isinstance(node, Word) or node.field is not None or node.close:
        return None
    match = _YEARS.fullmatch(node.text)
    if not match:
        return None
    if match[3]:
        month = int(match[1] + match[3]) * 100
        return month, month + 99
    first, last = sorted((int(match[1]), int(match[2] or match[1])))
    return first * 10_000, last * 10_000 + 9999


def name_parts(node: Node) -> tuple[str, ...]:
    """Return the folded words of a node that may be part of a person's name, or nothing."""
    if not isinstance(node, Word) or node.close or node.field not in (None, Field.AUTHOR):
        return ()
    found = analysis.variants(node.text)
    parts = tuple(map(analysis.bare, found[0])) if found else ()
    return parts if all(part.isalpha() for part in parts) else ()


def person_parts(phrase: str) -> tuple[list[str], list[str]]:
    """Return the parts of a name that an author must have, and those that are free.

    Initials are free beside two whole parts: Geoffrey E. Hinton also signs without the E.
    """
    parts = [analysis.bare(word) for word in analysis.words(phrase).words]
    whole = [part for part in parts if len(part) > 1]
    initials = [part for part in parts if len(part) == 1]
    return (whole, initials) if len(whole) > 1 else (parts, [])


def _is_plain(node: Node) -> TypeGuard[Word]:
    """Whether a node is one whole word that could be a part of another."""
    return (
        isinstance(node, Word)
        and not node.prefix
        and not node.close
        and node.text.isalpha()
        and node.field is not Field.AUTHOR
        and not is_stop_word(node)
    )
