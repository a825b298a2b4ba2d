"""`paperreader index` and `paths`."""

import argparse
import sys

from paperreader.cli.opening import open_library
from paperreader.cli.output import progress
from paperreader.errors import never
from paperreader.paths import Paths


def index(told: argparse.Namespace) -> int:
    """Check the search index, bring it up to date, or make it anew."""
    with open_library(told) as library:
        if told.action == "check":
            state = library.indexing.check()
            print(state)
            return 0 if state.sound else 1
        if told.action == "rebuild":
            library.indexing.drop()
        with progress("indexing") as move:
            library.indexing.catch_up_here(never, move)
        if not told.quiet:
            print(library.indexing.check())
    return 0


def paths(told: argparse.Namespace) -> int:
    """Print where the library, the index and the settings are."""
    places = Paths.find(told.library)
    for name, path in (
        ("library", places.library),
        ("index", places.index),
        ("settings", places.settings),
    ):
        print(f"{name:<9} {path}{'' if path.exists() else '  (not there yet)'}")
    sys.stdout.flush()
    return 0
