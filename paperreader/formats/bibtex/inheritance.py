"""Inheritance between BibTeX entries: by `crossref` from the containing work, and by `xdata`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from paperreader.formats.bibtex.entries import Block, Entry, Reader, chunks_of
from paperreader.formats.input.document import Document

_NAMED = re.compile(r"\s*@\s*\w+\s*[{(]\s*([^\s,{}()=]+)\s*,")
_REFERS = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?\s*([^\"{}]+)", re.IGNORECASE)
_IDS = re.compile(r"\bids\s*=\s*[{\"]([^\"{}]+)", re.IGNORECASE)
# A longer value, such as an abstract, is not copied into every entry that refers to it.
_LONGEST_SHARED = 10_000
# A limit of recursion, as entries may refer to each other in a circle.
_DEPTH = 5
# So many entries an entry inherits from at most: with ten names in each `xdata`, there would be ten
# times as many at each step.
_MOST_VISITS = 50
# A version, module or fragment of a program inherits all of it; other entries are parts of a work.
_PROGRAMS = frozenset(("software", "softwareversion", "softwaremodule", "codefragment"))
# Fields that a part inherits from the work that contains it.
_SHARED = tuple(
    """booktitle eventtitle institution school publisher editor series volume number location
    address organization edition isbn issn language langid venue eventdate""".split()
)
_DATED = ("date", "year", "month", "day")
# Fields that belong to one entry only.
_OWN = frozenset(("ids", "crossref", "xref", "xdata", "doi", "eprint", "file", "options"))


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield the blocks of the document in order, each entry with the fields it inherits."""
    parents = _parents(document)
    for block in Reader().blocks(chunks_of(document.lines())):
        yield _inheriting(block, parents) if isinstance(block, Entry) and parents else block


def _parents(document: Document) -> dict[str, Entry]:
    """Return the entries that others inherit from, by key in lower case.

    They may follow the entries that refer to them, so this is a first pass over the document.
    """
    wanted: set[str] = set()
    for line in document.lines():
        for match in _REFERS.finditer(line):
            wanted.update(key.strip().lower() for key in match.group(1).split(","))
    if not wanted:
        return {}

    def is_wanted(chunk: str) -> bool:
        named = _NAMED.match(chunk)
        keys = _keys(named.group(1) if named else "", _IDS.findall(chunk))
        return named is None or not wanted.isdisjoint(keys)

    chosen = ((line, chunk) for line, chunk in chunks_of(document.lines()) if is_wanted(chunk))
    parents: dict[str, Entry] = {}
    for block in Reader().blocks(chosen):
        if isinstance(block, Entry):
            fields = {k: v for k, v in block.fields.items() if len(v) <= _LONGEST_SHARED}
            parent = replace(block, fields=fields)
            for key in _keys(block.key, [block.fields.get("ids", "")]):
                parents.setdefault(key, parent)
    return parents


def _keys(key: str, aliases: Iterable[str]) -> set[str]:
    keys = {key.lower()}
    for listed in aliases:
        keys.update(alias.strip().lower() for alias in listed.split(","))
    return keys - {""}


def _inheriting(
    entry: Entry,
    parents: Mapping[str, Entry],
    depth: int = _DEPTH,
    visits: Iterator[int] | None = None,
) -> Entry:
    visits = iter(range(_MOST_VISITS)) if visits is None else visits
    fields = dict(entry.fields)
    for key in entry.fields.get("xdata", "").split(","):
        parent = parents.get(key.strip().lower())
        if parent and depth and next(visits, None) is not None:
            for name, value in _inheriting(parent, parents, depth - 1, visits).fields.items():
                if name not in ("ids", "xdata"):
                    fields.setdefault(name, value)
    parent = parents.get(entry.fields.get("crossref", "").strip().lower())
    if parent and depth and next(visits, None) is not None:
        _inherit(fields, entry.type, _inheriting(parent, parents, depth - 1, visits).fields)
    return replace(entry, fields=fields, inherited=frozenset(fields) - frozenset(entry.fields))


def _inherit(fields: dict[str, str], kind: str, whole: Mapping[str, str]) -> None:
    """Add what a part inherits from its whole: where and when it appeared; programs inherit all."""
    if fields.keys().isdisjoint(("date", "year")):
        fields.update((name, whole[name]) for name in _DATED if name in whole)
    if kind in _PROGRAMS:
        for name, value in whole.items():
            if name not in _OWN:
                fields.setdefault(name, value)
        return
    for name in _SHARED:
        if name in whole:
            fields.setdefault(name, whole[name])
    if "title" in whole:
        fields.setdefault("journal" if kind == "article" else "booktitle", whole["title"])
