"""An answer of a web service that a program recorded: JSON with the address and the body."""

import json
from collections.abc import Iterator

from paperreader.formats.base import Format, Parsed
from paperreader.formats.input.document import Document

# The address and the beginning of the body stand within so many characters; looking further
# would take long files of other kinds for this one.
_START = 2048


class Recorded:
    """A recorded answer whose body is in another format."""

    name = "recorded"
    title = "the recorded answer of a web service"

    def __init__(self, *bodies: Format) -> None:
        """Know the formats that a body may be in."""
        self._bodies = bodies

    def recognises(self, document: Document) -> bool:
        """Whether it is an object with a url and a body, and the body in a known format."""
        start = document.start[:_START].lstrip()
        told = start.startswith("{") and '"url"' in start and '"body"' in start
        return told and bool(self._found(document))

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield what the body holds."""
        for body, known in self._found(document):
            yield from known.parse(body)

    def _found(self, document: Document) -> list[tuple[Document, Format]]:
        """Return the body with its format, or nothing."""
        try:
            told = json.loads(document.text)
        except (ValueError, RecursionError):
            return []
        if not isinstance(told, dict) or not isinstance(told.get("body"), str):
            return []
        if not told.get("url"):
            return []
        # Its content alone has to tell what it is: the name is that of the record.
        name = f"{document.name}#body"
        body = Document.of_bytes(name, told["body"].encode(errors="replace"))
        known = next((each for each in self._bodies if each.recognises(body)), None)
        return [(body, known)] if known else []
