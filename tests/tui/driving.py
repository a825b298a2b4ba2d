"""A reader on a screen that is not there, and ways to drive it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.message import Message
from textual.pilot import Pilot

from paperreader.library.library import Library
from paperreader.settings import Settings
from paperreader.tui.app import PaperReaderApp
from paperreader.tui.keymap import key_name
from paperreader.tui.main.browser import Browser
from paperreader.tui.main.main_screen import MainScreen
from paperreader.tui.ordering import heard

DEFAULTS = Settings()


@asynccontextmanager
async def reading(
    library: Library,
    size: tuple[int, int] = (120, 36),
    settings: Settings = DEFAULTS,
    hook: Callable[[Message], None] | None = None,
) -> AsyncIterator[Pilot[None]]:
    """Run the reader; every test of it sees notifications."""
    app = PaperReaderApp(library, settings)
    async with app.run_test(size=size, notifications=True, message_hook=hook) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no worker works and no message waits."""
    await _quiet(pilot)
    while working := [worker for worker in pilot.app.workers if not worker.is_finished]:
        await asyncio.gather(*(worker.wait() for worker in working), return_exceptions=True)
        await _quiet(pilot)
    screen = pilot.app.screen_stack[0] if pilot.app.screen_stack else None
    if isinstance(screen, MainScreen) and screen.views.counting:
        screen.views.end_count()  # as its timer does
        await settle(pilot)


async def _quiet(pilot: Pilot[None]) -> None:
    """Wait until the messages that wait are heard: on a busy machine a pause alone is too short."""
    if pilot.app.is_running:
        await heard(pilot.app, *pilot.app.screen.walk_children(with_self=True))
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait for what they bring about."""
    await pilot.press(*keys)
    await settle(pilot)


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Send keys as a slow line does: the next is there before the first has done its work."""
    send(pilot, *keys)
    await settle(pilot)
    await settle(pilot)


def send(pilot: Pilot[None], *keys: str) -> None:
    """Let keys come as the terminal's reader gives them, and wait for nothing."""
    for key in keys:
        character = key if len(key) == 1 else {"enter": "\r", "escape": "\x1b"}.get(key)
        pilot.app.post_message(events.Key(key_name(key), character))


async def search(pilot: Pilot[None], text: str) -> None:
    """Open the search box and type, as one change of its text."""
    reader = browser_of(pilot)
    reader.action_search()
    await pilot.pause()
    reader.bar.replace(text)
    await settle(pilot)


def screen_of(pilot: Pilot[None]) -> MainScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    return screen


def browser_of(pilot: Pilot[None]) -> Browser:
    return screen_of(pilot).browser


def titles(pilot: Pilot[None]) -> list[str]:
    """Return the titles in the list."""
    return [record.paper.title for record in browser_of(pilot).panes.papers.results]


def title(pilot: Pilot[None]) -> str:
    """Return the title of the selected paper."""
    record = browser_of(pilot).panes.record
    assert record is not None
    return record.paper.title


def lines(pilot: Pilot[None]) -> list[str]:
    """Return what stands on the screen, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def shown(pilot: Pilot[None]) -> str:
    """Return what stands on the screen."""
    return "\n".join(lines(pilot))
