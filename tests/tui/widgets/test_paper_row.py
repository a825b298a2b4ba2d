from dataclasses import replace

import pytest
from textual.style import Style

from paperreader.papers.paper import Paper
from paperreader.papers.record import Record
from paperreader.tui.widgets.paper_row import (
    HIT,
    Columns,
    RowStyles,
    byline,
    cut,
    draw,
    draw_two,
    state_glyphs,
    surname,
)

PLAIN = RowStyles(Style(), Style(), Style(), Style(), Style(bold=True))


def record(
    title: str = "A title", *, read: str = "", bookmarked: str = "", done: str = ""
) -> Record:
    paper = Paper(title, authors=("Ada Lovelace", "Blaise Pascal"), published="2022-02-01")
    return Record(1, "title:1", paper, read=read, bookmarked=bookmarked, done=done)


def test_state_glyphs_tell_unread_read_done_and_bookmarked() -> None:
    assert state_glyphs(record()) == "● "
    assert state_glyphs(record(read="2026")) == "  "
    assert state_glyphs(record(read="2026", bookmarked="2026")) == " ◆"
    assert state_glyphs(record(done="2026")) == "✓ "


@pytest.mark.parametrize(
    ("author", "name"),
    [("Ada Lovelace", "Lovelace"), ("Lovelace, Ada", "Lovelace"), ("Plato", "Plato"), ("", "")],
)
def test_surname(author: str, name: str) -> None:
    assert surname(author) == name


def test_the_byline_is_the_first_author_and_how_many_more() -> None:
    assert byline(record(), 20) == "Lovelace +1"
    assert byline(record(), 9) == "Lovelace"


def test_a_group_and_a_suffix_are_no_family_names() -> None:
    assert surname("The LIGO Collaboration") == "The LIGO Collaboration"
    assert surname("Sammy Davis Jr.") == "Davis"


@pytest.mark.parametrize(("width", "title"), [(79, 60), (85, 60), (91, 60), (120, 90), (150, 120)])
def test_a_title_has_its_sixty_cells(width: int, title: int) -> None:
    columns = Columns.fit(width)
    assert columns.title >= title
    assert columns.author >= 9
    assert columns.year == 5


def test_two_lines_hold_title_and_what_else_there_is() -> None:
    first, second = draw_two(record("A title"), "A title", 60, (), PLAIN)
    assert first.plain.rstrip() == " ●  A title"
    assert second.plain == "    Lovelace, Pascal · 2022-02-01"


def test_tags_stand_behind_a_title_that_leaves_room() -> None:
    tagged = replace(record("Short"), tags=("rag", "old"))
    assert "Short  #rag #old" in draw(tagged, "Short", Columns.fit(80), (), PLAIN).plain
    assert "#rag" not in draw(tagged, "long " * 30, Columns.fit(80), (), PLAIN).plain


def test_a_short_text_is_not_cut() -> None:
    assert cut("short", [(0, 5)], 10) == ("short", [(0, 5)])


def test_a_hit_that_is_cut_away_marks_the_ellipsis() -> None:
    assert cut("neural networks", [(0, 6), (7, 15)], 10) == (
        "neural ne…",
        [(0, 6), (7, 9), (9, 10)],
    )


def test_wide_letters_are_cut_by_cells() -> None:
    text, hits = cut("日本語の題名", [(0, 6)], 6)
    assert text.startswith("日本")
    assert text.endswith("…")
    assert hits == [(0, 2), (len(text) - 1, len(text))]


@pytest.mark.parametrize("width", [1, 5, 20, 40, 53, 80, 120, 240])
def test_rows_are_as_wide_as_the_list_at_most(width: int) -> None:
    row = draw(record(), "word " * 60, Columns.fit(width), (), PLAIN)
    assert row.cell_length <= max(width, 5)


def test_columns_are_aligned() -> None:
    columns = Columns.fit(80)
    rows = [draw(record(), title, columns, (), PLAIN).plain for title in ("a", "b" * 200, "日本語")]
    ends = {row[row.index("Lovel") :] for row in rows}
    assert ends == {"Lovelace  2022"}


def test_a_row_without_author_and_year_gives_its_room_to_the_title() -> None:
    bare = Record(1, "title:1", Paper("word " * 60))
    row = draw(bare, bare.paper.title, Columns.fit(80), (), PLAIN).plain
    assert len(row) >= 78


def test_hits_are_styled() -> None:
    row = draw(record(), "neural", Columns.fit(80), [(0, 6)], PLAIN)
    assert any(
        span.style == PLAIN.hit and row.plain[span.start : span.end] == "neural"
        for span in row.spans
    )
    assert HIT
