"""The library that the command line works on."""

import argparse

from paperreader.cli.streams import complain
from paperreader.library.library import Library
from paperreader.paths import Paths


def open_library(told: argparse.Namespace) -> Library:
    """Open the library that `told` names; what it has to say goes to standard error."""
    return Library(Paths.find(told.library), complain)
