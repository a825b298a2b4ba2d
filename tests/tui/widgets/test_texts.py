"""What is said, without a screen to say it on."""

from datetime import UTC, datetime, timedelta

import pytest

from paperreader.library.facets import Facet
from paperreader.library.library import SavedSearch
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import Interest, Record, View
from paperreader.query.request import Request, Sort, SortKey
from paperreader.query.text_field import Field
from paperreader.tui.dialogs import filter_entries
from paperreader.tui.dialogs.command_entries import explained
from paperreader.tui.state import wording
from paperreader.tui.widgets.paper_row import HIT
from paperreader.tui.widgets.paper_text import Look, day, no_spans, paper_text, tail
from paperreader.tui.widgets.view_tabs import short, tabs
from tests.tui.samples import results_of

LOOK = Look(80, str)
COUNTS = {View.ALL: 114_762, View.UNREAD: 114_700, View.READING: 12, View.DONE: 3}


def spans_of_at(text: str, field: Field) -> list[tuple[int, int]]:
    return [(i, i + 2) for i in range(len(text)) if text.startswith("at", i)]


@pytest.mark.parametrize(
    ("time", "read"),
    [
        ("2024-04-30", "30 Apr 2024"),
        ("2024-04", "Apr 2024"),
        ("2024", "2024"),
        ("", ""),
        ("2024-04-03T01:02:03.000Z", "3 Apr 2024"),
        ("2024-13-01", "2024"),
    ],
)
def test_days(time: str, read: str) -> None:
    assert day(time).replace("\N{NO-BREAK SPACE}", " ") == read


@pytest.mark.parametrize("room", [20, 31, 40, 67])
@pytest.mark.parametrize("head", [" j            ", ' author:"g hinton"     '])
def test_an_explanation_is_never_cut(head: str, room: int) -> None:
    text = "by one author; title: abstract: venue: source: note: likewise, and so on"
    lines = explained(head, text, room).plain.split("\n")
    assert all(len(line.rstrip()) <= room for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(f"{head} {text}".split())


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (0, "today"),
        (1, "yesterday"),
        (60, "60 days ago"),
        (61, "2 months ago"),
        (400, "13 months ago"),
        (1_100, "3 years ago"),
    ],
)
def test_the_age_of_a_day(days: int, read: str) -> None:
    before = datetime.now(UTC).date() - timedelta(days)
    assert day(before.isoformat(), "age") == read


@pytest.mark.parametrize("time", ["2024", "2024-04", "", "9999-01-01"])
def test_a_date_that_has_no_age_is_said_in_words(time: str) -> None:
    assert day(time, "age") == day(time)


def test_hits_are_offsets_in_the_shown_text() -> None:
    record = Record(1, "k", Paper("At what rate", "cat and hat", ("Pat",)))
    text = paper_text(record, spans_of_at, LOOK)
    assert [text.content.plain[start:end] for start, end in text.hits] == ["at", "at"]
    assert text.content.plain[: text.hits[0][0]].endswith("\n\nc")
    assert text.with_current(1).plain == text.content.plain


def test_what_words_are_found_in_beside_the_abstract_is_marked_too() -> None:
    paper = Paper("T", "A", venue="Nature", keywords=("cats", "dogs"), comment="at last")
    content = paper_text(Record(1, "k", paper), spans_of_at, LOOK).content
    marked = [content.plain[s.start : s.end + 2] for s in content.spans if s.style == HIT]
    assert marked == ["atur", "ats,", "at l"]


def test_a_paper_tells_all_that_is_known() -> None:
    paper = Paper(
        "T", "A", ("B",), "2024", venue="V", upvotes=3,
        links=(Link(LinkKind.CODE, "https://github.com/x/y"),),
    )  # fmt: skip
    record = Record(1, "k", paper, "2026-01-02", ("s.bib",), bookmarked="x", tags=("t",), note="n")
    plain = paper_text(record, no_spans, LOOK).content.plain
    for told in ("2024 · V · ▲ 3", "◆ reading list", "https://github.com/x/y", "#t", "s.bib"):
        assert told in plain


def test_a_paper_without_abstract_says_so() -> None:
    plain = paper_text(Record(1, "k", Paper("T")), no_spans, LOOK).content.plain
    assert "No abstract" in plain


def test_tags_and_note_stand_above_the_abstract() -> None:
    record = Record(1, "k", Paper("T", "What it is"), tags=("rag", "old"), note="ask Ada")
    head = paper_text(record, no_spans, LOOK).content.plain.partition("What it is")[0]
    assert head == "T\n● unread   #rag #old\nnote     ask Ada\n\n"


def test_a_summary_stands_where_the_abstract_is_missing_and_its_hits_are_marked() -> None:
    text = paper_text(Record(1, "k", Paper("T", summary="cat food")), spans_of_at, LOOK)
    assert [text.content.plain[start:end] for start, end in text.hits] == ["at"]
    assert "No abstract" not in text.content.plain


def test_a_summary_stands_below_an_abstract() -> None:
    paper = Paper("T", "What it is", summary="Short", stars=1200, comments=1, organization="Org")
    plain = paper_text(Record(1, "k", paper), no_spans, LOOK).content.plain
    assert plain.index("What it is") < plain.index("In short  Short")
    assert "Org · ★ 1,200 · 1 comment" in plain


def test_a_paper_of_which_only_the_identifier_is_known_says_so() -> None:
    record = Record(1, "k", Paper("arXiv:2301.00001", pending=True))
    assert "Only the identifier" in paper_text(record, no_spans, LOOK).content.plain


def test_a_paper_done_with_is_not_called_unread() -> None:
    plain = paper_text(Record(1, "k", Paper("T"), done="2026"), no_spans, LOOK).content.plain
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


def test_tabs_keep_their_keys_and_the_one_on_the_screen() -> None:
    saved = [SavedSearch(f"a search with number {n}", Request(f"x{n}"), 100, 20) for n in range(9)]
    for width in (80, 120):
        line = tabs(COUNTS, saved, width, Request("x4"))
        assert [tab.brief for tab in line] == [False] * len(line)
        assert (line[-1].key, line[-1].active) == ("9", True)
        line = tabs(COUNTS, saved, width, Request("x8"))
        assert (line[-1].name, line[-1].active) == ("a search with…", True)
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
    assert wording.count(results_of(papers, request=newest), 0, 9) == "1 / 1 of 9 · oldest first"
    assert wording.count(results_of(papers, request=Request()), 0, 9) == "1 / 1 paper"


def test_counts_of_a_list() -> None:
    papers = [Record(n, "k", Paper("T")) for n in range(3)]
    request = Request("rag")
    assert wording.count(results_of(papers), 1, 9) == "2 / 3 papers"
    assert wording.count(results_of([]), 0, 9) == "0 papers"
    assert wording.count(results_of(papers, request=request), 2, 9) == "3 / 3 of 9"
    assert wording.count(results_of(papers, 1, request=request), 0, 1234) == (
        "1 / 3 of 1,234 · 1 with all words"
    )


@pytest.mark.parametrize("view", list(View))
def test_every_empty_list_says_what_to_do(view: View) -> None:
    empty = wording.empty(results_of([], request=Request(view=view)), view)
    assert len(empty.plain.splitlines()) >= 3
    searched = results_of([], request=Request("x", ("is:read",), view), suggestion="y")
    assert "Did you mean y" in wording.empty(searched, view).plain


def test_chips_are_query_text() -> None:
    assert filter_entries.chip("category", "cs.CL") == "category:cs.CL"
    assert filter_entries.chip("venue", 'The "ACL" 2020') == 'venue:"The ACL 2020"'


def test_filters_of_states_are_counted() -> None:
    facets = [Facet("is", (("unread", 1_234),)), Facet("has", (("code", 0),))]
    lines = [entry.line.plain for entry in filter_entries.entries(["has:code"], facets, 60)]
    assert [line.split() for line in lines] == [
        ["✕", "has:code", "off"],
        ["state", "is:unread", "1,234"],
    ]
    uncounted = filter_entries.entries((), (), 60)
    assert "is:unread" in [entry.value for entry in uncounted]


def test_what_was_judged_stands_beside_the_state() -> None:
    record = Record(1, "k", Paper("T"), interest=Interest.LESS)
    assert "● unread   less like this" in paper_text(record, no_spans, LOOK).content.plain


def test_many_authors_fold() -> None:
    record = Record(1, "k", Paper("T", authors=tuple(f"A{n} B{n}" for n in range(727))))
    assert "A7 B7 … and 719 more" in paper_text(record, no_spans, LOOK).content.plain
    whole = paper_text(record, no_spans, Look(80, str, all_authors=True)).content.plain
    assert "A726 B726" in whole


def test_notes_and_long_values_hang_under_their_beginning() -> None:
    paper = Paper("T", comment="word " * 40)
    record = Record(1, "k", paper, note="one\ntwo")
    lines = paper_text(record, no_spans, Look(60, str)).content.plain.splitlines()
    assert lines[2:4] == ["note     one", "         two"]
    start = next(n for n, line in enumerate(lines) if line.startswith("comment"))
    assert lines[start + 1].startswith("         word")


def test_a_path_keeps_its_telling_end() -> None:
    assert tail("/home/ada/downloads/2022.acl.xml", 16) == "…ds/2022.acl.xml"
    assert tail("page.html", 16) == "page.html"


def test_the_whole_record_is_shown_when_it_is_asked_for() -> None:
    paper = Paper(
        "T",
        kind="techreport",
        fields={"institution": "MIT", "number": "7", "x-very-long-name-of-a-field": "8"},
        identifiers={"doi": "10.1000/x"},
        citation_key="doe:2019",
    )
    short = paper_text(Record(1, "k", paper), no_spans, LOOK).content.plain
    whole = paper_text(Record(1, "k", paper), no_spans, Look(40, str, whole_record=True))
    assert whole.content.plain.startswith(short)
    assert whole.content.plain.removeprefix(short).split("\n")[2:] == [
        "type         techreport",
        "doi          10.1000/x",
        "institution  MIT",
        "number       7",
        "x-very-long… 8",
        "cite as      doe:2019",
    ]


def test_where_there_is_no_more_to_show_that_is_said() -> None:
    whole = paper_text(Record(1, "k", Paper("T")), no_spans, Look(40, str, whole_record=True))
    assert whole.content.plain.endswith("Nothing more is known of this paper.")


@pytest.mark.parametrize("text", ["at " * 30_000, "at\n\n" * 5_000])
def test_no_more_of_an_abstract_is_laid_out_than_anybody_reads(text: str) -> None:
    shown = paper_text(Record(1, "key:1", Paper("T", text)), spans_of_at, LOOK)
    plain = shown.content.plain
    assert len(plain) < 51_000
    assert plain.count("\n") < 1_020
    left = int(plain.partition("… and ")[2].partition(" ")[0].replace(",", ""))
    assert left + len("\n".join(plain.split("\n")[3:])) > len(text)
    assert all(plain[start:end] == "at" for start, end in shown.hits)
