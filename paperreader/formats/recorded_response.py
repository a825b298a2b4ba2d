"""A recorded response of a web service: JSON with the address and the body."""

import json
from collections.abc import Iterator

from paperreader.formats.base import Format, Parsed
from paperreader.formats.input.document import Document

# The address and the start of the body are within this many characters; looking further would
# mistake long files of other kinds for this one.
_START = 2048


class Recorded:
    """A recorded response whose body is in another format."""

    name = "recorded"
    title = "the recorded answer of a web service"

    def __init__(self, *bodies: Format) -> None:
        """Accept bodies in these formats."""
        self._bodies = bodies

    def recognises(self, document: Document) -> bool:
        """Whether the document is an object with a url and a body, the body in a known format."""
        start = document.start[:_START].lstrip()
        is_record = start.startswith("{") and '"url"' in start and '"body"' in start
        return is_record and bool(self._body_of(document))

    def parse(self, document: Document) -> Iterator[Parsed]:
        """Yield the items of the body."""
        for body, known in self._body_of(document):
            yield from known.parse(body)

    def _body_of(self, document: Document) -> list[tuple[Document, Format]]:
        """Return the body with its format, or an empty list."""
        try:
            record = json.loads(document.text)
        except (ValueError, RecursionError):
            return []
        if not isinstance(record, dict) or not isinstance(record.get("body"), str):
            return []
        if not record.get("url"):
            return []
        # The format has to follow from the content alone: the name is that of the recording.
        name = f"{document.name}#body"
        body = Document.of_bytes(name, record["body"].encode(errors="replace"))
        known = next((each for each in self._bodies if each.recognises(body)), None)
        return [(body, known)] if known else []
