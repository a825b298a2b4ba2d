"""JSON lines, read as a stream; JSON lists and objects, read whole."""

import json
import re
from collections.abc import Iterator

from paperreader import text
from paperreader.formats.base import FormatError, Heading, Item, Unparsed
from paperreader.formats.input.document import Document
from paperreader.formats.json_formats.records import papers_in
from paperreader.papers.paper import Paper

_START = re.compile(r'\s*(?:\[\s*)*(?:\{\s*(?:["}]|$)|\]\s*$|$)')
_SHOWN = 200
# How many objects around a syntax error are tried before it is skipped.
_TRIES = 8
# Characters skipped where the nesting is too deep for the decoder.
_DEEP = 5000
# Most syntax errors of a document; the rest is given up.
_BREAKS = 1000


class Json:
    """JSON lines, JSON lists, and JSON objects around a list, in the shapes of many sources."""

    name = "json"
    title = "JSON or JSON lines"

    def recognises(self, document: Document) -> bool:
        """Whether the text begins like a JSON object or a list of them."""
        named = document.suffix in (".jsonl", ".ndjson", ".json")
        start = document.start.lstrip()
        return named or (start[:1] in ("{", "[") and _START.match(start) is not None)

    def parse(self, document: Document) -> Iterator[Item]:
        """Yield a paper for each record, and a passage for what is broken or not a paper."""
        if _is_in_lines(document):
            yield from _by_line(document)
        else:
            yield from _whole(document.text, document.name)


def _is_in_lines(document: Document) -> bool:
    """Whether each line is a JSON value: the first or second non-empty line decodes."""
    looked_at = 0
    for line in document.lines():
        if not line.strip():
            continue
        looked_at += 1
        try:
            return isinstance(_decoded(line), dict | list)
        except ValueError:
            if looked_at == 2 or not line.startswith("{"):
                return False
    return False


def _decoded(source: str) -> object:
    """Return the decoded value; raises only `ValueError`."""
    try:
        return json.loads(source)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _by_line(document: Document) -> Iterator[Item]:
    for number, line in enumerate(document.lines(), 1):
        if not line.strip():
            continue
        try:
            value = _decoded(line)
        except ValueError as error:
            # An array with one record per line has its brackets on other lines.
            if line.strip() not in ("[", "]"):
                yield _unparsed(f"line {number}", f"this line is not JSON: {error}", line)
            continue
        yield from _items(value, f"line {number}")


def _items(value: object, location: str = "") -> Iterator[Item]:
    for number, item in enumerate(papers_in(value), 1):
        if isinstance(item, Paper | Heading):
            yield item
        else:
            shown = json.dumps(item.get("", item), ensure_ascii=False)
            reason = "this record has neither a title with more that papers have nor an identifier"
            parts = [location, "" if item is value else f"record {number}"]
            yield _unparsed(", ".join(filter(None, parts)), reason, shown)


def _unparsed(location: str, reason: str, piece: str) -> Unparsed:
    return Unparsed(location, text.line(reason), text.line(piece[: 4 * _SHOWN])[:_SHOWN])


def _whole(source: str, name: str) -> Iterator[Item]:
    try:
        value = _decoded(source)
    except ValueError as error:
        yield from _salvaged(source, f"{name} is not valid JSON: {text.line(str(error))}")
    else:
        yield from _items(value)


def _salvaged(source: str, reason: str) -> Iterator[Item]:
    """Yield the papers among the intact objects of a broken document, and where it breaks."""
    any_paper = False
    for value in _whole_objects(source):
        if isinstance(value, Unparsed):
            yield value
            continue
        for paper in papers_in(value):
            if isinstance(paper, Paper):
                any_paper = True
                yield paper
    if not any_paper:
        raise FormatError(f"{reason}, and it holds no intact record; save or download it again.")


def _whole_objects(source: str) -> Iterator[object]:
    """Yield the objects that decode, in order, and a passage for each syntax error.

    If an object is broken, those inside it are tried. All objects around one error fail at the
    same position, which bounds the work per character.
    """
    decoder = json.JSONDecoder()
    start, broken, tries, line, counted, breaks = source.find("{"), -1, 0, 1, 0, 0
    while start >= 0:
        try:
            value, end = decoder.raw_decode(source, start)
            yield value
        except json.JSONDecodeError as error:
            tries = tries + 1 if error.pos == broken else 1
            if error.pos > broken:
                broken = error.pos
                breaks += 1
                line += source.count("\n", counted, broken)
                counted = broken
                piece = source[broken : broken + _SHOWN] or source[-_SHOWN:]
                yield _unparsed(f"line {line}", f"the JSON breaks here: {error.msg}", piece)
                if breaks == _BREAKS:
                    yield _unparsed(f"line {line}", "the rest is given up: too much is broken", "")
                    return
            end = start + 1 if tries < _TRIES else max(broken, start + 1)
        except (ValueError, RecursionError):
            end = start + _DEEP
        start = source.find("{", end)
