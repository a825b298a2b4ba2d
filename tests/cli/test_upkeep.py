import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.running import SEEDS, Run


def test_settings_are_printed_as_comments(run: Run) -> None:
    code, out, _ = run("settings")
    assert (code, tomllib.loads(out)) == (0, {})
    assert '#layout = "auto"' in out


def test_settings_are_written_edited_and_checked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "home" / "settings.toml"
    assert run("settings", "--path")[1] == f"{path}\n"
    assert run("settings", "--check")[0] == 0
    monkeypatch.setenv("VISUAL", "sed -i 's/#advance = false/advance = true/'")
    code, out, _ = run("settings", "--edit")
    assert (code, "all of it can be used" in out) == (0, True)
    assert tomllib.loads(path.read_text()) == {"advance": True}
    monkeypatch.setenv("VISUAL", """sed -i '1itheme = "none"\\n[keys]\\nnothing = "x"'""")
    code, _, err = run("settings", "--edit")
    assert code == 1
    assert "there is no theme “none”" in err
    assert "no action “nothing”" in err
    assert run("settings", "--check")[0] == 1
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    assert "no-such-editor --wait (not there" in run("doctor")[1]
    for editor, said in (("/no/such/editor", "cannot be started"), ("false", "status 1")):
        monkeypatch.setenv("VISUAL", editor)
        code, _, err = run("settings", "--edit")
        assert (code, said in err) == (1, True)
    assert run("settings", "--edit", "--path")[0] == 2


def test_the_doctor_finds_what_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "not there yet" in run("doctor")[1]
    run("add", str(SEEDS))
    out = run("doctor")[1]
    assert "sound, 59 papers" in out
    assert "finds 59 papers; up to date" in out
    (tmp_path / "home" / "settings.toml").write_text("colour = 1")
    monkeypatch.setenv("TERM", "dumb")
    (tmp_path / "home" / "library.sqlite3").write_bytes(b"nonsense" * 1000)
    code, out, _ = run("doctor")
    assert code == 1
    wrong = [line[4:].split()[0] for line in out.splitlines() if line.startswith("!!")]
    assert {"library", "settings", "terminal"} <= set(wrong)


def completions(home: Path, line: str) -> list[str]:
    """Return what the shell would be offered at the end of `line`."""
    out = home.with_name("completions")
    subprocess.run(
        [sys.executable, "-c", "import sys; from paperreader.cli import main; sys.exit(main())"],
        env={
            **os.environ,
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "PAPERREADER_HOME": str(home),
        },
        check=False,
    )
    found = [each for each in out.read_text().split("\v") if each]
    out.unlink(missing_ok=True)
    return found


def test_shells_complete_commands_options_keys_and_tags(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert completions(home, "paperreader show arxiv:") == []
    run("add", str(SEEDS))
    key = json.loads(run("list", "--limit", "1", "--json")[1])["key"]
    run("tag", key, "+transformers")
    run("search", "mixture", "--save", "experts")
    assert {"search", "settings"} <= set(completions(home, "paperreader se"))
    assert "--passages" in completions(home, "paperreader add --")
    assert completions(home, "paperreader tag x +tr") == ["+transformers "]
    assert completions(home, "paperreader search --saved ex") == ["experts "]
    assert any(
        key.endswith(each.strip()) for each in completions(home, f"paperreader show {key[:9]}")
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_part_of_the_shell_is_printed(run: Run, shell: str) -> None:
    code, out, _ = run("completion", shell)
    assert code == 0
    assert "paperreader" in out
