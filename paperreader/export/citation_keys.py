"""Citation keys: surname, year and the first words of the title, each key once in an export."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from paperreader.export.base import ExportError
from paperreader.papers import names
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

# Small words that a key passes over; the rest of the title is told by what remains.
_SMALL_WORD = re.compile(
    "a|about|all|an|and|any|are|as|at|be|between|but|by|can|do|does|for|from|has|have|how|if"
    "|in|into|is|it|its|no|not|of|on|or|our|over|should|so|some|than|that|the|their|then|there"
    "|these|this|those|through|to|toward|towards|under|up|upon|using|via|vs|was|we|what|when"
    "|where|which|while|who|why|will|with|within|without|you|your"
)
_TITLE_WORDS = 4
_ASCII = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# What BibTeX, biber and RIS take as a key.
_OWN_KEY = re.compile(r"[^\s,{}()\\\"#%~='@]{1,200}")
_SCHEMES = (
    "A scheme for citation keys is a text with {surname}, {year}, {title} or {words} in it, and "
    "no spaces, commas or quotation marks, such as {surname}{year}{title}."
)
_OTHER = re.compile(r"[^a-z0-9]")
_MARKUP = re.compile(r"\\[A-Za-z]+|[\\{}$^_'’]")


def keyed(records: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Yield each record with a citation key that no other record of this export has.

    Where several papers come to the same key, the one whose own it is keeps it bare, or else the
    one longest in the library; the others take a, b, c, …, whatever their order here. For that a
    collection is walked twice; an iterator can only be walked once, and hands the letters out in
    its own order.
    """
    chosen = _chosen(records) if isinstance(records, Collection) else {}
    taken = set(chosen.values())
    for record in records:
        key = chosen.pop(record.key, None)
        if key is None:
            key = _free(base(record.paper), taken)
            taken.add(key)
        yield key, record


def base(paper: Paper) -> str:
    """Return the key that the paper would have alone: its own, or one of letters and digits."""
    if _OWN_KEY.fullmatch(paper.citation_key):
        return paper.citation_key
    parts = _parts(paper)
    if parts["surname"]:
        return parts["surname"] + parts["year"] + parts["words"]
    return (parts["title"] or "paper") + parts["year"]


def by_scheme(records: Iterable[Record], scheme: str) -> list[Record]:
    """Return the records with citation keys by `scheme` in place of their own.

    A scheme is a text such as "{surname}:{year}{title}": the first author's surname, the year,
    the first word of the title, or its first four as `words`. Raises `ExportError` on another.
    """
    try:
        named = [
            replace(
                record,
                paper=replace(record.paper, citation_key=scheme.format(**_parts(record.paper))),
            )
            for record in records
        ]
        example = scheme.format(surname="doe", year="2019", title="garden", words="gardenbeds")
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ExportError(_SCHEMES) from error
    if not _OWN_KEY.fullmatch(example):
        raise ExportError(_SCHEMES)
    return named


def _named(record: Record, key: str) -> Record:
    return replace(record, paper=replace(record.paper, citation_key=key))


def _parts(paper: Paper) -> dict[str, str]:
    title = [word for word in _words(paper.title) if not _SMALL_WORD.fullmatch(word)]
    title = title or _words(paper.title)
    surname = "".join(_words(names.split(paper.authors[0]).family)) if paper.authors else ""
    return {
        "surname": surname,
        "year": paper.year if paper.year.isdecimal() and paper.year.isascii() else "nd",
        "title": title[0] if title else "",
        "words": "".join(title[:_TITLE_WORDS]),
    }


def _chosen(records: Collection[Record]) -> dict[str, str]:
    """Give each record key its citation key, the oldest paper of a clash first."""
    wanted: dict[str, list[tuple[bool, str, str]]] = {}
    for record in records:
        bare = base(record.paper)
        # A key that documents cite by already goes before one that is made here.
        is_made = bare != record.paper.citation_key
        wanted.setdefault(bare, []).append((is_made, record.added, record.key))
    taken = set(wanted)
    chosen: dict[str, str] = {}
    for bare, papers in sorted(wanted.items()):
        first, *rest = sorted(papers)
        chosen[first[-1]] = bare
        for *_, key in rest:
            chosen[key] = _free(bare, taken)
            taken.add(chosen[key])
    return chosen


def _free(bare: str, taken: Collection[str]) -> str:
    if bare not in taken:
        return bare
    return next(key for end in _letters() if (key := bare + end) not in taken)


def _letters() -> Iterator[str]:
    """Yield a, b, …, z, aa, ab and so on."""
    for length in itertools.count(1):
        for letters in itertools.product("abcdefghijklmnopqrstuvwxyz", repeat=length):
            yield "".join(letters)


def _words(told: str) -> list[str]:
    plain = _MARKUP.sub("", told).casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.translate(_ASCII))
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return [word for each in plain.split() if (word := _OTHER.sub("", each))]
