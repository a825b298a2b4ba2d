"""`paperreader digest`."""

import email
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path

import pytest

from paperreader.cli import main
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import Interest
from paperreader.paths import Paths
from paperreader.query.request import Request

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["--library", str(home), *arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def receive(home: Path, papers: list[Paper], hours_ago: float = 1) -> None:
    when = datetime.now(UTC) - timedelta(hours=hours_ago)
    told = when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with Library(Paths.find(home)) as library:
        library._store.following.receive("hf:daily", papers, told, progress="")


def some(topic: str, count: int, **more: int) -> list[Paper]:
    return [
        Paper(f"{topic.capitalize()} number {n}", f"All about {topic} {n}.", **more)  # type: ignore[arg-type]
        for n in range(count)
    ]


def test_a_morning(run: Run, home: Path) -> None:
    receive(home, some("sampling", 20) + some("crystals", 30) + some("frogs", 4, upvotes=7))
    run("search", "sampling", "--save", "my topic")
    code, out, err = run("digest")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("54 new papers, ")
    places = [lines.index(title) for title in ("my topic", "For you", "Most upvoted")]
    assert places == sorted(places)
    assert "… and 5 more" in lines
    assert any(line.startswith("This needs 5 more papers") for line in lines)
    assert "Frogs number 0" in lines[places[2] :]
    assert lines[-1] == "30 more: paperreader list --view new"
    # The next one begins where this one ended.
    assert run("digest")[1].startswith("No new papers")
    assert run("digest", "--since", "1d")[1].startswith("54 new papers")


def test_the_best_of_the_rest_come_with_reasons(run: Run, home: Path) -> None:
    receive(home, some("sampling", 20) + some("crystals", 60), hours_ago=100)
    receive(home, [Paper(f"New sampling {n}", "Of typical sampling.") for n in range(3)])
    with Library(Paths.find(home)) as library:
        rows = [r.row for r in library.search(Request()) if r.paper.title.startswith("Sampling")]
        library.judge(rows[:6], Interest.MORE)
    code, out, _ = run("digest", "--since", "1d", "--format", "markdown")
    assert code == 0
    assert out.startswith("# 3 new papers, ")
    assert "because of: " in out
    assert "sampling" in out
    with Library(Paths.find(home)) as library:
        vectors = library.vector_indexer.vectors()
        assert vectors is not None
        assert len(vectors.rows) == 83


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "-1d", "", "1x", "99999d"])
def test_senseless_times_are_said(run: Run, since: str) -> None:
    code, _, err = run("digest", f"--since={since}")
    assert (code, "is not a time" in err) == (2, True)


def test_files_are_written_by_their_suffix(run: Run, home: Path, tmp_path: Path) -> None:
    receive(home, some("frogs", 2))
    page, notes = tmp_path / "d.html", tmp_path / "d.md"
    assert run("digest", "--since", "1d", "--output", str(page))[0] == 0
    assert page.read_text().startswith("<!DOCTYPE html>")
    assert run("digest", "--since", "1d", "--output", str(notes))[0] == 0
    assert notes.read_text().startswith("# 2 new papers")
    assert run("digest", "--since", "1d", "--output", str(notes))[0] == 1
    assert run("digest", "--since", "1d", "--output", str(notes), "--force")[0] == 0


def test_it_is_mailed_by_the_command_in_the_settings(run: Run, home: Path, tmp_path: Path) -> None:
    code, _, err = run("digest", "--format", "email")
    assert (code, "under [digest]" in err) == (1, True)
    receive(home, some("frogs", 2))
    box = tmp_path / "sent"
    script = tmp_path / "mailer.py"
    script.write_text(f"import sys; open({str(box)!r}, 'wb').write(sys.stdin.buffer.read())")
    settings = home / "settings.toml"
    settings.write_text(
        '[digest]\nto = "you@example.org"\nfrom = "Reader <me@example.org>"\n'
        f"command = '{sys.executable} {script}'\n"
    )
    code, out, _ = run("digest", "--since", "1d", "--format", "email")
    message = email.message_from_string(out, policy=default)
    assert (message["To"], message["From"]) == ("you@example.org", "Reader <me@example.org>")
    assert run("digest", "--send") == (0, "", "")
    assert "2 new papers" in str(
        email.message_from_bytes(box.read_bytes(), policy=default)["Subject"]
    )
    assert run("digest", "--send") == (0, "", "paperreader: nothing is new; nothing was sent.\n")
    assert run("digest", "--send", "--format", "html")[0] == 2
    # What cannot be sent is new the next time.
    receive(home, some("toads", 1), hours_ago=0)
    script.write_text("import sys; sys.exit('no such mailbox')")
    code, _, err = run("digest", "--send")
    assert (code, "no such mailbox" in err) == (1, True)
    settings.write_text('[digest]\nto = "you@example.org"\ncommand = "/no/such/mailer"\n')
    assert "cannot be run" in run("digest", "--send")[2]
    settings.write_text('[digest]\nto = "you@example.org"\ncommand = ""\n')
    assert "cannot be run" in run("digest", "--send")[2]
    settings.write_text("[digest]\nto = 7\n")
    assert "must be text" in run("digest", "--send")[2]
    settings.write_text("[digest]\nwhom = 'x'\n")
    assert "There is no setting" in run("digest", "--send")[2]
    assert run("digest")[1].startswith("1 new paper")
