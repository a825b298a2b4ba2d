"""The local files of a paper: those attached, and those that its .bib file names."""

import re
from collections.abc import Iterator
from pathlib import Path

from paperreader.papers.record import Record

# What a viewer of papers opens. Nothing else in a .bib file is ever opened.
_SUFFIXES = frozenset({".pdf", ".djvu", ".ps", ".epub"})


def local_files(record: Record) -> list[Path]:
    """Return the files of a paper that are there: attached ones first, then those of its .bib.

    A path in the `file` field of BibTeX is relative to the folder of the .bib file, or lacks
    its first slash.
    """
    paths = []
    folders = [Path(source).parent for source in record.sources if source.startswith("/")]
    for name in _named(record.paper.fields.get("file", "")):
        paths += [folder / name for folder in (*folders, Path("/"))]
    named = [path for path in paths if path.suffix.lower() in _SUFFIXES]
    return [path for path in dict.fromkeys([*map(Path, record.files), *named]) if _is_there(path)]


def _named(field: str) -> Iterator[Path]:
    """Yield the paths in a `file` field: alone, or as JabRef, Zotero and Mendeley write them.

    These write DESCRIPTION:PATH:TYPE for each file, semicolons between them, and a backslash
    before a colon or semicolon that is part of a name.
    """
    for file in re.split(r"(?<!\\);", field):
        parts = [re.sub(r"\\([:;\\_])", r"\1", part) for part in re.split(r"(?<!\\):", file)]
        for part in parts:
            yield Path(part.strip())


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False
