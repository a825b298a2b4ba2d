"""The entries of a BibTeX file, one after the other, with macros and inheritance resolved."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from paperreader.formats.input.document import Document

_BEGINS = re.compile(r"\s*@\s*(?:[A-Za-z][\w-]*\s*(?:[{(]|$)|(?:%.*)?$)")
_COMMENTED_OUT = re.compile(r"\s*%+\s*@\s*\w+\s*[{(]")
# A beginning that is spread over lines, with comments in between.
_OPENING = re.compile(r"\s*@((?:\s|%.*\n)*)([A-Za-z][\w-]*)((?:\s|%.*\n)*)([{(])")
_WITHOUT_KEY = re.compile(
    r"(\s*@(?!string|comment|preamble)\w+\s*[{(])(?=\s*[\w-]+\s*=)", re.IGNORECASE
)
_NAMED = re.compile(r"\s*@\s*\w+\s*[{(]\s*([^\s,{}()=]+)\s*,")
_REFERS = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]?\s*([^\"{}]+)", re.IGNORECASE)
_IDS = re.compile(r"\bids\s*=\s*[{\"]([^\"{}]+)", re.IGNORECASE)
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w:+-]*)\s*=\s*")
# "\\" breaks a line; the library takes its second half for the escape of a brace after it.
_LINE_BREAK = re.compile(r"(?<!\\)(?:\\\\)+(?=[{}])")
_CONCATENATED = re.compile(r"\s*#")
_DELIMITER = re.compile(r'(?<!\\)[{}"]')
_BARE = re.compile(r"[^\s#{}\"]+")

# More than this is no name of a journal: macros made of macros would grow without bounds, and so
# would the work where a long text is handed down to many entries.
_LONGEST_SHARED = 10_000
_LONGEST_EXPANSION = 100_000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A repeated field is one with several values only where that makes sense.
_JOINED = frozenset(("url", "keywords", "note", "howpublished"))
# A version, module or fragment of a program is the program; everything else is part of a whole.
_PROGRAMS = frozenset(("software", "softwareversion", "softwaremodule", "codefragment"))
# What a part has in common with the whole it appeared in.
_SHARED = ("booktitle", "eventtitle", "institution", "school")
_DATED = ("date", "year", "month", "day")
# What names one entry alone.
_OWN = frozenset(("ids", "crossref", "xref", "xdata", "doi", "eprint", "file", "options"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its type and field names in lower case, macros and inheritance resolved.

    The texts are those of the file, with their LaTeX. `line` is where it begins, from 1.
    """

    line: int
    type: str
    key: str
    fields: Mapping[str, str]
    raw: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A piece that is no entry: a comment, a preamble."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A piece that breaks the grammar, and where it does."""

    line: int
    reason: str
    text: str


Block = Entry | Remark | Broken


def blocks_of(document: Document) -> Iterator[Block]:
    """Yield what the document holds, in its order."""
    # The library reports every broken entry to the log; here they are reported as such.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    parents = _parents(document)
    for block in _Blocks().of(_chunks(document.lines())):
        yield _inheriting(block, parents) if isinstance(block, Entry) and parents else block


def _parents(document: Document) -> dict[str, Entry]:
    """Return the entries that others inherit from, by key in lower case.

    They may stand after those, so the document is looked through before it is read.
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

    chosen = ((line, chunk) for line, chunk in _chunks(document.lines()) if is_wanted(chunk))
    found: dict[str, Entry] = {}
    for block in _Blocks().of(chosen):
        if isinstance(block, Entry):
            fields = {k: v for k, v in block.fields.items() if len(v) <= _LONGEST_SHARED}
            parent = replace(block, fields=fields)
            for key in _keys(block.key, [block.fields.get("ids", "")]):
                found.setdefault(key, parent)
    return found


def _keys(key: str, aliases: Iterable[str]) -> set[str]:
    keys = {key.lower()}
    for listed in aliases:
        keys.update(alias.strip().lower() for alias in listed.split(","))
    return keys - {""}


def _inheriting(entry: Entry, parents: Mapping[str, Entry], depth: int = 5) -> Entry:
    fields = dict(entry.fields)
    for key in _keys("", [entry.fields.get("xdata", "")]):
        if depth and (parent := parents.get(key)):
            for name, value in _inheriting(parent, parents, depth - 1).fields.items():
                if name not in ("ids", "xdata"):
                    fields.setdefault(name, value)
    parent = parents.get(entry.fields.get("crossref", "").strip().lower())
    if depth and parent:
        _inherit(fields, entry.type, _inheriting(parent, parents, depth - 1).fields)
    return replace(entry, fields=fields)


def _inherit(fields: dict[str, str], kind: str, whole: Mapping[str, str]) -> None:
    """Give a part what its whole tells: where it appeared and when; programs get everything."""
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


def _chunks(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield pieces of the file, each beginning where an entry begins, with its first line.

    So that a broken entry spoils no other, and one piece at a time is held in memory.
    """
    first, held = 1, list[str]()
    for number, line in enumerate(lines, 1):
        if "@" in line and (_BEGINS.match(line) or _COMMENTED_OUT.match(line)) and held:
            yield first, "\n".join(held)
            first, held = number, []
        held.append(line)
    if held:
        yield first, "\n".join(held)


class _Blocks:
    """Reads pieces one by one, and remembers the macros they define."""

    def __init__(self) -> None:
        self._macros = {name: name for name in _MONTHS}

    def of(self, chunks: Iterable[tuple[int, str]]) -> Iterator[Block]:
        """Yield the blocks of every piece."""
        for line, chunk in chunks:
            if _COMMENTED_OUT.match(chunk) or "@" not in chunk:
                if chunk.strip():
                    yield Remark(line, "comment", chunk)
                continue
            yield from self._of_chunk(line, chunk)

    def _of_chunk(self, line: int, chunk: str) -> Iterator[Block]:
        from bibtexparser import model
        from bibtexparser.splitter import Splitter

        if _OPENING.match(chunk):
            chunk = _OPENING.sub(r"@\2\4\1\3", chunk, count=1)
        if _WITHOUT_KEY.match(chunk):
            chunk = _WITHOUT_KEY.sub(r"\1,", chunk, count=1)
        if "\\\\" in chunk:
            chunk = _LINE_BREAK.sub(r"\g<0> ", chunk)
        broken: Broken | None = None
        for block in Splitter(chunk).split().blocks:
            found = getattr(block, "ignore_error_block", None) or block
            at = line + (found.start_line or 0)
            raw = block.raw or found.raw or ""
            if broken and isinstance(found, model.ImplicitComment):
                broken = Broken(broken.line, broken.reason, f"{broken.text}\n{raw}")
                continue
            if broken:
                yield broken
                broken = None
            if isinstance(found, model.Entry):
                yield self._entry(at, found.entry_type, found.key, found.fields, raw)
            elif isinstance(found, model.String):
                value = self._evaluated(found.value)[0]
                self._macros[found.key.lower()] = value[:_LONGEST_SHARED]
            elif isinstance(found, model.ParsingFailedBlock):
                broken = Broken(at, _why(found.error), raw)
            else:
                kind = "preamble" if isinstance(found, model.Preamble) else "comment"
                yield Remark(at, kind, raw)
        if broken:
            yield broken

    def _entry(self, line: int, kind: str, key: str, given: Iterable[object], raw: str) -> Entry:
        fields: dict[str, str] = {}
        for field in given:
            name, told = str(getattr(field, "key", "")), str(getattr(field, "value", ""))
            while True:
                value, rest = self._evaluated(told)
                self._put(fields, name.strip(" \t\n,").lower(), value)
                following = _NEXT_FIELD.match(rest)
                if not following:
                    break
                # A comma is missing: what was read as one value holds the next field too.
                name, told = following.group(1), rest[following.end() :]
        return Entry(line, kind.lower(), key, fields, raw)

    @staticmethod
    def _put(fields: dict[str, str], name: str, value: str) -> None:
        if name in _JOINED and name in fields:
            fields[name] = f"{fields[name]}; {value}"
        elif value.strip() or name not in fields:
            fields.setdefault(name, value)

    def _evaluated(self, told: str) -> tuple[str, str]:
        """Return the text of a value, its macros and `#` resolved, and what follows the value."""
        pieces: list[str] = []
        place, length, expanded = 0, len(told), 0
        while True:
            while place < length and told[place].isspace():
                place += 1
            if place == length:
                break
            end = _end_of_piece(told, place)
            piece = told[place:end]
            if piece[0] in '{"':
                pieces.append(piece[1:-1])
            else:
                value = self._macros.get(piece.lower(), piece)
                expanded += len(value)
                pieces.append(value if expanded < _LONGEST_EXPANSION else piece)
            after = _CONCATENATED.match(told, end)
            if not after:
                return "".join(pieces), told[end:]
            place = after.end()
        return "".join(pieces), ""


def _end_of_piece(told: str, start: int) -> int:
    """Return where a braced, quoted or bare piece of a value ends."""
    if told[start] not in '{"':
        bare = _BARE.match(told, start)
        return bare.end() if bare else len(told)
    quoted, depth = told[start] == '"', 0
    for match in _DELIMITER.finditer(told, start + 1):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == '"':
            if quoted and depth == 0:
                return match.end()
        elif depth:
            depth -= 1
        elif not quoted:
            return match.end()
    return len(told)


def _why(error: object) -> str:
    told = str(getattr(error, "abort_reason", error))
    if "end of file" in told:
        return "the entry is not closed"
    return " ".join(told.split()).rstrip(".")
