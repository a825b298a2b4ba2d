"""Command: one verb of the command line."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

_MARK = "\0"


class Command:
    """A verb: its parser, and the function that does it, imported only when it is called."""

    def __init__(
        self,
        name: str,
        summary: str,
        function: str,
        examples: Sequence[str],
        dashed: str = "",
    ) -> None:
        """Name the verb; `function` is module:function below `paperreader.cli`.

        `dashed` names the argument whose words may begin with a dash, such as -survey.
        """
        self.name = name
        self.summary = summary
        self._function = function
        self._dashed = dashed
        self._options = {"-h", "--help", "--library", "--"}
        self.parser = argparse.ArgumentParser(
            prog=f"paperreader {name}",
            description=summary,
            epilog="examples:\n" + "\n".join(f"  {example}" for example in examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[_everywhere()],
        )

    def add(self, *flags: str, **told: Any) -> None:
        """Add an argument, as `ArgumentParser.add_argument` does."""
        self._options.update(flags)
        self.parser.add_argument(*flags, **told)

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """Read what follows the verb."""
        if not self._dashed:
            return self.parser.parse_intermixed_args(words)
        # argparse takes every word with a dash for an option; those that are none get a mark in
        # front, which no word of a command line can hold, and lose it again.
        marked = [
            _MARK + word
            if word.startswith("-") and word.partition("=")[0] not in self._options
            else word
            for word in words
            if word != "--"
        ]
        told = self.parser.parse_intermixed_args(marked)
        plain = [word.removeprefix(_MARK) for word in getattr(told, self._dashed)]
        setattr(told, self._dashed, plain)
        return told

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
        type=Path,
        metavar="DIR",
        help="keep everything under DIR instead of the usual places",
    )
    return parser
