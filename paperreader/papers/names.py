"""Names of people: display, parsing and comparison.

A name is stored as it is shown, given name first: "Ludwig van Beethoven", "张三".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperreader.papers.titles import fold, spelled_alike

_PARTICLE = re.compile(
    "af|al|ap|auf|av|bin|bint|da|dal|dalla|das|de|degli|dei|del|della|dello|den|der|des|di|do|dos"
    "|du|el|en|het|ibn|la|las|le|los|of|op|san|st[.]|'t|te|ten|ter|the|til|to|tot|van|vanden"
    "|vander|ver|vom|von|zu|zum|zur"
)
_SUFFIXES = frozenset("jr sr junior senior 2nd 3rd 4th".split())
_NUMERALS = frozenset("II III IV".split())
_BODY = re.compile(
    r"\b(?:collaborations?|consortium|teams?|group|committee|institute|universit\w+|laborator\w+"
    r"|society|association|organi[sz]ation|project|network|initiative|et al|and|others)\b|,|&",
    re.IGNORECASE,
)
# Chinese characters, kana and Hangul: their names are written family first, without a space.
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff·\s]+")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a person's name; an organisation or a single word has only a family name."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def sorted(self) -> str:
        """The name as reference managers sort it: "van Beethoven Jr., Ludwig"."""
        last = " ".join(part for part in (self.particle, self.family, self.suffix) if part)
        return f"{last}, {self.given}" if self.given else last


def split(name: str) -> Name:
    """Split a shown name into parts; joined by spaces in spoken order, they are the name again."""
    words = name.split()
    if len(words) < 2 or _BODY.search(name) or _EAST_ASIAN.fullmatch(name):
        return Name(name)
    suffix = words.pop() if len(words) > 2 and is_suffix(words[-1]) else ""
    last = len(words) - 1
    first = last
    while first > 1 and _PARTICLE.fullmatch(words[first - 1]):
        first -= 1
    return Name(
        family=words[last],
        given=" ".join(words[:first]),
        particle=" ".join(words[first:last]),
        suffix=suffix,
    )


def joined(family: str, given: str = "", suffix: str = "") -> str:
    """Return the name of these parts as it is shown; a particle is part of the family name."""
    parts = [part for part in (given, family, suffix) if part]
    if given and family and all(map(_EAST_ASIAN.fullmatch, parts)):
        return "".join((family + given + suffix).split())
    return " ".join(parts)


def display_name(name: str) -> str:
    """Return "Family, Given" or "Family, Suffix, Given" as "Given Family Suffix".

    A name without a comma is returned unchanged: its given name comes first, or it is that of an
    organisation.
    """
    parts = [" ".join(part.split()) for part in name.split(",")]
    family, *rest = parts
    suffixes = [part for part in rest if is_suffix(part)]
    given = [part for part in rest if part and not is_suffix(part)]
    if given and " " in given[-1] and is_suffix(given[-1].split()[-1]):  # "Doe, John A Jr"
        given[-1], _, suffix = given[-1].rpartition(" ")
        suffixes.append(suffix)
    return joined(family, " ".join(given), " ".join(suffixes))


def is_suffix(word: str) -> bool:
    """Whether the word is a suffix such as "Jr." or "III"."""
    word = word.strip(". ")
    return word in _NUMERALS or word.lower() in _SUFFIXES


def initials_last(name: str) -> str:
    """Return "van Raaij MJ", as indexes write it, as "M. J. van Raaij"; other names unchanged."""
    words = name.replace(",", " ").split()
    suffixes = words[-1:] if len(words) > 2 and is_suffix(words[-1]) else []
    words = words[: len(words) - len(suffixes)]
    if len(words) < 2 or not _are_initials(words[-1]):
        return " ".join(words + suffixes)
    initials = re.sub(r"(\w)(?=\w)", r"\1 ", words[-1])
    return " ".join([with_points(initials), *words[:-1], *suffixes])


def is_turned(text: str) -> bool:
    """Whether the text is one name, "Family, Given", rather than two with given names first."""
    family, comma, given = text.partition(",")
    if not comma or "," in given or not family.strip():
        return False
    # Two parts of two words each are two people, unless one is clearly part of a name.
    particle = family.split()[0].islower()
    initials = all(_could_be_initials(word) for word in given.split())
    return particle or initials or " " not in family.strip() or " " not in given.strip()


def with_points(given: str) -> str:
    """Return "Jimmy T" as "Jimmy T."."""
    return " ".join(f"{word}." if _is_initial(word) else word for word in given.split())


def same_person(left: str, right: str) -> bool:
    """Whether two shown names can be those of one person.

    Either the family names agree and the initials of the given names do not contradict each
    other, or all words are the same in another order, or one name lacks a second family name.
    """
    first, second = _person(left), _person(right)
    if not first.words or not second.words:
        return False
    if first.family == second.family:
        return _agree(first.given, second.given)
    if sorted(first.words) == sorted(second.words):
        return True
    return first.family in second.words[1:] or second.family in first.words[1:]


def shared_people(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many names of the shorter list are those of people in the longer list."""
    shorter, longer = sorted((list(first), list(second)), key=lambda names: (len(names), names))
    count = 0
    for name in shorter:
        match = next((candidate for candidate in longer if same_person(name, candidate)), None)
        if match is not None:
            longer.remove(match)
            count += 1
    return count


def fuller(name: str, other: str) -> str:
    """Return the fuller of two shown names of one person: "Ann Bee" rather than "A. Bee".

    Of two that differ in their marks or capitals, the one with marks and small letters.
    """
    if fold(name) == fold(other):
        return max(name, other, key=lambda each: (not each.isupper(), not each.isascii()))
    return max(name, other, key=_length_of_given)


def fullest(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return `names`, each in the fuller form if `others` have the same person."""
    left = list(others)
    result: list[str] = []
    for number, name in enumerate(names):
        nearest = sorted(range(len(left)), key=lambda index: abs(index - number))
        same = next((index for index in nearest if same_person(name, left[index])), None)
        result.append(name if same is None else fuller(name, left[same]))
        if same is not None:
            left[same] = ""
    return tuple(result)


def surname(name: str) -> str:
    """Return the family name in the form in which names are compared, '' of an empty name."""
    return _person(name).family


@dataclass(frozen=True, slots=True)
class _Person:
    """A name for comparison: words in lower case without accents, the family name last."""

    words: tuple[str, ...]

    @property
    def family(self) -> str:
        return self.words[-1] if self.words else ""

    @property
    def given(self) -> tuple[str, ...]:
        return self.words[:-1]


@lru_cache(maxsize=8192)
def _person(name: str) -> _Person:
    words = [word for word in name.split() if not is_suffix(word)] or name.split()
    if len(words) > 1 and _is_initial(words[-1]) and not _is_initial(words[0].strip(".")):
        # "Bee A", as indexes write it
        words = [words[-1], *words[:-1]]
    if _EAST_ASIAN.fullmatch(name):
        return _Person(("".join(sorted("".join(words))),))
    return _Person(tuple(spelled_alike(fold(" ".join(words))).split()))


def _length_of_given(name: str) -> tuple[int, int]:
    """Return the number of given names that are more than initials, and of all their letters."""
    words = [word.strip(".") for word in split(name).given.split()]
    return sum(len(word) > 1 for word in words), sum(map(len, words))


def _agree(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the first initials of two lists of given names agree, or one list is empty."""
    return not first or not second or first[0][0] == second[0][0]


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word.isupper()


def _could_be_initials(word: str) -> bool:
    """Whether a word is "J.", "JQ" or "Th."; "Yi" and "Li" are names."""
    letters = word.strip(".-")
    return len(letters) <= 2 and (word.endswith(".") or letters == letters.upper())


def _are_initials(word: str) -> bool:
    letters = word.replace("-", "").replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 4
