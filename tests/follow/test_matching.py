from dataclasses import replace

import pytest

from paperreader.follow.matching import completed, is_certain, is_plausible, missing, the_match
from paperreader.papers.paper import Link, LinkKind, Paper

ABSTRACT = (
    "Today's probabilistic language generators fall short when it comes to producing coherent and "
    "fluent text despite the fact that the underlying models perform well under standard metrics."
)
OTHER = (
    "We present a framework for the control of robots in narrow places, with proofs that it is "
    "stable, and experiments on four machines of different sizes in the open air."
)
KNOWN = Paper("Locally Typical Sampling", ABSTRACT)
FOUND = Paper(
    "Locally typical sampling.",
    ABSTRACT.replace("probabilistic", "\\emph{probabilistic}"),
    ("Clara Meister", "Ryan Cotterell"),
    "2022-02-01",
    categories=("cs.CL",),
    identifiers={"arxiv": "2202.00666"},
)


def test_equal_titles_and_copied_abstracts_are_certain() -> None:
    assert is_certain(KNOWN, FOUND)
    assert the_match(KNOWN, [FOUND, replace(FOUND, title="Typical Sampling")]) is FOUND


@pytest.mark.parametrize(
    "found",
    [
        replace(FOUND, title="Locally Typical Sampling: A Survey"),
        replace(FOUND, title="Globally Typical Sampling"),
        replace(FOUND, abstract=OTHER),
    ],
)
def test_another_title_or_abstract_is_not(found: Paper) -> None:
    assert not is_certain(KNOWN, found)


@pytest.mark.parametrize(
    ("authors", "certain"),
    [
        (("Meister, C.", "others"), True),
        (("R. Cotterell", "C. Meister"), True),
        (("Meister",), True),
        (("Grace Hopper", "Alan Turing"), False),
        (("Grace Hopper",), False),
    ],
)
def test_known_authors_have_to_agree(authors: tuple[str, ...], certain: bool) -> None:
    assert is_certain(replace(KNOWN, authors=authors), FOUND) is certain
    # A journal's abstract may be another one; the authors decide.
    assert is_certain(replace(KNOWN, authors=authors, abstract=OTHER), FOUND) is certain


@pytest.mark.parametrize("title", ["Editorial", "Introduction", "Reply to Comments"])
def test_authors_do_not_decide_where_many_works_have_the_title(title: str) -> None:
    known = replace(KNOWN, title=title, authors=("Clara Meister",))
    assert not is_certain(known, replace(FOUND, title=title, abstract=OTHER))
    assert not is_certain(replace(known, abstract=""), replace(FOUND, title=title))
    assert is_certain(known, replace(FOUND, title=title))


def test_a_title_alone_has_to_say_much() -> None:
    for title, certain in (
        ("Editorial", False),
        ("A Survey of Surveys", False),
        ("Scaling Laws for Autoregressive Generative Modeling", True),
    ):
        assert is_certain(Paper(title), Paper(title, ABSTRACT, ("A B",), "2020")) is certain
    title = "Scaling Laws for Autoregressive Generative Modeling"
    assert not is_certain(Paper(title, published="1999"), Paper(title, published="2020-01-01"))


def test_a_rewritten_abstract_needs_a_telling_title() -> None:
    rewritten = (
        "Language generators fall short of coherent and fluent text, although their underlying "
        "models perform well under standard metrics; this probabilistic work says why, at length."
    )
    for title, certain in (
        ("Locally Typical Sampling", False),
        ("Locally Typical Sampling of Natural Language", True),
    ):
        found = Paper(title, rewritten, ("Clara Meister",), "2022-02-01")
        assert is_certain(Paper(title, ABSTRACT), found) is certain
        # One that is none, or only a line, says nothing.
        assert is_certain(Paper(title, ABSTRACT), Paper(title, "No abstract.")) is certain


def test_other_identifiers_make_another_paper() -> None:
    known = replace(KNOWN, identifiers={"arxiv": "2001.00001"})
    assert not is_certain(known, FOUND)
    assert the_match(KNOWN, [FOUND, replace(FOUND, identifiers={"arxiv": "2001.00001"})]) is None


def test_of_two_with_one_title_the_abstract_decides() -> None:
    other = replace(FOUND, identifiers={"arxiv": "2001.00001"}, abstract=OTHER)
    known = replace(KNOWN, authors=("Clara Meister",))
    assert the_match(known, [other, FOUND]) is FOUND
    assert the_match(replace(known, abstract=""), [other, FOUND]) is None


def test_what_an_identifier_leads_to_has_to_be_likely() -> None:
    assert is_plausible(KNOWN, replace(FOUND, title="Typicality in Language Generation"))
    assert is_plausible(Paper("2202.00666", pending=True), FOUND)
    assert not is_plausible(Paper("Control of Robots in Narrow Places", OTHER), FOUND)
    assert not is_plausible(Paper("Control of Robots", authors=("A. Smith",)), FOUND)


def test_only_what_is_missing_is_filled_in() -> None:
    known = replace(KNOWN, published="2022", links=(Link(LinkKind.CODE, "https://github.com/a/b"),))
    assert missing(known) == {"authors", "date", "categories", "DOI", "PDF"}
    whole = completed(known, replace(FOUND, links=(Link(LinkKind.CODE, "https://github.com/c/d"),)))
    assert (whole.title, whole.abstract) == (KNOWN.title, KNOWN.abstract)
    assert (whole.authors, whole.published) == (FOUND.authors, "2022-02-01")
    assert whole.links == known.links
    assert missing(whole) == {"DOI"}
    assert completed(replace(known, published="2021-05"), FOUND).published == "2021-05"
