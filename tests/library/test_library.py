import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from paperreader.errors import Cancelled, CancelToken, PaperreaderError
from paperreader.formats import Heading, Unparsed
from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import Interest, Record, View
from paperreader.paths import Paths
from paperreader.query.request import Request, Sort, SortKey
from paperreader.store.queries import Queries
from paperreader.store.waiters import Waiters

PAPERS = [
    Paper(
        "Locally typical sampling",
        "Language models repeat themselves; we sample typical words.",
        ("Clara Meister", "Ryan Cotterell"),
        "2022-02-01",
        categories=("cs.CL",),
        identifiers={"arxiv": "2202.00666"},
        upvotes=5,
    ),
    Paper(
        "Attention is all you need",
        "The transformer is a network made of attention alone.",
        ("Ashish Vaswani",),
        "2017-06-12",
        categories=("cs.CL", "cs.LG"),
        identifiers={"arxiv": "1706.03762"},
        upvotes=9,
    ),
    Paper("A survey of attention", "We survey networks.", published="2021", venue="JMLR"),
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(Paths.find(tmp_path)) as library:
        library.add(PAPERS, "page.txt")
        library.catch_up()
        yield library


def cancelled() -> CancelToken:
    token = CancelToken()
    token.cancel()
    return token


def titles(library: Library, *told: str, **more: object) -> list[str]:
    request = Request(*told, **more)  # type: ignore[arg-type]
    return [record.paper.title.split()[0] for record in library.search(request)]


def test_everything_in_the_order_of_the_page(library: Library) -> None:
    assert titles(library) == ["Locally", "Attention", "A"]


def test_a_long_list_begins_at_once_and_goes_on(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"Paper number {n}") for n in range(500)), "page")
        results = library.search(Request())
        assert (len(results), results.full) == (500, 500)
        assert results.row(0) == 1
        assert results.index_of(3) == 2
        library.add([Paper("Newer", identifiers={"arxiv": "2202.00666"})], "other")
        assert [results.row(place) for place in (199, 200, 499, -1)] == [200, 201, 500, 500]
        assert results.index_of(501) is None
        assert results.index_of(450) == 449
        assert len(list(results)) == 500
        facets = {facet.name: facet.values for facet in library.facets(results)}
        assert facets["source"] == (("page", 500),)
        assert library.search(Request()).row(0) == 501


def test_a_list_keeps_its_length_while_papers_are_merged(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"{n}", identifiers={"arxiv": f"2202.{n:05}"}) for n in range(300)), "a")
        library.add([Paper("Other", identifiers={"doi": "10.1/x"})], "b")
        results = library.search(Request())
        library.add([Paper("", identifiers={"arxiv": "2202.00000", "doi": "10.1/x"})], "c")
        assert len(results) == 301
        assert [results.row(index) for index in range(301)] == [301, *range(1, 301)]
        assert results[0].paper.title.startswith("(this paper was merged")
        assert len(library.search(Request())) == 300


def test_a_list_keeps_its_length_while_papers_are_removed(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"Number {n}") for n in range(300)), "a")
        results = library.search(Request())
        library.remove([5, 290])
        assert [results.row(index) for index in (0, 4, 298, 299)] == [1, 5, 300, 0]
        assert results[299].paper.title.endswith("or removed)")
        assert len(library.search(Request())) == 298
        library.undo()
        assert len(library.search(Request())) == 300


def test_words_and_conditions_together(library: Library) -> None:
    assert titles(library, "attention") == ["Attention", "A"]
    assert titles(library, "attention year:2017") == ["Attention"]
    assert titles(library, "attention", chips=("category:cs",)) == ["Attention"]
    assert titles(library, "category:cs -category:cs.LG") == ["Locally"]
    assert titles(library, "", chips=("venue:jmlr",)) == ["A"]
    assert titles(library, "1706.03762") == ["Attention"]


def test_a_summary_is_searched_where_there_is_no_abstract(library: Library) -> None:
    library.add(
        [
            Paper("A digest", summary="It tells of galaxies."),
            Paper("B", "galaxies", summary="moons"),
        ],
        "x",
    )
    library.catch_up()
    assert titles(library, "galaxies") == ["B", "A"]
    assert titles(library, "moons") == []


def test_views_limit_every_search(library: Library) -> None:
    library.mark_read([2])
    library.bookmark([3])
    assert titles(library, "attention", view=View.UNREAD) == ["A"]
    assert titles(library, view=View.READING) == ["A"]
    assert titles(library, "attention is:read") == ["Attention"]
    assert titles(library, "is:bookmarked OR is:read") == ["Attention", "A"]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (SortKey.RELEVANCE, ["Attention", "A"]),
        (SortKey.NEWEST, ["A", "Attention"]),
        (SortKey.TITLE, ["A", "Attention"]),
        (SortKey.ADDED, ["Attention", "A"]),
        (SortKey.UPVOTES, ["Attention", "A"]),
    ],
)
def test_every_order_and_its_reverse(library: Library, key: SortKey, found: list[str]) -> None:
    assert titles(library, "attention", sort=Sort(key)) == found
    assert titles(library, "attention", sort=Sort(key, reverse=True)) == found[::-1]
    everything = titles(library, sort=Sort(key))
    assert titles(library, sort=Sort(key, reverse=True)) == everything[::-1]


def test_results_tell_what_they_are(library: Library) -> None:
    results = library.search(Request("attention netwrk"))
    assert results.suggestion == "attention network"
    assert (len(results), results.full) == (2, 0)
    assert library.search(Request("autor:x attention")).notices
    found = library.search(Request("typical"))
    assert (found.row(0), found.index_of(1), found.index_of(2)) == (1, 0, None)
    assert (found.score(0) or 0) > 0
    assert library.search(Request()).score(0) is None
    with pytest.raises(IndexError):
        found[1]
    assert found[-1] == found[0]


def test_a_result_shows_the_state_of_now(library: Library) -> None:
    results = library.search(Request())
    assert results[0].bookmarked == ""
    library.bookmark([1])
    assert results[0].bookmarked
    library.undo()
    assert results[0].bookmarked == ""


def test_what_another_paperreader_does_is_seen(library: Library) -> None:
    results, revision = library.search(Request()), library.revision
    with Library(library.paths) as other:
        other.mark_done([1])
    assert library.revision > revision
    assert results[0].done


def test_a_record_that_was_merged_away_is_said_to_be(library: Library) -> None:
    library.add([Paper("Typical", identifiers={"doi": "10.1/x"})], "other")
    library.catch_up()
    results = library.search(Request("typical"))
    assert len(results) == 2
    bridge = Paper("T", identifiers={"doi": "10.1/x", "arxiv": "2202.00666"})
    library.add([bridge], "third")
    gone = results.index_of(4)
    assert gone is not None
    assert library.find("doi:10.1/x").row == 1
    assert titles(library, "typical") == ["Locally"]
    library.catch_up()
    assert titles(library, "typical") == ["Locally"]
    assert titles(library, "-attention") == ["Locally"]


def test_facets_count_what_is_shown(library: Library) -> None:
    facets = {facet.name: facet.values for facet in library.facets(library.search(Request()))}
    assert facets["year"] == (("2022", 1), ("2021", 1), ("2017", 1))
    assert facets["category"] == (("cs.CL", 2), ("cs.LG", 1))
    [source] = facets["source"]
    assert source == ("page.txt", 3)
    few = library.facets(library.search(Request("survey")))
    assert [facet.name for facet in few] == ["is", "has", "year", "venue", "source"]


def test_facets_count_states(library: Library) -> None:
    library.mark_read([1])
    library.bookmark([2, 3])
    library.tag([3], ["rag"])
    counted = {
        facet.name: dict(facet.values) for facet in library.facets(library.search(Request()))
    }
    assert counted["is"] == {"unread": 2, "bookmarked": 2, "done": 0, "untagged": 2}
    assert counted["has"]["note"] == 0
    shown = library.search(Request(view=View.READING))
    counted = {facet.name: dict(facet.values) for facet in library.facets(shown)}
    assert counted["is"]["unread"] == counted["is"]["bookmarked"] == 2
    assert counted["is"]["untagged"] == 1


def test_saved_searches_count_what_is_unread(library: Library) -> None:
    request = Request("attention", chips=("year:2017..",), view=View.ALL, sort=Sort(SortKey.TITLE))
    library.save_search("mine", request)
    library.mark_read([2])
    [saved] = library.saved_searches()
    assert (saved.name, saved.request, saved.total, saved.unread) == ("mine", request, 2, 1)
    assert library.saved_search("other") is None
    assert library.forget_search("mine")
    assert not library.forget_search("mine")


def test_the_nearest_unread_of_some_rows(library: Library) -> None:
    rows = [record.row for record in library.search(Request())]
    library.mark_read(rows[:1])
    library.mark_done(rows[1:2])
    assert library.nearest_unread(rows) == 2
    assert library.nearest_unread(rows[:2]) is None
    assert library.nearest_unread([]) is None
    library.mark_read(rows[:1], on=False)
    assert [library.nearest_unread(rows, count) for count in (1, 2, 10**9)] == [0, 2, 2]


def test_related_papers_share_telling_words(library: Library) -> None:
    related = library.related(2)
    assert related[0].paper.title == "A survey of attention"
    assert "attention" in related.shared[0]
    assert related.title.startswith("related to ")
    assert all(record.row != 2 for record in related)


def test_what_is_not_understood_is_kept(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        assert library.first_start
        leftover = Unparsed("line 3", "no title", "x")
        report = library.add([Heading("opened", "Mar 18"), PAPERS[0], leftover], "page")
        assert str(report) == "1 paper: 1 new, 0 known, 0 merged; 1 passage not understood"
        assert report.unparsed == [leftover]
        assert not library.first_start


def test_what_is_in_when_reading_breaks_off_stays(tmp_path: Path) -> None:
    def breaking() -> Iterator[Paper]:
        yield from (Paper(f"Paper {n}") for n in range(2500))
        raise KeyboardInterrupt

    with Library(Paths.find(tmp_path)) as library:
        with pytest.raises(KeyboardInterrupt):
            library.add(breaking(), "page")
        assert library.counts()[View.ALL] == 2500


def test_a_large_addition_is_whole_though_others_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Waiters, "let_in", lambda _: None)
    paths = Paths.find(tmp_path)
    with Library(paths) as library, Waiters(paths.library).joined():
        counts: list[int] = []
        papers = [Paper(f"Paper {n}") for n in range(3100)]
        report = library.add(papers, "page", progress=counts.append)
        assert report.papers == counts[-1] == library.counts()[View.ALL] == 3100
        assert len(counts) > 50


def test_a_batch_that_cannot_be_saved_is_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise PaperreaderError("the disk is full")

    with Library(Paths.find(tmp_path)) as library:
        monkeypatch.setattr(library._store.papers, "add", full)
        with pytest.raises(PaperreaderError, match="is full"):
            library.add((Paper(f"Paper {n}") for n in range(2500)), "page")


def test_a_search_that_nobody_wants_is_given_up(library: Library) -> None:
    with pytest.raises(Cancelled):
        library.search(Request("attention"), cancelled())


def test_many_threads_search_and_mark_at_once(library: Library) -> None:
    errors: list[BaseException] = []

    def work(row: int) -> None:
        try:
            for _ in range(20):
                assert titles(library, "attention")
                library.bookmark([row])
                library.undo()
        except BaseException as error:  # noqa: BLE001  (shown below)
            errors.append(error)

    threads = [threading.Thread(target=work, args=(row,)) for row in (1, 2, 3, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_papers_may_come_in_while_a_question_is_answered(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(name: str) -> None:
        ask = getattr(Queries, name)

        def asked(lists: Queries, *told: object) -> object:
            found = ask(lists, *told)
            other.add([Paper(f"Paper number {next(numbers)} of many", published="2022")], "page")
            return found

        monkeypatch.setattr(Queries, name, asked)

    numbers = count()
    with Library(library.paths) as other:
        for name in ("where", "facet", "in_order", "view"):
            busy(name)
        for key in SortKey:
            found = titles(library, "attention (is:unread OR year:2021)", sort=Sort(key))
            assert {"A", "Attention"} <= set(found)
            assert "A" in titles(library, "year:2021 OR (venue:jmlr -is:read)", sort=Sort(key))
        assert library.facets(library.search(Request()))


def test_quitting_during_a_build_is_immediate_and_the_next_start_goes_on(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        library.add((Paper(f"Paper number{n} of many") for n in range(4000)), "page")
        library.catch_up(cancelled())
        assert library.behind() == 4000
    with Library(Paths.find(tmp_path)) as library:
        library.catch_up()
        assert library.behind() == 0


def test_an_index_of_another_library_is_not_used(tmp_path: Path, library: Library) -> None:
    said: list[str] = []
    places = Paths.find(tmp_path / "other")
    places.cache.mkdir(parents=True)
    library.paths.index.rename(places.index)
    with Library(places) as other:
        other.listen(said.append)
        other.add([Paper("Something else")], "page")
        other.catch_up()
        assert titles(other, "attention") == []
        assert titles(other, "else") == ["Something"]
    assert len(said) == 1


def test_restoring_a_library_brings_its_marks(tmp_path: Path, library: Library) -> None:
    library.bookmark([2, 1])
    library.tag([1], ["rag"])
    library.note(3, "read again")
    library.judge([1], Interest.MORE)
    library.judge([3], Interest.LESS)
    records = list(library.search(Request()))
    assert [record.interest for record in records] == ["more", "", "less"]
    with Library(Paths.find(tmp_path / "other")) as other:
        assert other.restore(records, "library.jsonl")[1] == 3
        assert titles(other, view=View.READING) == ["Attention", "Locally"]
        assert list(other.search(Request())) == records
        assert other.restore(records, "library.jsonl")[1] == 0


def test_a_large_reading_list_keeps_its_order_in_a_copy(tmp_path: Path, library: Library) -> None:
    library.add((Paper(f"Paper {n}", identifiers={"doi": f"10.1/{n}"}) for n in range(2500)), "x")
    library.bookmark([2400, 10, 1200, 5])
    records = list(library.search(Request()))
    order = [record.key for record in library.search(Request(view=View.READING))]
    with Library(Paths.find(tmp_path / "other")) as other:
        other.add([PAPERS[0]], "page")
        other.bookmark([1])
        other.restore(records, "library.jsonl")
        there = list(other.search(Request(view=View.READING)))
        assert [record.key for record in there[1:]] == order
        assert [record.position for record in there] == [1, 2, 3, 4, 5]


def test_positions_of_any_size_are_restored(tmp_path: Path) -> None:
    with Library(Paths.find(tmp_path)) as library:
        records = [
            Record(0, f"doi:10.1/{n}", Paper(f"Paper {n}"), bookmarked="2026", position=10**n)
            for n in (30, 3, 2)
        ]
        records += [Record(0, "x", Paper("Last"), bookmarked="2026")]
        library.restore(records, "library.jsonl")
        found = [r.paper.title for r in library.search(Request(view=View.READING))]
        assert found == ["Last", "Paper 2", "Paper 3", "Paper 30"]
