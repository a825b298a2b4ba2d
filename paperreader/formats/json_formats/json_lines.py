"""JSON: one record a line, read as a stream; or one list or object, whole."""

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
# How many open brackets around one broken place are tried before it is passed by.
_TRIES = 8
# Passed by where the nesting is too deep for the decoder.
_DEEP = 5000
# So many broken places are looked past in one document.
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
        """Yield a paper for each record, and a leftover for what is broken or no paper."""
        if _is_in_lines(document):
            yield from _by_line(document)
        else:
            yield from _whole(document.text, document.name)


def _is_in_lines(document: Document) -> bool:
    """Whether each line is a value of its own: the first or the second one decodes."""
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


def _decoded(told: str) -> object:
    """Return the value; everything that `json` may raise is a ValueError here."""
    try:
        return json.loads(told)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _by_line(document: Document) -> Iterator[Item]:
    for number, line in enumerate(document.lines(), 1):
        if not line.strip():
            continue
        try:
            value = _decoded(line)
        except ValueError as error:
            # An array written with a record a line has commas and brackets around them.
            if line.strip() not in ("[", "]"):
                yield _leftover(f"line {number}", f"this line is no JSON: {error}", line)
            continue
        yield from _items(value, f"line {number}")


def _items(value: object, place: str = "") -> Iterator[Item]:
    for number, found in enumerate(papers_in(value), 1):
        if isinstance(found, Paper | Heading):
            yield found
        else:
            shown = json.dumps(found.get("", found), ensure_ascii=False)
            reason = "this record has neither a title with more that papers have nor an identifier"
            parts = [place, "" if found is value else f"record {number}"]
            yield _leftover(", ".join(filter(None, parts)), reason, shown)


def _leftover(place: str, reason: str, piece: str) -> Unparsed:
    return Unparsed(place, text.line(reason), text.line(piece[: 4 * _SHOWN])[:_SHOWN])


def _whole(told: str, name: str) -> Iterator[Item]:
    try:
        value = _decoded(told)
    except ValueError as error:
        yield from _salvaged(told, f"{name} is no sound JSON: {text.line(str(error))}")
    else:
        yield from _items(value)


def _salvaged(told: str, reason: str) -> Iterator[Item]:
    """Yield the papers among the whole objects of a broken document, and where it breaks."""
    found = False
    for value in _whole_objects(told):
        if isinstance(value, Unparsed):
            yield value
            continue
        for paper in papers_in(value):
            if isinstance(paper, Paper):
                found = True
                yield paper
    if not found:
        raise FormatError(f"{reason}, and no whole record is in it; save or download it again.")


def _whole_objects(told: str) -> Iterator[object]:
    """Yield the objects that decode, in their order, and a leftover for each broken place.

    Where an object is broken, those inside it are tried. All objects around one broken place
    fail at the same position, which bounds the work for each character of the text.
    """
    decoder = json.JSONDecoder()
    start, broken, tries, line, counted, breaks = told.find("{"), -1, 0, 1, 0, 0
    while start >= 0:
        try:
            value, end = decoder.raw_decode(told, start)
            yield value
        except json.JSONDecodeError as error:
            tries = tries + 1 if error.pos == broken else 1
            if error.pos > broken:
                broken = error.pos
                breaks += 1
                line += told.count("\n", counted, broken)
                counted = broken
                piece = told[broken : broken + _SHOWN] or told[-_SHOWN:]
                yield _leftover(f"line {line}", f"the JSON breaks here: {error.msg}", piece)
                if breaks == _BREAKS:
                    yield _leftover(f"line {line}", "the rest is given up: too much is broken", "")
                    return
            end = start + 1 if tries < _TRIES else max(broken, start + 1)
        except (ValueError, RecursionError):
            end = start + _DEEP
        start = told.find("{", end)
