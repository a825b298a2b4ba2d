import json
from pathlib import Path

import pytest

from tests.cli.running import SEEDS, Run


def test_papers_are_removed_and_come_back(run: Run) -> None:
    run("add", str(SEEDS))
    keys = [json.loads(line)["key"] for line in run("list", "--json")[1].splitlines()[:2]]
    run("tag", keys[0], "+rag")
    code, out, _ = run("remove", *keys)
    assert (code, out) == (0, "2 papers removed; `paperreader undo` brings them back.\n")
    assert len(run("list")[1].splitlines()) == 57
    assert run("search", "tag:rag")[0] == 1
    assert "undo brings it back" in run("show", keys[0])[2]
    assert run("undo")[1] == "undone: removed, 2 papers\n"
    assert run("tag", keys[0])[1] == "rag\n"
    assert run("undo", "--redo")[1] == "done again: removed, 2 papers\n"
    run("undo")
    removed, tagged = run("undo", "--list")[1].splitlines()
    assert removed.endswith("  removed, 2 papers (undone)")
    assert "  tags +rag, " in tagged


def test_a_source_is_removed_by_its_path_or_name(run: Run, tmp_path: Path) -> None:
    bib = tmp_path / "my.bib"
    bib.write_text("@misc{a, title={Moons of A}}\n@misc{b, title={Moons of B}}")
    run("add", str(bib))
    for name in (str(bib), "my.bib"):
        assert run("remove", "--source", name)[1].startswith("2 papers removed")
        assert run("list")[1] == ""
        run("undo")
    code, _, err = run("remove", "--source", "other.bib")
    assert (code, "my.bib" in err) == (1, True)
    assert run("add", str(bib))[1].startswith("2 papers: 0 new, 2 known")


def test_nothing_to_undo_or_remove_is_said(run: Run) -> None:
    assert run("undo") == (1, "", "paperreader: There is nothing to undo.\n")
    assert run("undo", "--redo")[2] == "paperreader: There is nothing to redo.\n"
    assert run("remove", "--sample") == (1, "", "paperreader: There was nothing to remove.\n")
    assert run("remove")[0] == 2
    assert run("remove", "a", "--sample")[0] == 2


def test_files_are_attached_listed_and_detached(run: Run, tmp_path: Path) -> None:
    run("add", str(SEEDS))
    key = json.loads(run("list", "--limit", "1", "--json")[1])["key"]
    pdf = tmp_path / "a.pdf"
    pdf.write_text("%PDF")
    assert run("attach", key, str(pdf))[0] == 0
    assert run("attach", key)[1] == f"{pdf}\n"
    assert run("attach", key, "--remove")[0] == 2
    assert run("attach", key, str(pdf), "--remove")[0] == 0
    assert run("attach", key)[1] == ""
    assert run("attach", key, "gone.pdf")[0] == 1
    assert pdf.exists()


def test_backups_are_listed_and_restored(run: Run) -> None:
    assert run("restore")[0] == 1
    run("add", str(SEEDS))
    code, out, _ = run("restore")
    assert (code, len(out.splitlines())) == (0, 1)
    run("remove", json.loads(run("list", "--limit", "1", "--json")[1])["key"])
    assert "59 papers" in run("restore", "latest")[1]
    assert len(run("list")[1].splitlines()) == 59
    assert run("restore", "2020-01-01")[0] == 1


@pytest.mark.parametrize("words", [["undo"], ["list"], ["show", "x"], ["restore"]])
def test_a_damaged_library_is_one_sentence(run: Run, tmp_path: Path, words: list[str]) -> None:
    run("list")
    (tmp_path / "home" / "library.sqlite3").write_bytes(b"nonsense" * 1000)
    code, _, err = run(*words)
    assert code == 1
    assert len(err.splitlines()) == 1


TWO = """@article{a, title={An $O(n)$ Gate}, author={Bee, Ann}, eprint={2101.00951}, year=2021}
@article{b, title={An O(n) Gate}, author={Bee, Ann}, doi={10.1000/j.5}, year=2021}
@article{c, title={Roses in the North}, author={Dee, Cee}, doi={10.1000/j.5}, year=2021}
"""


def test_papers_are_split_and_merged_by_hand(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two.bib").write_text(TWO)
    out = run("add", str(tmp_path / "two.bib"))[1]
    assert out == (
        "3 papers: 2 new, 0 known, 1 merged; 0 passages not understood\n"
        "2 papers share doi:10.1000/j.5; kept apart.\n"
    )
    code, out, _ = run("split", "10.1000/j.5")
    assert (code, out) == (0, "split into 2 papers; `paperreader undo` takes it back.\n")
    assert len(run("list")[1].splitlines()) == 3
    code, out, _ = run("merge", "2101.00951", "10.1000/j.5")
    assert (code, out.split(":")[0]) == (0, "merged into arxiv")
    assert len(run("list")[1].splitlines()) == 2
    assert run("merge", "2101.00951", "10.1000/j.5")[0] == 1
    run("undo")
    assert len(run("list")[1].splitlines()) == 3


def test_what_one_source_describes_is_not_split(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.bib").write_text("@article{a, title={A Gate}, doi={10.1000/x}}")
    run("add", str(tmp_path / "one.bib"))
    code, _, err = run("split", "10.1000/x")
    assert code == 1
    assert "nothing to split" in err
