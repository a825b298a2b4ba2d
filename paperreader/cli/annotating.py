"""`paperreader bookmark`, `tag`, `note`, `judge` and `attach`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from paperreader.cli.command import UsageError, open_library
from paperreader.cli.output import print_list
from paperreader.cli.streams import complain, data
from paperreader.export import jsonl
from paperreader.export.atomic_file import replacing
from paperreader.formats import open_documents
from paperreader.library.add_report import counted
from paperreader.library.library import Library
from paperreader.papers.record import Interest, View
from paperreader.query.request import Request
from paperreader.text import line


def bookmark(args: argparse.Namespace) -> int:
    """Add, remove, list, export or import bookmarks."""
    if args.keys and args.action in ("list", "export"):
        raise UsageError(f"`paperreader bookmark {args.action}` takes all of them, and no KEY.")
    with open_library(args) as library:
        match args.action:
            case "list":
                results = library.search(Request(view=View.READING))
                print_list(results, [], as_json=args.json)
            case "export":
                _export(args, library)
            case "import":
                _import(args, library)
            case _:
                rows = [library.find(key).row for key in _given(args.keys, "KEY", args.action)]
                library.bookmark(rows, on=args.action == "add")
    return 0


def tag(args: argparse.Namespace) -> int:
    """Add the tags with a plus, remove those with a minus; without any, print the tags."""
    with open_library(args) as library:
        record = library.find(args.key)
        add = [word[1:] for word in args.tags if word.startswith("+")]
        remove = [word[1:] for word in args.tags if word.startswith("-")]
        if len(add) + len(remove) < len(args.tags) or "" in add + remove:
            raise UsageError("A tag is given as +NAME to add it or -NAME to remove it.")
        if args.tags:
            library.tag([record.row], add, remove)
        else:
            for name in record.tags:
                print(name)
    return 0


def note(args: argparse.Namespace) -> int:
    """Write, remove or print the note of a paper."""
    text = " ".join(args.text)
    if args.text and args.remove:
        raise UsageError("Give a new note or --remove, not both.")
    if args.text and not text.strip():
        raise UsageError("The new note is empty, and the old one stays; --remove removes it.")
    with open_library(args) as library:
        record = library.find(args.key)
        if args.text or args.remove:
            library.note(record.row, text)
        elif record.note:
            print(record.note)
    return 0


def judge(args: argparse.Namespace) -> int:
    """Rate papers: more, or less, like these."""
    interest = Interest("" if args.action == "neither" else args.action)
    with open_library(args) as library:
        library.judge([library.find(key).row for key in args.keys], interest)
    return 0


def attach(args: argparse.Namespace) -> int:
    """Attach local files to a paper, or detach them; without any, print those it has."""
    if args.remove and not args.files:
        raise UsageError("Say which FILE to detach.")
    with open_library(args) as library:
        record = library.find(args.key)
        for file in args.files:
            library.attach(record.row, Path(file), not args.remove)
        if not args.files:
            for path in library.local_files(record):
                print(path)
    return 0


def _export(args: argparse.Namespace, library: Library) -> None:
    """Write every bookmark, including those of papers marked done."""
    marked = library.search(Request("is:bookmarked"))
    if args.output is None:
        jsonl.write_bookmarks(marked, data())
        return
    with replacing(args.output, force=args.force) as out:
        jsonl.write_bookmarks(marked, out)
    print(f"{args.output}: {counted(len(marked), 'bookmark')}")


def _import(args: argparse.Namespace, library: Library) -> None:
    try:
        for path in _given(args.keys, "FILE", "import"):
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
