"""One command of paperreader in this process."""

import contextlib
import io
from multiprocessing.connection import Connection

from paperreader.cli import main


def run_command(pipe: Connection, words: list[str]) -> None:
    """Run a command, and tell the other end of `pipe` when it begins and how it ended."""
    errors = io.StringIO()
    pipe.send("begin")
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
        try:
            code: object = main(words)
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is wrong)
            code = repr(error)
    pipe.send((code, errors.getvalue()))
