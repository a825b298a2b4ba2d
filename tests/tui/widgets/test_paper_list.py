import time
from array import array
from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from paperreader.library.results import Found, Results
from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.tui.widgets.list_lines import PARTIAL
from paperreader.tui.widgets.paper_list import PaperList

pytestmark = pytest.mark.asyncio


class Endless:
    """The rows and records of a million papers, and which of them were read."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def read(self, rows: Sequence[int]) -> list[Record]:
        self.asked.update(rows)
        return [
            Record(row, f"title:{row}", Paper(f"Paper {row}", authors=("A. Nyone",)))
            for row in rows
        ]


def results_over(papers: Endless, size: int = 1_000_000, full: int | None = None) -> Results:
    return Results(Found(array("q", range(size)), size if full is None else full), papers.read)


def endless(size: int = 1_000_000, full: int | None = None) -> Results:
    return results_over(Endless(), size, full)


class ListApp(App[None]):
    def compose(self) -> ComposeResult:
        yield PaperList()

    @property
    def papers(self) -> PaperList:
        return self.query_one(PaperList)


def rows(papers: PaperList) -> list[str]:
    return [papers.render_line(y).text.rstrip() for y in range(papers.size.height)]


async def test_a_million_rows_cost_what_the_screen_costs() -> None:
    counted = Endless()
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        started = time.process_time()
        app.papers.show(results_over(counted))
        await pilot.pause()
        app.papers.action_last()
        await pilot.pause()
        app.papers.action_first()
        await pilot.pause()
        assert time.process_time() - started < 0.5
        assert len(counted.asked) < 200
        assert "Paper 0" in rows(app.papers)[0]


async def test_the_last_row_is_reached_and_seen() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.papers.show(endless())
        await pilot.press("G")
        await pilot.pause()
        assert app.papers.cursor == 999_999
        assert "Paper 999999" in rows(app.papers)[-1]
        await pilot.press("g", "g")
        assert app.papers.cursor == 0


async def test_one_g_alone_does_nothing() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.papers.show(endless(), 5)
        await pilot.press("g", "j", "g")
        assert app.papers.cursor == 6


async def test_pages_and_halves() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)):
        app.papers.show(endless())
        app.papers.action_page(1)
        assert app.papers.cursor == 23
        app.papers.action_page(-0.5)
        assert app.papers.cursor == 12
        app.papers.action_page(-1)
        assert app.papers.cursor == 0


async def test_a_divider_stands_where_the_words_run_out() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.papers.show(endless(4, full=2))
        await pilot.pause()
        drawn = rows(app.papers)
        assert [PARTIAL in row for row in drawn[:5]] == [False, False, True, False, False]
        assert "Paper 2" in drawn[3]
        app.papers.cursor = 3
        assert app.papers.lines.line_of(3) == 4
        await pilot.click(PaperList, offset=(10, 2))
        assert app.papers.cursor == 3


async def test_a_click_selects_and_two_open() -> None:
    opened: list[Record] = []

    class Opening(ListApp):
        def on_paper_list_opened(self, message: PaperList.Opened) -> None:
            opened.append(message.record)

    app = Opening()
    async with app.run_test(size=(80, 24)) as pilot:
        app.papers.show(endless())
        await pilot.click(PaperList, offset=(10, 3))
        assert app.papers.cursor == 3
        assert not opened
        await pilot.double_click(PaperList, offset=(10, 5))
        await pilot.pause()
        assert [record.row for record in opened] == [5]


async def test_the_selected_row_stays_seen_when_the_list_shrinks() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 40)) as pilot:
        app.papers.show(endless(), 35)
        await pilot.resize_terminal(80, 10)
        await pilot.pause()
        assert any("Paper 35" in row for row in rows(app.papers))


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (12, 4), (240, 3)])
async def test_any_size_is_drawn(size: tuple[int, int]) -> None:
    app = ListApp()
    async with app.run_test(size=size) as pilot:
        app.papers.show(endless())
        await pilot.pause()
        assert all(strip.cell_length <= size[0] for strip in map(app.papers.render_line, range(3)))


async def test_lines_that_were_drawn_take_the_colours_of_another_theme() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.papers.show(endless())
        await pilot.pause()
        dark = app.papers.render_line(3)
        assert app.papers.render_line(3) == dark
        app.theme = "textual-light"
        await pilot.pause()
        light = app.papers.render_line(3)
        assert light.text == dark.text
        assert light != dark


async def test_lines_that_were_drawn_show_what_is_selected_and_where_the_cursor_is() -> None:
    app = ListApp()
    async with app.run_test(size=(80, 24)) as pilot:
        papers = app.papers
        papers.show(endless())
        await pilot.pause()
        for _ in range(3):
            papers.action_select_range()
            papers.action_move(2)
            await pilot.pause()
            assert [row[0] for row in rows(papers)[:4]] == ["┃", "┃", "█", " "]
            papers.action_select_none()
            papers.action_first()
            await pilot.pause()
            assert [row[0] for row in rows(papers)[:4]] == ["▌", " ", " ", " "]
        papers.action_last()
        await pilot.pause()
        assert "Paper 999998" in rows(papers)[-2]
