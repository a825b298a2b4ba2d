import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.papers.record import View
from paperreader.store import NoSuchPaper, Outcome, Store

ABSTRACT = "We study how words are chosen when text is made one word at a time, and find a limit."
OTHER = "Galaxies rotate faster than their visible mass allows; we measure forty of them anew."
WHOLE = Paper(
    "A [title] with /brackets/",
    "One.\n\nTwo.",
    ("Ann Lee", "Bo Chen"),
    "2022-02-01",
    "2023",
    "Venue",
    ("cs.CL", "stat.ML"),
    ("key", "words"),
    (Link(LinkKind.CODE, "https://github.com/a/b"),),
    {"arxiv": "2202.00666", "isbn": "1"},
    "12 pages",
    "A summary",
    "An organisation",
    1,
    2,
    3,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.sqlite3")
    yield store
    store.close()


def add(store: Store, *papers: Paper, source: str = "page.txt") -> list[Outcome]:
    return [outcome for _, outcome in store.papers.add(papers, source, "2026-01-02T03:04:05Z")]


def test_a_paper_comes_back_whole(store: Store) -> None:
    [(row, outcome)] = store.papers.add([WHOLE], "page.txt", "2026-01-02T03:04:05Z")
    [record] = store.papers.records([row])
    assert outcome is Outcome.NEW
    assert record.paper == WHOLE
    assert record.key == "arxiv:2202.00666"
    assert record.sources == ("page.txt",)
    assert record.added == "2026-01-02T03:04:05Z"


def test_the_same_page_twice_adds_nothing(store: Store) -> None:
    papers = [WHOLE, Paper("Another", ABSTRACT), Paper("A third")]
    assert add(store, *papers) == [Outcome.NEW] * 3
    revision = store.revision
    assert add(store, *papers) == [Outcome.KNOWN] * 3
    assert store.revision == revision
    assert store.lists.counts()[View.ALL] == 3


def test_a_paper_met_without_ids_is_known_again_with_them(store: Store) -> None:
    add(store, Paper("Locally Typical Sampling", ABSTRACT))
    old = store.papers.records([1])[0].key
    store.reading.bookmark([1], True, "2026-01-03")
    arxiv = Paper(
        "Locally typical sampling", ABSTRACT, ("Ann Lee",), identifiers={"arxiv": "2202.00666"}
    )
    assert add(store, arxiv, source="arxiv.xml") == [Outcome.MERGED]
    [record] = store.papers.records([1])
    assert record.key == "arxiv:2202.00666"
    assert record.aliases == (old,)
    assert record.bookmarked == "2026-01-03"
    assert record.paper.authors == ("Ann Lee",)
    assert set(record.sources) == {"page.txt", "arxiv.xml"}
    assert store.papers.row_of(old) == 1


def test_two_papers_of_one_title_stay_two_and_have_two_keys(store: Store) -> None:
    assert add(store, Paper("A Survey", ABSTRACT), Paper("A Survey", OTHER)) == [Outcome.NEW] * 2
    assert add(store, Paper("A Survey", OTHER)) == [Outcome.KNOWN]
    assert len({record.key for record in store.papers.records([1, 2])}) == 2


def test_a_record_that_bridges_two_makes_them_one(store: Store) -> None:
    add(store, Paper("T", ABSTRACT, identifiers={"arxiv": "2202.00666"}))
    add(store, Paper("T, printed", OTHER, identifiers={"doi": "10.1/x"}, venue="Journal"))
    store.reading.bookmark([2], True, "2026-01-03")
    store.reading.tag([2], ["rag"], [], "2026")
    store.reading.note(2, "mine", "2026")
    revision = store.revision
    bridge = Paper("T", identifiers={"arxiv": "2202.00666", "doi": "10.1/x"})
    assert add(store, bridge) == [Outcome.MERGED]
    [record] = store.papers.records(store.lists.view(View.ALL))
    assert record.row == 1
    assert (record.bookmarked, record.tags, record.note) == ("2026-01-03", ("rag",), "mine")
    assert record.paper.venue == "Journal"
    assert store.papers.row_of("doi:10.1/x") == 1
    assert list(store.lists.gone()) == [2]
    emptied = [
        change for change in store.papers.changes(revision, 10, store.revision) if change.row == 2
    ]
    assert [(change.title, change.authors) for change in emptied] == [("", ())]
    assert store.lists.counts()[View.READING] == 1


def test_a_key_may_be_shortened_while_it_names_only_one(store: Store) -> None:
    add(store, WHOLE, Paper("U", identifiers={"arxiv": "2203.00001"}), Paper("V"))
    assert store.papers.row_of("arxiv:2202") == 1
    assert store.papers.row_of("2203") == 2
    with pytest.raises(NoSuchPaper, match="prefix of several keys"):
        store.papers.row_of("arxiv:220")
    with pytest.raises(NoSuchPaper, match="No paper has the key"):
        store.papers.row_of("arxiv:9")
    with pytest.raises(NoSuchPaper):
        store.papers.row_of("")


@pytest.mark.parametrize(
    "key",
    [
        "2202.00666v3",
        "https://arxiv.org/abs/2202.00666v1",
        "ARXIV:2202",
        "10.1002/(SICI)1097-0258",
        "DOI:10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
        "https://doi.org/10.1002/%28SICI%291097-0258%2819980815%2917:15%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "P19-1",
    ],
)
def test_a_key_may_be_written_as_people_write_identifiers(store: Store, key: str) -> None:
    odd = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
    names = {"arxiv": "2202.00666", "doi": odd, "acl": "P19-1001"}
    add(store, Paper("B"), Paper("A", identifiers=names).cleaned())
    assert store.papers.row_of(key) == 2


def test_the_doi_of_the_journal_names_an_arxiv_paper_too(store: Store) -> None:
    arxiv = {"arxiv": "2202.00666", "doi": "10.48550/arxiv.2202.00666"}
    journal = {"arxiv": "2202.00666", "doi": "10.1000/x"}
    add(store, Paper("T", ABSTRACT, identifiers=arxiv))
    assert add(store, Paper("T", identifiers=journal)) == [Outcome.MERGED]
    for identifiers in (arxiv, journal, {"doi": "10.1000/x"}):
        assert add(store, Paper("T", ABSTRACT, identifiers=identifiers)) == [Outcome.KNOWN]
    [record] = store.papers.records([1])
    assert record.paper.identifiers == journal
    assert record.aliases == ("doi:10.1000/x", "doi:10.48550/arxiv.2202.00666")


def test_a_second_doi_is_an_alias_and_known_again(store: Store) -> None:
    names = [{"arxiv": "2202.00666", "doi": f"10.1000/{x}"} for x in "ab"]
    add(store, *(Paper("T", identifiers=each) for each in names))
    assert store.papers.row_of("doi:10.1000/b") == 1
    assert add(store, Paper("T", identifiers={"doi": "10.1000/b"})) == [Outcome.KNOWN]


def test_a_bridge_does_not_join_two_arxiv_ids(store: Store) -> None:
    add(store, Paper("T", identifiers={"arxiv": "2202.00001", "doi": "10.1000/x"}))
    add(store, Paper("U", identifiers={"arxiv": "2202.00002", "acl": "P19-1001"}))
    bridge = Paper("V", identifiers={"doi": "10.1000/x", "acl": "P19-1001"})
    for _ in range(2):
        add(store, bridge)
        assert store.lists.counts()[View.ALL] == 2
    assert store.papers.row_of("arxiv:2202.00002") == 2


def test_an_id_and_a_title_that_wait_for_each_other_become_one(store: Store) -> None:
    add(store, Paper("Locally Typical Sampling", ABSTRACT))
    add(store, Paper("arXiv:2202.00666", identifiers={"arxiv": "2202.00666"}, pending=True))
    whole = Paper("Locally typical sampling", ABSTRACT, identifiers={"arxiv": "2202.00666"})
    assert add(store, whole, whole) == [Outcome.MERGED, Outcome.KNOWN]
    [record] = store.papers.records(store.lists.view(View.ALL))
    assert (record.row, record.key, record.paper.pending) == (1, "arxiv:2202.00666", False)


def test_merges_of_merges_lead_to_the_paper_there_is(store: Store) -> None:
    schemes = ("openreview", "acl", "doi", "arxiv")
    names = dict(zip(schemes, ("x1", "P19-1001", "10.1000/x", "2202.00666"), strict=True))
    add(store, *(Paper(s, identifiers={s: names[s]}) for s in reversed(schemes)))
    for pair in (schemes[:2], schemes[1:3], schemes[2:]):
        add(store, Paper("bridge", identifiers={s: names[s] for s in pair}))
    assert [store.papers.present(row) for row in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert store.lists.counts()[View.ALL] == 1
    assert {store.papers.row_of(f"{s}:{name}") for s, name in names.items()} == {1}


def test_titles_without_letters_are_not_all_one(store: Store) -> None:
    assert add(store, Paper("???"), Paper("!!!"), Paper("???")) == [
        *(Outcome.NEW, Outcome.NEW, Outcome.KNOWN)
    ]


def test_keys_travel_with_the_papers(store: Store, tmp_path: Path) -> None:
    add(store, Paper("T t", ABSTRACT), Paper("T t", ABSTRACT, identifiers={"doi": "10.1000/x"}))
    add(store, Paper("T t", ABSTRACT), source="a later one")
    records = store.papers.records([1])
    assert records[0].sources == ("page.txt", "a later one")
    other = Store(tmp_path / "other.sqlite3")
    for outcome in (Outcome.NEW, Outcome.KNOWN):
        assert other.papers.take_over(records, "here", "2026") == [(1, outcome)]
    assert other.papers.row_of(records[0].aliases[0]) == 1
    assert other.papers.records([1]) == records
    other.close()


def test_many_papers_are_read_at_once(store: Store) -> None:
    add(store, Paper("A"))
    assert len(store.papers.records(range(40_000))) == 1


def test_changes_are_told_once_and_in_order(store: Store) -> None:
    add(store, Paper("A"), Paper("B"))
    first = store.papers.changes(0, 10, store.revision)
    assert [change.title for change in first] == ["A", "B"]
    add(store, Paper("A", authors=("Ann Lee",)))
    [change] = store.papers.changes(first[-1].revision, 10, store.revision)
    assert (change.row, change.authors) == (1, ("Ann Lee",))


def test_what_a_source_says_of_itself_is_kept(store: Store) -> None:
    store.papers.add([Paper("A")], "page.txt", "2026", [("opened", "Mar 18")])
    assert store.papers.headings("page.txt") == [("opened", "Mar 18")]
    assert store.papers.headings("other") == []


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [
        ("year", "2022..2022", [1]),
        ("year", "..2021", [2]),
        ("year", "2021..", [1, 2]),
        ("year", "2021-12..2021-12", [2]),
        ("year", "2021-12-31..", [1, 2]),
        ("year", "last", []),
        ("has", "code", [1]),
        ("has", "pdf", [1]),
        ("has", "nonsense", []),
        ("is", "unread", [1, 2, 3]),
        ("is", "bookmarked", [2]),
        ("is", "reading", [2]),
        ("is", "tagged", [3]),
        ("is", "untagged", [1, 2]),
        ("has", "tag", [3]),
        ("has", "year", [1, 2]),
        ("has", "title", [1, 2, 3]),
        ("id", "arxiv:2202.00666", [1]),
    ],
)
def test_conditions(store: Store, name: str, value: str, rows: list[int]) -> None:
    add(store, WHOLE, Paper("B", published="2021-12-31"), Paper("C"))
    store.reading.bookmark([2], True, "2026")
    store.reading.tag([3], ["rag"], [], "2026")
    store.reading.note(3, "100% sure", "2026")
    assert sorted(store.lists.where(name, value)) == rows


def test_values_are_given_with_their_papers(store: Store) -> None:
    add(store, Paper("A", venue="B, C"), Paper("D", venue="E"), Paper("F", venue="B, C"))
    values, indexes, rows = store.lists.facet("venue")
    assert sorted((values[at], row) for at, row in zip(indexes, rows, strict=True)) == [
        ("B, C", 1),
        ("B, C", 3),
        ("E", 2),
    ]
    assert store.lists.notes() == []


def test_orders(store: Store) -> None:
    add(store, Paper("b", published="2020", upvotes=1), Paper("a", published="2021"))
    add(store, Paper("C", published="2019-05", upvotes=7))
    assert list(store.lists.in_order("newest")) == [2, 1, 3]
    assert list(store.lists.in_order("title")) == [2, 1, 3]
    assert list(store.lists.in_order("upvotes")) == [3, 1, 2]


def test_the_latest_page_comes_first_in_its_own_order(store: Store) -> None:
    store.papers.add([Paper("A"), Paper("B")], "one", "2026-01-01")
    store.papers.add([Paper("C"), Paper("D")], "two", "2026-01-02")
    assert list(store.lists.view(View.ALL)) == [3, 4, 1, 2]


def test_facets_pair_values_with_rows(store: Store) -> None:
    add(store, WHOLE, Paper("B", published="2022"))
    values, indexes, rows = store.lists.facet("year")
    assert (values, list(indexes), list(rows)) == (["2022"], [0, 0], [1, 2])


NAMES = {
    "arxiv": ["2202.00001", "2202.00002"],
    "doi": ["10.1000/a", "10.1000/b", "10.48550/arxiv.2202.00001"],
    "acl": ["P19-1001", "P19-1002"],
}
AMONG_FEW = st.builds(
    Paper,
    st.sampled_from(["A Survey", "Locally Typical Sampling"]),
    st.sampled_from(["", ABSTRACT, OTHER]),
    st.sampled_from([(), ("Ann Lee",)]),
    identifiers=st.fixed_dictionaries(
        {}, optional={scheme: st.sampled_from(names) for scheme, names in NAMES.items()}
    ),
)


@settings(max_examples=40)
@given(st.lists(AMONG_FEW, max_size=12))
def test_whatever_is_merged_nothing_is_lost_and_again_is_known(papers: list[Paper]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "library.sqlite3")
        for number, paper in enumerate(papers):
            [(row, _)] = store.papers.add([paper.cleaned()], "page.txt", "2026-01-02")
            [before] = store.papers.records([row])
            store.reading.note(row, f"{before.note} note{number}".strip(), "2026")
        records = store.papers.records(store.lists.view(View.ALL))
        notes = " ".join(record.note for record in records).split()
        assert sorted(notes) == sorted(f"note{number}" for number in range(len(papers)))
        for record in records:
            named = {store.papers.row_of(key) for key in (record.key, *record.aliases)}
            assert named == {record.row}
        for record in records:
            names = {record.key, *record.aliases}
            assert len({name for name in names if name.startswith("arxiv:")}) <= 1
        for _ in range(3):
            outcomes = add(store, *(paper.cleaned() for paper in papers))
        assert set(outcomes) <= {Outcome.KNOWN}
        store.close()
