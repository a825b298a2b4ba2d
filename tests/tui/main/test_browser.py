from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.query.request import Request, SortKey
from paperreader.tui.dialogs.picker import Picker
from paperreader.tui.widgets.paper_list import PaperList
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
from tests.tui.samples import PAPERS

pytestmark = pytest.mark.asyncio

ALL = len(PAPERS)


async def test_the_papers_are_there_at_once(library: Library) -> None:
    async with reading(library) as pilot:
        assert len(titles(pilot)) == ALL
        assert "60 papers" in shown(pilot)
        assert isinstance(pilot.app.focused, PaperList)


async def test_latex_of_titles_is_shown_after_the_first_picture(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        papers = [Paper("The first", "x"), Paper("Atoms in triplet $P_1$ states", "x")]
        library.add([paper.cleaned() for paper in papers], "test")
        async with reading(library) as pilot:
            assert "Atoms in triplet P₁ states" in shown(pilot)


async def test_typing_searches_and_enter_keeps(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"sampl")
        assert len(titles(pilot)) == 2
        assert "2 of 60" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.focused, PaperList)
        assert len(titles(pilot)) == 2
        await press(pilot, "escape")
        assert len(titles(pilot)) == ALL
        assert browser_of(pilot).bar.box.value == ""


async def test_the_box_reaches_as_far_as_the_count(library: Library) -> None:
    async with reading(library, (80, 24)) as pilot:
        await press(pilot, "/", *"sampl zzz zzz zzz zzz zzz")
        assert "0 with all words" in shown(pilot)  # the count at its longest
        assert lines(pilot)[1].startswith(" / sampl zzz zzz zzz zzz zzz ")


async def test_other_words_replace_those_before_or_are_added(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"graph", "enter", "/", *"sampling", "enter")
        assert browser_of(pilot).wanted.text == "sampling"
        await press(pilot, "/", "right", *" typical")
        assert browser_of(pilot).wanted.text == "sampling typical"
        await press(pilot, "enter", "/", "ctrl+c")  # what it selects itself is not copied
        assert pilot.app.clipboard == ""
        assert not browser_of(pilot).typing
        await at_once(pilot, "/", "x", "y", "enter", "/", "z", "backspace", "q")
        assert browser_of(pilot).bar.text == "q"


async def test_escape_brings_back_list_selection_and_scroll(library: Library) -> None:
    async with reading(library) as pilot:
        papers = browser_of(pilot).panes.papers
        await press(pilot, "G", "k", "k")
        before = (title(pilot), papers.scroll_offset.y, papers.results)
        await search(pilot, "transformers")
        assert titles(pilot) == ["Transformers without attention"]
        await press(pilot, "escape")
        assert (title(pilot), papers.scroll_offset.y, papers.results) == before


async def test_an_emptied_box_shows_the_old_list_and_place(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "G")
        before = title(pilot)
        await search(pilot, "transformers")
        browser_of(pilot).bar.replace("")
        await settle(pilot)
        assert title(pilot) == before
        assert browser_of(pilot).bar.box.has_focus


async def test_letters_in_the_box_are_only_text(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"qbrz?\\1")
        assert browser_of(pilot).bar.box.value == "qbrz?\\1"
        assert library.counts()[View.READING] == 0


async def test_keys_behind_enter_mean_the_results_of_all_that_was_typed(library: Library) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, "/", *"attention", "enter", "b", "j")
        assert browser_of(pilot).bar.text == "attention"
        assert titles(pilot) == ["Transformers without attention"]
        assert library.counts()[View.READING] == 1
        assert browser_of(pilot).panes.record == library.record(
            library.search(Request(view=View.READING)).row(0)
        )


async def test_letters_before_escape_do_not_search_after_it(library: Library) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, "/", *"attention", "escape", "j")
        assert len(titles(pilot)) == ALL
        assert browser_of(pilot).bar.text == ""
        assert browser_of(pilot).panes.papers.cursor == 1


async def test_results_move_while_typing(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "abstract")
        first = title(pilot)
        await press(pilot, "ctrl+n")
        assert title(pilot) != first
        await press(pilot, "up")
        assert title(pilot) == first
        assert browser_of(pilot).bar.box.has_focus


async def test_other_words_select_the_best_hit(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j", "j", "j")
        await search(pilot, "sampling")
        papers = browser_of(pilot).panes.papers
        assert (papers.cursor, papers.scroll_offset.y) == (0, 0)
        await press(pilot, "down")
        chosen = title(pilot)
        browser_of(pilot).ask_again()
        await settle(pilot)
        assert title(pilot) == chosen


async def test_a_late_answer_to_an_old_question_is_dropped(library: Library) -> None:
    async with reading(library) as pilot:
        reader = browser_of(pilot)
        await search(pilot, "sampling")
        asked = reader.wanted
        await search(pilot, "transformers")
        reader.post_message(reader.Found(asked, library.search(asked)))
        await settle(pilot)
        assert titles(pilot) == ["Transformers without attention"]


async def test_views_follow_what_was_done(library: Library) -> None:
    library.bookmark([library.search(Request()).row(0)])
    async with reading(library) as pilot:
        await press(pilot, "3")
        assert len(titles(pilot)) == 1
        await press(pilot, "4")
        assert "Nothing done yet" in shown(pilot)
        await press(pilot, "1")
        assert len(titles(pilot)) == ALL


async def test_words_stay_when_the_view_changes(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "3")
        assert titles(pilot) == []
        assert "1 looks in all papers" in shown(pilot)
        await press(pilot, "1")
        assert len(titles(pilot)) == 2


async def test_an_unknown_field_is_said(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "autor:lovelace")
        assert "autor" in shown(pilot).splitlines()[2]


async def test_a_spelling_is_proposed_and_taken_with_one_key(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "retreival")
        assert "did you mean retrieval" in shown(pilot)
        await press(pilot, "tab")
        assert browser_of(pilot).bar.box.value == "retrieval"
        assert len(titles(pilot)) == 1


async def test_a_spelling_is_taken_with_the_same_key_once_the_results_are_kept(
    library: Library,
) -> None:
    async with reading(library) as pilot:
        await search(pilot, "retreival models")
        assert titles(pilot)
        await press(pilot, "enter")
        assert "did you mean retrieval" in shown(pilot)
        await press(pilot, "tab")
        assert browser_of(pilot).bar.text == "retrieval models"


async def test_in_little_room_the_text_that_is_typed_comes_first(library: Library) -> None:
    async with reading(library, size=(40, 12)) as pilot:
        await search(pilot, "sampling language")
        assert "/ sampling language" in shown(pilot)


async def test_a_saved_search_stands_out_while_it_is_shown(library: Library) -> None:
    library.save_search("sam", Request("sampling"))
    async with reading(library) as pilot:
        await press(pilot, "5")
        assert "▎5 sam" in shown(pilot)
        await press(pilot, "escape")
        assert "▎1 All" in shown(pilot)


async def test_related_papers_and_back(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "R")
        assert len(titles(pilot)) < ALL
        assert "related to Sampling text" in shown(pilot)
        await press(pilot, "q")
        assert len(titles(pilot)) == ALL


async def test_a_filter_becomes_a_chip_and_goes_again(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "\\")
        picker = pilot.app.screen
        assert isinstance(picker, Picker)
        await press(pilot, *"year:2024", "enter")
        assert len(titles(pilot)) == 1
        assert "year:2024 ✕" in shown(pilot)
        await press(pilot, "\\", "enter")
        assert len(titles(pilot)) == ALL


async def test_letters_behind_the_filter_key_are_only_text(library: Library) -> None:
    async with reading(library) as pilot:
        await at_once(pilot, "\\", *"Aub2024", "enter")
        await press(pilot, "escape")
        assert library.counts()[View.UNREAD] == ALL
        assert library.counts()[View.READING] == 0


async def test_sorting_and_its_reverse(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "s", "n")
        assert browser_of(pilot).wanted.sort.key is SortKey.NEWEST
        assert titles(pilot)[0].startswith("A survey of retrieval")
        await press(pilot, "s", "n")
        assert titles(pilot)[-1].startswith("A survey of retrieval")


async def test_a_search_gets_a_name_and_a_key(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "w", "ctrl+u", *"sam", "enter")
        assert [saved.name for saved in library.saved_searches()] == ["sam"]
        assert "sam 2/2" in shown(pilot)
        await press(pilot, "w", "ctrl+u", *"sam", "enter")
        assert "saved: sam instead of the one before · z undoes" in shown(pilot)
        await press(pilot, "escape")
        assert len(titles(pilot)) == ALL
        await press(pilot, "5")
        assert len(titles(pilot)) == 2
        await press(pilot, "W", "delete")
        assert not library.saved_searches()


async def test_saved_searches_are_reached_by_name_in_the_palette(library: Library) -> None:
    for name in ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "omega"):
        library.save_search(name, Request(text=f"paper {name}"))
    async with reading(library) as pilot:
        await press(pilot, ":", *"omega")
        assert "Saved search: omega" in shown(pilot)
        await press(pilot, "enter")
        assert browser_of(pilot).wanted.text == "paper omega"
        assert "▎omega" in shown(pilot)


async def test_an_empty_library_says_what_to_do(empty_library: Library) -> None:
    async with reading(empty_library) as pilot:
        assert "paperreader add" in shown(pilot)
        await press(pilot, "j", "enter", "b", "o", "R", "n", "tab", "e", "A", "+", "J")
        assert "No papers yet" in shown(pilot)
        assert "Enter read" not in shown(pilot)
        for key in ("enter", "b", "o", "R", "t", "space", "E"):
            screen_of(pilot).status.said = ""
            await press(pilot, key)
            assert "there is no paper here for that" in shown(pilot), key


async def test_papers_that_others_add_appear(library: Library) -> None:
    async with reading(library) as pilot:
        library.add([Paper(title="A newcomer")], "other")
        screen_of(pilot)._look()
        await settle(pilot)
        assert "All 61" in shown(pilot)
        assert "A newcomer" in titles(pilot)
        assert "1 paper came in" in shown(pilot)
        library.add([Paper(title="Another"), Paper(title="A third")], "other")
        screen_of(pilot)._look()
        await settle(pilot)
        assert "3 papers came in" in shown(pilot)


async def test_q_goes_back_and_then_quits(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "enter", "q", "q")
        assert pilot.app.is_running
        await pilot.press("q")
    assert pilot.app.return_code == 0


async def test_enter_asks_for_the_words_as_they_stand(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"attention")
        assert browser_of(pilot).wanted == Request("attention", typing=True)
        await press(pilot, "enter")
        assert browser_of(pilot).wanted == Request("attention")


async def test_enter_keeps_the_first_letters_of_a_word_that_is_none(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "/", *"transfo")
        found = titles(pilot)
        assert found
        await press(pilot, "enter")
        assert browser_of(pilot).wanted == Request("transfo*")
        assert titles(pilot) == found


async def test_the_count_has_room_however_fast_it_changes(library: Library) -> None:
    async with reading(library) as pilot:
        for count in ("1 / 2", "2 / 60 papers"):
            browser_of(pilot).bar.count = count
        await settle(pilot)
        assert "2 / 60 papers" in shown(pilot)
