"""Names of people as reference managers write them, turned into names to show."""

import re

_SUFFIXES = frozenset(("jr", "sr", "junior", "senior", "2nd", "3rd", "4th"))
_NUMERALS = frozenset(("II", "III", "IV"))


def display_name(told: str) -> str:
    """Return "Family, Given" or "Family, Suffix, Given" as "Given Family Suffix".

    A name without a comma is shown as it stands: it is written in the order of speech, or it is
    that of a body.
    """
    parts = [" ".join(part.split()) for part in told.split(",")]
    family, *rest = parts
    suffixes = [part for part in rest if is_suffix(part)]
    given = [part for part in rest if part and not is_suffix(part)]
    if given and " " in given[-1] and is_suffix(given[-1].split()[-1]):  # "Doe, John A Jr"
        given[-1], _, suffix = given[-1].rpartition(" ")
        suffixes.append(suffix)
    return " ".join(filter(None, [*given, family, *suffixes]))


def is_suffix(word: str) -> bool:
    """Whether this is "Jr.", "III" and the like."""
    word = word.strip(". ")
    return word in _NUMERALS or word.lower() in _SUFFIXES


def initials_last(told: str) -> str:
    """Return "van Raaij MJ", as indexes write it, as "M. J. van Raaij"; any other name as it is."""
    words = told.replace(",", " ").split()
    suffixes = words[-1:] if len(words) > 2 and is_suffix(words[-1]) else []
    words = words[: len(words) - len(suffixes)]
    if len(words) < 2 or not _are_initials(words[-1]):
        return " ".join(words + suffixes)
    initials = re.sub(r"(\w)(?=\w)", r"\1 ", words[-1])
    return " ".join([with_points(initials), *words[:-1], *suffixes])


def is_turned(told: str) -> bool:
    """Whether the text is one name, "Family, Given", rather than two in the order of speech."""
    family, comma, given = told.partition(",")
    if not comma or "," in given or not family.strip():
        return False
    # Two names of two words each are two people, unless one shows that it is part of a name.
    particle = family.split()[0].islower()
    initials = all(len(word.strip(".-")) <= 2 for word in given.split())
    return particle or initials or " " not in family.strip() or " " not in given.strip()


def with_points(given: str) -> str:
    """Return "Jimmy T" as "Jimmy T."."""
    return " ".join(f"{word}." if _is_initial(word) else word for word in given.split())


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word.isupper()


def _are_initials(word: str) -> bool:
    letters = word.replace("-", "").replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 4
