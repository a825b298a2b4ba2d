from dataclasses import replace
from pathlib import Path

from paperreader.papers.merging import are_different, merged, same_by_title
from paperreader.papers.paper import Link, LinkKind, Paper
from paperreader.store import Outcome, Store

ABSTRACT = "We study how words are chosen when text is made one word at a time, and find a limit."
OTHER = "Galaxies rotate faster than their visible mass allows; we measure forty of them anew."


def test_one_arxiv_id_is_one_paper_whatever_the_doi() -> None:
    one = Paper("T", identifiers={"arxiv": "1706.03762", "doi": "10.1/journal"})
    other = Paper("T", identifiers={"arxiv": "1706.03762", "doi": "10.48550/arxiv.1706.03762"})
    assert not are_different(one, other)


def test_two_arxiv_ids_are_two_papers_even_with_one_doi() -> None:
    one = Paper("T", identifiers={"arxiv": "1706.03762", "doi": "10.1/x"})
    assert are_different(one, replace(one, identifiers={"arxiv": "1", "doi": "10.1/x"}))


def test_a_title_and_an_agreeing_abstract_make_one_paper() -> None:
    page = Paper("Locally Typical Sampling", ABSTRACT)
    arxiv = Paper(
        "Locally typical sampling", ABSTRACT + " More.", identifiers={"arxiv": "2202.00666"}
    )
    assert same_by_title(page, arxiv)
    assert same_by_title(replace(page, abstract=""), arxiv)


def test_papers_that_only_share_a_title_stay_two() -> None:
    assert not same_by_title(Paper("A Survey", ABSTRACT), Paper("A Survey", OTHER))
    one = Paper("A Survey", authors=("Ann Lee",), identifiers={"doi": "10.1/a"})
    assert not same_by_title(one, Paper("A Survey", authors=("Bo Chen",)))
    assert not same_by_title(one, Paper("A Survey", identifiers={"arxiv": "2202.00666"}))
    assert not same_by_title(one, replace(one, identifiers={"doi": "10.1/b"}))


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


def test_a_pending_paper_gets_its_title() -> None:
    pending = Paper("arxiv:2202.00666", identifiers={"arxiv": "2202.00666"}, pending=True)
    whole = merged(pending, Paper("Locally Typical Sampling", identifiers=pending.identifiers))
    assert (whole.title, whole.pending) == ("Locally Typical Sampling", False)
    assert merged(whole, pending) == whole


def test_a_title_is_known_again_without_its_formulas_signs(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.sqlite3")
    told = [
        ("Magnons in $^3$He-B", "Magnons in ^3He-B"),
        (r"Complexity over $\mathbb{F}_p$", "Complexity over mathbb{F}_p"),
    ]
    store.papers.add([Paper(page, ABSTRACT) for _, page in told], "page", "2026")
    outcomes = store.papers.add(
        [Paper(raw, ABSTRACT, ("Ann Lee",)) for raw, _ in told], "arxiv", "2026"
    )
    assert outcomes == [(1, Outcome.MERGED), (2, Outcome.MERGED)]
    store.close()
