"""How long a cold start takes: to the first list, and on to the first result of a search.

    python -m tests.benchmarks.startup [CORPUS] --papers 10000

The program runs in a terminal of its own (120 columns, 36 lines) and is timed from its launch
until a title stands on the screen, beside a Textual application that shows one word. Then `/`
and a word are typed, until the count of the results stands there. Needs pyte.
"""

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyte

from tests.benchmarks import corpus, engines, figures
from tests.benchmarks.figures import share

_COLUMNS, _LINES = 120, 36
_PATIENCE = 60.0
# An installed program has bytecode; to compile a changed module at every start takes 1 to 3 ms.
_AS_INSTALLED = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("ready")
Bare().run()
"""


class Terminal:
    """A terminal in which a program runs, and its screen."""

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str],
        lines: int = _LINES,
        columns: int = _COLUMNS,
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._file, inner = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(inner, termios.TIOCSWINSZ, size)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            stdin=inner,
            stdout=inner,
            stderr=inner,
            start_new_session=True,
            env={**_AS_INSTALLED, "TERM": "xterm-256color", **environment},
        )
        os.close(inner)

    def until(self, seen: Callable[[str], bool]) -> float:
        """Wait until the screen shows what is sought; return the seconds since the last start."""
        while time.perf_counter() - self.started < _PATIENCE:
            ready, _, _ = select.select([self._file], [], [], 0.5)
            if ready:
                self._stream.feed(os.read(self._file, 1 << 16))
                if seen("\n".join(self.screen.display)):
                    return time.perf_counter() - self.started
        raise TimeoutError(
            "nothing of the kind within a minute:\n" + "\n".join(self.screen.display)
        )

    def read(self, rest: float) -> bytes:
        """Return what is written until nothing comes for `rest` seconds."""
        written = b""
        while select.select([self._file], [], [], rest)[0]:
            written += os.read(self._file, 1 << 16)
        return written

    def type(self, text: str) -> None:
        """Send keys, and start the clock anew."""
        self.started = time.perf_counter()
        os.write(self._file, text.encode())

    def close(self) -> None:
        """End the program."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._file)


@contextmanager
def running(
    command: list[str],
    environment: dict[str, str],
    lines: int = _LINES,
    columns: int = _COLUMNS,
) -> Iterator[Terminal]:
    """Run a program in a terminal until the block ends."""
    terminal = Terminal(command, environment, lines, columns)
    try:
        yield terminal
    finally:
        terminal.close()


def once(home: Path, title: str, word: str) -> dict[str, float]:
    """Time one start of each program, in random order."""
    reader = [sys.executable, "-m", "paperreader"]
    times: dict[str, float] = {}

    def bare() -> None:
        with running([sys.executable, "-c", _BARE], {}) as terminal:
            times["bare Textual app, first word"] = terminal.until(lambda screen: "ready" in screen)

    def ours() -> None:
        with running(reader, {"PAPERREADER_HOME": str(home)}) as terminal:
            times["paperreader, first list"] = terminal.until(lambda screen: title in screen)
            terminal.type(f"/{word}")
            found = re.compile(r"\d of [\d,]+")
            times["then / and a word, first result"] = terminal.until(
                lambda screen: found.search(screen) is not None
            )

    for start in random.sample([bare, ours], 2):
        start()
    return times


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", help="a file of papers; generated if there is none")
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--starts", type=int, default=9)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    papers = corpus.papers(told.corpus, told.papers)
    word = max(papers[0].title.lower().split(), key=len)
    with tempfile.TemporaryDirectory() as temporary:
        home = (told.keep or Path(temporary)) / f"paperreader-{len(papers)}"
        engines.build("paperreader", papers, home)
        engine = engines.Paperreader()
        engine.open(home)
        title = engine.first_title()[:20]
        engine.library.close()
        runs = [once(home, title, word) for _ in range(told.starts)]
    lines: list[dict[str, Any]] = [
        {
            "seconds": name,
            "median": share([run[name] for run in runs], 0.5),
            "p95": share([run[name] for run in runs], 0.95),
        }
        for name in sorted(runs[0])
    ]
    figures.show(f"Cold start with {len(papers):,} papers", lines)
    figures.write(told.json, {"startup": lines})


if __name__ == "__main__":
    main()
