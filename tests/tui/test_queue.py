"""Deciding on papers: many at once, one after the other, and back again."""

import json
from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from paperreader.errors import CancelToken
from paperreader.library import documents
from paperreader.library.library import SAMPLE, Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.query.request import Request
from paperreader.settings import Settings
from paperreader.tui import outside
from paperreader.tui.dialogs.note_editor import NoteEditor
from paperreader.tui.triage import Triage
from tests.tui.driving import (
    at_once,
    browser_of,
    lines,
    press,
    reading,
    screen_of,
    search,
    settle,
    shown,
    title,
    titles,
)

pytestmark = pytest.mark.asyncio


async def test_commands_are_for_all_papers_selected(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "space", "j", "v", "j", "j", "v")
        assert "[4 selected]" in shown(pilot)
        await press(pilot, "b")
        assert library.counts()[View.READING] == 4
        await press(pilot, "t", *"rag", "enter")
        assert all("rag" in library.record(row).tags for row in (1, 3, 4, 5))
        assert library.record(2).tags == ()
        await press(pilot, "escape")
        assert "selected]" not in shown(pilot)
        await press(pilot, "z", "z")
        assert library.counts()[View.READING] == 0


async def test_papers_selected_elsewhere_are_said(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "space", "space", "R")
        assert "[2 selected, 1 not in this list]" in shown(pilot)
        await press(pilot, "V")
        assert "related to" in shown(pilot)


async def test_an_open_range_ends_where_the_list_does(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j", "v", "j", "j")
        chosen = browser_of(pilot).panes.papers.selected_rows()
        await press(pilot, "/", *"sampling", "enter")
        assert sorted(browser_of(pilot).panes.papers.selected_rows()) == chosen
        await press(pilot, "V", "escape", "g", "g", "v", "j")
        assert "[2 selected]" in shown(pilot)
        chosen = browser_of(pilot).panes.papers.selected_rows()
        library.remove([chosen[0] + 30])
        screen_of(pilot)._look()
        await settle(pilot)
        assert browser_of(pilot).panes.papers.selected_rows() == chosen
        await press(pilot, "j")
        assert len(browser_of(pilot).panes.papers.selected_rows()) == 3


async def test_all_shown_are_selected_and_more_than_a_hundred_are_asked_for(
    library: Library,
) -> None:
    library.add([paper for page in range(3) for paper in _papers(page)], "more")
    async with reading(library) as pilot:
        await press(pilot, "*", "d")
        assert "Mark 180 papers as done?" in shown(pilot)
        await press(pilot, "n")
        assert library.counts()[View.DONE] == 0
        await press(pilot, "d", "y")
        assert library.counts()[View.DONE] == 180


def _papers(page: int) -> list[Paper]:
    return [Paper(f"Another paper {page} {number}", "About it.") for number in range(40)]


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        (("3", "j"), 3),
        (("1", "0", "j"), 10),
        (("1", "2", "G"), 11),
        (("5", "g", "g"), 4),
        (("G", "5", "k"), 54),
        (("2", "j", "j"), 3),
        (("3", "n"), 3),
        (("1", "0", "G", "L", "H"), 0),
        (("1", "0", "G", "3", "H"), 2),
        (("G", "H", "L"), 59),
        (("G", "2", "L"), 58),
        (("9", "9", "9", "n"), 59),
        (("G", "4", "N"), 55),
    ],
)
async def test_a_number_before_a_motion_counts(
    library: Library, keys: tuple[str, ...], cursor: int
) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, *keys)
        assert browser_of(pilot).panes.papers.cursor == cursor
        assert browser_of(pilot).wanted == Request()


async def test_a_number_before_a_motion_in_the_abstract_counts(empty_library: Library) -> None:
    empty_library.add([Paper("Long", "word " * 5_000)], "long.bib")
    async with reading(empty_library, (80, 24)) as pilot:
        browser = browser_of(pilot)
        await press(pilot, "enter")
        for keys, top in (("12G", 11), ("3k", 8), ("gg", 0), ("4g", 3)):
            await at_once(pilot, *keys)
            assert browser.panes.detail.top == top
        assert browser.panes.reading
        assert browser.wanted == Request()
        await search(pilot, "word")
        await at_once(pilot, "enter", "3", "n")
        assert "hit 3 of 5" in shown(pilot)
        await at_once(pilot, "2", "N")
        assert "hit 1 of 5" in shown(pilot)
        assert browser.wanted.view is View.ALL


async def test_a_digit_alone_is_a_view_and_what_follows_is_for_its_papers(
    library: Library,
) -> None:
    library.bookmark([3])
    async with reading(library) as pilot:
        await at_once(pilot, "3", "d")
        assert library.record(3).done
        assert not library.record(1).done


async def test_back_takes_words_then_filters_one_by_one(library: Library) -> None:
    async with reading(library) as pilot:
        browser = browser_of(pilot)
        browser.ask_beyond(Request(chips=("has:code", "year:2022")))
        await settle(pilot)
        await search(pilot, "sampling")
        await press(pilot, "enter", "escape")
        assert browser.wanted == Request(chips=("has:code", "year:2022"))
        await press(pilot, "q")
        assert browser.wanted == Request(chips=("has:code",))
        await press(pilot, "q")
        assert browser.wanted == Request()
        assert pilot.app.is_running


async def test_a_view_leads_out_of_a_saved_search(library: Library) -> None:
    library.save_search("sam", Request("sampling"))
    async with reading(library) as pilot:
        await press(pilot, "5")
        assert len(titles(pilot)) == 2
        await press(pilot, "1")
        assert len(titles(pilot)) == 60


async def test_saved_searches_are_renamed_and_moved(library: Library) -> None:
    library.save_search("one", Request("sampling"))
    library.save_search("two", Request("survey"))
    async with reading(library) as pilot:
        await press(pilot, "W", "shift+down")
        assert [saved.name for saved in library.saved_searches()] == ["two", "one"]
        await press(pilot, "ctrl+r", "ctrl+u", *"first", "enter", "enter")
        assert [saved.name for saved in library.saved_searches()] == ["two", "first"]
        assert browser_of(pilot).wanted == Request("sampling")


async def test_past_searches_stand_above_the_first_result(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"survey", "enter", "escape", "/", *"sampling", "enter", "escape")
        await press(pilot, "/", "up")
        assert browser_of(pilot).bar.text == "sampling"
        await press(pilot, "up")
        assert browser_of(pilot).bar.text == "survey"
        await press(pilot, "down", "down")
        assert browser_of(pilot).bar.text == ""


async def test_a_note_is_kept_while_it_is_typed_and_not_lost_by_escape(library: Library) -> None:
    async with reading(library) as pilot:
        keys = (*"wo", "ctrl+a", "t", "ctrl+e", "enter", *"linex", "backspace", "s")
        await at_once(pilot, "a", *keys, "escape", "j")
        assert library.record(1).note == "two\nlines"
        assert browser_of(pilot).panes.papers.cursor == 1
        await press(pilot, "z")
        assert library.record(1).note == ""


async def test_a_note_is_kept_where_a_signal_ends_the_program(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "a", *"half", "ctrl+q")  # which is Textual's own way out
        assert pilot.app.is_running
        pilot.app.exit()
    assert library.record(1).note == "half"


async def test_a_note_is_kept_without_closing(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "a", *"half")
        editor = pilot.app.screen
        assert isinstance(editor, NoteEditor)
        editor._keep()  # as its timer does
        assert library.record(1).note == "half"


async def test_a_note_goes_through_the_editor(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "more" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    library.note(1, "some")
    async with reading(library) as pilot:
        monkeypatch.setattr(type(pilot.app._driver), "can_suspend", True)
        await press(pilot, "E")
        assert library.record(1).note == "somemore"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("'", "No closing quotation"),
        ("/no/such/editor", "cannot be started"),
        ("sh -c 'echo lost > $0; exit 3'", "ended with status 3"),
        ("rm", "The editor left no text"),
        ("sh -c 'rm $0; mkdir $0'", "The editor left no text"),
        ("true", "the note is as it was"),
    ],
)
async def test_a_note_stays_where_the_editor_fails(
    library: Library, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    library.note(1, "some")
    async with reading(library) as pilot:
        monkeypatch.setattr(type(pilot.app._driver), "can_suspend", True)
        await press(pilot, "E")
        assert said in shown(pilot)
        await press(pilot, "a", "ctrl+o", "escape")
        assert library.record(1).note == "some"


async def test_tags_are_completed(library: Library) -> None:
    library.tag([2, 3], ["retrieval"])
    library.tag([4], ["reading"])
    async with reading(library) as pilot:
        await press(pilot, "t", *"re")
        assert "#retrieval 2  #reading 1" in shown(pilot)
        await press(pilot, "tab", *"old", "enter")
        assert set(library.record(1).tags) == {"retrieval", "old"}
        await press(pilot, "t", "ctrl+u", *"-old", "enter")
        assert library.record(1).tags == ("retrieval",)


async def test_undo_goes_to_the_paper_and_names_it(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j", "d", "G", "z")
        assert title(pilot).startswith("A survey of retrieval")
        assert "undone: " in shown(pilot)
        assert "A survey of retrieval" in shown(pilot).splitlines()[-1]


async def test_a_paper_is_removed_and_brought_back(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j", "D")
        assert len(titles(pilot)) == 59
        assert browser_of(pilot).panes.papers.cursor == 1
        await press(pilot, "j", "j", "z")
        assert len(titles(pilot)) == 60
        assert browser_of(pilot).panes.papers.cursor == 1  # the eye goes to the paper
        assert "undone: removed" in shown(pilot)
        assert "came in" not in shown(pilot)


async def test_a_source_is_removed_and_brought_back(library: Library) -> None:
    library.add(_papers(0), "another")
    async with reading(library) as pilot:
        await press(pilot, "X", *"samples", "enter")
        assert len(titles(pilot)) == 40
        await press(pilot, "z")
        assert len(titles(pilot)) == 100


async def test_the_word_on_the_sample_page_goes_with_it(empty_library: Library) -> None:
    empty_library.add(_papers(0), SAMPLE)
    async with reading(empty_library) as pilot:
        assert "This is a sample page" in shown(pilot)
        await press(pilot, "X", "enter")
        screen_of(pilot)._look()
        await settle(pilot)
        assert "sample page" not in shown(pilot)
        empty_library.undo()
        empty_library.add([Paper(title="My own")], "mine.bib")
        screen_of(pilot)._look()
        await settle(pilot)
        assert "X removes the sample page" in shown(pilot)


async def test_triage_decides_on_one_paper_after_the_other(library: Library) -> None:
    library.remove(range(5, 61))
    async with reading(library) as pilot:
        await press(pilot, "T")
        assert "1 of 4" in shown(pilot)
        await at_once(pilot, "b", "x", "z", "d", "d", "b")
        assert "4 papers gone through" in shown(pilot)
        await press(pilot, "q")
        assert not isinstance(pilot.app.screen, Triage)
        counts = library.counts()
        assert (counts[View.READING], counts[View.DONE]) == (2, 2)


async def test_triage_in_little_room_shows_the_way_out(library: Library) -> None:
    async with reading(library, size=(40, 12)) as pilot:
        await press(pilot, "T")
        assert "q back" in shown(pilot)
        assert "o open" not in shown(pilot)
        await press(pilot, "b")
        assert lines(pilot)[0].startswith(" Triage   2 of 60   for later: ")
        assert lines(pilot)[0].rstrip().endswith("…")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "o open" in shown(pilot)


async def test_triage_takes_one_key_a_paper(library: Library) -> None:
    keys = ["T", *"bdxyr" * 12, "enter"]
    async with reading(library) as pilot:
        papers = len(titles(pilot))
        await at_once(pilot, *keys[:-1])
        assert f"{papers} papers gone through" in shown(pilot)
        assert "left as they were" not in shown(pilot)
        await press(pilot, keys[-1])
        await press(pilot, "2")
        assert titles(pilot) != []  # what is for later or wanted more of is still to be read
    counts = library.counts()
    assert (counts[View.READING], counts[View.DONE]) == (12, 12)
    assert len(keys) <= 1.2 * papers


async def test_papers_are_piped_in_the_format_that_was_chosen(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped: list[tuple[str, str]] = []

    def pipe(_app: object, command: str, text: str) -> str:
        piped.append((command, text))
        return "done"

    monkeypatch.setattr(outside, "pipe", pipe)
    async with reading(library) as pilot:
        await press(pilot, "|")
        assert "BibTeX" in shown(pilot)
        await press(pilot, "tab", *"wc -l", "enter")
        await press(pilot, "j", "|")
        assert "JSON lines" in shown(pilot)
        await press(pilot, "shift+tab", *"less", "enter", "|", "escape")
    assert [command for command, _ in piped] == ["wc -l", "less"]
    assert json.loads(piped[0][1])["title"] == library.record(1).paper.title
    assert piped[1][1].startswith("@")


async def test_paths_and_dialogs_bear_whatever_is_typed(library: Library) -> None:
    async with reading(library, (9, 12)) as pilot:
        await press(pilot, "i", *"~nobody/x", "tab", "escape")
        await press(pilot, "i", *"~nobody/x", "enter")
        assert pilot.app.is_running
        await press(pilot, "escape", "e", "enter", "ctrl+u", *"~nobody/x", "enter")
        assert pilot.app.is_running
    for width in range(1, 9):
        async with reading(library, (width, 4)) as pilot:
            await press(pilot, "i")
            await press(pilot, "escape", "a")
            assert pilot.app.is_running


async def test_triage_teaches_what_the_reader_likes(library: Library) -> None:
    library.remove(range(5, 61))
    async with reading(library) as pilot:
        await press(pilot, "T", "y", "x", "z", "x", "r", "x")
        assert "2  skipped" in shown(pilot)
        assert "1  more like this" in shown(pilot)
        assert library.counts()[View.UNREAD] == 1
        await press(pilot, "q", "z", "z", "z", "z")
        assert library.counts()[View.UNREAD] == 4


async def test_advancing_is_a_setting(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "b")
        assert browser_of(pilot).panes.papers.cursor == 0
    async with reading(library, settings=Settings(advance=True)) as pilot:
        await press(pilot, "j", "d", "b")
        assert browser_of(pilot).panes.papers.cursor == 3


async def test_papers_are_added_from_a_path_that_is_completed(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "new papers.bib").write_text("@article{x, title={Something new}, year={2024}}")
    async with reading(library) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("PathInput").value = f"{tmp_path}/new"  # type: ignore[attr-defined]
        await press(pilot, "tab", "enter")
        assert "Something new" in titles(pilot)
        assert "1 paper: 1 new" in shown(pilot)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("1706.03762", "arxiv:1706.03762"),
        ("https://arxiv.org/abs/1706.03762", "arxiv:1706.03762"),
        ("doi:10.1145/3292500 arXiv:1706.03762v5", "arxiv:1706.03762"),
    ],
)
async def test_papers_are_added_by_ids_in_place_of_a_path(
    library: Library, typed: str, key: str
) -> None:
    async with reading(library) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("PathInput").value = typed  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert key in [record.key for record in library.search(Request())]


async def test_an_address_of_something_else_is_said_as_it_was_typed(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("PathInput").value = "https://example.org/a.bib"  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "https://example.org/a.bib is an address" in shown(pilot)


async def test_adding_that_is_stopped_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_path(*_: object, cancel: CancelToken, **__: object) -> None:
        cancel.wait(30)
        cancel.check()

    monkeypatch.setattr(documents, "add_path", add_path)
    async with reading(library) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one("PathInput").value = "large.bib"  # type: ignore[attr-defined]
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert "adding was stopped; what came in stays" in shown(pilot)


async def test_papers_are_added_from_pasted_text(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "i")
        pilot.app.post_message(events.Paste("@article{x,\n title={Pasted paper},\n year={2024}}\n"))
        await settle(pilot)
        assert "Pasted paper" in pilot.app.screen.query_one(TextArea).text
        await press(pilot, "ctrl+s")
        assert "Pasted paper" in titles(pilot)


async def test_what_cannot_be_added_is_said(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "i", *"/nowhere/at.all", "enter")
        assert "nowhere" in shown(pilot)
        await press(pilot, "escape")
        assert len(titles(pilot)) == 60


async def test_how_the_screen_was_left_is_taken_up_again(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "=", "s", "t", "2")
        await press(pilot, "5", "j")
        chosen = title(pilot)
    async with reading(library) as pilot:
        assert title(pilot) == chosen
        assert browser_of(pilot).wanted.view is View.UNREAD
        assert browser_of(pilot).wanted.sort.key == "title"
        assert browser_of(pilot).panes.has_class("-list")


async def test_the_list_is_scrolled_as_it_was_left(library: Library) -> None:
    async with reading(library, size=(80, 24)) as pilot:
        await press(pilot, "2", "0", "G", *"kk")
        before = browser_of(pilot).panes.position
        assert 0 < before.top < before.cursor
    async with reading(library, size=(80, 24)) as pilot:
        position = browser_of(pilot).panes.position
        assert (position.cursor, position.top) == (before.cursor, before.top)


async def test_commands_with_words(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, ":", *"sort ti", "enter")
        assert browser_of(pilot).wanted.sort.key == "title"
        await press(pilot, ":", *"42", "enter")
        assert browser_of(pilot).panes.papers.cursor == 41
        row = browser_of(pilot).panes.rows[0]
        await press(pilot, ":", *"tag rag", "enter")
        assert library.record(row).tags == ("rag",)


async def test_the_palette_puts_what_is_named_so_before_what_has_the_word(
    library: Library,
) -> None:
    async with reading(library) as pilot:
        await press(pilot, ":", *"tag", "enter", *"rag", "enter")
        assert library.record(1).tags == ("rag",)
        await press(pilot, ":", *"d", "enter")
        assert library.counts()[View.DONE] == 1
        await press(pilot, ":", *"D", "enter")
        assert library.counts()[View.ALL] == 59
        await press(pilot, "/", *"sampling", "enter", ":", *"q", "enter")
        assert not pilot.app.is_running


async def test_help_finds_what_people_look_for(library: Library) -> None:
    async with reading(library) as pilot:
        for words, text in (
            ("add", "Add papers"),
            ("delete", "Remove from the library"),
            ("query", "these words together"),
            ("xyzzy", "nothing found"),
        ):
            await press(pilot, "?", *words)
            assert text in shown(pilot)
            await press(pilot, "escape")
        await press(pilot, "?", "?")
        assert len(pilot.app.screen_stack) == 1
        await press(pilot, "?", "enter")  # the first line that is no heading
        assert browser_of(pilot).panes.papers.cursor == 1
        await press(pilot, "?", *["pagedown", "pageup"] * 3, "enter")
        assert browser_of(pilot).panes.papers.cursor == 2
