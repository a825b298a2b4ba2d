"""The full record of a paper, as labelled lines to be shown on demand."""

from collections.abc import Iterator

from paperreader.papers.paper import Paper

# Fields that are of use only to programs.
_HIDDEN = ("bdsk-", "owner", "timestamp", "__markedentry", "file", "keywords", "crossref", "xdata")


def record_facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield a label and a text for every fact used to cite a paper, in the order of a reference."""
    if paper.other_titles:
        yield "also", " / ".join(paper.other_titles)
    if paper.kind:
        yield "type", paper.kind
    if paper.editors:
        yield "editors", ", ".join(paper.editors)
    for scheme, value in paper.identifiers.items():
        yield scheme, value
    for name, value in paper.fields.items():
        if not name.startswith(_HIDDEN):
            yield name, value
    if paper.citation_key:
        yield "cite as", paper.citation_key
