"""Keys that come in one packet, as they do over a slow line."""

import asyncio
import gc
import itertools
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets._toast import Toast

from paperreader.library.library import Library
from paperreader.papers.record import View
from paperreader.tui import ordering
from paperreader.tui.dialogs.picker import Entry, Picker
from paperreader.tui.widgets.lines import Lines
from tests.tui.driving import (
    at_once,
    browser_of,
    press,
    reading,
    screen_of,
    send,
    settle,
    shown,
    title,
)
from tests.tui.random_keys import survives

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("seed", [1, 2])
async def test_random_bursts_end_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.chdir(tmp_path)
    rounds = itertools.count()
    assert await survives(library, seed, lambda: next(rounds) < 60) > 100


@pytest.mark.parametrize(
    "keys",
    [
        ("y", "l", "l"),
        ("a", "x", "enter", "enter"),
        ("\\", "enter", "enter"),
        ("t", "x", "enter", "enter"),
        ("s", "n", "t"),
        ("?", *["enter"] * 8),
        (":", *["enter"] * 8),
        ("e", "escape", "escape", "escape"),
    ],
    ids="".join,
)
async def test_a_dialog_closes_once(library: Library, keys: tuple[str, ...]) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, *keys)
        assert pilot.app.is_running


async def test_two_clicks_in_one_packet_close_a_dialog_once(library: Library) -> None:
    async with reading(library) as pilot:
        for key in ("\\", "?", "y", "t"):
            await press(pilot, key)
            for kind in (events.MouseDown, events.MouseUp) * 2:
                pilot.app.post_message(kind(None, 1, 1, 0, 0, 1, False, False, False, 1, 1))
            await settle(pilot)
            assert len(pilot.app.screen_stack) == 1


async def test_keys_right_behind_a_dialog_that_a_worker_opens_go_there(library: Library) -> None:
    async with reading(library) as pilot:
        main = screen_of(pilot)
        for _ in range(5):
            dialog = Picker("Numbers", [Entry(Content("one"), "one", 1)])
            pushed = pilot.app.push_screen(dialog)  # not awaited, as by another part of the screen
            assert not dialog.is_mounted
            await at_once(pilot, "o", "n", "enter")
            await pushed
            assert pilot.app.screen is main


async def test_keys_behind_what_is_looked_for_are_for_what_is_found(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "_PATIENCE", 60.0)  # however busy the machine is
    async with reading(library) as pilot:
        first = title(pilot)
        await at_once(pilot, "R", "b")
        assert not library.record(1).bookmarked
        assert title(pilot) != first
        await press(pilot, "q")
        await at_once(pilot, "X", "d", "escape")
        assert not library.record(1).done
        await at_once(pilot, "S", "d", "escape", "T", "d")
        assert "2 of " in shown(pilot)


async def test_what_is_cancelled_when_nobody_waits_any_more_raises_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "_PATIENCE", 0.01)
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context))
    async with reading(library) as pilot:
        worker = pilot.app.run_worker(asyncio.sleep(60))
        await ordering.answered(worker, pilot.app)
        worker.cancel()
        await settle(pilot)
        gc.collect()
    assert unheard == []


async def test_one_dialog_is_open_at_a_time(library: Library) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, *["ctrl+t"] * 4)
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "escape", "?", "ctrl+t")
        assert len(pilot.app.screen_stack) == 2


async def test_a_click_on_a_line_that_has_gone_does_nothing(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "?")
        lines = pilot.app.screen.query_one(OptionList)
        x, y = lines.region.x + 2, lines.region.y + 9
        style = pilot.app.screen.get_style_at(x, y)
        assert style.meta["option"] > 3
        await press(pilot, *"nothing has this")
        click = events.Click(lines, 2, 9, 0, 0, 1, False, False, False, x, y, style)
        await lines._dispatch_message(click)
        await settle(pilot)
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 2


@pytest.mark.parametrize("opened", ["", "?", "T"])
async def test_a_click_on_a_notice_that_has_just_gone_does_nothing(
    library: Library, opened: str
) -> None:
    async with reading(library) as pilot:
        await press(pilot, *opened)
        pilot.app.notify("It is raining.", timeout=60)
        await pilot.pause()
        notice = pilot.app.screen.query_one(Toast)
        x, y = notice.content_region.offset
        await notice.remove()
        assert pilot.app.screen.get_widget_at(x, y)[0] is notice  # still drawn
        for kind in (events.MouseDown, events.MouseMove, events.MouseUp):
            pilot.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
        await settle(pilot)
        assert pilot.app.is_running


async def test_a_list_pages_before_it_is_laid_out(library: Library) -> None:
    async with reading(library) as pilot:
        for key in ("s", "e", "f"):
            await press(pilot, key)
            options = pilot.app.screen.query_one(Lines)
            options.highlighted = options.option_count - 1
            options._clear_caches()  # as at a change of its size
            options._line_cache.clear()
            options.styles.width = 0
            options.action_page_up()
            options.action_page_down()
            await press(pilot, "pageup", "pagedown", "escape")
        assert pilot.app.is_running


async def test_what_is_typed_behind_the_key_of_a_dialog_is_its_text(library: Library) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, "t", *"rag", "enter", "j", "b")
        assert library.record(1).tags == ("rag",)
        assert library.counts()[View.READING] == 1
        assert browser_of(pilot).panes.papers.cursor == 1


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((*"abc", "backspace", "d"), "abd"),
        ((*"abc", "ctrl+w", *"de"), "de"),
        ((*"abc", "ctrl+u", *"de"), "de"),
        ((*"abc", "left", "left", "x"), "axbc"),
        ((*"abc", "home", "x"), "xabc"),
        ((*"one two", "alt+backspace", "x"), "one x"),
        ((*"abc", *["backspace"] * 3, *"quantum"), "quantum"),
    ],
)
@pytest.mark.parametrize("opened", ["/", "t"])
async def test_letters_and_editing_keys_keep_their_order(
    library: Library, opened: str, keys: tuple[str, ...], text: str
) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, opened, *keys)
        assert pilot.app.screen.query_one(Input).value == text


async def test_a_paste_of_several_lines_becomes_one(library: Library) -> None:
    async with reading(library) as pilot:
        send(pilot, "/")
        pilot.app.post_message(events.Paste("Transformers\r\n  without\nattention\n"))
        await settle(pilot)
        await settle(pilot)
        assert browser_of(pilot).bar.text == "Transformers without attention"
        assert "1 of 60" in shown(pilot)
