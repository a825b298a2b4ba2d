"""How the reader looks. After a change that is meant: pytest tests/tui --snapshot-update."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from paperreader.library import library as library_module
from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp
from tests.tui.driving import browser_of, press, search, settle
from tests.tui.samples import PAPERS

Compare = Callable[..., bool]
Steps = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(library_module, "now", lambda: "2026-01-02T03:04:05.000Z")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with Library(Paths.find(tmp_path / "home")) as opened:
        opened.add(PAPERS, "samples.bib")
        opened.catch_up()
        rows = [opened.search(Request()).row(index) for index in range(5)]
        opened.mark_read(rows[1:3], on=True)
        opened.bookmark([rows[0], rows[2]], on=True)
        opened.mark_done([rows[3]], on=True)
        yield opened


async def searching(pilot: Pilot[None]) -> None:
    await search(pilot, "sampling language")
    browser_of(pilot).bar.box.cursor_blink = False
    await settle(pilot)


async def abstract(pilot: Pilot[None]) -> None:
    await press(pilot, "enter")


async def filtering(pilot: Pilot[None]) -> None:
    await press(pilot, "\\")


async def helping(pilot: Pilot[None]) -> None:
    await press(pilot, "?")


async def exporting(pilot: Pilot[None]) -> None:
    await press(pilot, "e")


async def start(pilot: Pilot[None]) -> None:
    await settle(pilot)


def name_of(value: object) -> str:
    match value:
        case (width, height):
            return f"{width}x{height}"
        case str():
            return value.removeprefix("paperreader-")
    return getattr(value, "__name__", "")


@pytest.mark.parametrize(
    ("size", "theme", "steps"),
    [
        ((120, 36), "paperreader-dark", searching),
        ((120, 36), "paperreader-light", start),
        ((80, 24), "paperreader-dark", start),
        ((80, 24), "paperreader-light", searching),
        ((80, 24), "paperreader-dark", helping),
        ((80, 24), "paperreader-dark", exporting),
        ((40, 12), "paperreader-dark", start),
        ((40, 12), "paperreader-light", abstract),
        ((40, 12), "paperreader-dark", filtering),
    ],
    ids=name_of,
)
def test_looks(
    library: Library,
    snap_compare: Compare,
    size: tuple[int, int],
    theme: str,
    steps: Steps,
) -> None:
    app = PaperReaderApp(library, Settings(theme=theme))

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await steps(pilot)

    assert snap_compare(app, terminal_size=size, run_before=run)
