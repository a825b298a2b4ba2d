from pathlib import Path

import pytest

from paperreader.cli import main


def test_the_keys_are_those_of_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('[keys]\n"paper.done" = "B"\n')
    assert main(["keys", "--library", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    [line] = [line for line in lines if line.endswith(" paper.done")]
    assert line.split()[0] == "B"
    assert main(["keys", "--markdown", "--library", str(tmp_path)]) == 0
    assert "| `B` | Done with it, or not | paper.done |" in capsys.readouterr().out
