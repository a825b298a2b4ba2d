"""The library that the command line works on."""

import argparse
import sys

from paperreader.library import Library
from paperreader.places import Places


def open_library(told: argparse.Namespace) -> Library:
    """Open the library that `told` names; what it has to say goes to standard error."""
    return Library(Places.find(told.library), _say)


def _say(line: str) -> None:
    print(f"paperreader: {line}", file=sys.stderr)
