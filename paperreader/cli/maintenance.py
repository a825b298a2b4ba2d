"""`paperreader index`, `paths` and `restore`."""

import argparse
import sys

from paperreader.cli.command import open_library
from paperreader.cli.output import progress
from paperreader.cli.streams import complain
from paperreader.errors import NEVER
from paperreader.library import restoring
from paperreader.paths import Paths


def index(args: argparse.Namespace) -> int:
    """Check the search index, bring it up to date, or rebuild it."""
    with open_library(args) as library:
        if args.action == "check":
            state = library.indexer.check()
            print(state)
            return 0 if state.sound else 1
        if args.action == "rebuild":
            library.indexer.clear()
            library.vector_indexer.clear()
        with progress("indexing") as move:
            library.indexer.catch_up_here(NEVER, move)
            if library.indexer.check().behind:  # another paperreader emptied it meanwhile
                library.indexer.catch_up_here(NEVER, move)
        if not args.words:
            library.vector_indexer.catch_up_here(NEVER)
        if not args.quiet:
            print(library.indexer.check())
    return 0


def paths(args: argparse.Namespace) -> int:
    """Print the paths of the library, the index and the settings."""
    all_paths = Paths.find(args.library)
    for name, path in (
        ("library", all_paths.library),
        ("index", all_paths.index),
        ("vectors", all_paths.vectors),
        ("settings", all_paths.settings),
    ):
        print(f"{name:<9} {path}{'' if path.exists() else '  (not there yet)'}")
    sys.stdout.flush()
    return 0


def restore(args: argparse.Namespace) -> int:
    """List the backups, or put one of them in place of the library."""
    library_paths = Paths.find(args.library)
    if args.day is not None:
        print(restoring.restore(library_paths, args.day))
        return 0
    available = restoring.backups(library_paths)
    for backup in available:
        print(f"{backup.day}  {backup.path.stat().st_size / 1e6:8,.1f} MB  {backup.path}")
    if not available:
        complain("There is no backup yet; one is made on each day on which something changes.")
    return 0 if available else 1
