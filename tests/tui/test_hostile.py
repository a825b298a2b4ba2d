import pytest

from paperreader import text
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from tests.tui.driving import browser_of, press, reading, search, settle, shown, titles
from tests.tui.samples import HOSTILE

pytestmark = pytest.mark.asyncio

BAD = {chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F))} - {"\n"}


@pytest.fixture
def hostile(empty_library: Library) -> Library:
    papers = [
        Paper(
            title=told,
            abstract=f"{told} in the abstract",
            authors=(told,),
            venue=told,
            categories=(told,),
            comment=told,
            keywords=(told,),
        ).cleaned()
        for told in HOSTILE
    ]
    empty_library.add(papers, "[red]source[/foo]")
    empty_library.catch_up()
    return empty_library


def harmless(screen: str) -> bool:
    return not BAD & set(screen)


async def test_hostile_text_is_only_text_everywhere(hostile: Library) -> None:
    async with reading(hostile) as pilot:
        app = pilot.app
        for _ in HOSTILE:
            record = browser_of(pilot).panes.record
            assert record is not None
            app.notify(record.paper.title, title=record.paper.title, markup=False)
            await press(pilot, "b", "enter", "h")
            assert record.paper.title[:12] in shown(pilot)
            assert harmless(shown(pilot))
            await press(pilot, "j")


async def test_brackets_stay_brackets(hostile: Library) -> None:
    async with reading(hostile, size=(160, 40)) as pilot:
        await press(pilot, "j")
        screen = shown(pilot)
        assert "Closing [/foo] tag" in screen
        assert "[@click=app.bell]not a link[/]" in screen
        assert "[red]source[/foo]" in screen


async def test_hostile_words_in_dialogs_and_search(hostile: Library) -> None:
    async with reading(hostile) as pilot:
        for key in ("t", "a", "y", "e", "\\", "?"):
            await press(pilot, key)
            assert harmless(shown(pilot))
            await press(pilot, "escape")
        for told in HOSTILE:
            await search(pilot, text.clean(told))
            await press(pilot, "enter", "w", "enter")
            assert harmless(shown(pilot))
        await press(pilot, "R")
        await settle(pilot)


async def test_hostile_filters(hostile: Library) -> None:
    async with reading(hostile) as pilot:
        await press(pilot, "\\", *"closing", "enter")
        assert titles(pilot) == ["Closing [/foo] tag"]
        assert "[/foo]" in shown(pilot).splitlines()[2]


@pytest.mark.parametrize("size", [(1, 1), (4, 3), (12, 4), (39, 8), (80, 24), (250, 60)])
async def test_any_terminal_size_is_survived(hostile: Library, size: tuple[int, int]) -> None:
    async with reading(hostile, size=size) as pilot:
        await press(pilot, "j", "enter", "J", "q", "?", "escape", "s", "escape", "+")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert pilot.app.is_running
