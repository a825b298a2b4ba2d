"""Titles reduced to what two sources of the same title agree in."""

import re
import unicodedata


def fold(told: str) -> str:
    """Return the words of `told` in lower case, without accents and punctuation."""
    if not told.isascii():
        letters = unicodedata.normalize("NFKD", told)
        told = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", told.casefold()))


def bare(title: str) -> str:
    """Return the letters and digits of `title`, folded: what two sources of a title agree in.

    One source writes $^3$He-B where another writes ^3He-B, so spaces tell nothing. A title
    without a letter is all that there is of it.
    """
    return fold(title).replace(" ", "").replace("_", "") or title
