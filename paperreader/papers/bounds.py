"""Limits on the size of a paper: above any real one, and low enough to protect memory."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from paperreader.papers.paper import BibEntry, Link, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping

AnyPaper = TypeVar("AnyPaper", bound=Paper)

# In characters. The longest title of 574,000 papers of arXiv has 380, the longest abstract 6,100.
_TEXTS = {
    "title": 10_000, "abstract": 1_000_000, "summary": 1_000_000, "comment": 100_000,
    "venue": 10_000, "organization": 10_000, "published": 100, "updated": 100, "kind": 100,
    "citation_key": 1_000,
}  # fmt: skip
# The number of authors or editors. The longest author lists have 5,500 names.
MOST_PEOPLE = 20_000
# The number of values and the characters of each.
_LISTS = {
    "authors": (MOST_PEOPLE, 1_000), "editors": (MOST_PEOPLE, 1_000), "keywords": (300, 1_000),
    "categories": (300, 1_000), "other_titles": (20, 10_000),
}  # fmt: skip
_MAPPINGS = {"fields": (200, 100_000), "bibtex": (200, 100_000), "identifiers": (50, 4_000)}
MOST_LINKS = 500
# The number of values that are kept whole or not at all, and the characters of each.
_WHOLE = {"links": (MOST_LINKS, 4_000), "entries": (20, 100_000)}


def bounded(paper: AnyPaper) -> tuple[AnyPaper, list[str]]:
    """Return the paper with everything too long cut, and a phrase that describes each cut."""
    changed: dict[str, Any] = {}
    cuts: list[str] = []
    for name, most in _TEXTS.items():
        text = getattr(paper, name)
        if len(text) > most:
            changed[name] = text[:most]
            cuts.append(f"the {name} was cut at {most:,} characters")
    for name, (count, length) in _LISTS.items():
        values = getattr(paper, name)
        if len(values) > count or any(len(value) > length for value in values):
            changed[name] = tuple(value[:length] for value in values[:count])
            cuts.append(f"the {name} were cut at {count:,} of {length:,} characters")
    for name, (count, length) in _MAPPINGS.items():
        mapping: Mapping[str, str] = getattr(paper, name)
        if len(mapping) > count or any(len(value) > length for value in mapping.values()):
            kept = dict(list(mapping.items())[:count])
            if name == "bibtex":  # LaTeX that is cut would not close its braces
                kept = {key: value for key, value in kept.items() if len(value) <= length}
            changed[name] = {key[:1_000]: value[:length] for key, value in kept.items()}
            cuts.append(f"the {name} were cut at {count:,} of {length:,} characters")
    for name, (count, length) in _WHOLE.items():
        wholes: tuple[Link | BibEntry, ...] = getattr(paper, name)
        if len(wholes) > count or any(_size(each) > length for each in wholes):
            changed[name] = tuple(each for each in wholes[:count] if _size(each) <= length)
            cuts.append(f"the {name} were cut at {count:,} of {length:,} characters")
    return (replace(paper, **changed) if changed else paper), cuts


def _size(whole: Link | BibEntry) -> int:
    """Return the number of characters of an address, or of all the fields of an entry."""
    if isinstance(whole, Link):
        return len(whole.url)
    return sum(map(len, whole.fields.values()))
