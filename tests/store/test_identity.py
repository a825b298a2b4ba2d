"""What papers a library makes of many records: the same whatever the order they come in."""

import tempfile
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.store import Outcome, Store

ABSTRACT = "We study how words are chosen when text is made one word at a time, and find a limit."
OTHER = "Galaxies rotate faster than their visible mass allows; we measure forty of them anew."

NAMES = {
    "arxiv": ["2202.00001", "2202.00002"],
    "doi": ["10.1000/a", "10.1000/b", "10.48550/arxiv.2202.00001"],
    "acl": ["P19-1001", "P19-1002"],
}
TITLES = [
    *("Editorial", "Gardens of the North", "Gardens of the North: A Study", "Roses", "roses!"),
    *("Gardens of the North (extended version)", "Gardens of the North: Part II"),
    *("Comment on Gardens of the North", "Flowers in Nets"),
]
RECORDS = st.builds(
    Paper,
    st.sampled_from(TITLES),
    st.sampled_from(["", ABSTRACT, OTHER]),
    st.sampled_from([(), ("Ann Lee",), ("A. Lee", "Bo Chen"), ("Lee A", "Chen Bo"), ("Cy Dee",)]),
    st.sampled_from(["", "2001", "2002", "2021-03"]),
    venue=st.sampled_from(["", "", "Journal of Gardens", "arXiv", "Gardens of the North"]),
    kind=st.sampled_from(["", "article", "book", "incollection"]),
    fields=st.fixed_dictionaries(
        {},
        optional={
            "pages": st.sampled_from(["1--9", "30"]),
            "volume": st.sampled_from(["3", "Vol. 3", "4"]),
            "version": st.sampled_from(["v1", "v2"]),
        },
    ).map(lambda fields: dict(sorted(fields.items()))),
    identifiers=st.fixed_dictionaries(
        {}, optional={scheme: st.sampled_from(names) for scheme, names in NAMES.items()}
    ),
    pending=st.sampled_from([False, False, False, True]),
)


def papers_made_of(records: Sequence[Paper]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "library.sqlite3")
        for number, paper in enumerate(records):
            store.papers.add([paper], "page.txt", f"2026-01-{1 + number:02}")
        found = [r.paper for r in store.papers.records(store.lists.view(View.ALL))]
        assert {o for _, o in store.papers.add(records, "page.txt", "2027")} <= {Outcome.KNOWN}
        store.close()
    return sorted(
        repr((sorted(paper.identifiers.items()), repr(paper).replace(repr(paper.identifiers), "")))
        for paper in found
    )


@settings(max_examples=60)
@given(st.lists(RECORDS, min_size=2, max_size=7).map(lambda rs: [r.cleaned() for r in rs]),
       st.randoms())  # fmt: skip
def test_the_order_of_adding_does_not_matter(records: list[Paper], random: Random) -> None:
    assert papers_made_of(random.sample(records, len(records))) == papers_made_of(records)


def test_papers_may_change_their_keys_with_one_another(tmp_path: Path) -> None:
    acl, arxiv = {"acl": "P19-1002"}, {"arxiv": "2202.00001"}
    records = [
        Paper("Roses", identifiers=acl | {"doi": "10.1000/a"}),
        Paper("Gardens of the North", authors=("Cy Dee",), identifiers=acl | arxiv),
        Paper("Roses", authors=("Ann Lee",), identifiers=arxiv),
    ]
    made = set()
    for number, order in enumerate(permutations(records)):
        store = Store(tmp_path / f"{number}.sqlite3")
        for paper in order:
            store.papers.add([paper], "x", "2026")
        for record in store.papers.records(store.lists.view(View.ALL)):
            assert store.papers.row_of(record.key) == record.row
        made.add(tuple(sorted(r.paper.title for r in store.papers.records(range(9)))))
        store.close()
    assert len(made) == 1


def test_many_papers_of_one_title_stay_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.sqlite3")
    papers = [
        Paper("Bulletin of the Gardens", authors=(f"Ann Lee{chr(97 + n % 26)}",),
              identifiers={"doi": f"10.1000/{n}"}, published=str(1000 + n))
        for n in range(200)
    ]  # fmt: skip
    for outcome in (Outcome.NEW, Outcome.KNOWN):
        assert {o for _, o in store.papers.add(papers, "x", "2026")} == {outcome}
    store.close()
