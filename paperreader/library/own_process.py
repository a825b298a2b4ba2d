"""This program in a process of its own, for work that would make the screen stutter.

The screen shares an interpreter lock with every thread of its process, but not with another one.
"""

import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from paperreader.errors import CancelToken
from paperreader.paths import Paths

# How often somebody who waits looks whether they are still wanted, in seconds.
GLANCE = 0.1


class OwnProcess:
    """One command of paperreader that runs beside this process, or does not."""

    def __init__(self, paths: Paths, *command: str) -> None:
        """Run `command` on the library at `paths` when it is started."""
        library = ("--library", str(paths.home)) if paths.home else ()
        self._arguments = [sys.executable, "-m", "paperreader", *command, *library]
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the command, unless it is running already."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            self._process = subprocess.Popen(  # noqa: S603  (this very program)
                self._arguments,
                # Python looks for modules here first: not among the files of the person.
                cwd=Path(__file__).parents[2],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def wait(self) -> bool:
        """Wait for a tenth of a second; return whether it is still running."""
        process = self._process
        if process is None:
            return False
        with suppress(subprocess.TimeoutExpired):
            process.wait(GLANCE)
            return False
        return True

    def run(self, token: CancelToken) -> None:
        """Start the command and wait until it ends; stop it when cancelled."""
        self.start()
        try:
            while self.wait():
                token.check()
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process if there is one."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait()
