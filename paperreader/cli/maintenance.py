"""`paperreader index` and `paths`."""

import argparse
import sys

from paperreader.cli.command import open_library
from paperreader.cli.output import progress
from paperreader.errors import NEVER
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
        with progress("indexing") as move:
            library.indexer.catch_up_here(NEVER, move)
        if not args.quiet:
            print(library.indexer.check())
    return 0


def paths(args: argparse.Namespace) -> int:
    """Print where the library, the index and the settings are."""
    places = Paths.find(args.library)
    for name, path in (
        ("library", places.library),
        ("index", places.index),
        ("settings", places.settings),
    ):
        print(f"{name:<9} {path}{'' if path.exists() else '  (not there yet)'}")
    sys.stdout.flush()
    return 0
