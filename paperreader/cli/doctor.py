"""`paperreader doctor`: what may keep paperreader from working, one line for each check."""

import argparse
import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from paperreader import __version__, editor
from paperreader.cli import settings_file
from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from paperreader.library.restoring import backups, damage
from paperreader.papers.record import View
from paperreader.paths import Paths


class Finding(NamedTuple):
    """The result of a check: its name, what was found, and whether it is as it should be."""

    name: str
    text: str
    good: bool = True


def doctor(args: argparse.Namespace) -> int:
    """Print the result of each check; return 0 if all are good, else 1."""
    paths = Paths.find(args.library)
    good = True
    for finding in _findings(paths):
        print(f"{'ok' if finding.good else '!!'}  {finding.name:<9} {finding.text}", flush=True)
        good = good and finding.good
    return 0 if good else 1


def _findings(paths: Paths) -> Iterator[Finding]:
    yield Finding("version", f"paperreader {__version__} on {_versions()}")
    try:
        yield from _library(paths)
    except OSError as error:
        why = f"{error.strerror}: {error.filename}"
        yield Finding("library", f"cannot be looked at ({why}); check its permissions", good=False)
    for name, folder in (("data", paths.data), ("cache", paths.cache)):
        yield _folder(name, folder)
    for problem in settings_file.problems(paths.settings):
        yield Finding("settings", f"{paths.settings}: {problem}", good=False)
    yield from _terminal()
    yield _programs()
    if find_spec("pypdf") is None:
        yield Finding("PDF", "not read; `pip install 'paperreader[pdf]'` adds it")


def _versions() -> str:
    names = ("textual", "whoosh", "numpy")
    known = [f"{name} {release}" for name in names if (release := _version(name))]
    return ", ".join([f"Python {platform.python_version()}", *known, platform.platform()])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _library(paths: Paths) -> Iterator[Finding]:
    if not paths.library.exists():
        yield Finding("library", f"{paths.library} is not there yet; `paperreader` makes it")
        return
    if problem := damage(paths):
        yield Finding("library", problem, good=False)
        return
    try:
        with Library(paths) as library:
            papers = library.counts()[View.ALL]
            yield Finding("library", f"{paths.library}: sound, {papers:,} papers")
            state = library.indexer.check()
            yield Finding("index", str(state), state.sound)
    except PaperreaderError as error:
        yield Finding("library", str(error), good=False)
    days = [backup.day for backup in backups(paths)]
    yield Finding("backups", ", ".join(days) or "none yet; one is made on a day with a change")


def _folder(name: str, folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))
    if not os.access(existing, os.W_OK):
        return Finding(name, f"{folder} is read-only: papers can be read, not changed", good=False)
    free = shutil.disk_usage(existing).free
    room = free > 100_000_000
    return Finding(name, f"{folder}, {free / 1e9:,.1f} GB free", room)


def _terminal() -> Iterator[Finding]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    utf8 = encoding == "utf8" and "utf" in locale.getpreferredencoding(do_setlocale=False).lower()
    advice = "" if utf8 else "; set LANG to a UTF-8 locale, or letters are shown as ?"
    yield Finding("text", f"{sys.stdout.encoding}{advice}", utf8)
    term = os.environ.get("TERM", "")
    colours = os.environ.get("COLORTERM") or ("256" if "256" in term else "few")
    size = shutil.get_terminal_size()
    good = term not in ("", "dumb")
    text = f"{term or 'TERM is not set'}, {size.columns}x{size.lines}, colours: {colours}"
    yield Finding("terminal", text if good else f"{text}; the reader needs one", good)
    if os.environ.get("TMUX"):
        yield Finding("tmux", "copying needs `set -s set-clipboard on` in ~/.tmux.conf")


def _programs() -> Finding:
    browsers = ("BROWSER", "xdg-open", "open", "wslview", "firefox", "w3m", "lynx")
    browser = next((b for b in browsers if os.environ.get(b) or shutil.which(b)), None)
    missing = "" if shutil.which(editor.program()) else " (not there: set $EDITOR)"
    where = f"browser {browser}" if browser else "no browser: addresses are copied"
    return Finding("programs", f"editor {editor.command()}{missing}, {where}")
