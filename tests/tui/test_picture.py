"""The picture in the README. After a change that is meant: pytest tests/tui --snapshot-update."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from paperreader.cli.seed import seed_pages
from paperreader.formats import readings
from paperreader.library import library as library_module
from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.query.request import Request
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp
from tests.tui.driving import press, search, settle


def test_seed_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snap_compare: Callable[..., bool]
) -> None:
    monkeypatch.setattr(library_module, "now", lambda: "2026-01-02T03:04:05.000Z")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with Library(Paths.find(tmp_path / "home")) as library:
        for page in seed_pages():
            for reading in readings(str(page)):
                library.add(reading, page.name)
        library.catch_up()
        found = library.search(Request("mixture of experts"))
        library.bookmark([found.row(1), found.row(4)])
        library.mark_read([found.row(place) for place in (0, 2, 5)])
        library.mark_done([found.row(5)])
        assert library.counts()[View.READING] == 2

        async def steps(pilot: Pilot[None]) -> None:
            await settle(pilot)
            await search(pilot, "mixture of experts")
            await press(pilot, "enter", "j")
            await settle(pilot)

        app = PaperReaderApp(library, Settings(theme="paperreader-dark"))
        assert snap_compare(app, terminal_size=(110, 28), run_before=steps)
