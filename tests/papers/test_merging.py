from itertools import permutations
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from paperreader.papers.bounds import bounded
from paperreader.papers.merging import combined, merged
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.store import Outcome, Store

ABSTRACT = "We study how words are chosen when text is made one word at a time, and find a limit."
OTHER = "Galaxies rotate faster than their visible mass allows; we measure forty of them anew."


def test_uniting_fills_what_is_empty_and_keeps_what_is_known() -> None:
    known = Paper(
        "T", ABSTRACT[:40] + "…", published="2022", links=(Link(LinkKind.CODE, "https://a/"),)
    )
    new = Paper(
        "t!",
        ABSTRACT,
        ("Ann Lee",),
        published="2022-02-01",
        links=(Link(LinkKind.PAGE, "https://a"), Link(LinkKind.PAGE, "https://b")),
        identifiers={"arxiv": "2202.00666"},
        upvotes=3,
    )
    whole = merged(known, new)
    assert whole == Paper(
        "T",
        ABSTRACT,
        ("Ann Lee",),
        published="2022-02-01",
        links=(Link(LinkKind.CODE, "https://a/"), Link(LinkKind.PAGE, "https://b")),
        identifiers={"arxiv": "2202.00666"},
        upvotes=3,
    )
    assert merged(whole, new) == whole


def test_an_other_abstract_does_not_replace_a_whole_one() -> None:
    assert merged(Paper("T", ABSTRACT), Paper("T", OTHER * 3)).abstract == ABSTRACT


def test_many_records_of_one_paper_stay_within_the_bounds_of_one() -> None:
    records = [
        Paper(
            f"Title {n}",
            categories=(f"c{n}",),
            keywords=tuple(f"k{n}-{m}" for m in range(20)),
            links=tuple(Link(LinkKind.PAGE, f"https://a/{n}/{m}") for m in range(20)),
            fields={f"f{n}-{m}": "x" for m in range(20)},
            bibtex={f"b{n}-{m}": "x" for m in range(20)},
        )
        for n in range(50)
    ]
    whole = combined(records)
    assert bounded(whole) == (whole, [])


def test_a_pending_paper_gets_its_title() -> None:
    pending = Paper("arxiv:2202.00666", identifiers={"arxiv": "2202.00666"}, pending=True)
    whole = merged(pending, Paper("Locally Typical Sampling", identifiers=pending.identifiers))
    assert (whole.title, whole.pending) == ("Locally Typical Sampling", False)
    assert merged(whole, pending) == whole


def test_a_newer_version_names_the_paper_and_the_old_title_stays() -> None:
    old = Paper("A Garden", ABSTRACT, ("Ann Lee",), "2021-01-05", updated="2021-01-05")
    new = Paper("Two Gardens", ABSTRACT, ("Ann Lee", "Bo Chen"), "2021-01-05", updated="2022-03-01")
    for papers in ([old, new], [new, old]):
        whole = combined(papers)
        assert (whole.title, whole.authors) == ("Two Gardens", ("Ann Lee", "Bo Chen"))
        assert whole.other_titles == ("A Garden",)


def test_a_full_list_of_authors_replaces_a_cut_one() -> None:
    cut = Paper("T", ABSTRACT, ("A. Lee",), venue="A Journal")
    whole = combined([cut, Paper("T", authors=("Ann Lee", "Bo Chen"))])
    assert whole.authors == ("Ann Lee", "Bo Chen")


def test_names_are_shown_in_their_fullest_form() -> None:
    short = Paper("Gardens", authors=("A. Bee", "C. Dee"), published="2022", venue="Gardens")
    full = Paper("Gardens", authors=("Ann Bee", "Cee Dee", "Bjørn Møller"), published="2021")
    ascii_only = Paper("Gardens", authors=("Ann B. Bee", "Cee Dee", "Bjorn Moller"))
    for order in permutations([short, full, ascii_only]):
        assert combined(order).authors == ("Ann B. Bee", "Cee Dee", "Bjørn Møller")


def test_latex_goes_with_the_value_that_it_is_of() -> None:
    bib = Paper("DNA", venue="V", bibtex={"title": "{DNA}", "journal": "{V}"}, authors=("Ann Lee",))
    other = Paper("DNA and more", ABSTRACT, ("Ann Lee",), "2022", venue="V", updated="2023")
    assert combined([bib, other]).bibtex == {"journal": "{V}"}
    assert combined([bib, Paper("DNA", upvotes=1)]).bibtex == bib.bibtex


PARTS = st.builds(
    Paper,
    st.sampled_from(["T", "T: U", "V"]),
    st.sampled_from(["", ABSTRACT, ABSTRACT[:30] + "…", OTHER]),
    st.sampled_from([(), ("Ann Lee",), ("Ann Lee", "Bo Chen")]),
    st.sampled_from(["", "2021", "2021-03", "2022"]),
    venue=st.sampled_from(["", "A Journal", "arXiv"]),
    keywords=st.lists(st.sampled_from("ab"), unique=True).map(tuple),
    identifiers=st.dictionaries(st.sampled_from(["doi", "arxiv"]), st.sampled_from("xy")),
    upvotes=st.none() | st.integers(0, 9),
    pending=st.booleans(),
)


@given(st.lists(PARTS, min_size=1, max_size=4), st.randoms())
def test_the_paper_that_records_make_does_not_depend_on_their_order(
    papers: list[Paper], random: Random
) -> None:
    shuffled = random.sample(papers, len(papers))
    assert combined(shuffled) == combined(papers)


@given(PARTS)
def test_one_record_is_the_paper(paper: Paper) -> None:
    assert combined([paper]) == paper


def test_a_title_is_known_again_without_its_formulas_signs(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.sqlite3")
    titles = [
        ("Magnons in $^3$He-B", "Magnons in ^3He-B"),
        (r"Complexity over $\mathbb{F}_p$", "Complexity over mathbb{F}_p"),
    ]
    store.papers.add([Paper(page, ABSTRACT) for _, page in titles], "page", "2026")
    outcomes = store.papers.add(
        [Paper(raw, ABSTRACT, ("Ann Lee",)) for raw, _ in titles], "arxiv", "2026"
    )
    assert outcomes == [(1, Outcome.MERGED), (2, Outcome.MERGED)]
    store.close()
