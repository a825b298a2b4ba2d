"""The reader in a terminal: a real process behind a real pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.paths import Paths

WAIT = 30.0  # seconds at most, on a busy machine
REST = 0.5  # seconds without output, after which all that keys do is done


class Terminal:
    """A program on a screen of 80x24 that can be read."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.screen = pyte.Screen(80, 24)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._fd, inner = pty.openpty()
        self.resize(80, 24)
        self.program = subprocess.Popen(
            [sys.executable, *(arguments or ("-m", "paperreader"))],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=_environment() | {"PAPERREADER_HOME": str(home), "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(inner)

    def send(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def hang_up(self) -> None:
        """Close the terminal, as a connection that breaks does."""
        os.close(self._fd)
        self._fd = -1
        self.program.send_signal(signal.SIGHUP)

    def write_over(self, line: str) -> None:
        """Let a line stand on the screen that the program did not write."""
        self._stream.feed(f"\x1b[4;1H{line}\x1b[K".encode())

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.screen.resize(height, width)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def until(self, so: Callable[[str], bool]) -> str:
        """Read what the program writes until the screen is so."""
        end = time.monotonic() + WAIT
        while not so(self.text):
            left = end - time.monotonic()
            assert left > 0, f"not so in time:\n{self.text}"
            if select.select([self._fd], [], [], min(left, 0.2))[0]:
                try:
                    data = os.read(self._fd, 65_536)
                except OSError:  # Linux: the program is gone
                    data = b""
                if not data:
                    assert so(self.text), f"ended:\n{self.text}"
                    break
                self.raw += data
                self._stream.feed(data)
        return self.text

    def sees(self, *words: str) -> str:
        return self.until(lambda text: all(word in text for word in words))

    def rests(self) -> None:
        """Read until nothing comes for a while."""
        while select.select([self._fd], [], [], REST)[0]:
            self._stream.feed(os.read(self._fd, 65_536))

    def is_silent(self, seconds: float) -> bool:
        """Whether the program writes nothing for so long."""
        return not select.select([self._fd], [], [], seconds)[0]

    def ended(self) -> int:
        """Read until the program ends."""
        end = time.monotonic() + WAIT
        while self.program.poll() is None:
            assert time.monotonic() < end, "does not end"
            if select.select([self._fd], [], [], 0.05)[0]:
                try:
                    self.raw += os.read(self._fd, 65_536)
                except OSError:
                    break
        return self.program.wait(WAIT)

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        if self._fd >= 0:
            os.close(self._fd)


def _environment() -> dict[str, str]:
    """Return the environment without what would outweigh the terminal's own size and colours."""
    return {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}


@contextmanager
def terminal(home: Path, *arguments: str) -> Iterator[Terminal]:
    opened = Terminal(home, *arguments)
    try:
        yield opened
    finally:
        opened.close()


def test_what_is_sent_as_differences_is_what_a_redraw_draws(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("All 59", "Entity Embedding-based")
        for keys, seen in (
            ("jjjjjjjjjjjjJJJkkk", "10 / 59"),
            ("/sampling", " of 59"),
            ("\r?", "The keys that matter"),
            ("\x1b", "Enter read"),
        ):
            reader.send(keys)
            reader.sees(seen)
            reader.rests()
            before = reader.text
            reader.write_over("what another program wrote")
            reader.send("\x0c")
            reader.until(lambda text: "another program" not in text)
            reader.rests()
            assert reader.text == before


def test_nothing_is_sent_while_nobody_types(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("All 59", "Entity Embedding-based")
        for keys, seen in (("/sampling", " of 59"), ("\r?", "The keys that matter")):
            reader.send(keys)
            reader.sees(seen)
            reader.rests()
            assert reader.is_silent(1.2)
        reader.send("\x1b")
        reader.sees("Enter read")
        reader.send("a")
        reader.sees("kept as you type")
        reader.rests()
        assert reader.is_silent(1.2)


def test_first_start_search_bookmark_quit_and_again(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("All 59", "Unread 59", "59 papers", "Entity Embedding-based")
        reader.send("/autoregressive")
        reader.until(lambda text: re.search(r" [1-9]\d* of 59", text) is not None)  # it is indexed
        reader.send("\x1b")
        reader.sees("59 papers")
        reader.send("/locally typical\rb")  # at once, as a slow line would send it
        reader.sees("Locally Typical Sampling", "Reading list 1", "2 with all words")
        reader.send("q")
        reader.sees("59 papers")
        reader.send("q")
        assert reader.ended() == 0
        assert b"\x1b[?1049l" in reader.raw  # the old screen is back
        assert b"\x1b]2;paperreader\x1b\\" in reader.raw
        assert b"\x1b[23;2t" in reader.raw  # and the old title
    with terminal(tmp_path) as reader:
        reader.sees("Reading list 1")
        reader.send("3")
        reader.sees("1 paper")
        reader.send("q")
        assert reader.ended() == 0


def test_a_hostile_title_is_inert(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        told = Paper("Rename \x1b]0;PWNED\x07 it \x9b31m [/foo] \x1b[2J", "\x1b]52;c;eA==\x07")
        library.add([told.cleaned()], "test")
    with terminal(tmp_path) as reader:
        reader.sees("]0;PWNED it", "[/foo]", "[2J")
        assert reader.screen.title != "PWNED"
        reader.send("q")
        assert reader.ended() == 0
        for escape in (b"\x1b]0;PWNED", b"\x9b31m", b"\x1b[2J", b"\x1b]52"):
            assert escape not in reader.raw


@pytest.mark.parametrize("size", [(120, 36), (40, 12)])
def test_a_resized_terminal_is_drawn_anew(tmp_path: Path, size: tuple[int, int]) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.resize(*size)
        reader.program.send_signal(signal.SIGWINCH)
        reader.until(lambda text: "q quit" in text.splitlines()[-1])
        reader.send("\x03")
        assert reader.ended() == 0


def test_names_in_the_settings_and_pasted_words_are_inert(tmp_path: Path) -> None:
    hostile = r"x\u001b]0;PWNED\u0007\u009b31m"
    (tmp_path / "settings.toml").write_text(
        f'theme = "{hostile}"\n"{hostile}" = 1\n[keys]\n"{hostile}" = "x"\n"quit" = "{hostile}"\n'
    )
    with terminal(tmp_path) as reader:
        reader.sees("there is no theme", "is not a key", "]0;PWNED")
        reader.send("/")
        reader.send("\x1b[200~zz\x1b]0;PWNED\x07\x9b31m\x1b[201~")
        reader.sees("zz")
        reader.send("\r")
        reader.send("\x03\x03")
        assert reader.ended() == 0
        assert reader.screen.title != "PWNED"
        for escape in (b"\x1b]0;PWNED", b"\x9b31m", "\x9b31m".encode()):
            assert escape not in reader.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_clean_and_a_status(tmp_path: Path, number: int) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("j")
        reader.program.send_signal(number)
        assert reader.ended() == 128 + number
        for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
            assert mode in reader.raw


def test_a_reader_whose_terminal_is_gone_ends(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        for _ in range(40):  # nobody reads what it draws: it comes to wait for the terminal
            reader.send("Gkkkgg")
            time.sleep(0.1)
        reader.hang_up()
        assert reader.program.wait(WAIT) != 0


def test_a_fault_of_ours_is_one_sentence_and_a_file(tmp_path: Path) -> None:
    broken = "import paperreader.tui.triage as t; t.undecided = lambda *_: 1 // 0"
    with terminal(
        tmp_path, "-c", f"{broken}; from paperreader.cli import main; main([])"
    ) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("T")
        assert reader.ended() == 1
        for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
            assert mode in reader.raw
        said = reader.raw.rpartition(b"\x1b[?1049l")[2]
        assert b"This is a fault in paperreader" in said
        assert b"Traceback" not in said
        assert len(said) < 1_000
    log = Paths.find(tmp_path).crash_log.read_text()
    assert "ZeroDivisionError" in log
    assert "main_screen.py" in log


def test_escape_and_another_key_in_one_packet_are_two_keys(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("/locally")
        reader.sees("/ locally")
        reader.send("\x1br")
        reader.sees("59 papers", "Unread 58")
        reader.send("/entropy")
        reader.sees("/ entropy")
        reader.send("\x1b/locally")
        reader.sees("/ locally")


def test_what_is_pasted_outside_of_a_line_of_text_does_nothing(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("\x1b[200~d \x1b[31mAq and more words than an escape can have\x1b[0m\x1b[201~j")
        reader.sees("2 / 59 papers", "Unread 59")


def test_suspended_it_leaves_the_shell_a_terminal_and_comes_back(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        for keys, seen in (("", "59 papers"), ("T", "1 of 59"), ("q/locally", "/ locally")):
            reader.send(keys)
            reader.sees(seen)
            reader.raw = b""
            reader.send("\x1a")
            reader.until(lambda _: b"\x1b[?1049l" in reader.raw)
            _, status = os.waitpid(reader.program.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            reader.program.send_signal(signal.SIGCONT)
            reader.until(lambda _: b"\x1b[?1049h" in reader.raw)
            reader.rests()
            reader.sees(seen)
        reader.send("\x03\x03")
        assert reader.ended() == 0


def test_ctrl_l_draws_over_what_another_program_wrote(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.write_over("what a careless program prints")
        assert "Entity Embedding-based" not in reader.text.splitlines()[3]
        reader.send("\x0c")
        reader.until(lambda text: "careless" not in text and "Entity Embedding" in text)


def test_ctrl_c_ends_the_command_that_has_the_terminal_and_not_the_reader(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("|")
        reader.sees("Pipe")
        reader.send("echo HE''RE; sleep 100\r")
        reader.sees("HERE")
        os.killpg(reader.program.pid, signal.SIGINT)  # as the terminal does to all in front
        reader.sees("exit status", "Enter goes back")
        reader.send("\r")
        reader.sees("1 / 59 papers")
        reader.send("j")
        reader.sees("2 / 59 papers")


def test_the_terminal_comes_back_from_an_editor_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "sh -c 'exit 3'")
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("E")
        reader.sees("ended with status 3", "59 papers")
        reader.send("j")
        reader.sees("2 / 59 papers")


def test_a_command_gets_the_papers_and_the_terminal(tmp_path: Path) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("|")
        reader.sees("Pipe")
        reader.send(f"cat > {tmp_path}/piped; echo DONE\r")
        reader.sees("DONE", "exit status 0", "Enter goes back")
        reader.send("\r")
        reader.sees("1 / 59 papers")
        assert "Entity Embedding-based" in (tmp_path / "piped").read_text()
        reader.send("q")
        assert reader.ended() == 0


@pytest.mark.parametrize("typed", ["lost?", "first\rsecond"])
def test_a_note_survives_the_end_of_its_reader(tmp_path: Path, typed: str) -> None:
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("a")
        reader.sees("Note on")
        reader.send(typed)
        with Library(Paths.find(tmp_path)) as library:
            reader.until(lambda _: library.record(1).note == typed.replace("\r", "\n"))
        reader.program.kill()
        assert reader.ended() == -signal.SIGKILL
    with terminal(tmp_path) as reader:
        reader.sees("59 papers")
        reader.send("a")
        reader.sees("Note on", *typed.split("\r"))
    with Library(Paths.find(tmp_path)) as library:
        library.undo()
        assert library.record(1).note == ""


def test_a_browser_in_the_terminal_has_it_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "BROWSING $1"\nread line\necho "GOT $line"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    with terminal(tmp_path) as reader:
        reader.sees("59 papers", "Entity Embedding-based")
        reader.send("o")
        reader.sees("BROWSING https://")
        reader.send("jjj\r")
        reader.sees("1 / 59 papers", "was at https://")
        reader.send("q")
        assert reader.ended() == 0
