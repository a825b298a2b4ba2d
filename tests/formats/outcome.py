"""All that comes out of a document, sorted by kind, for tests of pages and of whole files."""

from dataclasses import dataclass

from paperreader.formats import Document, Heading, Reading, Unparsed, read
from paperreader.papers.paper import Paper


@dataclass(frozen=True)
class Outcome:
    """What a reading has yielded."""

    reading: Reading
    papers: list[Paper]
    headings: list[tuple[str, str]]
    leftovers: list[Unparsed]

    @property
    def format(self) -> str:
        return self.reading.format.name if self.reading.format else ""

    @property
    def titles(self) -> list[str]:
        return [paper.title for paper in self.papers]


def outcome(reading: Reading) -> Outcome:
    """Read to the end."""
    items = list(reading)
    return Outcome(
        reading,
        [item for item in items if isinstance(item, Paper)],
        [(item.kind, item.text) for item in items if isinstance(item, Heading)],
        [item for item in items if isinstance(item, Unparsed)],
    )


def read_bytes(data: bytes, name: str = "page") -> Outcome:
    return outcome(read(Document.of_bytes(name, data)))


def read_text(text: str, name: str = "page") -> Outcome:
    return read_bytes(text.encode(), name)
