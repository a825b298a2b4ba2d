"""Command: one verb of the command line."""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from paperreader.errors import PaperreaderError

_MARK = "\0"


class UsageError(PaperreaderError):
    """A command that makes no sense as it was written; the exit code tells it from a failure."""


class Command:
    """A verb: its parser, and the function that does it, imported only when it is called."""

    def __init__(
        self,
        name: str,
        summary: str,
        function: str,
        examples: Sequence[str],
        *,
        dashed: bool = False,
    ) -> None:
        """Name the verb; `function` is module:function below `paperreader.cli`.

        With `dashed`, words that begin with one dash and are no option are plain words: -survey.
        """
        self.name = name
        self.summary = summary
        self._function = function
        self._dashed = dashed
        self._options = {"-h", "--help", "--library"}
        self._valued = {"--library"}
        self.parser = argparse.ArgumentParser(
            prog=f"paperreader {name}",
            description=summary,
            epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[_everywhere()],
        )

    def add(self, *flags: str, **told: Any) -> None:
        """Add an argument, as `ArgumentParser.add_argument` does."""
        action = self.parser.add_argument(*flags, **told)
        self._options.update(action.option_strings)
        if action.nargs is None:
            self._valued.update(action.option_strings)

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Read what follows the verb."""
        told = self.parser.parse_intermixed_args(list(self._marked(words)))
        for name, value in vars(told).items():
            if isinstance(value, str):
                setattr(told, name, value.removeprefix(_MARK))
            elif isinstance(value, list):
                setattr(told, name, [word.removeprefix(_MARK) for word in value])
        return told

    def _marked(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the words with a mark, which no command line can hold, before some.

        argparse takes every word with a dash for an option, also where it is the value of one,
        and some versions do so even after a `--`.
        """
        rest = iter(words)
        for word in rest:
            if word == "--":
                yield from (_MARK + last if last.startswith("-") else last for last in rest)
            elif word in self._valued:
                value = next(rest, None)
                if value is None or value in self._options:
                    yield from filter(None, (word, value))  # an error, and argparse says which
                else:
                    yield f"{word}={value}"
            elif self._dashed and re.match("-[^-]", word) and word not in self._options:
                yield _MARK + word
            else:
                yield word

    def run(self, told: argparse.Namespace) -> int:
        """Do what was told; return the exit code."""
        module, function = self._function.split(":")
        do: Callable[[argparse.Namespace], int]
        do = getattr(import_module(f"paperreader.cli.{module}"), function)
        return do(told)


def _everywhere() -> argparse.ArgumentParser:
    """Return the options that every command has."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--library",
        type=_directory,
        metavar="DIR",
        help="keep everything under DIR instead of the usual places",
    )
    return parser


def _directory(told: str) -> Path:
    if not told:
        raise argparse.ArgumentTypeError("an empty text names no directory")
    return Path(told)
