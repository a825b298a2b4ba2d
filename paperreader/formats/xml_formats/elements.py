"""XML read as a stream of records, without harm from hostile entities, and past broken places.

Tags keep the prefix with which they are written (`dc:creator`): feeds forget to declare them.
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
# What XML does not allow but saved files hold: controls, HTML's names of characters, a bare "&".
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_AMPERSAND = re.compile(r"&(#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)?")
_XML_NAMES = ("&amp;", "&lt;", "&gt;", "&quot;", "&apos;")
# Stands around records whose own root is over, or was lost.
# Elements nested more deeply are not kept; so many more of them are a trap for the memory.
_DEEPEST, _TOO_DEEP = 200, 10_000
_ROOTLESS = "records"


class _TooDeepError(Exception):
    """Elements are nested more deeply than any record needs."""


@dataclass(frozen=True, slots=True)
class Found:
    """An element with all that is in it, the elements around it (empty ones), and its line."""

    element: Element
    around: tuple[Element, ...]
    line: int


def root(document: Document) -> str:
    """Return the tag of the outermost element as it is written, empty where it is no XML."""
    match = _ROOT.match(document.start)
    return match.group(1) if match else ""


def elements(
    document: Document, records: set[str], others: set[str], *, root: str = ""
) -> Iterator[Found | Unparsed]:
    """Yield each outermost element with one of these tags as soon as it ends.

    Where the XML is broken, reading goes on at the next of `records`, and a passage tells of the
    place. Raises `FormatError` where the document declares entities of its own. Where `root` names
    the elements around the records, these and all before the first record are passed by, the
    declarations too.
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
                place = f"line {reader.line}"
                yield Unparsed(place, "the record is not closed", reader.last_text())
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
        # It may stand at the very beginning only, and the text is decoded already.
        line = _DECLARATION.sub("", line)
    return _AMPERSAND.sub(_reference, line) if "&" in line else line


def _reference(match: re.Match[str]) -> str:
    found, name = match.group(), match.group(1)
    if not name:
        return "&amp;"
    if found in _XML_NAMES:
        return found
    character = html.unescape(found)
    known = len(character) <= 2 and not _FORBIDDEN.search(character)
    return html.escape(character) if known else "&amp;" + name


class _Reader:
    """Builds the wanted elements out of what the parser tells."""

    def __init__(self, name: str, wanted: set[str]) -> None:
        self._name = name
        self._wanted = wanted
        self._around: list[Element] = []
        self._open: list[Element] = []
        self._found: list[Found] = []
        self._number = self.line = 1
        # How many elements are open that are nested too deeply to be kept.
        self._beyond = 0
        self._parser = self._new_parser()

    @property
    def is_open(self) -> bool:
        return bool(self._open or [one for one in self._around if one.tag != _ROOTLESS])

    @property
    def is_in_record(self) -> bool:
        return bool(self._open)

    def last_text(self) -> str:
        return text.line(" ".join(self._open[0].itertext()))[:200] if self._open else ""

    def feed(self, piece: str, number: int) -> None:
        """Take a piece of line `number`; another document may follow the end of one."""
        self._number = number
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            if expat.errors.messages[error.code] != expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
                raise
            self.restart()
            self._parser.Parse(piece, False)

    def taken(self) -> list[Found]:
        found, self._found = self._found, []
        return found

    def restart(self) -> None:
        """Forget the broken element; the elements around it count as open."""
        self._open = []
        self._beyond = 0
        self._parser = self._new_parser()
        around, self._around = self._around or [Element(_ROOTLESS)], []
        for element in around:
            # No record looks at other attributes of what is around it.
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
            # What is nested so deeply is no record: its text counts, its elements do not.
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
                self._found.append(Found(element, tuple(self._around), self.line))

    def _text(self, told: str) -> None:
        if not self._open:
            return
        element = self._open[-1]
        if len(element):
            element[-1].tail = (element[-1].tail or "") + told
        else:
            element.text = (element.text or "") + told

    def _refuse(self, *_: object) -> None:
        raise FormatError(
            f"{self._name} declares XML entities of its own, which can be a trap: save it without"
            " its DOCTYPE and add it again."
        )
