"""The tree that a query is read as.

`str()` of a node writes it as a query that is read back as the same node.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paperreader.query.text_field import Field


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms, anywhere or in one field.

    `prefix`: any word that begins so; `close`: any word spelled nearly so. A year, or two years
    with a hyphen, also stands for papers of that date.
    """

    text: str
    field: Field | None = None
    prefix: bool = False
    close: bool = False

    def __str__(self) -> str:
        star = "*" if self.prefix else ""
        return f"{_within(self.field)}{'~' if self.close else ''}{self.text}{star}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together in this order, in exactly these forms.

    A lone * in `text` is any one word. `prefix`: the last word may go on. In the field `author`
    the words are parts of one person's name, in any order.
    """

    text: str
    field: Field | None = None
    prefix: bool = False

    def __str__(self) -> str:
        return f'{_within(self.field)}"{self.text}{"*" if self.prefix else ""}"'


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that the store answers: `category` cs.CL, `is` unread, `has` code.

    `name` is one of: category, venue, tag, note, source, year, is, has, id. The value of `year`
    is FIRST..LAST, two dates of which either may be missing. The value of `id` is a key such as
    arxiv:1706.03762. In all but year, is and has, a value that ends in * is a prefix, so `*`
    alone is any value; that is how a value is read while it is still being typed. A value that
    could not be read is kept as it was typed, and holds for no paper.
    """

    name: str
    value: str

    def __str__(self) -> str:
        if self.name == "id":
            return self.value
        bare = _BARE_VALUE.fullmatch(self.value)
        return f"{self.name}:{self.value}" if bare else f'{self.name}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        texts = [f"({part})" if isinstance(part, Or) else str(part) for part in self.parts]
        return " ".join(_as_words(texts))


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple["Node", ...]

    def __str__(self) -> str:
        return " OR ".join(
            f"({part})" if isinstance(part, And) else str(part) for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the part."""

    part: "Node"

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, And | Or) else f"-{self.part}"


Node = Word | Phrase | Filter | And | Or | Not

# Words that mean more where they stand: before a field, at the beginning, at the end.
_SMALL_OPERATORS = ("and", "or", "not")
_PAPERS = frozenset(
    "paper papers article articles publication publications preprint preprints".split()
)
_ON = ("by", "about", "on")
_SINCE = ("since", "after", "before", "until", "from", "between")
_BARE_VALUE = re.compile(r"(?!(?:AND|OR|NOT|ANDNOT)$)[\w.+*<>=/-]+")


def leaves(tree: Node | None) -> Iterator[Word | Phrase | Filter]:
    """Yield the words, phrases and conditions of a tree in order, but not what is negated."""
    match tree:
        case Word() | Phrase() | Filter():
            yield tree
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)


def wanted(tree: Node | None) -> Iterator[Word | Phrase]:
    """Yield the words and phrases that a hit may hold, in order: all that is not negated."""
    for leaf in leaves(tree):
        if not isinstance(leaf, Filter):
            yield leaf


def only_words(tree: Node | None) -> bool:
    """Whether a tree is nothing but words that are all wanted, anywhere: as a text would be."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return all(isinstance(p, Word) and p.field is None and not p.close for p in parts)


def _as_words(texts: list[str]) -> list[str]:
    """Return the texts of parts with a comma behind words that would be read as more than words."""
    apart = [
        place
        for place, after in enumerate(texts[1:])
        if texts[place].lstrip("-") in _SMALL_OPERATORS and ":" in after
    ]
    small = [text.lower() for text in texts]
    if len(small) > 2 and small[0] in _PAPERS and small[1] in _ON:
        apart.append(0)
    if small and small[-1].isdecimal():
        ends = range(max(len(small) - 4, 0), len(small) - 1)
        apart += [place for place in ends if small[place] in _SINCE]
    if len(small) > 1 and small[-1] in _PAPERS and small[-2].endswith(("'s", "’s")):
        apart.append(len(small) - 2)
    return [f"{text}," if place in apart else text for place, text in enumerate(texts)]


def _within(part: Field | None) -> str:
    return f"{part}:" if part else ""
