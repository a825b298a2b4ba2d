"""Adding what lies at a path, or what was pasted, to a library."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.errors import NEVER, CancelToken, PaperreaderError
from paperreader.formats import Document, Item, Reading, read, readings
from paperreader.library.add_report import AddReport
from paperreader.text import line

if TYPE_CHECKING:
    from paperreader.library.library import Library

PASTED = "pasted text"


def add_path(
    library: "Library",
    path: str,
    *,
    source: str | None = None,
    reports: dict[str, AddReport],
    progress: Callable[[int], None] = lambda papers: None,
    cancel: CancelToken = NEVER,
) -> None:
    """Add the papers of a file, a folder, an archive or, for -, of a pipe.

    `reports` gets a report for each document. `source` is the name of where the papers come
    from, by default that of each document. Raises `Cancelled` soon after `cancel` is set; what
    was added before stays.
    """
    empty: list[str] = []
    papers = 0
    for reading in readings(path):
        papers += _add(library, reading, source, reports=reports, progress=progress, cancel=cancel)
        if not reading.papers:
            empty.append(reading.why_empty())
    if not papers:
        raise PaperreaderError(empty[0] if len(empty) == 1 else _nothing(path, len(empty)))


def add_text(
    library: "Library",
    text: str,
    *,
    reports: dict[str, AddReport],
    progress: Callable[[int], None] = lambda papers: None,
    cancel: CancelToken = NEVER,
) -> None:
    """Add the papers of a text, such as a page, BibTeX, or a list of identifiers."""
    reading = read(Document.of_bytes(PASTED, text.encode()))
    if not _add(library, reading, PASTED, reports=reports, progress=progress, cancel=cancel):
        raise PaperreaderError(reading.why_empty())


def source_name(name: str) -> str:
    """Return the name of a document as a source: the absolute path of a file."""
    return line(str(Path(name).resolve()) if Path(name).exists() else name)


def _add(
    library: "Library",
    reading: Reading,
    source: str | None,
    *,
    reports: dict[str, AddReport],
    progress: Callable[[int], None],
    cancel: CancelToken,
) -> int:
    """Add the papers of one document; return their number."""
    name = reading.document.name
    library.add(
        _until(cancel, reading),
        source or source_name(name),
        report=reports.setdefault(name, AddReport()),
        progress=progress,
    )
    return reading.papers


def _until(cancel: CancelToken, items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        cancel.check()
        yield item


def _nothing(path: str, documents: int) -> str:
    return (
        f"Nothing to add from {path}: none of its {documents:,} files holds papers in a known "
        "format; add one of them by its name to see why."
    )
