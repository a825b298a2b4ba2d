"""`follow` and `fetch` on the command line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from paperreader.cli import main
from tests.follow.arxiv_stub import ArxivStub, preprints
from tests.follow.stub import Answer, Stub, serving

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        stub.on("/api/query", ArxivStub(preprints(5)))
        yield stub


@pytest.fixture
def run(tmp_path: Path, stub: Stub, capsys: pytest.CaptureFixture[str]) -> Run:
    home = tmp_path / "home"
    home.mkdir()
    services = "".join(
        f'{name} = "{stub.base}"\n'
        for name in ("arxiv", "huggingface", "crossref", "semantic_scholar")
    )
    (home / "settings.toml").write_text(
        "[fetch]\narxiv_interval = 0\ninterval = 0\ncontact = 'me@example.org'\n"
        f"[services]\n{services}"
    )

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["--library", str(home), *arguments])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_day(run: Run, stub: Stub) -> None:
    code, _, err = run("fetch")
    assert (code, err[:40]) == (1, "paperreader: Nothing is followed yet; fo")
    assert run("follow", "add", "arxiv:cs.CL")[:2] == (0, "following arxiv:cs.CL\n")
    assert run("follow", "add", "arxiv:cs.cl")[:2] == (0, "arxiv:cs.CL is followed already\n")
    assert run("fetch") == (0, "arxiv:cs.CL: 5 papers: 5 new, 0 known\n", "")
    assert run("fetch", "arxiv", "--quiet") == (0, "", "")
    assert stub.asked[0].headers["user-agent"].endswith("(contact: me@example.org)")
    code, out, _ = run("search", "paper", "number", "3", "source:arxiv")
    assert (code, out.splitlines()[0].split()[0]) == (0, "arxiv:2511.00003")
    code, out, _ = run("follow", "list", "--json")
    told = json.loads(out)
    assert (told["name"], told["new"], told["problem"]) == ("arxiv:cs.CL", 5, "")
    assert run("follow", "pause", "arxiv:cs.CL")[1] == "paused arxiv:cs.CL\n"
    assert run("fetch")[::2] == (
        0,
        "paperreader: every followed source is paused; nothing was fetched.\n",
    )
    assert "paused" in run("follow", "list")[1]
    assert run("follow", "resume", "arxiv:cs.CL")[0] == 0
    assert run("follow", "remove", "arxiv:cs.CL")[1].startswith("no longer following arxiv:cs.CL")
    assert len(run("list")[1].splitlines()) == 5


def test_exit_is_1_only_where_everything_failed(run: Run, stub: Stub) -> None:
    run("follow", "add", "arxiv:cs.CL", "hf:daily")
    code, out, err = run("fetch")
    assert (code, out) == (0, "arxiv:cs.CL: 5 papers: 5 new, 0 known\n")
    assert err.startswith("paperreader: hf:daily: 127.0.0.1")
    stub.on("/api/query", Answer(b"gone", 410))
    assert run("fetch")[0] == 1
    assert "failed since: " in run("follow", "list")[1]


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("[fetch]\nfirst = 'many'", "[fetch] first must be a number"),
        ("[fetch]\ncontact = 7", "[fetch] contact must be text"),
        ("[fetch]\nhurry = true", "There is no setting “hurry” in [fetch]"),
        ("[services]\narxiv = 'file:///x'", "[services] arxiv must be an http or https address"),
        ("[services]\nmirror = 'http://x'", "There is no service “mirror”"),
    ],
)
def test_settings_that_make_no_sense_are_said(
    run: Run, tmp_path: Path, settings: str, why: str
) -> None:
    run("follow", "add", "arxiv:cs.CL")
    (tmp_path / "home" / "settings.toml").write_text(settings)
    code, _, err = run("fetch")
    assert code == 1
    assert why in err


def test_wrong_usage(run: Run) -> None:
    assert run("follow", "add")[0] == 2
    assert run("follow", "list", "x")[0] == 2
    assert run("follow", "add", "nonsense")[0] == 1
    assert run("fetch", "nonsense")[0] == 1


def test_enriching_says_what_was_found_and_what_was_left(run: Run, stub: Stub) -> None:
    [known] = preprints(1)
    page = (
        f"{known.title}\n\n{known.abstract * 8}\n\nA Title That Nobody Knows of\n\n" + "Text. " * 70
    )
    home_page = Path(run("paths")[1].split()[1]).parent / "page.txt"
    home_page.write_text(page)
    assert run("add", str(home_page))[0] == 0
    stub.on("/api/papers/search", Answer(b"[]"))
    stub.on("/api/papers/2511.00001", Answer(b"", 404))
    stub.on("/works", Answer(b'{"message": {"items": []}}'))
    stub.on("/graph/v1/paper/batch", Answer(b"[null]"))
    code, out, err = run("enrich")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert "arXiv: 1 of 2 known" in lines
    assert (
        "2 papers: 1 completed, 1 left; filled in: authors 1, date 1, categories 1, PDF 1" in lines
    )
    assert lines[-1].startswith("left: A Title That Nobody Knows of (title:")
    assert run("enrich")[1] == "2 papers: nothing to ask; --again asks once more.\n"
    assert run("enrich", "--search", "sampling", "--view", "all")[0] == 0
    assert run("enrich", "2511.00001", "--search", "x")[0] == 2
    stub.on("/api/query", Answer(b"<html></html>"))
    for path in ("/api/papers/search", "/api/papers/2511.00001", "/works", "/graph/v1/paper/batch"):
        stub.on(path, Answer(b"<html></html>"))
    code, _, err = run("enrich", "--again")
    assert code == 1
    assert "arXiv: 127.0.0.1" in err


def test_the_new_papers_in_a_terminal(run: Run, stub: Stub) -> None:
    others = [
        replace(paper, title=f"Crystals in water {n}", abstract="Cold water grows crystals.")
        for n, paper in enumerate(preprints(6, first=7))
    ]
    stub.on("/api/query", ArxivStub(preprints(6) + others))
    run("follow", "add", "arxiv:cs.CL")
    run("fetch")
    out = run("list", "--view", "new")[1].splitlines()
    assert out[0].endswith("  arxiv:cs.CL: 12 papers")
    assert len(out) == 13
    code, _, err = run("list", "--view", "new", "--sort", "for-you")
    assert (code, "needs 5 more papers" in err) == (0, True)
    for number in range(1, 6):
        assert run("judge", "more", f"2511.0000{number}")[0] == 0
    _, listed, err = run("list", "--view", "new", "--sort", "for-you")
    assert err == ""
    assert "    because of: " in listed
    assert run("judge", "less", "2511.00006", "2511.00007")[0] == 0
    assert len(run("list", "--view", "new")[1].splitlines()) == 6
    assert run("judge", "neither", "2511.00006")[0] == 0
    assert len(run("list", "--view", "new", "--json")[1].splitlines()) == 5


def test_letting_go_asks_first(run: Run, stub: Stub) -> None:
    assert run("tidy")[1].startswith("No paper that was fetched 60 days ago")
    run("follow", "add", "arxiv:cs.CL")
    run("fetch")
    assert run("tidy")[0] == 0
    code, _, err = run("tidy", "--days", "0")
    assert (code, "nothing was let go" in err) == (1, True)
    assert len(run("list")[1].splitlines()) == 5
    assert run("tidy", "--days", "0", "--yes")[1].startswith("let go of 5 papers fetched 0 days")
    assert run("list")[1] == ""
    assert run("undo")[0] == 0
    assert len(run("list")[1].splitlines()) == 5
