"""A full disk, a locked or vanished library: one sentence each, and reading goes on."""

import os
import sqlite3
from typing import Any

import pytest
from textual.widgets import TextArea

from paperreader.library import indexer
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.search.index import IndexNotWritten
from paperreader.tui.app import PaperReaderApp
from paperreader.tui.main import main_screen
from tests.tui.driving import (
    browser_of,
    press,
    reading,
    screen_of,
    search,
    settle,
    shown,
    titles,
)
from tests.tui.failing import SENTENCE, failing

pytestmark = pytest.mark.asyncio

ACTS = [
    *(("b",), ("r",), ("u",), ("d",), ("A",), ("z",), ("ctrl+r",), ("n",), ("N",), ("R",)),
    *(("t", "x", "enter"), ("a", "x", "enter"), ("2",), ("3",), ("s", "n"), ("\\", "escape")),
    *(("y", "b"), ("y", "t"), ("o",), ("e", "escape"), ("/", "q", "x", "enter"), ("escape",)),
    *(
        ("5",),
        ("W", "delete", "escape"),
        ("j",),
        ("G",),
        ("g", "g"),
        ("enter",),
        ("h",),
        ("M",),
        ("shift+down",),
    ),
    *(("w", "x", "enter"), ("?", "escape")),
]


async def test_no_key_ends_the_program_while_the_library_fails(library: Library) -> None:
    library.save_search("saved", Request("paper"))
    library.bookmark([1, 2])
    wrapped, switch = failing(library)
    async with reading(wrapped) as pilot:
        for keys in ACTS:
            switch.broken = True
            await press(pilot, *keys)
            assert pilot.app.is_running, keys
            switch.broken = False
            await press(pilot, "escape", "escape")
        switch.broken = True
        screen_of(pilot)._look()
        browser_of(pilot).show_counts()
        await settle(pilot)
        assert SENTENCE in shown(pilot)
        assert {"records", "search", "forget_search", "revision", "counts"} <= switch.failures
        switch.broken = False
        await press(pilot, "1", "j")
        assert len(titles(pilot)) == 60


async def test_a_full_disk_is_a_sentence(library: Library) -> None:
    async with reading(library) as pilot:
        with library._store._database.reading() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        await press(pilot, "a")
        pilot.app.screen.query_one(TextArea).load_text("a long note " * 5_000)
        await press(pilot, "escape")
        assert "is full" in shown(pilot)
        await press(pilot, "j", "b", "/", "x", "escape")
        assert len(titles(pilot)) == 60


async def test_what_waits_for_another_program_is_done_in_its_turn(library: Library) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    async with reading(library) as pilot:
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("b")
        assert "a moment" in shown(pilot)
        await pilot.press("j", "b", "d", "z")  # the screen goes on
        assert browser_of(pilot).panes.papers.cursor == 1
        other.execute("ROLLBACK")
        other.close()
        await settle(pilot)
        assert library.record(1).bookmarked
        assert library.record(2).bookmarked
        assert not library.record(2).done


async def test_a_key_pressed_twice_while_it_waits_does_and_undoes(library: Library) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    async with reading(library) as pilot:
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("b", "b", "d")
        other.execute("ROLLBACK")
        other.close()
        await settle(pilot)
        record = library.record(1)
        assert not record.on_reading_list
        assert record.done


async def test_triage_goes_on_while_another_program_holds_the_library(library: Library) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    async with reading(library) as pilot:
        await press(pilot, "T")
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("b", "d", "x", "z", "z")
        other.execute("ROLLBACK")
        other.close()
        await settle(pilot)
        assert "2 of 60" in shown(pilot)
        assert "undone: done" in shown(pilot)
        assert library.record(1).bookmarked
        assert not library.record(2).done


async def test_a_search_is_saved_while_another_program_holds_the_library(
    library: Library,
) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    async with reading(library) as pilot:
        await search(pilot, "attention")
        await press(pilot, "enter")
        other.execute("BEGIN IMMEDIATE")
        await pilot.press("w", *"mine", "enter", "j")
        assert "a moment" in shown(pilot)
        other.execute("ROLLBACK")
        other.close()
        await settle(pilot)
        assert len(library.search_names()) == 1


async def test_a_note_waits_for_another_program(library: Library) -> None:
    other = sqlite3.connect(library.paths.library, isolation_level=None)
    async with reading(library) as pilot:
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "a", *"kept", "escape")
        assert "another program holds it" in shown(pilot)
        assert pilot.app.screen.query_one(TextArea).text == "kept"
        other.execute("ROLLBACK")
        other.close()
        await press(pilot, "escape")
        assert library.record(1).note == "kept"


async def test_an_undo_that_failed_is_still_there(library: Library) -> None:
    wrapped, switch = failing(library)
    async with reading(wrapped) as pilot:
        await press(pilot, "b", "d")
        switch.broken = True
        await press(pilot, "z")
        switch.broken = False
        assert library.counts()[View.DONE] == 1
        await press(pilot, "z")
        assert library.counts()[View.DONE] == 0
        switch.broken = True
        await press(pilot, "ctrl+r")
        switch.broken = False
        await press(pilot, "ctrl+r")
        assert library.counts()[View.DONE] == 1
        await press(pilot, "z", "z")
        assert library.counts()[View.READING] == 0


async def test_an_index_that_could_not_be_written_is_tried_again(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up = Library.catch_up
    failures: list[int] = []

    def full_at_first(self: Library, *arguments: Any) -> None:
        if not failures:
            failures.append(1)
            raise IndexNotWritten("The search index cannot be written.")
        catch_up(self, *arguments)

    monkeypatch.setattr(main_screen, "_RETRY_AFTER", 0.01)
    monkeypatch.setattr(Library, "catch_up", full_at_first)
    empty_library.add([Paper("Quokkas of Rottnest")], "page")
    async with reading(empty_library) as pilot:
        for _ in range(100):
            if empty_library.behind() == 0:
                break
            await pilot.pause(0.02)
        assert failures
        assert empty_library.behind() == 0


async def test_an_index_that_breaks_under_the_reader_is_rebuilt(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "MANY", 0)  # a search does not wait for so many
    monkeypatch.setattr(main_screen, "_LOOK_EVERY", 0.02)
    said: list[str] = []
    monkeypatch.setattr(
        PaperReaderApp, "notify", lambda self, text, **_: said.append(text), raising=True
    )
    async with reading(library) as pilot:
        await search(pilot, "paper")
        whole = len(titles(pilot))
        assert whole > 1
        for file in library.paths.index.glob("*.terms"):
            os.truncate(file, 0)
        await search(pilot, "papers")
        for _ in range(500):
            if library.behind() == 0:
                break
            await pilot.pause(0.02)
        await search(pilot, "paper")
        assert len(titles(pilot)) == whole
        assert not said


async def test_what_goes_on_failing_by_itself_is_said_once(
    empty_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []
    said: list[str] = []

    def full(self: Library, *arguments: Any) -> None:
        tries.append(1)
        raise IndexNotWritten("The search index cannot be written.")

    monkeypatch.setattr(main_screen, "_RETRY_AFTER", 0.01)
    monkeypatch.setattr(Library, "catch_up", full)
    monkeypatch.setattr(
        PaperReaderApp, "notify", lambda self, text, **_: said.append(text), raising=True
    )
    empty_library.add([Paper("Quokkas of Rottnest")], "page")
    async with reading(empty_library) as pilot:
        for _ in range(200):
            if len(tries) > 3:
                break
            await pilot.pause(0.02)
        assert len(tries) > 3
        assert said.count("The search index cannot be written.") == 1
