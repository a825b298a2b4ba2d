"""Papers that are close in meaning, under those that words found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.paths import Paths
from paperreader.tui.widgets.list_lines import CLOSE, PARTIAL
from tests.library.test_meaning_search import ASKED, PAPERS, PRIVACY
from tests.tui.driving import browser_of, press, reading, search, settle, shown, title, titles

pytestmark = pytest.mark.asyncio

TITLES = {title for title, _ in PRIVACY}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Paths.find(tmp_path / "home")) as library:
        library.add(PAPERS, "test")
        library.catch_up()
        library.make_vectors()
        yield library


async def test_papers_close_in_meaning_follow_a_pause(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, ASKED)
        await settle(pilot)
        assert titles(pilot)
        assert set(titles(pilot)) <= TITLES
        assert f"── {CLOSE} ──" in shown(pilot)
        assert PARTIAL not in shown(pilot)
        assert "close by" in shown(pilot)


async def test_enter_keeps_them_and_escape_lets_go(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, ASKED)
        await press(pilot, "enter")
        await settle(pilot)
        assert title(pilot) in TITLES
        await press(pilot, "escape")
        assert len(titles(pilot)) == len(PAPERS)


async def test_what_words_found_comes_first_and_is_what_counts(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "privacy individuals")
        await press(pilot, "enter")
        await settle(pilot)
        results = browser_of(pilot).panes.papers.results
        assert titles(pilot)[0] == "Differential privacy for queries"
        assert results.full == 1
        assert f"of {len(PAPERS)} · 1 with all words" in shown(pilot)
        assert shown(pilot).index(PARTIAL) < shown(pilot).index(CLOSE)


async def test_the_cursor_passes_the_dividers(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "privacy individuals")
        await press(pilot, "enter")
        await settle(pilot)
        papers = browser_of(pilot).panes.papers
        seen = [title(pilot)]
        for _ in range(len(papers.results) - 1):
            await press(pilot, "j")
            seen.append(title(pilot))
        assert seen == titles(pilot)
        lines = [papers.lines.line_of(index) for index in range(len(seen))]
        assert [papers.lines.index_at(line) for line in lines] == list(range(len(seen)))
        assert len(papers.lines) == len(seen) + 2


async def test_marking_all_as_read_spares_what_is_only_close(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "privacy individuals")
        await press(pilot, "enter")
        await settle(pilot)
        results = browser_of(pilot).panes.papers.results
        assert results.by_words < len(results)
        close = results.row(results.by_words)
        await press(pilot, "A")
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert not library.record(close).read
