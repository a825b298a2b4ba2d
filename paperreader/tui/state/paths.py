"""Paths of files as they are typed."""

import os

from paperreader.paths import expanded

_MOST = 6


def completions(typed: str, most: int = _MOST) -> list[str]:
    """Return the paths that what was typed may become, folders with a slash at their end."""
    directory, _, start = typed.rpartition("/")
    folder = expanded(directory + "/" if "/" in typed else ".")
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(start) and (start or not entry.name.startswith("."))
            )
    except OSError:
        return []
    prefix = f"{directory}/" if "/" in typed else ""
    return [prefix + name for name in found[:most]]


def completed(typed: str) -> str:
    """Return what was typed, completed as far as all paths that it may become agree."""
    found = completions(typed, 10_000)
    length = next(
        (n for n, letters in enumerate(zip(*found, strict=False)) if len(set(letters)) > 1),
        min(map(len, found), default=0),
    )
    return found[0][:length] if length else typed
