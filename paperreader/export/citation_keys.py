"""Citation keys from surname, year and the first words of the title, unique in an export."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from paperreader.export.base import ExportError
from paperreader.papers import names
from paperreader.papers.citation_scheme import WHAT_IT_IS, is_citable, is_key, is_scheme, made_by
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record

# Small words that are left out of keys.
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
_OTHER = re.compile(r"[^a-z0-9]")
_MARKUP = re.compile(r"\\[A-Za-z]+|[\\{}$^_'’]")


def keyed(records: Iterable[Record], *, by_every_key: bool = False) -> Iterator[tuple[str, Record]]:
    """Yield each record with a citation key that no other record of this export has.

    With `by_every_key`, a paper that documents cite by several keys comes once for each.

    If several papers have the same key, it stays with the one that came with it, or else with the
    one added first; the others get the suffixes a, b, c, … in an order that does not depend on
    theirs. This takes two passes over a collection; an iterator allows only one, and so gives the
    suffixes in its own order.
    """
    every = _by_every_key if by_every_key else iter
    chosen = _chosen(every(records)) if isinstance(records, Collection) else {}
    taken = set(chosen.values())
    for record in every(records):
        key = chosen.pop(record.key, None)
        if key is None:
            key = _free(base(record.paper), taken)
            taken.add(key)
        yield key, record


def base(paper: Paper) -> str:
    """Return the key of the paper before clashes: the one it came with, or a generated one."""
    # The programs differ in which signs a key may have; in a .bib the person's own can read it.
    if is_key(paper.citation_key) or (paper.bibtex and is_citable(paper.citation_key)):
        return paper.citation_key
    parts = _parts(paper)
    if parts["surname"]:
        return parts["surname"] + parts["year"] + parts["words"]
    return (parts["title"] or "paper") + parts["year"]


def by_scheme(records: Iterable[Record], scheme: str) -> list[Record]:
    """Return the records with citation keys by `scheme` instead of their own.

    A scheme is a text such as "{surname}:{year}{title}": the first author's surname, the year,
    the first word of the title, or its first four as `words`. Raises `ExportError` if it is not.
    """
    if not is_scheme(scheme):
        raise ExportError(f"A scheme for citation keys is {WHAT_IT_IS}.")
    return [_named(record, made_by(scheme, _parts(record.paper))) for record in records]


def _named(record: Record, key: str) -> Record:
    return replace(record, paper=replace(record.paper, citation_key=key, entries=()))


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


def _by_every_key(records: Iterable[Record]) -> Iterator[Record]:
    """Yield each record, and after it one for each further key of its paper."""
    for record in records:
        yield record
        for entry in record.paper.entries:
            if entry.key != record.paper.citation_key:
                paper = replace(record.paper, citation_key=entry.key, kind=entry.kind)
                yield replace(record, key=f"{record.key} {entry.key}", paper=paper)


def _chosen(records: Iterable[Record]) -> dict[str, str]:
    """Return the citation key of each record key; the oldest paper of a clash keeps it."""
    wanted: dict[str, list[tuple[bool, str, int, str]]] = {}
    for record in records:
        bare = base(record.paper)
        # A key that documents may cite already goes before a generated one.
        is_generated = bare != record.paper.citation_key
        # The row tells which of two that were added together stands first in their file.
        seniority = (is_generated, record.added, record.row, record.key)
        wanted.setdefault(bare, []).append(seniority)
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


def _words(text: str) -> list[str]:
    plain = _MARKUP.sub("", text).casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_ASCII))
        plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return [word for each in plain.split() if (word := _OTHER.sub("", each))]
