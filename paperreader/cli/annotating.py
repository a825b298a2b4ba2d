"""`paperreader bookmark`, `tag` and `note`: what the person does with papers."""

import argparse
from collections.abc import Sequence

from paperreader.cli.command import UsageError
from paperreader.cli.opening import open_library
from paperreader.cli.output import print_list
from paperreader.cli.streams import complain, data
from paperreader.export import jsonl
from paperreader.export.atomic_file import replacing
from paperreader.formats import open_documents
from paperreader.library.add_report import counted
from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.text import line


def bookmark(told: argparse.Namespace) -> int:
    """Add, remove, list, export or import bookmarks."""
    if told.keys and told.action in ("list", "export"):
        raise UsageError(f"`paperreader bookmark {told.action}` takes all of them, and no KEY.")
    with open_library(told) as library:
        match told.action:
            case "list":
                results = library.search(Request(view=View.READING))
                print_list(results, [], as_json=told.json)
            case "export":
                _export(told, library)
            case "import":
                _import(told, library)
            case _:
                rows = [library.find(key).row for key in _given(told.keys, "KEY", told.action)]
                library.bookmark(rows, on=told.action == "add")
    return 0


def tag(told: argparse.Namespace) -> int:
    """Add the tags with a plus, remove those with a minus; without any, print the tags."""
    with open_library(told) as library:
        record = library.find(told.key)
        add = [word[1:] for word in told.tags if word.startswith("+")]
        remove = [word[1:] for word in told.tags if word.startswith("-")]
        if len(add) + len(remove) < len(told.tags) or "" in add + remove:
            raise UsageError("A tag is given as +NAME to add it or -NAME to remove it.")
        if told.tags:
            library.tag([record.row], add, remove)
        else:
            for name in record.tags:
                print(name)
    return 0


def note(told: argparse.Namespace) -> int:
    """Write, remove or print the note of a paper."""
    text = " ".join(told.text)
    if told.text and told.remove:
        raise UsageError("Give a new note or --remove, not both.")
    if told.text and not text.strip():
        raise UsageError("The new note is empty, and the old one stays; --remove removes it.")
    with open_library(told) as library:
        record = library.find(told.key)
        if told.text or told.remove:
            library.note(record.row, text)
        elif record.note:
            print(record.note)
    return 0


def _export(told: argparse.Namespace, library: Library) -> None:
    """Write every bookmark, also of papers that are done with."""
    marked = library.search(Request("is:bookmarked"))
    if told.output is None:
        jsonl.write_bookmarks(marked, data())
        return
    with replacing(told.output, force=told.force) as out:
        jsonl.write_bookmarks(marked, out)
    print(f"{told.output}: {counted(len(marked), 'bookmark')}")


def _import(told: argparse.Namespace, library: Library) -> None:
    try:
        for path in _given(told.keys, "FILE", "import"):
            for document in open_documents(path):
                records = jsonl.read(document.lines(), document.name)
                report, changed = library.restore(records, document.name)
                name, marked = line(document.name), counted(changed, "paper")
                print(f"{name}: {report}; marks of {marked} changed")
        library.catch_up()
    except KeyboardInterrupt:
        complain("stopped; what was read so far is kept, and the same command goes on from there.")
        raise


def _given(words: Sequence[str], name: str, action: str) -> Sequence[str]:
    if not words:
        raise UsageError(f"`paperreader bookmark {action}` needs a {name}.")
    return words
