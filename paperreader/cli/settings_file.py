"""`paperreader settings`."""

import argparse
from pathlib import Path

from paperreader.cli.command import UsageError
from paperreader.cli.streams import complain
from paperreader.editor import edit
from paperreader.errors import PaperreaderError
from paperreader.paths import Paths
from paperreader.settings import Settings, commented


def settings(args: argparse.Namespace) -> int:
    """Print a commented settings file, or edit or check the user's own, or print its path."""
    path = Paths.find(args.library).settings
    if args.edit + args.path + args.check > 1:
        raise UsageError("Give one of --edit, --path and --check.")
    if args.path:
        print(path)
    elif args.edit:
        _create(path)
        edit(path)
        return _check(path)
    elif args.check:
        return _check(path)
    else:
        print(commented(), end="")
    return 0


def problems(path: Path) -> list[str]:
    """Return a sentence for each problem of the settings at `path`."""
    from textual.theme import BUILTIN_THEMES

    from paperreader.tui.keymap import checked
    from paperreader.tui.themes import DARK, LIGHT

    read = Settings.load(path)
    sentences = list(read.problems)
    themes = sorted([DARK.name, LIGHT.name, *BUILTIN_THEMES])
    if read.theme and read.theme not in themes:
        sentences.append(f"there is no theme “{read.theme}”; there are {', '.join(themes)}")
    return sentences + checked(read.keys)[1]


def _check(path: Path) -> int:
    sentences = problems(path)
    for problem in sentences:
        complain(problem)
    if not sentences:
        print(f"{path}: all of it can be used" if path.exists() else f"{path}: not there, no need")
    return 1 if sentences else 0


def _create(path: Path) -> None:
    """Write the commented settings, unless there are some."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("x", encoding="utf-8") as file:
            file.write(commented())
    except FileExistsError:
        return
    except OSError as error:
        raise PaperreaderError(
            f"{path} cannot be written ({error.strerror}); check who may write there."
        ) from error
