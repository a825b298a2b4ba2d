import subprocess
import webbrowser
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Label

from paperreader.library.library import Library
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record, View
from paperreader.query.request import Request
from paperreader.settings import Settings
from paperreader.tui import outside
from paperreader.tui.dialogs.export_dialog import ExportDialog, with_suffix
from paperreader.tui.main import changes
from paperreader.tui.main.open_commands import copy_of, links_of, page_of
from tests.tui.driving import (
    at_once,
    browser_of,
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

SEARCH = "https://search.example/?q={title}"


def record(paper: Paper) -> Record:
    return Record(1, paper.key, paper.cleaned())


async def test_a_bookmark_is_made_shown_and_undone(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "b")
        assert "Reading list 1" in shown(pilot)
        assert "●◆" in shown(pilot)
        await press(pilot, "z")
        assert "Reading list 0" in shown(pilot)
        assert "undone: on the reading list" in shown(pilot)
        await press(pilot, "ctrl+r")
        assert library.counts()[View.READING] == 1
        await press(pilot, "z", "z")
        assert "nothing to undo" in shown(pilot)


async def test_a_long_title_leaves_room_for_the_way_back(library: Library) -> None:
    library.add([Paper("A very long title " * 9, "x").cleaned()], "test")
    async with reading(library, (80, 24)) as pilot:
        await press(pilot, "G", "b")
        assert "… · z undoes" in shown(pilot).splitlines()[-1]


async def test_ctrl_c_copies_what_the_mouse_has_selected(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "enter")
        detail = browser_of(pilot).panes.detail
        await pilot.mouse_down(detail, offset=(4, 0))
        await pilot.hover(detail, offset=(12, 0))
        await pilot.mouse_up(detail, offset=(12, 0))
        await press(pilot, "ctrl+c")
        assert pilot.app.is_running
        assert pilot.app.clipboard
        assert pilot.app.clipboard in title(pilot)
        assert "copied: the selected text" in shown(pilot)
        await press(pilot, "ctrl+c")  # nothing is selected now: back to the list
        assert not browser_of(pilot).panes.reading


async def test_read_goes_on_to_the_next(library: Library) -> None:
    async with reading(library) as pilot:
        first = title(pilot)
        await press(pilot, "r")
        assert title(pilot) != first
        assert library.counts()[View.UNREAD] == 59
        await press(pilot, "k", "u")
        assert library.counts()[View.UNREAD] == 60


async def test_a_paper_read_in_unread_stays_until_the_list_is_left(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "2", "r")
        assert len(titles(pilot)) == 60
        await press(pilot, "1")
        await press(pilot, "2")
        assert len(titles(pilot)) == 59


async def test_a_paper_is_read_once_it_is_opened_and_shown(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j")
        assert library.counts()[View.UNREAD] == 60
        await press(pilot, "enter")
        assert browser_of(pilot).panes.detail.has_focus
        assert library.counts()[View.UNREAD] == 59
        await press(pilot, "h")
        assert browser_of(pilot).panes.papers.has_focus


async def test_papers_that_n_leads_to_while_reading_are_read(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "n")
        assert library.counts()[View.UNREAD] == 60
        await press(pilot, "enter", "n", "n")
        assert library.counts()[View.UNREAD] == 57
        assert browser_of(pilot).panes.reading
        await press(pilot, "u")  # it is not opened again, whatever else is drawn again
        library.add([Paper(title="A newcomer")], "other")
        screen_of(pilot)._look()
        await settle(pilot)
        assert library.counts()[View.UNREAD] == 59


async def test_done_and_its_view(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "d", "4")
        assert len(titles(pilot)) == 1
        assert "✓" in shown(pilot)


async def test_papers_are_moved_only_where_their_own_order_is_seen(library: Library) -> None:
    rows = [record.row for record in library.search(Request())[:2]]
    library.bookmark(rows)
    async with reading(library) as pilot:
        await press(pilot, "3")
        first, second = titles(pilot)
        await press(pilot, "shift+down")
        assert titles(pilot) == [second, first]
        await press(pilot, "s", "t")
        by_title = titles(pilot)
        await press(pilot, "g", "g", "shift+down")
        assert "in its own order" in shown(pilot)
        assert titles(pilot) == by_title
        assert [one.row for one in library.search(Request(view=View.READING))] == rows[::-1]


async def test_the_export_dialog_tells_without_colour_what_is_chosen(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "e")
        assert "● the 60 papers shown" in shown(pilot)
        assert "○ only this paper" in shown(pilot)
        assert "☐ replace" in shown(pilot)
        await press(pilot, "tab", "tab", "space")
        assert "☑ replace" in shown(pilot)
        await press(pilot, "tab", "j", "space")
        assert "● only this paper" in shown(pilot)
        await press(pilot, "escape", "b", "3", "e")
        assert "● the 1 paper shown" in shown(pilot)


async def test_the_next_unread_paper_is_found_however_far_it_is(empty_library: Library) -> None:
    empty_library.add([Paper(title=f"Paper {number}") for number in range(300)], "many.bib")
    rows = [record.row for record in empty_library.search(Request())]
    empty_library.mark_read(rows[1:290])
    async with reading(empty_library) as pilot:
        await press(pilot, "n")
        assert title(pilot) == "Paper 290"
        await press(pilot, "N")
        assert title(pilot) == "Paper 0"
        await press(pilot, "N")
        assert "on from the other end" in shown(pilot)
        assert title(pilot) == "Paper 299"
        await press(pilot, "n")
        assert title(pilot) == "Paper 0"
        empty_library.mark_read(rows[1:])
        await press(pilot, "n")
        assert "no other paper here is unread" in shown(pilot)
        assert title(pilot) == "Paper 0"


async def test_the_key_behind_n_is_for_the_paper_that_it_goes_to(empty_library: Library) -> None:
    empty_library.add([Paper(title=f"Paper {number}") for number in range(300)], "many.bib")
    rows = [record.row for record in empty_library.search(Request())]
    empty_library.mark_read(rows[1:290])
    async with reading(empty_library) as pilot:
        await at_once(pilot, "n", "b")
        assert empty_library.record(rows[290]).on_reading_list
        assert not empty_library.record(rows[0]).on_reading_list


async def test_undo_behind_a_long_change_takes_back_that_change(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MANY", 10)
    async with reading(library) as pilot:
        await at_once(pilot, "b", "A", "z")
        assert library.counts()[View.UNREAD] == 60
        assert library.counts()[View.READING] == 1


async def test_a_change_leaves_the_hit_that_the_person_is_at(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "n", "b", "n")
        assert "hit 2 of" in shown(pilot)


async def test_all_shown_are_read_with_the_count_and_undone(library: Library) -> None:
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "A")
        assert "read, 2 papers" in shown(pilot)
        assert library.counts()[View.UNREAD] == 58
        await press(pilot, "z")
        assert library.counts()[View.UNREAD] == 60


async def test_next_unread_without_a_search_and_hits_with_one(library: Library) -> None:
    async with reading(library) as pilot:
        library.mark_read([library.search(browser_of(pilot).wanted).row(1)], on=True)
        await press(pilot, "n")
        assert title(pilot) == "Transformers without attention"
        await search(pilot, "sampl")
        await press(pilot, "enter", "g", "g", "n", "n")
        assert "hit 2 of" in shown(pilot)


async def test_tags_and_note(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "t", *"rag #old", "enter", "a", *"read", "enter", *"it", "escape")
        kept = library.record(browser_of(pilot).panes.papers.results.row(0))
        assert sorted(kept.tags) == ["old", "rag"]
        assert kept.note == "read\nit"
        assert "#rag" in shown(pilot)
        await press(pilot, "t", "escape", "z")
        assert library.record(kept.row).note == ""


async def test_the_reading_list_has_an_order(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "b", "j", "b", "3")
        first, second = titles(pilot)
        await press(pilot, "g", "g", "shift+down")
        assert titles(pilot) == [second, first]
        assert title(pilot) == first


async def test_only_web_addresses_are_opened(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    settings = Settings(search_url=SEARCH)
    async with reading(library, settings=settings) as pilot:
        monkeypatch.setattr(webbrowser, "get", webbrowser.BaseBrowser)
        monkeypatch.setattr(outside, "start", lambda words: opened.append(words[-1]))
        await press(pilot, "o", "p", "c")
        assert opened == [
            "https://arxiv.org/abs/2202.00666",
            "https://example.org/typical.pdf",
            "https://github.com/example/typical",
        ]
        await press(pilot, "j", "j", "o", "c")
        assert opened[3:] == ["https://search.example/?q=Transformers%20without%20attention"]
        assert "no code is known" in shown(pilot)


async def test_a_page_is_opened_and_the_paper_read_in_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "open_address", lambda _, url: f"opening {url}")
    async with reading(library) as pilot:
        await press(pilot, "O")
        assert "opening http" in shown(pilot)
        assert library.counts()[View.UNREAD] == 59
        assert browser_of(pilot).panes.papers.cursor == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "ftp://example.org"])
async def test_other_addresses_never_are(url: str) -> None:
    paper = Paper("A & B?", links=(Link(LinkKind.PAGE, url),))
    assert page_of(record(paper), SEARCH) == "https://search.example/?q=A%20%26%20B%3F"


async def test_copies() -> None:
    paper = Paper("On [x]", authors=("Ada Lovelace",), identifiers={"arxiv": "2202.00666"})
    page = "https://arxiv.org/abs/2202.00666"
    assert copy_of([record(paper)], "l", SEARCH) == page
    assert copy_of([record(paper)], "t", SEARCH) == "On [x]"
    assert page in copy_of([record(paper)], "m", SEARCH)
    assert "Lovelace" in copy_of([record(paper)], "b", SEARCH)
    assert "{lovelace-On," in copy_of([record(paper)], "b", SEARCH, "{surname}-On")


async def test_bibtex_is_copied_without_the_abstract_and_what_is_the_readers() -> None:
    paper = Paper("On x", abstract="We show y.", keywords=("sets",), fields={"pages": "1--2"})
    copied = copy_of([replace(record(paper), tags=("toread",), note="why?")], "b", SEARCH)
    assert "pages={1--2}" in copied
    assert not any(words in copied for words in ("We show", "sets", "toread", "why"))


async def test_copying_from_the_menu(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "y", "t")
        assert pilot.app.clipboard == title(pilot)
        assert "copied: title" in shown(pilot)
        await press(pilot, "y", "y")
        assert "copied: link" in shown(pilot)


async def test_export_writes_and_spares_what_is_there(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "list.bib"
    target.write_text("mine")
    async with reading(library) as pilot:
        await search(pilot, "sampling")
        await press(pilot, "enter", "e")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.path.value = str(tmp_path / "list.md")
        await press(pilot, "j", "j", "k", "enter")
        assert dialog.path.value == str(target)
        await press(pilot, "enter")
        assert target.read_text() == "mine"
        told = str(dialog.query_one("#outcome", Label).content)
        assert "exists already: tick the box above" in told
        dialog.query_one("#replace").toggle()  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "Lovelace" in target.read_text()
        assert f"2 papers written to {target}"[:60] in shown(pilot)


async def test_a_known_suffix_follows_the_format() -> None:
    assert with_suffix("~/a.b/list.md", ".bib") == "~/a.b/list.bib"
    assert with_suffix("~/a.b/list", ".bib") == "~/a.b/list"
    assert with_suffix("my.list", ".bib") == "my.list"


async def test_titles_are_said_without_latex(empty_library: Library) -> None:
    empty_library.add([Paper(title=r"Decay of $\Sigma^0$ and {\'E}tudes")], "a.bib")
    async with reading(empty_library) as pilot:
        await press(pilot, "b")
        assert "reading list, Decay of Σ⁰ and Études" in shown(pilot)
        await press(pilot, "a")
        assert "Note on Decay of Σ⁰ and Études" in shown(pilot)


async def test_latex_is_shown_as_unicode_and_as_stored(library: Library) -> None:
    async with reading(library) as pilot:
        assert "\\log" not in shown(pilot)
        await press(pilot, "M")
        assert "$O(n \\log n)$" in shown(pilot)


async def test_the_abstract_over_the_full_width_and_back(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "+")
        panes = browser_of(pilot).panes
        assert not panes.papers.size.width
        assert panes.detail.text_width == 80
        await press(pilot, "+")
        assert panes.papers.has_focus


async def test_narrow_screens_take_turns(library: Library) -> None:
    async with reading(library, size=(40, 12)) as pilot:
        panes = browser_of(pilot).panes
        assert not panes.detail.display
        await press(pilot, "l")
        assert panes.detail.size.height == 9
        assert not panes.papers.display
        await press(pilot, "q")
        assert panes.papers.size.height == 9


async def test_help_is_made_from_the_bindings_and_runs_them(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "?", *"reading list: on")
        assert "Reading list: on or off" in shown(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert library.counts()[View.READING] == 1


async def test_links_are_those_of_the_paper_and_of_its_texts(library: Library) -> None:
    paper = Paper("T", "See https://example.org/data.", identifiers={"arxiv": "2202.00666"})
    found = links_of(record(paper))
    assert found[0] == "https://arxiv.org/abs/2202.00666"
    assert found[-1] == "https://example.org/data"


async def test_an_attached_file_is_opened_before_the_address(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[list[str]] = []

    def start(words: list[str]) -> subprocess.Popen[bytes]:
        opened.append(words)
        return subprocess.Popen(["true"])

    monkeypatch.setattr(outside, "start", start)
    (tmp_path / "typical.pdf").write_bytes(b"%PDF")
    library.attach(1, tmp_path / "typical.pdf")
    async with reading(library, settings=Settings(viewer="zathura --fork")) as pilot:
        await press(pilot, "p")
        assert opened == [["zathura", "--fork", str(tmp_path / "typical.pdf")]]


@pytest.mark.parametrize(
    ("viewer", "said"),
    [
        ("no-such-viewer", "there is no no-such-viewer here"),
        ("sh -c 'exit 3'", "sh ended with status 3"),
        ("true", "opening"),
    ],
)
async def test_a_viewer_that_fails_is_said(
    library: Library, tmp_path: Path, viewer: str, said: str
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    library.attach(1, tmp_path / "a.pdf")
    async with reading(library, settings=Settings(viewer=viewer)) as pilot:
        await press(pilot, "p")
        for _ in range(10):  # a busy machine starts programs late
            if said not in shown(pilot):
                await settle(pilot)
        assert said in shown(pilot)


async def test_papers_selected_are_made_one_and_several_again(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "&")
        assert "Select the papers that are one" in shown(pilot)
        before = titles(pilot)
        await press(pilot, "space", "space", "&")
        assert library.counts()[View.ALL] == 59
        assert len(titles(pilot)) == len(before) - 1
        assert "merged, 2 papers" in shown(pilot)
        await press(pilot, "z")
        assert library.counts()[View.ALL] == 60
        assert titles(pilot) == before
        await press(pilot, "ctrl+r")
        assert library.counts()[View.ALL] == 59
        whole = next(row for row in library.search(Request()).found.rows if merged(library, row))
        panes = browser_of(pilot).panes
        index = panes.position.results.index_of(whole)
        assert index is not None
        panes.papers.choose(index)
        await press(pilot, "%")
        assert library.counts()[View.ALL] == 60
        assert sorted(titles(pilot)) == sorted(before)
        await press(pilot, "z")
        assert library.counts()[View.ALL] == 59


def merged(library: Library, row: int) -> bool:
    return bool(library.record(row).paper.other_titles)


async def test_one_record_alone_is_not_split(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "%")
        assert "nothing to split" in shown(pilot)
        await press(pilot, "space", "space", "%")
        assert "Split takes one paper" in shown(pilot)
        assert library.counts()[View.ALL] == 60


async def test_the_whole_record_is_unfolded_and_folded(empty_library: Library) -> None:
    empty_library.add([Paper("A", kind="article", fields={"volume": "77"}, authors=("B",))], "s")
    empty_library.catch_up()
    async with reading(empty_library) as pilot:
        assert "77" not in shown(pilot)
        await press(pilot, ".")
        assert "volume   77" in shown(pilot)
        await press(pilot, ".")
        assert "77" not in shown(pilot)
