"""XML read as a stream of records, safe from hostile entities, with recovery after errors.

Tags keep their prefix as written (`dc:creator`), since feeds forget to declare namespaces.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.parsers import expat

from paperreader import text
from paperreader.formats.base import FormatError, Unparsed
from paperreader.formats.input.document import Document

_ROOT = re.compile(
    r"\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*"
    r"<([A-Za-z_][\w:.-]*)",
    re.DOTALL,
)
_DECLARATION = re.compile(r"<\?xml\s[^>]*\?>")
# Invalid XML that is common in saved files: control characters, HTML's entities, a bare "&".
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)?")
_XML_NAMES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;")
# Elements nested more deeply than _DEEPEST are not kept; _TOO_DEEP more are an attack on memory.
_DEEPEST, _TOO_DEEP = 200, 10_000
# The root of records whose own root is closed or lost.
_ROOTLESS = "records"


class _TooDeepError(Exception):
    """Elements are nested more deeply than any record needs."""


@dataclass(frozen=True, slots=True)
class Record:
    """An element with its contents, its ancestors (without theirs), and its line."""

    element: Element
    around: tuple[Element, ...]
    line: int


def root(document: Document) -> str:
    """Return the tag of the root element as written, or '' if it is not XML."""
    match = _ROOT.match(document.start)
    return match.group(1) if match else ""


def elements(
    document: Document, records: set[str], others: set[str], *, root: str = ""
) -> Iterator[Record | Unparsed]:
    """Yield each outermost element with one of these tags as soon as it ends.

    After a syntax error, of which a passage is yielded, reading resumes at the next of `records`.
    Raises `FormatError` if the document declares entities. If `root` names the elements around the
    records, these and everything before the first record are skipped, also declarations.
    """
    reader = _Reader(document.name, records | others)
    starts = re.compile(rf"(?=<(?:{'|'.join(map(re.escape, sorted(records)))})[\s>/])")
    around = re.compile(rf"</?(?:{root})(?:\s[^<>]*)?>") if root else None
    skipping = bool(root)
    if root:
        reader.restart()
    for number, line in enumerate(document.lines(), 1):
        mended = _mended(around.sub("", line) if around else line)
        for piece in starts.split(mended + "\n"):
            begins = starts.match(piece) is not None
            if skipping and not begins:
                continue
            skipping = False
            if begins and reader.is_in_record:
                location = f"line {reader.line}"
                yield Unparsed(location, "the record is not closed", reader.last_text())
                reader.restart()
            try:
                reader.feed(piece, number)
            except (expat.ExpatError, _TooDeepError) as error:
                yield from reader.taken()
                why = str(error)
                if isinstance(error, expat.ExpatError):
                    why = expat.errors.messages[error.code]
                yield Unparsed(
                    f"line {number}", f"the XML is broken: {why}", text.line(piece)[:200]
                )
                skipping = True
                reader.restart()
            yield from reader.taken()
    if reader.is_open and not skipping:
        yield Unparsed("the end", "the XML ends too early: the file was cut", reader.last_text())


def _mended(line: str) -> str:
    if not line.isprintable():
        line = _FORBIDDEN.sub("", line)
    if "<?xml" in line:
        # It is valid only at the start, and the text is already decoded.
        line = _DECLARATION.sub("", line)
    return _AMPERSAND.sub(_reference, line) if "&" in line else line


def _reference(match: re.Match[str]) -> str:
    reference, name = match.group(), match.group(1)
    if not name:
        return "&amp;"
    if reference in _XML_NAMES:
        return reference
    character = html.unescape(reference)
    known = len(character) <= 2 and not _FORBIDDEN.search(character)
    return html.escape(character) if known else "&amp;" + name


class _Reader:
    """Builds the wanted elements from the parser's events."""

    def __init__(self, name: str, wanted: set[str]) -> None:
        self._name = name
        self._wanted = wanted
        self._around: list[Element] = []
        self._open: list[Element] = []
        self._records: list[Record] = []
        self._number = self.line = 1
        # Number of open elements that are nested too deeply to be kept.
        self._beyond = 0
        self._parser = self._new_parser()

    @property
    def is_open(self) -> bool:
        return bool(self._open or [element for element in self._around if element.tag != _ROOTLESS])

    @property
    def is_in_record(self) -> bool:
        return bool(self._open)

    def last_text(self) -> str:
        return text.line(" ".join(self._open[0].itertext()))[:200] if self._open else ""

    def feed(self, piece: str, number: int) -> None:
        """Parse a piece of line `number`; after the end of a document another may follow."""
        self._number = number
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            if expat.errors.messages[error.code] != expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
                raise
            self.restart()
            self._parser.Parse(piece, False)

    def taken(self) -> list[Record]:
        records, self._records = self._records, []
        return records

    def restart(self) -> None:
        """Drop the broken element; its ancestors count as open."""
        self._open = []
        self._beyond = 0
        self._parser = self._new_parser()
        around, self._around = self._around or [Element(_ROOTLESS)], []
        for element in around:
            # Records use no other attribute of their ancestors.
            identity = html.escape(element.get("id", ""))
            self._parser.Parse(f'<{element.tag} id="{identity}">', False)

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        return parser

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._beyond or len(self._open) + len(self._around) >= _DEEPEST:
            # So deep, an element's text is kept, but the element itself is not.
            self._beyond += 1
            if self._beyond > _TOO_DEEP:
                raise _TooDeepError("nested too deeply")
            return
        element = Element(tag, attributes)
        if self._open:
            self._open[-1].append(element)
            self._open.append(element)
        elif tag in self._wanted:
            self.line = self._number
            self._open.append(element)
        else:
            self._around.append(element)

    def _end(self, _tag: str) -> None:
        if self._beyond:
            self._beyond -= 1
        elif not self._open:
            self._around.pop()
        else:
            element = self._open.pop()
            if not self._open:
                self._records.append(Record(element, tuple(self._around), self.line))

    def _text(self, data: str) -> None:
        if not self._open:
            return
        element = self._open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + data
        else:
            element.text = (element.text or "") + data

    def _refuse(self, *_: object) -> None:
        raise FormatError(
            f"{self._name} declares XML entities of its own, which can be a trap: save it without"
            " its DOCTYPE and add it again."
        )
