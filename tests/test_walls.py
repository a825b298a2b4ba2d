"""What is loaded when: the command line answers without paying for the screen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Link, Paper
from paperreader.paths import Paths

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


# What a start pays for before its first list: none of these is needed for that.
LATER = {
    "hashlib",
    "numpy",
    "pylatexenc",
    "rapidfuzz",
    "secrets",
    "Stemmer",
    "urllib3",
    "whoosh",
    "argcomplete",
    "paperreader.cli.verbs",
    "paperreader.export",
    "paperreader.follow",
    "paperreader.formats",
    "paperreader.library.enricher",
    "paperreader.library.finder",
    "paperreader.library.followed_sources",
    "paperreader.library.indexer",
    "paperreader.library.vector_indexer",
    "paperreader.papers.cleaning",
    "paperreader.papers.evidence",
    "paperreader.papers.identifiers",
    "paperreader.papers.names",
    "paperreader.papers.placeholders",
    "paperreader.papers.titles",
    "paperreader.query.parser",
    "paperreader.query.tree",
    "paperreader.search",
    "paperreader.store.backup",
    "paperreader.store.identity",
    "paperreader.store.ingest",
    "paperreader.store.variants",
    "paperreader.tui.dialogs",
    "paperreader.tui.keymap",
    "paperreader.tui.outside",
    "paperreader.tui.triage",
    "textual.widgets._markdown",
}
FIRST_LIST = """
import json, sys
from pathlib import Path
from paperreader.cli import open_reader
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp
from paperreader.tui.main.main_screen import MainScreen

def look(screen):  # the first thing done after the first list
    assert screen.browser.panes.papers.size.height and screen.browser.panes.detail.record
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
    screen.app.exit()

MainScreen._look = look
MainScreen._look_at_sources = lambda screen: None
with Library(Paths.find(Path(sys.argv[1]))) as library:
    PaperReaderApp(library, Settings()).run(headless=True)
"""


def test_the_first_list_loads_only_what_it_shows(tmp_path: Path) -> None:
    paths = Paths.find(tmp_path)
    with Library(paths) as library:
        links = (Link.of("https://github.com/one/two"), Link.of("https://arxiv.org/pdf/2404.19543"))
        paper = Paper("One", "An abstract.", ("Ann One",), links=links, published="2024-04-30")
        library.add([paper.cleaned(), Paper("Two").cleaned()], "two.bib")
    run = subprocess.run(
        [sys.executable, "-c", FIRST_LIST, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    modules = set(json.loads(run.stderr.splitlines()[-1]))
    assert "paperreader.tui.widgets.paper_row" in modules
    assert not LATER & modules
