"""Command: one verb of the command line, and the library that it works on."""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperreader.cli.streams import complain
from paperreader.errors import PaperreaderError

if TYPE_CHECKING:
    from paperreader.library.library import Library

_MARK = "\0"


class UsageError(PaperreaderError):
    """Wrong usage of a command, with exit code 2."""


class Command:
    """A verb: its parser, and the function that runs it, imported only when it is called."""

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

        With `dashed`, words with one leading dash that are not options are plain words: -survey.
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

    def add(self, *flags: str, **options: Any) -> None:
        """Add an argument, as `ArgumentParser.add_argument` does."""
        action = self.parser.add_argument(*flags, **options)
        self._options.update(action.option_strings)
        if action.nargs is None:
            self._valued.update(action.option_strings)

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Parse the words after the verb."""
        args = self.parser.parse_intermixed_args(list(self._marked(words)))
        for name, value in vars(args).items():
            if isinstance(value, str):
                setattr(args, name, value.removeprefix(_MARK))
            elif isinstance(value, list):
                setattr(args, name, [word.removeprefix(_MARK) for word in value])
        return args

    def _marked(self, words: Sequence[str]) -> Iterator[str]:
        """Yield the words, with a mark before those that argparse would take for options.

        It takes every word with a leading dash for one, even the value of an option, and in some
        versions even after `--`. The mark is a NUL, which no command line can hold.
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

    def run(self, args: argparse.Namespace) -> int:
        """Run the command; return the exit code."""
        module, function = self._function.split(":")
        do: Callable[[argparse.Namespace], int]
        do = getattr(import_module(f"paperreader.cli.{module}"), function)
        return do(args)


def _everywhere() -> argparse.ArgumentParser:
    """Return the options that every command has."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--library",
        type=_directory,
        metavar="DIR",
        help="keep everything under DIR instead of the usual directories",
    )
    return parser


def _directory(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("an empty text names no directory")
    return Path(text)


def open_library(args: argparse.Namespace) -> "Library":
    """Open the library of `args`; its notices go to standard error."""
    from paperreader.library.library import Library
    from paperreader.paths import Paths
    from paperreader.settings import Settings

    paths = Paths.find(args.library)
    library = Library(paths, Settings.load(paths.settings).meaning)
    library.listen(complain)
    return library
