"""How the tests of reference formats read: through the public door, from bytes."""

from paperreader.formats import Document, Heading, Item, Unparsed, read
from paperreader.papers.paper import Paper


def items(name: str, source: str | bytes, form: str) -> list[Item]:
    """Return what is read from a document, which has to be recognised as of format `form`."""
    data = source.encode() if isinstance(source, str) else source
    reading = read(Document.of_bytes(name, data))
    assert reading.format is not None
    assert reading.format.name == form
    return list(reading)


def papers(name: str, source: str | bytes, form: str) -> list[Paper]:
    """Return the papers of a document in which nothing is left over."""
    found = items(name, source, form)
    assert not [item for item in found if isinstance(item, Unparsed)]
    return [item for item in found if isinstance(item, Paper)]


def leftovers(found: list[Item]) -> list[Unparsed]:
    """Return what was not understood."""
    return [item for item in found if isinstance(item, Unparsed)]


def headings(found: list[Item]) -> list[Heading]:
    """Return what is known to be no paper."""
    return [item for item in found if isinstance(item, Heading)]
