"""Programs outside of the reader: browser, viewer, editor, a command to pipe to."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from textual.app import App, SuspendNotSupported

from paperreader import editor
from paperreader.errors import PaperreaderError
from paperreader.text import is_web_address, line

_TICK, _WATCHED = 0.1, 30  # seconds between looks at a program, and how many looks


def open_address(app: App[None], url: str) -> str:
    """Open a web address, and nothing else, in the browser; return what was done.

    A browser that runs in the terminal gets the terminal until it ends.
    """
    if not is_web_address(url):
        raise PaperreaderError(f"{url} is not an http or https address; it was not opened.")
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        app.copy_to_clipboard(url)
        return f"no browser was found here; copied instead: {url}"
    if _runs_in_terminal(browser):
        with _terminal(app):
            browser.open(url)
        return f"was at {url}"
    if app.is_web:
        app.open_url(url)
    else:
        start([sys.executable, "-m", "webbrowser", url])
    return f"opening {url}"


def _runs_in_terminal(browser: webbrowser.BaseBrowser) -> bool:
    """Whether Python waits for this browser to end, as it does for lynx and w3m."""
    in_front = isinstance(browser, webbrowser.GenericBrowser)
    return in_front and not isinstance(browser, webbrowser.BackgroundBrowser)


def open_file(path: str, viewer: str) -> subprocess.Popen[bytes] | None:
    """Open a local file by the system's viewer or by the command `viewer`.

    Return the viewer, or None where there is no such program.
    """
    if not Path(path).exists():
        raise PaperreaderError(f"{path} is not there any more; attach it again where it is now.")
    try:
        return start([*viewer_words(viewer), path])
    except OSError:
        return None


def viewer_words(viewer: str) -> list[str]:
    """Return the command of a viewer, by the setting or the system's own."""
    return shlex.split(viewer) or ["open" if sys.platform == "darwin" else "xdg-open"]


def failure(program: subprocess.Popen[bytes], cancelled: Event) -> int:
    """Return the status that a program ends with at once, 0 where it goes on or has done its work.

    Without a screen, as on a server, the system's viewer starts and fails.
    """
    for _ in range(_WATCHED):
        if cancelled.wait(_TICK) or program.poll() is not None:
            break
    return program.returncode or 0


def start(words: list[str]) -> subprocess.Popen[bytes]:
    """Start a program beside the reader; what it prints does not reach the terminal."""
    return subprocess.Popen(  # noqa: S603 - a browser or viewer that the person has
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def edit(app: App[None], text: str) -> str:
    """Let the person change a text in their editor; return what it is then.

    Where the editor fails, or leaves no file, PaperreaderError says so: the text stays as it was.
    """
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "note.md"
        path.write_text(text, encoding="utf-8")
        with _terminal(app):
            editor.edit(path)
        try:
            return path.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        except OSError as error:
            raise PaperreaderError(
                f"The editor left no text ({error.strerror}); it stays as it was."
            ) from error


def pipe(app: App[None], command: str, text: str) -> str:
    """Give a text to a shell command, and its output the terminal; return how it ended."""
    shell = os.environ.get("SHELL", "/bin/sh")
    with _terminal(app):
        code = _piped([shell, "-c", command], text)
        print(f"\n[{line(command)}: exit status {code}] Enter goes back to the reader", flush=True)
        sys.stdin.readline()
    return f"{command}: " + ("done" if code == 0 else f"exit status {code}")


def _piped(words: list[str], text: str) -> int:
    try:
        ended = subprocess.run(words, input=text, text=True, check=False)  # noqa: S603 - their own
    except OSError as error:
        raise PaperreaderError(
            f"{words[0]} could not be started ({error.strerror}); set $SHELL to another."
        ) from error
    return ended.returncode


@contextmanager
def _terminal(app: App[None]) -> Iterator[None]:
    """Give the terminal to another program, as it expects it, while the reader stands aside.

    Textual takes the terminal back only where nothing was raised, so that waits until then.
    """
    failure: PaperreaderError | None = None
    try:
        with app.suspend(), _interrupts_for_others():
            try:
                yield
            except PaperreaderError as error:
                failure = error
    except SuspendNotSupported as error:
        raise PaperreaderError(
            "This terminal cannot be given to another program; use a terminal of your own."
        ) from error
    if failure is not None:
        raise failure


@contextmanager
def _interrupts_for_others() -> Iterator[None]:
    """Let Ctrl-C end the program that has the terminal, and not the reader behind it."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # which a child does not inherit
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
