"""The command line: its verbs and their arguments."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from paperreader import __version__
from paperreader.cli.command import Command

_DESCRIPTION = """\
A terminal reader for research papers. Without a command it adds the FILEs, if any, and opens the
reader; a first start with an empty library shows a sample page of papers."""

_EXAMPLES = """\
commands:
{commands}

examples:
  paperreader                          # open the reader
  paperreader papers.bib page.html     # add these, then open the reader
  paperreader search graph networks    # find papers without opening it
  paperreader COMMAND --help           # how a command is used, with examples
"""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; its `run` is the command. Exits with 2 on wrong usage."""
    words = list(arguments)
    library: list[str] = []
    # --library may stand before the verb as well as after it.
    while words[:1] == ["--library"] and len(words) > 1:
        library, words = words[:2], words[2:]
    if words and words[0].startswith("--library="):
        library, words = words[:1], words[1:]
    if words and (make := commands().get(words[0])):
        command = make()
        args = command.parse([*library, *words[1:]])
    else:
        command = _reader(listing=not {"-h", "--help"}.isdisjoint(words))
        if words and not words[0].startswith("-") and not Path(words[0]).exists():
            command.parser.error(_unknown(words[0]))
        args = command.parse([*library, *words])
    args.run = command.run
    return args


def commands() -> dict[str, Callable[[], Command]]:
    """Return the verbs, and what makes the command of each; a parser takes 0.5 ms to make."""
    from paperreader.cli.verbs import adding, finding, marking, upkeep

    return {**adding.COMMANDS, **finding.COMMANDS, **marking.COMMANDS, **upkeep.COMMANDS}


def _reader(*, listing: bool) -> Command:
    """Return the command without a verb, which opens the reader; its help lists the others."""
    verbs = [make() for make in commands().values()] if listing else []
    listed = "\n".join(f"  {verb.name:<10} {verb.summary}" for verb in verbs)
    reader = Command("", _DESCRIPTION, "open_reader:open_reader", [])
    reader.parser.prog = "paperreader"
    reader.parser.epilog = _EXAMPLES.format(commands=listed)
    reader.parser.usage = "paperreader [--library DIR] [FILE ...]\n       paperreader COMMAND ..."
    reader.add("files", nargs="*", metavar="FILE", help="papers to add first")
    reader.add("--version", action="version", version=f"paperreader {__version__}")
    return reader


def _unknown(word: str) -> str:
    import difflib

    close = difflib.get_close_matches(word, commands(), n=1)
    meant = f"; did you mean {close[0]}?" if close else "; --help lists the commands"
    return f"{word!r} is neither a command nor a file that exists{meant}"
