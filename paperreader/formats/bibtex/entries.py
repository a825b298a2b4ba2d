"""The entries of a BibTeX file in order, with their macros expanded."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paperreader.formats.bibtex.preambles import Preambles
from paperreader.formats.bibtex.scanner import scan
from paperreader.formats.bibtex.syntax import Broken, Piece, RawEntry, Remark
from paperreader.papers.months import ABBREVIATED

_BEGINS = re.compile(r"\s*@\s*(?:[A-Za-z][\w-]*\s*(?:[{(]|$)|(?:%.*)?$)")
_COMMENTED_OUT = re.compile(r"\s*%+\s*@\s*\w+\s*[{(]")
_MONTHS = tuple(map(str.lower, ABBREVIATED))
_NAME_OF_MONTH = re.compile(rf"(?<![\w{{])({'|'.join(_MONTHS)})(?![\w}}])")
# Macros defined by other macros could grow without bounds.
_LONGEST_MACRO = 10_000
_LONGEST_EXPANSION = 100_000
# The values of these fields are joined if repeated; of others the first value counts.
_JOINED = frozenset(("url", "keywords", "note", "howpublished"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type and field names in lower case, its macros expanded.

    The values are those of the file, LaTeX included. `line` is its first line, from 1; `raw` is
    the source of the whole entry; `inherited` names the fields that come from other entries, and
    `macros` those whose value is a macro that the file does not define, but a style may.
    `preamble` is the LaTeX of the file's preambles so far that define commands of the fields.
    """

    line: int
    type: str
    key: str
    fields: Mapping[str, str]
    raw: str
    inherited: frozenset[str] = frozenset()
    macros: frozenset[str] = frozenset()
    preamble: str = ""


Block = Entry | Remark | Broken


def chunks_of(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield chunks of a file, each with the number of its first line; each entry starts a chunk.

    So a broken entry does not affect others, and only one chunk at a time is in memory.
    """
    first, chunk = 1, list[str]()
    for number, line in enumerate(lines, 1):
        if "@" in line and (_BEGINS.match(line) or _COMMENTED_OUT.match(line)) and chunk:
            yield first, "\n".join(chunk)
            first, chunk = number, []
        chunk.append(line)
    if chunk:
        yield first, "\n".join(chunk)


class Reader:
    """Reads chunks in order, and remembers the macros and preambles in them."""

    def __init__(self) -> None:
        self._macros = {name: name for name in _MONTHS}
        self._preambles = Preambles()

    def blocks(self, chunks: Iterable[tuple[int, str]]) -> Iterator[Block]:
        """Yield the blocks of every chunk."""
        for line, chunk in chunks:
            if _COMMENTED_OUT.match(chunk):
                yield Remark(line, "comment", chunk)
                continue
            for block in scan(chunk, line):
                if not isinstance(block, RawEntry):
                    yield block
                elif block.type == "string":
                    for name, pieces in block.fields:
                        self._macros[name] = self._expanded(pieces)[:_LONGEST_MACRO]
                elif block.type == "preamble":
                    self._preambles.add(self._expanded(block.fields[0].pieces))
                    yield Remark(block.line, block.type, block.text)
                else:
                    yield self._entry(block)
                    yield from block.junk

    def _entry(self, block: RawEntry) -> Entry:
        fields: dict[str, str] = {}
        for name, pieces in block.fields:
            value = self._expanded(_no_macros(pieces) if name == "month" else pieces)
            if name in _JOINED and name in fields:
                fields[name] = f"{fields[name]}; {value}"
            elif not fields.get(name, "").strip():
                fields[name] = value
        macros = frozenset(name for name, pieces in block.fields if self._is_unknown(pieces))
        preamble = self._preambles.needed_by(fields.values())
        return Entry(
            block.line, block.type, block.key, fields, block.text, macros=macros, preamble=preamble
        )

    def _is_unknown(self, pieces: Sequence[Piece]) -> bool:
        """Whether a value is nothing but the name of a macro that is not defined here."""
        return (
            len(pieces) == 1
            and pieces[0].is_macro
            and not pieces[0].text.isdigit()
            and pieces[0].text.lower() not in self._macros
        )

    def _expanded(self, pieces: Iterable[Piece]) -> str:
        values: list[str] = []
        length = 0
        for piece in pieces:
            value = (
                self._macros.get(piece.text.lower(), piece.text) if piece.is_macro else piece.text
            )
            length += len(value) if piece.is_macro else 0
            values.append(value if length < _LONGEST_EXPANSION else piece.text)
        return "".join(values)


def _no_macros(pieces: Iterable[Piece]) -> list[Piece]:
    """Put braces around names of months that are text, so that they differ from the macros."""
    return [
        each if each.is_macro else Piece(_NAME_OF_MONTH.sub(r"{\1}", each.text), is_macro=False)
        for each in pieces
    ]
