"""Highlighting: spans that match the query, by the search's own analyzer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from paperreader.query.tree import And, Field, Node, Phrase, Word, wanted
from paperreader.search import analysis
from paperreader.search.analysis import Token
from paperreader.text import fold

# How a word may go on that is being typed: learni… finds what has the stem of learning.
_ENDINGS = (
    *("s", "es", "ed", "er", "ers", "ing", "ings", "ion", "ions", "ation", "ations", "ment"),
    *("al", "ally", "ic", "ive", "ity", "able", "ly", "ness", "ize", "ized", "izes", "izing"),
)

Stem = Callable[[str], str]


class Highlighter:
    """Finds the words of a query in the texts that are shown."""

    def __init__(self, tree: Node | None) -> None:
        """Look for what a hit of `tree` may hold; what is negated is never marked."""
        leaves = [*wanted(tree), *_joined(tree)]
        telling = [leaf for leaf in leaves if not _tells_nothing(leaf)]
        self._leaves = telling or leaves
        self._matchers: dict[Field, _Matcher] = {}

    def spans(self, text: str, field: Field) -> list[tuple[int, int]]:
        """Return where in `text`, shown as `field`, the query's words stand: sorted, disjoint."""
        if not self._leaves:
            return []
        matcher = self._matchers.get(field)
        if matcher is None:
            leaves = [leaf for leaf in self._leaves if leaf.field in (None, field)]
            # Names have no stems, in the index neither.
            stem = str if field is Field.AUTHOR else analysis.stem
            matcher = self._matchers[field] = _Matcher(leaves, stem)
        return matcher.spans(text)


@dataclass(frozen=True, slots=True)
class _Row:
    """Words in a row, as stems; `beginning` is what the last one may merely begin with."""

    stems: tuple[str, ...]
    prefix: str

    def fits(self, place: int, token: Token, stem: Stem) -> bool:
        """Whether `token` can be the word at `place` of the row."""
        last = place == len(self.stems) - 1
        begins = bool(self.prefix) and last and token.word.startswith(self.prefix)
        return begins or stem(token.word) == self.stems[place]


class _Matcher:
    """The words and phrases to highlight in one field."""

    def __init__(self, leaves: list[Word | Phrase], stem: Stem) -> None:
        self._stem = stem
        self._stems: set[str] = set()
        self._prefixes: tuple[str, ...] = ()
        self._close: list[str] = []
        self._rows: list[_Row] = []
        for leaf in leaves:
            for variant in analysis.variants(leaf.text):
                self._add(leaf, variant)

    def _add(self, leaf: Word | Phrase, variant: tuple[str, ...]) -> None:
        """Add one of the rows of words that a word or a phrase may be."""
        prefix = variant[-1] if leaf.prefix else ""
        if len(variant) > 1:
            self._rows.append(_Row(tuple(self._stem(word) for word in variant), prefix))
            return
        self._stems.add(self._stem(variant[0]))
        if prefix:
            self._prefixes += (prefix,)
            self._stems |= {self._stem(word) for word in _grown(prefix)}
        if isinstance(leaf, Word) and leaf.close:
            self._close.append(variant[0])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the words stand in `text`."""
        tokens = analysis.tokens(text)
        found = [(token.start, token.end) for token in tokens if self._fits(token.word)]
        if self._rows:
            found += self._in_rows(tokens)
        return _disjoint(found)

    def _fits(self, word: str) -> bool:
        return (
            self._stem(word) in self._stems
            or word.startswith(self._prefixes)
            or any(_is_close(word, wanted) for wanted in self._close)
        )

    def _in_rows(self, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """Yield where words stand in a row as a phrase of the query."""
        at: dict[int, list[Token]] = {}
        for token in tokens:
            at.setdefault(token.position, []).append(token)
        for row in self._rows:
            for first in tokens:
                if row.fits(0, first, self._stem) and (end := self._end(row, 1, first, at)):
                    yield first.start, end

    def _end(self, row: _Row, place: int, last: Token, at: dict[int, list[Token]]) -> int:
        """Return where the row ends that has reached `last`, or 0 where it breaks off."""
        if place == len(row.stems):
            return last.end
        for token in at.get(last.position + 1 + last.joined, ()):
            fits = row.fits(place, token, self._stem)
            if fits and (end := self._end(row, place + 1, token, at)):
                return end
        return 0


def _joined(tree: Node | None) -> Iterator[Word]:
    """Yield the words that neighbours in the query make as one: time series is timeseries."""
    parts = tree.parts if isinstance(tree, And) else ()
    for a, b in pairwise(parts):
        if _is_plain(a) and _is_plain(b) and a.field is b.field:
            yield Word(a.text + b.text, a.field)


def _is_plain(node: Node) -> TypeGuard[Word]:
    return (
        isinstance(node, Word)
        and not (node.prefix or node.close or node.field is Field.AUTHOR or _tells_nothing(node))
        and node.text.isalpha()
    )


def _tells_nothing(leaf: Word | Phrase) -> bool:
    """Whether the search leaves a word out where there are others."""
    return (
        isinstance(leaf, Word)
        and leaf.field is not Field.AUTHOR
        and fold(leaf.text) in analysis.STOP_WORDS
    )


def _grown(prefix: str) -> Iterator[str]:
    """Yield words that begin so and end in an English ending, of which a part may be there."""
    for ending in _ENDINGS:
        for length in range(len(ending)):
            if len(prefix) - length > 2 and prefix.endswith(ending[:length]):
                yield prefix + ending[length:]


def _disjoint(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and unite those that overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_close(word: str, wanted: str) -> bool:
    from rapidfuzz.distance import OSA  # only where a close spelling is asked for

    edits = analysis.max_edits(wanted)
    return OSA.distance(word, wanted, score_cutoff=edits) <= edits
