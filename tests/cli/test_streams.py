"""Whatever a command prints is only text, whoever prints it."""

import argparse
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from paperreader.cli import main, streams
from paperreader.cli.arguments import _reader, commands

if TYPE_CHECKING:
    from paperreader.cli.command import Command

# A window title, a colour by ESC and by C1, a hidden direction, an undecodable byte of a name.
HOSTILE = "x\x1b]0;PWNED\x07\x1b[31m\x9b2J\u202e\udce9\rz"
FORBIDDEN = {chr(code) for code in (*range(32), *range(0x7F, 0xA0), 0x202E)} - {"\n", "\t"}


def harmless(printed: str) -> bool:
    """Whether a terminal takes what was printed for text: neither obeyed nor hidden."""
    screen = pyte.Screen(200, 50)
    pyte.Stream(screen).feed(printed)
    return not FORBIDDEN & set(printed) and screen.title == ""


def invocations() -> Iterator[list[str]]:
    """Yield a command line for each argument of each command, with a hostile value for it."""
    every: list[Command] = [_reader(listing=False), *(make() for make in commands().values())]
    for command in every:
        verb = [command.name] if command.name else []
        given = [_value(action) for action in command.parser._actions if _is_needed(action)]
        yield [*verb, HOSTILE, *given]
        yield [*verb, f"--{HOSTILE}"]
        yield [*verb, *given, HOSTILE, HOSTILE]
        for action in command.parser._actions:
            if action.option_strings and action.nargs is None:
                yield [*verb, *given, action.option_strings[0], HOSTILE]
            elif not action.option_strings and action.choices:
                for choice in action.choices:
                    yield [*verb, str(choice), HOSTILE]


def _is_needed(action: argparse.Action) -> bool:
    return not action.option_strings and action.nargs in (None, "+")


def _value(action: argparse.Action) -> str:
    return str(next(iter(action.choices))) if action.choices else HOSTILE


@pytest.mark.parametrize(
    "words", invocations(), ids=lambda words: " ".join(words).split(";")[0][:40]
)
def test_no_argument_of_any_command_reaches_the_terminal_as_it_is(
    words: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with suppress(SystemExit):
        main(["--library", str(tmp_path / "ho\x1b]0;PWNED\x07me"), *words])
    out, err = capsys.readouterr()
    assert harmless(out + err)


def test_files_notes_and_tags_of_any_name_are_only_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (
        ("a\x1b]0;PWNED\x07\udce9.bib", "@misc{a\x1b[1m, title={Moons}, author={Ann \x9b1mLee}}"),
        ("b\x1b[31m.bib", "@misc{b, title={Suns}}\n\nnot\x1b[31m a @paper{"),
        ("c\x1b[31m.txt", "nothing \x1b[31m known"),
    ):
        (folder / name).write_text(text)

    def run(*words: str) -> None:
        main(["--library", str(tmp_path / "home"), *words])

    run("add", str(folder), "--passages")
    run("add", str(folder / "c\x1b[31m.txt"))
    assert harmless("".join(capsys.readouterr()))
    run("list", "--json")
    key = json.loads(capsys.readouterr().out.splitlines()[0])["key"]
    run("tag", key, f"+{HOSTILE}")
    run("note", key, HOSTILE)
    run("search", "moons", HOSTILE, "--save", HOSTILE)
    run("search", "--saved", "none")
    for words in (["show", key], ["list"], ["list", "--json"], ["tag", key]):
        run(*words)
    for name in ("tag", "note", "venue", "category", "source", "id", "author", "year", "is"):
        run("search", f"{name}:{HOSTILE}")
        run("search", f'{name}:"{HOSTILE}"')
    for name in ("bibtex", "csv", "jsonl", "markdown", "ris", "atom", "csl-json"):
        run("export", "--format", name)
    run("export", "--format", "ris", "--output", str(tmp_path / "out\x1b[31m.ris"))
    out, err = capsys.readouterr()
    assert "moons" in out.lower()
    assert harmless(out.replace("\r\n", "\n") + err)


def test_a_stream_is_a_stream_in_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    with streams.settled():
        assert sys.stdout.write("a\x1bb\r\n") == 5
        assert not sys.stdout.isatty()
        assert streams.raw(sys.stdout) is stream
        with streams.settled():
            print("c\x9bd")
    assert sys.stdout is stream
    assert stream.getvalue() == "ab\r\ncd\n"
