"""Fetching in the reader, followed sources, new papers, and what they teach."""

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.query.request import SortKey
from paperreader.settings import Settings
from tests.follow.arxiv_stub import ArxivStub, preprints
from tests.follow.stub import Answer, Asked, Stub, serving
from tests.tui.driving import browser_of, lines, press, reading, settle, shown, title

pytestmark = pytest.mark.asyncio


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as stub:
        stub.on("/api/query", ArxivStub(preprints(12)))
        yield stub


def settings(stub: Stub) -> Settings:
    tables: dict[str, dict[str, object]] = {
        "fetch": {"arxiv_interval": 0, "interval": 0},
        "services": {"arxiv": stub.base, "huggingface": stub.base},
    }
    return Settings(tables=tables)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    for _ in range(400):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came")


async def test_f_fetches_beside_what_the_person_does(library: Library, stub: Stub) -> None:
    library.followed_sources().add("arxiv:cs.CL")
    let_go = threading.Event()

    def slowly(asked: Asked) -> Answer:
        assert let_go.wait(20)
        return ArxivStub(preprints(12))(asked)

    stub.on("/api/query", slowly)
    async with reading(library, settings=settings(stub)) as pilot:
        before = len(browser_of(pilot).panes.papers.results)
        await pilot.press("F")
        await until(pilot, lambda: "fetching" in shown(pilot))
        await pilot.press("j", "j")  # nothing blocks
        await until(pilot, lambda: browser_of(pilot).panes.papers.cursor == 2)
        let_go.set()
        await settle(pilot)
        assert "12 papers new" in shown(pilot)
        pilot.app.screen_stack[0]._look()  # type: ignore[attr-defined]
        await settle(pilot)
        assert len(browser_of(pilot).panes.papers.results) == before + 12
        assert "I New 12" in shown(pilot)
        await press(pilot, "I")
        assert browser_of(pilot).wanted.view is View.NEW
        assert len(browser_of(pilot).panes.papers.results) == 12
        assert "arxiv:cs.CL, " in shown(pilot)  # the group that the paper is in


async def test_new_papers_stand_under_their_day_and_source(library: Library) -> None:
    store = library._store.following
    for source, named, day in (
        ("hf:daily", ["One", "Two"], "2026-11-25"),
        ("arxiv:cs.CL", ["Three"], "2026-11-24"),
    ):
        papers = [Paper(name, f"On {name}.") for name in named]
        store.receive(source, papers, f"{day}T07:00:00.000Z", progress="")
    async with reading(library) as pilot:
        await press(pilot, "I")
        heads = [line for line in lines(pilot) if line.startswith("── ")]
        assert [head.strip("─ ") for head in heads] == [
            "25\xa0Nov\xa02026 · hf:daily · 2 papers",
            "24\xa0Nov\xa02026 · arxiv:cs.CL · 1 paper",
        ]
        await press(pilot, "G")
        assert title(pilot) == "Three"
        await press(pilot, "g", "g", "r", "1", "I")
        assert "25\xa0Nov\xa02026 · hf:daily · 1 paper" in shown(pilot)


async def test_f_again_stops(library: Library, stub: Stub) -> None:
    library.followed_sources().add("arxiv:cs.CL")
    stub.on("/api/query", Answer(b"", 429, {"Retry-After": "200"}))
    async with reading(library, settings=settings(stub)) as pilot:
        await pilot.press("F")
        await until(pilot, lambda: bool(stub.asked))
        await asyncio.sleep(0.1)
        await press(pilot, "F")
        assert "fetching stopped" in shown(pilot)


async def test_what_went_wrong_is_said(library: Library, stub: Stub) -> None:
    async with reading(library, settings=settings(stub)) as pilot:
        await press(pilot, "F")
        assert "nothing is followed yet" in shown(pilot)
        library.followed_sources().add("arxiv:cs.CL")
        stub.on("/api/query", Answer(b"<html>Sorry</html>"))
        await press(pilot, "F")
        assert "that is not Atom" in shown(pilot)
    wrong = Settings(tables={"fetch": {"first": "many"}})
    async with reading(library, settings=wrong) as pilot:
        await press(pilot, "F")
        assert "first must be a number" in shown(pilot)


async def test_followed_sources_are_chosen_added_paused_and_dropped(
    library: Library, stub: Stub
) -> None:
    sources = library.followed_sources()
    async with reading(library, settings=settings(stub)) as pilot:
        await press(pilot, "S")
        assert "all new papers" in shown(pilot)
        await press(pilot, *"arxiv:cs.cl")
        assert "follow arxiv:cs.CL" in shown(pilot)
        await press(pilot, "enter")
        assert [source.name for source in sources.all()] == ["arxiv:cs.CL"]
        await press(pilot, "ctrl+s")
        assert "paused" in shown(pilot)
        assert sources.all()[0].paused
        await press(pilot, "ctrl+s", "escape", "F", "S", "down")
        assert "12 new" in shown(pilot)
        await press(pilot, "enter")
        assert browser_of(pilot).wanted.chips == ('source:"arxiv:cs.CL"',)
        assert len(browser_of(pilot).panes.papers.results) == 12
        await press(pilot, "S", "down", "delete", "escape")
        assert sources.all() == []
        assert library.counts()[View.NEW] == 12


async def test_skipping_goes_on_and_is_undone(library: Library) -> None:
    async with reading(library) as pilot:
        unread = library.counts()[View.UNREAD]
        await press(pilot, "x")
        assert "skipped" in shown(pilot)
        assert browser_of(pilot).panes.papers.cursor == 1
        assert library.counts()[View.UNREAD] == unread - 1
        await press(pilot, "Y")
        assert "more like this" in shown(pilot)
        await press(pilot, "z", "z")
        assert library.counts()[View.UNREAD] == unread


async def test_the_order_for_you_says_what_it_needs_and_why(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "s", "f")
        assert browser_of(pilot).wanted.sort.key is SortKey.FOR_YOU
        assert "needs 5 more papers" in shown(pilot)
        await press(pilot, "Y", "j", "Y", "j", "Y", "j", "Y", "j", "Y")
        await press(pilot, "s", "n")
        await press(pilot, "s", "f")
        assert "needs" not in shown(pilot)
        assert "for you " in shown(pilot)
