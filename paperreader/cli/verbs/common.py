"""Arguments that several verbs have."""

import argparse

from paperreader.cli.command import Command
from paperreader.papers.record import View
from paperreader.query.request import SortKey

VIEWS = tuple(map(str, View))
SORTS = tuple(map(str, SortKey))
# Listed here, as the exports take long to load; a test compares the two.
FORMATS = ("markdown", "bibtex", "jsonl", "csl-json", "ris", "csv", "atom")

_DIGITS = 19


def add_key(command: Command) -> None:
    """Add the key of one paper."""
    command.add("key", metavar="KEY", help="a paper's key, or as much of it as names only one")


def add_listing(command: Command) -> None:
    """Add how a list is printed."""
    command.add("--limit", type=non_negative, metavar="N", help="at most N papers")
    command.add("--json", action="store_true", help="one JSON object a line")


def non_negative(text: str) -> int:
    """Return a number that was written, or raise what argparse prints."""
    if not (text.isascii() and text.isdecimal() and len(text) < _DIGITS):
        raise argparse.ArgumentTypeError(f"{text!r} is not a non-negative integer below 10^18")
    return int(text)
