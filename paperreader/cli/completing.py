"""`paperreader completion`, and the answers to a shell's completion requests."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paperreader.cli.command import Command
from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.paths import Paths

# Most keys offered at once; a shell shows fewer.
_MANY = 200


def completion(args: argparse.Namespace) -> int:
    """Print the code that enables completion in a shell."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["paperreader"], shell=args.shell))
    return 0


def answer(commands: dict[str, Callable[[], Command]]) -> None:
    """Answer the completion request in the environment, and exit."""
    from argcomplete import autocomplete

    parser = argparse.ArgumentParser(prog="paperreader")
    parser.add_argument("--library", metavar="DIR")
    verbs = parser.add_subparsers()
    for name, make in commands.items():
        verb = verbs.add_parser(name, parents=[make().parser], add_help=False)
        for action in verb._actions:  # noqa: SLF001  (argparse has no public list of them)
            if action.dest in _VALUES:
                action.completer = _completer(_VALUES[action.dest])  # type: ignore[attr-defined]
    autocomplete(parser)


def _completer(values: Callable[[Library, str], list[str]]) -> Callable[..., list[str]]:
    """Return a completer that offers `values` of the library, if there is one."""

    def complete(prefix: str, parsed_args: argparse.Namespace, **_: Any) -> list[str]:
        try:
            named = getattr(parsed_args, "library", None)
            paths = Paths.find(Path(named) if named else None)
            if not paths.library.exists():
                return []
            with Library(paths) as library:
                return values(library, prefix)
        except PaperreaderError:
            return []  # an error cannot be shown during completion

    return complete


def _tags(library: Library, prefix: str) -> list[str]:
    return [prefix[:1] + name for name, _ in library.tags() if prefix[:1] in ("+", "-")]


# For arguments by their names in argparse.
_VALUES: dict[str, Callable[[Library, str], list[str]]] = {
    "key": lambda library, prefix: library.keys(prefix, _MANY),
    "keys": lambda library, prefix: library.keys(prefix, _MANY),
    "tags": _tags,
    "saved": lambda library, _: library.search_names(),
    "source": lambda library, _: [name for name, _ in library.sources()],
    "day": lambda library, _: ["latest"],
}
