"""A scheme for citation keys, such as {surname}{year}{title}."""

import re
from collections.abc import Mapping

WHAT_IT_IS = (
    "a text with {surname}, {year}, {title} or {words} in it, and no spaces, commas or quotation"
    " marks, such as {surname}{year}{title}"
)
# Keys that BibTeX, biber and RIS all accept.
_KEY = re.compile(r"[^\s,{}()\\\"#%~='@]{1,200}")
# Keys that BibTeX itself reads.
_READ_BY_BIBTEX = re.compile(r"[^\s,{}\\%=@][^\s,{}\\%=]{0,199}")
_EXAMPLE = {"surname": "doe", "year": "2019", "title": "garden", "words": "gardenbeds"}


def is_key(text: str) -> bool:
    """Whether every program can read `text` as a citation key."""
    return _KEY.fullmatch(text) is not None


def is_citable(key: str) -> bool:
    """Whether BibTeX can read a key, so that documents may cite it."""
    return _READ_BY_BIBTEX.fullmatch(key) is not None


def is_scheme(text: str) -> bool:
    """Whether `text` makes citation keys of their parts, and of no other."""
    try:
        return is_key(text.format(**_EXAMPLE))
    except (LookupError, ValueError, AttributeError):
        return False


def made_by(scheme: str, parts: Mapping[str, str]) -> str:
    """Return the citation key that a scheme makes of surname, year, title and words."""
    return scheme.format(**parts)
