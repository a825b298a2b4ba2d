"""Highlighting: spans that match the query, by the search's own analyzer and reading of words."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperreader.query.text_field import Field
from paperreader.query.tree import Node, Phrase, Word, wanted
from paperreader.search import analysis
from paperreader.search.analysis import Token
from paperreader.search.query_words import (
    flat_parts,
    is_stop_word,
    joined_words,
    person_parts,
    phrase_words,
    variants,
)
from paperreader.text import fold

Span = tuple[int, int]

# How a word may go on that is being typed: learni… finds what has the stem of learning.
_ENDINGS = (
    *("s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ation", "ations", "ment"),
    *("al", "ally", "ic", "ive", "ity", "able", "ly", "ness", "ize", "ized", "izes", "izing"),
)
# Between two authors, as they are shown.
_NEXT_AUTHOR = re.compile(r"[,;] ")


class Highlighter:
    """Finds the words of a query in the texts that are shown."""

    def __init__(self, tree: Node | None, *, partly: bool = False) -> None:
        """Look for what a hit of `tree` may have; what is negated is never marked.

        `partly`: a hit may have some words of a phrase only.
        """
        self._tree = tree
        leaves = list(wanted(tree))
        if partly:
            leaves += [
                word
                for leaf in leaves
                if isinstance(leaf, Phrase) and leaf.field is not Field.AUTHOR
                for word in phrase_words(leaf)
            ]
        parts = flat_parts(tree)
        for part, words in zip(parts, joined_words(parts), strict=True):
            leaves += [Word(word, part.field) for word in words if isinstance(part, Word)]
        telling = [leaf for leaf in leaves if not is_stop_word(leaf)]
        self._all, self._telling = leaves, telling or leaves
        self._matchers: dict[Field, _Matcher | _NameMatcher] = {}

    @cached_property
    def partly(self) -> "Highlighter":
        """What marks a paper that has only some of what was asked for."""
        return Highlighter(self._tree, partly=True)

    def spans(self, text: str, field: Field) -> list[Span]:
        """Return where in `text`, shown as `field`, the query's words stand: sorted, disjoint."""
        if not self._all:
            return []
        matcher = self._matchers.get(field)
        if matcher is None:
            leaves = self._all if field is Field.AUTHOR else self._telling
            leaves = [leaf for leaf in leaves if leaf.field in (None, field)]
            kind = _NameMatcher if field is Field.AUTHOR else _Matcher
            matcher = self._matchers[field] = kind(leaves)
        return matcher.spans(text)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A word to highlight: any word with one of `terms`, with the prefix, or exactly so.

    `term` makes a term of a folded word. Without terms and a prefix any word fits: a gap.
    """

    terms: frozenset[str]
    term: Callable[[str], str]
    prefix: str = ""

    def fits(self, word: str) -> bool:
        """Whether a folded word of a text fits."""
        if not self.terms:
            return True
        return (
            self.term(word) in self.terms
            or (word.endswith(analysis.ACRONYM) and word in self.terms)
            or bool(self.prefix and word.startswith(self.prefix))
        )


def _pattern(word: str, *, exact: bool, prefix: bool, name: bool) -> _Pattern:
    """Return the pattern of a folded word of a query; of an empty one, a gap."""
    if not word:
        return _Pattern(frozenset(), analysis.bare)
    start = analysis.bare(word) if prefix else ""
    if name:
        return _Pattern(frozenset({analysis.name(word)}), analysis.name, start)
    if exact:
        return _Pattern(frozenset({analysis.bare(word)}), analysis.bare, start)
    # Of acronyms, aids finds AIDS too; its plural or singular is found if it is irregular.
    forms = [word, *filter(None, [analysis.other_number(word)]), *(_grown(start) if start else ())]
    acronym = {word + analysis.ACRONYM} if analysis.bare(word) == word else set()
    return _Pattern(frozenset({*map(analysis.stem, forms), *acronym}), analysis.stem, start)


class _Matcher:
    """The words and phrases to highlight in a title or an abstract."""

    _name = False

    def __init__(self, leaves: Sequence[Word | Phrase]) -> None:
        self._words: list[_Pattern] = []
        self._rows: list[list[_Pattern]] = []
        self._close: list[str] = []
        for leaf in leaves:
            for variant in variants(leaf):
                self._add(leaf, variant)

    def _add(self, leaf: Word | Phrase, variant: tuple[str, ...]) -> None:
        """Add one of the rows of words that a word or a phrase may be."""
        exact = isinstance(leaf, Phrase)
        row = [
            _pattern(
                word,
                exact=exact,
                prefix=leaf.prefix and place == len(variant) - 1,
                name=self._name,
            )
            for place, word in enumerate(variant)
        ]
        if len(row) > 1:
            self._rows.append(row)
            return
        self._words += row
        if isinstance(leaf, Word) and leaf.close:
            self._close.append(variant[0])

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in `text`."""
        tokens = analysis.tokens(text)
        found = [(token.start, token.end) for token in tokens if self._fits(token.word)]
        found += [_closed(text, span) for span in self._in_rows(tokens)]
        return _disjoint(found)

    def _fits(self, word: str) -> bool:
        return any(pattern.fits(word) for pattern in self._words) or any(
            _is_close(word, wanted) for wanted in self._close
        )

    def _in_rows(self, tokens: list[Token]) -> Iterator[Span]:
        """Yield where words stand in a row as a phrase of the query."""
        at: dict[int, list[Token]] = {}
        for token in tokens if self._rows else ():
            at.setdefault(token.position, []).append(token)
        for row in self._rows:
            for first in tokens:
                if row[0].fits(first.word) and (end := self._end(row, 1, first, at)):
                    yield first.start, end

    def _end(self, row: list[_Pattern], place: int, last: Token, at: dict[int, list[Token]]) -> int:
        """Return where the row ends that has reached `last`, or 0 where it breaks off."""
        if place == len(row):
            return last.end
        for token in at.get(last.position + 1 + last.joined, ()):
            if row[place].fits(token.word) and (end := self._end(row, place + 1, token, at)):
                return end
        return 0


class _NameMatcher(_Matcher):
    """The words to highlight among authors.

    Initials and stop words are marked only in the name of an author that another word is in.
    """

    _name = True

    def __init__(self, leaves: Sequence[Word | Phrase]) -> None:
        people = [x for x in leaves if isinstance(x, Phrase) and x.field is Field.AUTHOR]
        self._people = [person_parts(phrase.text) for phrase in people]
        weak = [leaf for leaf in leaves if _is_weak(leaf)]
        strong = [leaf for leaf in leaves if leaf not in people and leaf not in weak]
        super().__init__(strong)
        self._weak = [fold(leaf.text).strip(".") for leaf in weak]

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in `text`, authors with commas between them."""
        found: list[Span] = []
        start = 0
        for end in (*(match.start() for match in _NEXT_AUTHOR.finditer(text)), len(text)):
            spans = self._of_author(text[start:end])
            found += [(start + first, start + last) for first, last in spans]
            start = end
        return _disjoint(found + super().spans(text))

    def _of_author(self, author: str) -> Iterator[Span]:
        tokens = [token for token in analysis.tokens(author) if not token.joined]
        strong = bool(super().spans(author))
        for token in tokens if strong else ():
            if any(_begins(token.word, part) for part in self._weak):
                yield token.start, token.end
        for required, free in self._people:
            whole = {analysis.name(part) for part in required if len(part) > 1}
            names = [analysis.name(token.word) for token in tokens]
            missing = [p for p in required if not any(_is_part(n, p, whole) for n in names)]
            if whole.isdisjoint(names) or missing:
                continue
            for token, name in zip(tokens, names, strict=True):
                if any(_is_part(name, part, whole) for part in (*required, *free)):
                    yield token.start, token.end


def _is_weak(leaf: Word | Phrase) -> bool:
    return isinstance(leaf, Word) and (
        is_stop_word(Word(leaf.text)) or len(leaf.text.strip(".")) == 1
    )


def _begins(name: str, part: str) -> bool:
    """Whether a part of a query is a part of a name: itself, or its initial."""
    return name == part or (len(part) == 1 and name.startswith(part))


def _is_part(name: str, part: str, whole: set[str]) -> bool:
    """Whether a word of a name is a part that was asked for, or either is the other's initial."""
    if name in whole or len(part) > 1:
        return name == analysis.name(part) or (len(name) == 1 and part.startswith(name))
    return name.startswith(part)


def _grown(start: str) -> Iterator[str]:
    """Yield words that begin so and end in an English ending, of which a part may be there."""
    for ending in _ENDINGS:
        for length in range(len(ending)):
            if len(start) - length > 2 and start.endswith(ending[:length]):
                yield start + ending[length:]


def _closed(text: str, span: Span) -> Span:
    """Return a span with the bracket that closes one in it: SU(2)."""
    start, end = span
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return (start, end + 1) if is_open and text[end : end + 1] == ")" else span


def _disjoint(found: list[Span]) -> list[Span]:
    """Sort spans and unite those that overlap."""
    united: list[Span] = []
    for start, end in sorted(found):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _is_close(word: str, wanted: str) -> bool:
    from rapidfuzz.distance import OSA  # only where a close spelling is asked for

    edits = analysis.max_edits(wanted)
    return OSA.distance(word, wanted, score_cutoff=edits) <= edits
