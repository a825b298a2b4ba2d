"""Where a text holds what was sought: by the analysis that found it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from paperreader import analysis
from paperreader.analysis import Token
from paperreader.query import Field, Node, Phrase, Word, wanted


@dataclass(frozen=True, slots=True)
class _Sought:
    """Words in a row, as stems; `beginning` is what the last one may merely begin with."""

    stems: tuple[str, ...]
    beginning: str

    def fits(self, place: int, token: Token) -> bool:
        """Whether `token` can be the word at `place` of the row."""
        if (
            self.beginning
            and place == len(self.stems) - 1
            and token.word.startswith(self.beginning)
        ):
            return True
        return analysis.stem(token.word) == self.stems[place]


@dataclass
class _Wanted:
    """What is sought in one field; single words are looked up, rows of words compared."""

    stems: set[str] = field(default_factory=set)
    beginnings: tuple[str, ...] = ()
    close: list[str] = field(default_factory=list)
    rows: list[_Sought] = field(default_factory=list)

    def add(self, leaf: Word | Phrase) -> None:
        """Add a word or a phrase of the query."""
        if isinstance(leaf, Word) and leaf.close:
            self.close += [way[0] for way in analysis.alternatives(leaf.text) if len(way) == 1]
        for way in analysis.alternatives(leaf.text):
            beginning = way[-1] if leaf.prefix else ""
            if len(way) > 1:
                stems = tuple(analysis.stem(word) for word in way)
                self.rows.append(_Sought(stems, beginning))
            elif isinstance(leaf, Phrase) or leaf.prefix or way[0] not in analysis.STOP_WORDS:
                self.stems.add(analysis.stem(way[0]))
                self.beginnings += (beginning,) if beginning else ()

    def fits(self, word: str) -> bool:
        """Whether a word of the text is one of the single words that are sought."""
        return (
            analysis.stem(word) in self.stems
            or word.startswith(self.beginnings)
            or any(_close(word, sought) for sought in self.close)
        )


class Marker:
    """Finds the words of a query in the texts that are shown."""

    def __init__(self, tree: Node | None) -> None:
        """Look for what a hit of `tree` may hold; what is negated is never marked."""
        self._wanted = {part: _Wanted() for part in Field}
        self._any = False
        for leaf in wanted(tree):
            self._any = True
            for part in (leaf.field,) if leaf.field else tuple(Field):
                self._wanted[part].add(leaf)

    def spans(self, text: str, field: Field) -> list[tuple[int, int]]:
        """Return where in `text`, shown as `field`, the sought words stand: sorted, disjoint."""
        if not self._any:
            return []
        sought = self._wanted[field]
        tokens = analysis.tokens(text)
        found = [(token.start, token.end) for token in tokens if sought.fits(token.word)]
        if sought.rows:
            found += _rows(sought.rows, tokens)
        return _disjoint(found)


def _rows(rows: list[_Sought], tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a row as in one of `rows`."""
    at: dict[int, list[Token]] = {}
    for token in tokens:
        at.setdefault(token.position, []).append(token)
    for row in rows:
        for first in tokens:
            if row.fits(0, first) and (end := _end(row, 1, first, at)):
                yield first.start, end


def _end(row: _Sought, place: int, last: Token, at: dict[int, list[Token]]) -> int:
    """Return where the row ends that has reached `last`, or 0 where it breaks off."""
    if place == len(row.stems):
        return last.end
    for token in at.get(last.position + 1 + last.joined, ()):
        if row.fits(place, token) and (end := _end(row, place + 1, token, at)):
            return end
    return 0


def _disjoint(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sort spans and unite those that overlap."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _close(word: str, sought: str) -> bool:
    from rapidfuzz.distance import OSA  # only where a close spelling is asked for

    return OSA.distance(word, sought, score_cutoff=2) <= (1 if len(sought) < 6 else 2)
