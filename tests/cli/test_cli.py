import contextlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from rich.cells import cell_len

from paperreader import export
from paperreader.cli.verbs import common
from paperreader.errors import PaperreaderError
from paperreader.library.library import Library
from tests.cli.running import SEEDS, Run


@pytest.fixture
def seeded(run: Run) -> Run:
    code, out, _ = run("add", str(SEEDS))
    assert (code, out) == (0, "59 papers: 59 new, 0 known, 0 merged; 0 passages not understood\n")
    return run


def test_the_same_page_again_is_known(seeded: Run) -> None:
    _, out, _ = seeded("add", str(SEEDS))
    assert out == "59 papers: 0 new, 59 known, 0 merged; 0 passages not understood\n"


def test_search_prints_hits_and_says_by_its_exit_code_whether_there_are_any(seeded: Run) -> None:
    code, out, _ = seeded("search", "mixture", "of", "experts", "--limit", "3")
    assert code == 0
    assert len(out.splitlines()) == 3
    assert "Mixture" in out
    code, out, _ = seeded("search", "zyxglopr")
    assert (code, out) == (1, "")


def test_json_is_one_object_a_line(seeded: Run) -> None:
    _, out, _ = seeded("search", "typical", "sampling", "--json", "--limit", "1")
    [line] = out.splitlines()
    told = json.loads(line)
    assert list(told)[:13] == [
        *("key", "title", "abstract", "authors", "published", "categories", "links"),
        *("identifiers", "sources", "added", "bookmarked", "read", "score"),
    ]
    assert (told["bookmarked"], told["read"]) == (False, False)
    assert told["score"] > 0
    _, out, _ = seeded("show", told["key"][:12], "--json")
    assert json.loads(out)["title"] == told["title"]
    _, out, _ = seeded("list", "--json")
    assert len(out.splitlines()) == 59


def test_words_may_begin_with_a_dash(seeded: Run) -> None:
    _, every, _ = seeded("search", "mixture")
    _, some, _ = seeded("search", "mixture", "-survey", "--limit", "100")
    assert 0 < len(some.splitlines()) < len(every.splitlines())
    assert "Survey" not in some


def test_after_two_dashes_and_behind_an_option_dashes_are_letters(run: Run, tmp_path: Path) -> None:
    (tmp_path / "-x.bib").write_text("@misc{a, title={Moons of dash}, author={Ann Lee}}")
    with contextlib.chdir(tmp_path):
        assert run("add", "--", "-x.bib")[0] == 0
    assert run("search", "--save", "-moons", "moons")[0] == 0
    assert "moons of" in run("search", "--saved", "-moons")[1].lower()
    assert run("search", "moons", "--", "--json")[1].startswith("title:")
    assert run("search", "moons", "--", "-dash")[1] == ""
    key = json.loads(run("list", "--json")[1])["key"]
    run("note", key, "--", "-- so it begins")
    assert run("note", key)[1] == "-- so it begins\n"


def test_a_file_named_twice_is_counted_twice(run: Run) -> None:
    _, out, _ = run("add", str(SEEDS), str(SEEDS))
    assert out == "118 papers: 59 new, 59 known, 0 merged; 0 passages not understood\n"


def test_names_notes_and_tags_are_only_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("caf\udce9\x1b]0;x\x07.bib", "two.bib"):
        paper = f"@misc{{a, title={{Moons of {len(name)}}}, author={{Ann Lee}}}}"
        (tmp_path / "in" / name).write_text(paper)
    told = [run("add", str(tmp_path / "in")), run("add", "gone\x1b[31m.bib")]
    key = json.loads(run("list", "--json")[1].splitlines()[0])["key"]
    run("note", key, "a\x1b[31mb\nc")
    run("tag", key, "+r\x1b[31mg")
    told += [run("show", key), run("note", key), run("tag", key), run("list", "--json")]
    assert told[0][1].startswith(f"{tmp_path}/in/")
    assert not any(c in "".join(out + err) for _, out, err in told for c in "\x1b\x07\udce9")
    assert run("note", key)[1] == "a[31mb\nc\n"


def test_an_export_says_what_it_cannot_read_and_needs_no_index(run: Run, tmp_path: Path) -> None:
    run("add", str(SEEDS))
    assert "did you mean author:" in run("export", "--format", "ris", "--search", "autor:x")[2]
    run("search", "mixture", "--save", "experts")
    run("bookmark", "add", json.loads(run("search", "experts", "--json")[1].splitlines()[0])["key"])
    told = ("export", "--format", "jsonl", "--saved", "experts", "--view", "reading")
    assert len(run(*told)[1].splitlines()) == 1
    shutil.rmtree(tmp_path / "home" / "cache")
    assert len(run("export", "--format", "jsonl")[1].splitlines()) == 59
    assert not (tmp_path / "home" / "cache").exists()


def test_an_index_that_cannot_be_written_is_said_and_searched_as_it_is(
    seeded: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(library: Library, **told: object) -> None:
        raise PaperreaderError("the disk is full")

    monkeypatch.setattr(Library, "catch_up", full)
    code, out, err = seeded("search", "mixture", "--limit", "1")
    assert (code, len(out.splitlines()), err) == (0, 1, "paperreader: the disk is full\n")


def test_an_interrupt_says_what_is_in_and_how_to_go_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Library, "catch_up", interrupted)
        code, out, err = run("add", str(SEEDS))
    assert (code, "59 new" in out, "next search indexes the rest" in err) == (130, True, True)
    monkeypatch.setattr(Library, "add", interrupted)
    code, out, err = run("add", str(SEEDS))
    assert (code, out, "the same command goes on" in err) == (130, "", True)
    monkeypatch.setattr(Library, "restore", interrupted)
    code, out, err = run("bookmark", "import", str(SEEDS))
    assert (code, out, "the same command goes on" in err) == (130, "", True)


def test_a_line_is_cut_to_the_cells_of_the_terminal(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = ["月" * 60, "Moon " * 20, "A moon"]
    papers = [json.dumps({"title": title, "abstract": "x"}) for title in titles]
    (tmp_path / "a.jsonl").write_text("\n".join(papers))
    run("add", str(tmp_path / "a.jsonl"))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    lines = run("list")[1].splitlines()
    assert [cell_len(line) for line in lines] == [60, 60, 33]


def test_what_the_readme_leads_to_is_there() -> None:
    readme = SEEDS.parent / "README.md"
    links = re.findall(r"\]\(([^)#]+)\)", readme.read_text())
    assert links
    assert all((SEEDS.parent / unquote(link)).exists() for link in links)


def test_the_formats_named_in_the_help_are_those_there_are() -> None:
    assert set(common.FORMATS) == set(export.FORMATS)


def test_output_that_nobody_takes_is_no_traceback(run: Run, tmp_path: Path) -> None:
    paper = {"title": "Étude — naïve", "abstract": "α", "authors": ["Pál Erdős", "B"]}
    (tmp_path / "a.jsonl").write_text(json.dumps(paper))
    run("add", str(tmp_path / "a.jsonl"))
    program = f"{sys.executable} -m paperreader --library '{tmp_path / 'home'}'"

    def shell(line: str) -> tuple[int, bytes, bytes]:
        done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    assert shell(f"set -o pipefail; {program} list | true") == (1, b"", b"")
    code, _, err = shell(f"{program} list > /dev/full")
    assert (code, b"No space left" in err, b"Traceback" in err) == (1, True, False)
    assert shell(f"{program} list >&-") == (0, b"", b"")
    code, out, err = shell(f"PYTHONIOENCODING=ascii {program} list")
    assert (code, b"?tude ? na?ve" in out, err) == (0, True, b"")
    code, out, err = shell(f"PYTHONIOENCODING=ascii {program} list --json")
    assert (json.loads(out)["title"], err) == ("Étude — naïve", b"")


def test_a_bookmark_outlives_the_file_its_paper_came_from(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    shutil.copy(next(SEEDS.iterdir()), page)
    run("add", str(page))
    _, out, _ = run("list", "--limit", "1", "--json")
    key = json.loads(out)["key"]
    assert run("bookmark", "add", key)[0] == 0
    page.unlink()
    _, out, _ = run("bookmark", "list", "--json")
    assert json.loads(out)["bookmarked"] is True
    assert len(out.splitlines()) == 1
    run("bookmark", "remove", key)
    assert run("bookmark", "list")[1] == ""


def test_tags_and_notes(seeded: Run) -> None:
    key = json.loads(seeded("list", "--limit", "1", "--json")[1])["key"]
    assert seeded("tag", key, "+rag", "+to-read", "-none")[0] == 0
    assert seeded("tag", key, "-rag")[0] == 0
    assert seeded("tag", key, "-to-read")[0] == 0
    assert seeded("tag", key)[1] == ""
    seeded("tag", key, "+to-read")
    assert seeded("tag", key)[1] == "to-read\n"
    seeded("note", key, "see section 3")
    assert seeded("note", key)[1] == "see section 3\n"
    assert len(seeded("search", "tag:to-read", "note:section")[1].splitlines()) == 1
    seeded("note", key, "--remove")
    assert seeded("note", key)[1] == ""
    assert seeded("tag", key, "rag")[0] == 2


def test_saved_searches_run_from_the_command_line(seeded: Run) -> None:
    _, told, _ = seeded("search", "mixture", "--save", "experts")
    assert seeded("search", "--saved", "experts")[1] == told
    code, _, err = seeded("search", "--saved", "nothing")
    assert code == 1
    assert "experts" in err


def test_the_settings_give_exports_citation_keys(seeded: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "settings.toml").write_text('citation_keys = "{year}:{surname}"')
    _, out, _ = seeded("export", "--format", "bibtex")
    keys = [line for line in out.splitlines() if line.startswith("@")]
    assert keys
    assert all(re.search(r"\{(?:\d{4}|nd):", line) for line in keys)
    _, out, _ = seeded("export", "--format", "bibtex", "--keys", "{surname}")
    assert "{nd:" not in out


def test_export_to_a_file_and_never_over_one(seeded: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.bib"
    assert seeded("export", "--search", "mixture", "--output", str(target))[0] == 0
    first = target.read_text()
    assert first.count("@") >= 3
    code, _, err = seeded("export", "--output", str(target))
    assert code == 1
    assert "--force" in err
    assert target.read_text() == first
    assert seeded("export", "--output", str(target), "--force")[0] == 0
    assert target.read_text().count("\n@") >= 58
    assert "--format" in seeded("export")[2]


def test_bookmarks_travel_and_a_second_time_changes_nothing(seeded: Run, tmp_path: Path) -> None:
    keys = [json.loads(line)["key"] for line in seeded("list", "--json")[1].splitlines()[:3]]
    seeded("bookmark", "add", *reversed(keys))
    seeded("tag", keys[0], "+rag")
    file = tmp_path / "bookmarks.jsonl"
    assert seeded("bookmark", "export", "--output", str(file))[1].endswith(": 3 bookmarks\n")
    for expected in ("3 new, 0 known", "0 new, 3 known"):
        code, out, _ = run_elsewhere(tmp_path, "bookmark", "import", str(file))
        assert code == 0
        assert expected in out
    _, out, _ = run_elsewhere(tmp_path, "bookmark", "list", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert [paper["key"] for paper in told] == list(reversed(keys))
    assert told[-1]["tags"] == ["rag"]


def test_a_whole_library_travels_with_its_judgements(seeded: Run, tmp_path: Path) -> None:
    keys = [json.loads(line)["key"] for line in seeded("list", "--json")[1].splitlines()[:3]]
    seeded("judge", "more", keys[0])
    seeded("judge", "less", keys[1])
    file, copy = tmp_path / "all.jsonl", tmp_path / "copy.jsonl"
    seeded("export", "--output", str(file))
    run_elsewhere(tmp_path, "bookmark", "import", str(file))
    run_elsewhere(tmp_path, "export", "--output", str(copy))
    assert sorted(copy.read_text().splitlines()) == sorted(file.read_text().splitlines())
    _, out, _ = run_elsewhere(tmp_path, "show", keys[0])
    assert "more like this" in out


def run_elsewhere(tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    told = [sys.executable, "-m", "paperreader", "--library", str(tmp_path / "other"), *arguments]
    done = subprocess.run(told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["serach", "x"], 2, "did you mean search"),
        (["search"], 2, "Nothing to search for"),
        (["search", "mixture", "--jsno"], 2, "--jsno"),
        (["search", "mixture", "--limit", "-1"], 2, "'-1' is not a non-negative integer"),
        (["search", "mixture", "--save", "--json"], 2, "--save"),
        (["bookmark", "list", "arxiv:9"], 2, "no KEY"),
        (["show", "caf\udce9"], 1, "No paper has the key 'caf'"),
        (["list", "--sort", "size"], 2, "newest"),
        (["list", "--library", ""], 2, "names no directory"),
        (["list", "--library", "~nobody-of-that-name/x"], 1, "--library DIR"),
        (["note", "title:", ""], 2, "--remove"),
        (["note", "title:", "x", "--remove"], 2, "not both"),
        (["export", "--format", "jsonl", "--saved", "none"], 1, "--save NAME"),
        (["show", "arxiv:9"], 1, "No paper has the key"),
        (["add", "https://arxiv.org/abs/1706.03762"], 1, "does not go to the network"),
        (["add", "no such file"], 1, "no such file"),
        (["list", "--limit", "-1"], 2, "--limit"),
        (["bookmark", "add"], 2, "needs a KEY"),
        (["export", "--format", "docx"], 2, "docx"),
        ([], 1, "needs a terminal"),
    ],
)
def test_errors_are_one_sentence_and_an_exit_code(
    run: Run, words: list[str], code: int, said: str
) -> None:
    got, out, err = run(*words)
    assert got == code
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_a_file_of_nothing_known_is_an_error_and_the_others_go_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_text("\x00\x01\x02 nothing")
    code, out, err = run("add", str(tmp_path / "noise.txt"), str(SEEDS))
    assert code == 1
    assert "59 new" in out
    assert "noise.txt" in err


def test_reports_can_be_json(run: Run) -> None:
    told = json.loads(run("add", str(SEEDS), "--report", "json")[1])
    assert (told["papers"], told["new"], told["unparsed"]) == (59, 59, [])


def test_hostile_titles_are_only_text(run: Run, tmp_path: Path) -> None:
    paper = {"title": "A\x1b]0;owned\x07 [red]title[/red] \u202e", "abstract": "x\x9b31m y"}
    (tmp_path / "h.jsonl").write_text(json.dumps(paper) + "\n")
    run("add", str(tmp_path / "h.jsonl"))
    for words in (["list"], ["search", "title"], ["show", "title:"]):
        _, out, _ = run(*words)
        assert "[red]title[/red]" in out
        assert not any(c in out for c in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    "verb",
    [
        "add",
        "search",
        "show",
        "list",
        "related",
        "bookmark",
        "tag",
        "note",
        "export",
        "index",
        "paths",
        "attach",
        "remove",
        "undo",
        "restore",
        "settings",
        "doctor",
        "keys",
        "completion",
    ],
)
def test_every_help_ends_in_examples(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    examples = out.partition("examples:")[2]
    assert f"paperreader {verb}" in examples
    # What explains one is a comment, so that a whole line can be pasted.
    assert all("   " not in line.strip().partition("#")[0].strip() for line in examples.split("\n"))


# Whoosh leaves a file open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_index_is_checked_rebuilt_and_mended(seeded: Run, tmp_path: Path) -> None:
    assert "59 papers; up to date" in seeded("index", "check")[1]
    index = tmp_path / "home" / "cache" / "index"
    shutil.rmtree(index)
    assert len(seeded("search", "mixture")[1].splitlines()) > 3
    for file in index.iterdir():
        file.write_bytes(b"nonsense")
    assert seeded("index", "check")[0] == 1
    code, _, err = seeded("search", "mixture")
    assert code == 0
    assert "being rebuilt" in err
    assert seeded("index", "rebuild")[0] == 0
    assert seeded("index", "check")[0] == 0
