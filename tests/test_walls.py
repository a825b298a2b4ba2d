"""What is loaded when: the command line answers without paying for the screen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = "; import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def loaded(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", code + LOADED], capture_output=True, text=True, check=False
    )
    modules: list[str] = json.loads(run.stderr.splitlines()[-1])
    return {name.partition(".")[0] for name in modules} | set(modules)


@pytest.mark.parametrize(
    "module",
    [
        "papers.paper",
        "papers.merging",
        "text",
        "query.query",
        "query.parser",
        "search.highlighting",
    ],
)
def test_values_need_no_library(module: str) -> None:
    assert not {"textual", "whoosh", "sqlite3", "rich", "numpy"} & loaded(
        f"import paperreader.{module}"
    )


def test_the_library_opens_without_screen_index_or_arrays() -> None:
    modules = loaded("import paperreader.library.library")
    assert not {"textual", "rich", "whoosh", "numpy", "pylatexenc", "bibtexparser"} & modules


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["search", "sampling"], ["list"], ["export", "--format", "bibtex"], ["paths"]],
)
def test_commands_never_load_the_screen(arguments: list[str], tmp_path: Path) -> None:
    told = ["--library", str(tmp_path), *arguments]
    code = (
        "from paperreader.cli import main\n"
        f"try: main({told!r})\n"
        "except SystemExit: pass\n" + LOADED[2:]
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert '"paperreader.cli"' in run.stderr
    assert '"textual' not in run.stderr


def test_the_app_starts_without_index_arrays_or_latex() -> None:
    modules = loaded(
        "import paperreader.tui.app, paperreader.library.library, paperreader.settings"
    )
    assert not {"whoosh", "numpy", "pylatexenc", "textual.widgets._markdown"} & modules
