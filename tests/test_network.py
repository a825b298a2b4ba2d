"""Nothing but fetching goes to the network."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp

SEEDS = Path(__file__).parents[1] / "seeds"

# A process in which every internet socket ends the program at once.
GUARDED = """
import os, socket, sys
real = socket.socket
class Forbidden(real):
    def __init__(self, family=-1, *rest, **named):
        if family != socket.AF_UNIX:
            os.write(2, b"SOCKET OPENED")
            os._exit(99)
        super().__init__(family, *rest, **named)
socket.socket = Forbidden
socket.getaddrinfo = socket.create_connection = lambda *_: os._exit(99)
from paperreader.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", GUARDED, "--library", str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EDITOR": "true"},
        stdin=subprocess.DEVNULL,
    )


def test_no_other_command_opens_a_socket(tmp_path: Path) -> None:
    home = tmp_path / "home"
    commands = [
        ["add", str(SEEDS)],
        ["search", "typical", "sampling"],
        ["list"],
        ["show", "title:0"],
        ["related", "title:0"],
        ["export", "--format", "bibtex"],
        ["bookmark", "list"],
        ["tag", "title:"],
        ["note", "title:"],
        ["follow", "add", "arxiv:cs.CL"],
        ["follow", "list"],
        ["list", "--view", "new", "--sort", "for-you"],
        ["digest", "--since", "1d"],
        ["judge", "more", "title:0"],
        ["tidy"],
        ["doctor"],
        ["index", "rebuild"],
        ["paths"],
        ["add", "https://arxiv.org/abs/1706.03762"],
    ]
    for arguments in commands:
        done = run(home, *arguments)
        assert "SOCKET" not in done.stderr, arguments
        assert done.returncode in (0, 1), (arguments, done.stderr)


def test_the_guard_notices_a_fetch(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run(home, "follow", "add", "http://127.0.0.1:9/x")
    assert run(home, "fetch").returncode == 99


@pytest.mark.asyncio
async def test_the_reader_opens_no_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *told: opened.append(told))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *told: opened.append(told))
    with Library(Paths.find(tmp_path)) as library:
        library.followed_sources().add("arxiv:cs.CL")
        async with PaperReaderApp(library, Settings(), []).run_test() as pilot:
            await pilot.press("j", "slash", "s", "enter", "1", "2", "s", "escape")
            await pilot.pause()
    assert opened == []
