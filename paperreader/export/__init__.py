"""Write papers in the formats that people use."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import TextIO

from paperreader.export import atom, bibtex, csl_json, csv_table, jsonl, markdown, ris
from paperreader.export.atomic_file import replacing
from paperreader.export.base import ExportError, ExportFormat, FileThereError
from paperreader.export.citation_keys import by_scheme
from paperreader.papers.record import Record

__all__ = [
    "FORMATS",
    "ExportError",
    "ExportFormat",
    "FileThereError",
    "by_suffix",
    "replacing",
    "write",
]

FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        each.name: each
        for each in (
            markdown.FORMAT,
            bibtex.FORMAT,
            jsonl.FORMAT,
            csl_json.FORMAT,
            ris.FORMAT,
            csv_table.FORMAT,
            atom.FORMAT,
        )
    }
)


def write(name: str, records: Iterable[Record], out: TextIO, scheme: str = "") -> None:
    """Write the records to `out` in the format `name`, with citation keys by `scheme` if given.

    JSON lines keep the keys that the papers came with: they hold the library as it is. Raises
    `ExportError` if the format is unknown, or the scheme none.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ExportError(f"“{name}” is not a format to export to: choose one of {known}.")
    if scheme and name != jsonl.FORMAT.name:
        records = by_scheme(records, scheme)
    FORMATS[name].write(records, out)


def by_suffix(path: str | PurePath) -> ExportFormat:
    """Return the format for the suffix of `path`. Raises `ExportError` if there is none."""
    suffix = PurePath(path).suffix.lower()
    for each in FORMATS.values():
        if suffix in each.suffixes:
            return each
    known = ", ".join(each.suffixes[0] for each in FORMATS.values())
    raise ExportError(
        f"“{PurePath(path).name}” does not tell a format by its ending ({known}): "
        f"name one with --format."
    )
