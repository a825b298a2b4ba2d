"""The file in which bookmarks go to another machine: JSON lines, whole, with their state."""

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from paperreader.export import jsonl
from paperreader.export.base import ExportError
from paperreader.papers.record import Record


def write(records: Iterable[Record], out: TextIO) -> None:
    """Write the bookmarked ones of the records, in the order given, with all that is known."""
    jsonl.write((record for record in records if record.bookmarked), out)


def read(lines: Iterable[str], name: str) -> Iterator[Record]:
    """Yield the records of a file of ours, lazily; `name` is what errors call it.

    Any JSON lines export can be read, also one that holds papers without a bookmark. Raises
    `ExportError` naming the line that is not a paper; empty lines are passed over.
    """
    for number, line in enumerate(lines, 1):
        told = line.strip().removeprefix("\ufeff")
        if not told:
            continue
        try:
            yield jsonl.from_object(json.loads(told))
        except (ValueError, RecursionError) as error:
            raise ExportError(
                f"{name}, line {number}, is not JSON: bookmarks are read from a file that "
                f"“paperreader bookmark export” wrote, other lists with “paperreader add”."
            ) from error
        except ExportError as error:
            raise ExportError(f"{name}, line {number}: {error}") from error
