"""What is said, without a screen to say it on."""

from dataclasses import replace

import pytest

from paperreader.library.library import SavedSearch
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Record, View
from paperreader.query.request import Request, Sort, SortKey
from paperreader.query.tree import Field
from paperreader.tui.dialogs import filter_entries
from paperreader.tui.state import wording
from paperreader.tui.state.listing import Listing, NoSpans, Span
from paperreader.tui.widgets.paper_text import day, paper_text
from paperreader.tui.widgets.view_tabs import short, tabs

COUNTS = {View.ALL: 114_762, View.UNREAD: 114_700, View.READING: 12, View.DONE: 3}


class Marks:
    """Marks every "at"."""

    def spans(self, text: str, field: Field) -> list[Span]:
        return [(i, i + 2) for i in range(len(text)) if text.startswith("at", i)]


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("2024-04-30", "30 Apr 2024"),
        ("2024-04", "Apr 2024"),
        ("2024", "2024"),
        ("", ""),
        ("2024-04-03T01:02:03.000Z", "3 Apr 2024"),
        ("2024-13-01", "2024"),
    ],
)
def test_days(told: str, read: str) -> None:
    assert day(told) == read


def test_hits_are_offsets_in_the_shown_text() -> None:
    record = Record(1, "k", Paper("At what rate", "cat and hat", ("Pat",)))
    text = paper_text(record, Marks(), str)
    assert [text.content.plain[start:end] for start, end in text.hits] == ["at", "at"]
    assert text.content.plain[: text.hits[0][0]].endswith("\n\nc")
    assert text.with_current(1).plain == text.content.plain


def test_a_paper_tells_all_that_is_known() -> None:
    paper = Paper(
        "T", "A", ("B",), "2024", venue="V", upvotes=3,
        links=(Link(LinkKind.CODE, "https://github.com/x/y"),),
    )  # fmt: skip
    record = Record(1, "k", paper, "2026-01-02", ("s.bib",), bookmarked="x", tags=("t",), note="n")
    plain = paper_text(record, NoSpans(), str).content.plain
    for told in ("2024 · V · ▲ 3", "◆ reading list", "https://github.com/x/y", "#t", "s.bib"):
        assert told in plain


def test_a_paper_without_abstract_says_so() -> None:
    plain = paper_text(Record(1, "k", Paper("T")), NoSpans(), str).content.plain
    assert "No abstract" in plain


def test_tags_and_note_stand_above_the_abstract() -> None:
    record = Record(1, "k", Paper("T", "What it is"), tags=("rag", "old"), note="ask Ada")
    head = paper_text(record, NoSpans(), str).content.plain.partition("What it is")[0]
    assert head == "T\n● unread   #rag #old\nnote     ask Ada\n\n"


def test_a_summary_stands_where_the_abstract_is_missing_and_its_hits_are_marked() -> None:
    text = paper_text(Record(1, "k", Paper("T", summary="cat food")), Marks(), str)
    assert [text.content.plain[start:end] for start, end in text.hits] == ["at"]
    assert "No abstract" not in text.content.plain


def test_a_summary_stands_below_an_abstract() -> None:
    paper = Paper("T", "What it is", summary="Short", stars=1200, comments=1, organization="Org")
    plain = paper_text(Record(1, "k", paper), NoSpans(), str).content.plain
    assert plain.index("What it is") < plain.index("In short  Short")
    assert "Org · ★ 1,200 · 1 comment" in plain


def test_a_paper_of_which_only_the_identifier_is_known_says_so() -> None:
    record = Record(1, "k", Paper("arXiv:2301.00001", pending=True))
    assert "Only the identifier" in paper_text(record, NoSpans(), str).content.plain


def test_a_paper_done_with_is_not_called_unread() -> None:
    plain = paper_text(Record(1, "k", Paper("T"), done="2026"), NoSpans(), str).content.plain
    assert "✓ done" in plain
    assert "unread" not in plain


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0"), (999, "999"), (11_999, "11k"), (114_762, "114k"), (1.2e6, "1.2M")]
)
def test_short_counts(count: int, told: str) -> None:
    assert short(count) == told


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_tabs_fit(width: int) -> None:
    saved = [SavedSearch(f"search number {n}", Request("x"), 100, 20) for n in range(9)]
    line = tabs(COUNTS, saved, width)
    assert [tab.key for tab in line[:4]] == ["1", "2", "3", "4"]
    assert sum(tab.cells for tab in line) <= width


def test_saved_searches_stand_beside_the_views() -> None:
    line = tabs(COUNTS, [SavedSearch("rag", Request("rag"), 23, 4)], 120)
    assert (line[4].key, line[4].name, line[4].count) == ("5", "rag", "4/23")


def test_saved_searches_have_room_in_80_columns_before_a_large_library() -> None:
    line = tabs(COUNTS, [SavedSearch("graph networks", Request("x"), 6000, 1200)], 80)
    assert [tab.name for tab in line] == ["All", "Unread", "Later", "Done", "graph networks"]
    assert (line[4].key, line[4].count, line[4].brief) == ("5", "1k", False)


def test_a_list_tells_its_order() -> None:
    papers = [Record(1, "k", Paper("T"))]
    newest = Request("x", sort=Sort(SortKey.NEWEST, reverse=True))
    assert wording.count(Listing(papers, 1, request=newest), 9) == "1 of 9 · newest ↑ · 1 ms"
    assert wording.count(Listing(papers, 1, request=Request()), 9) == "1 paper"


def test_counts_of_a_list() -> None:
    papers = [Record(n, "k", Paper("T")) for n in range(3)]
    request = Request("rag")
    assert wording.count(Listing(papers, 3), 9) == "3 papers"
    assert wording.count(Listing(papers, 3, request=request, took=0.0042), 9) == "3 of 9 · 4 ms"
    assert wording.count(Listing(papers, 1, request=request), 1234) == "1 of 1,234 · 1 ms"


@pytest.mark.parametrize("view", list(View))
def test_every_empty_list_says_what_to_do(view: View) -> None:
    assert len(wording.empty(Listing(request=Request(view=view)), view).plain.splitlines()) >= 3
    searched = Listing(request=Request("x", ("is:read",), view), suggestion="y")
    assert "Did you mean y" in wording.empty(searched, view).plain


def test_the_same_order_again_is_its_reverse() -> None:
    once = wording.sorted_by(Request(), "n")
    assert (once.sort.key, once.sort.reverse) == (SortKey.NEWEST, False)
    twice = wording.sorted_by(once, "n")
    assert twice.sort.reverse
    assert not wording.sorted_by(twice, "n").sort.reverse
    assert not wording.sorted_by(twice, "t").sort.reverse


def test_a_beginning_is_saved_as_a_beginning() -> None:
    assert wording.as_saved(Request("samp", typing=True)) == Request("samp*")
    assert wording.as_saved(Request("samp ", typing=True)) == Request("samp ")
    assert wording.as_saved(replace(Request("samp"))) == Request("samp")


def test_chips_are_query_text() -> None:
    assert filter_entries.chip("category", "cs.CL") == "category:cs.CL"
    assert filter_entries.chip("venue", 'The "ACL" 2020') == 'venue:"The ACL 2020"'


def test_a_chip_is_put_on_and_taken_off() -> None:
    assert wording.toggled(("a",), "b") == ("a", "b")
    assert wording.toggled(("a", "b"), "a") == ("b",)
