"""The person's editor: $VISUAL, else $EDITOR, else vi."""

import os
import shlex
import subprocess
from pathlib import Path

from paperreader.errors import PaperreaderError


def command() -> str:
    """Return the command that starts the editor."""
    return os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip() or "vi"


def program() -> str:
    """Return the program of the command, without its arguments."""
    try:
        return shlex.split(command())[0]
    except ValueError:  # a quotation without an end
        return command()


def edit(path: Path) -> None:
    """Let the person edit a file; raise PaperreaderError where the editor fails, or gives up.

    Editors end with another status than 0 for "leave it as it was", as vi does after :cq.
    """
    editor = command()
    try:
        words = [*shlex.split(editor), str(path)]
        status = subprocess.run(words, check=False).returncode  # noqa: S603 - the person's own
    except (OSError, ValueError) as error:
        raise PaperreaderError(
            f"The editor {editor!r} cannot be started ({error}); set $EDITOR to another."
        ) from error
    if status:
        raise PaperreaderError(f"The editor {editor!r} ended with status {status}.")
