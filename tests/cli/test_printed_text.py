"""What servers answer, settings and imported marks say, is printed as text only."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from paperreader.cli import main
from tests.cli.test_streams import HOSTILE, harmless
from tests.follow.stub import Answer, Stub, serving

Run = Callable[..., str]
TITLE = "&#27;]0;PWNED&#7;\x1b[31m\x9b2J\u202e"
FEED = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F {TITLE}</title><entry><title>T {TITLE}'
    f"</title><id>http://arxiv.org/abs/2001.00001</id><author><name>A {TITLE}</name></author>"
    f"<summary>s {TITLE}</summary></entry></feed>"
)
ANSWERS = {
    "/feed": Answer(FEED.encode()),
    "/missing": Answer(HOSTILE.encode("utf-8", "replace") * 50, 404),
    "/moved": Answer(b"", 302, headers={"Location": "http://x\x1b]0;PWNED\x07/"}),
    "/page": Answer(f"<html><title>{TITLE}</title>".encode()),
    "/api/query": Answer(FEED.replace("T ", "Error ").encode(), 400),
}
SETTINGS = """
"bad\\u001b]0;PWNED\\u0007" = 1
theme = "t\\u001b[31m"
layout = "\\u001b[1m"
[keys]
"no\\u001b[31m" = "x"
"list.down" = "q\\u001b[31m"
[fetch]
arxiv_interval = 0
interval = 0
"u\\u001b]0;PWNED\\u0007" = 1
contact = "a\\u001b[3m"
[digest]
"d\\u001b]0;PWNED\\u0007" = 2
[services]
"n\\u001b[31m" = "\\u001b"
"""


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        for path, answer in ANSWERS.items():
            stub.on(path, answer)
        yield stub


@pytest.fixture
def run(tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str]) -> Run:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text(
        f'[fetch]\narxiv_interval = 0\ninterval = 0\n[services]\narxiv = "{stub.base}"\n'
    )

    def run(*words: str) -> str:
        with suppress(SystemExit):
            main(["--library", str(home), *words])
        out, err = capsys.readouterr()
        assert harmless(out + err), words
        return out

    return run


def test_what_settings_say_is_only_text(run: Run, tmp_path: Path) -> None:
    run("follow", "add", "arxiv:cs.CL")
    (tmp_path / "home" / "settings.toml").write_text(SETTINGS)
    for words in (["settings", "--check"], ["doctor"], ["keys"], ["fetch"], ["digest"], ["list"]):
        run(*words)


def test_what_servers_say_is_only_text(run: Run, stub: Stub) -> None:
    for path in ANSWERS:
        run("follow", "add", stub.base + path)
    run("follow", "add", "arxiv:cs.CL", f"author:{HOSTILE}", f"nonsense{HOSTILE}")
    for words in (
        *(["fetch"], ["follow", "list"], ["follow", "list", "--json"]),
        *(["digest"], ["digest", "--format", "html"], ["list"]),
        *(["show", "2001.00001"], ["fetch", HOSTILE], ["follow", "remove", HOSTILE]),
    ):
        run(*words)
    assert "2001.00001" in run("list")


def test_what_an_imported_list_says_is_only_text(run: Run, stub: Stub, tmp_path: Path) -> None:
    run("follow", "add", stub.base + "/feed")
    run("fetch")
    records = [json.loads(line) for line in run("list", "--json").splitlines()]
    assert records
    for record in records:
        record |= {"tags": [HOSTILE], "note": HOSTILE, "sources": [HOSTILE], "files": [HOSTILE]}
    marks = tmp_path / "marks.jsonl"
    marks.write_text("".join(json.dumps(record) + "\n" for record in records))
    run("bookmark", "import", str(marks))
    for words in (["list"], ["list", "--json"], ["show", "2001.00001"], ["bookmark", "list"]):
        run(*words)
    assert "PWNED" in run("show", "2001.00001")
    run("undo", "--list")
