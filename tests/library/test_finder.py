"""What a search finds when its words are not enough: identifiers, plain text, mended words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from paperreader.library.library import Library
from paperreader.papers.paper import Paper
from paperreader.papers.record import View
from paperreader.paths import Paths
from paperreader.query.request import Request

VASWANI = Paper(
    "Attention Is All You Need",
    "The dominant sequence models.",
    ("Ashish Vaswani", "Noam Shazeer"),
    "2017-06-12",
    identifiers={"arxiv": "1706.03762"},
    categories=("cs.CL",),
)
ACL = Paper("Of ids", "An id.", identifiers={"acl": "2022.acl-long.375"}, published="2022")
OPEN = Paper("Of reviews", "A review.", identifiers={"openreview": "r1Aab85gg"})
MED = Paper("Of medicine", "A cure.", identifiers={"pmid": "31452104"}, comment="Accepted at CVPR")
NOT = Paper("Why a net does NOT learn: category:theory of (a:b)-nets", "Learning networks.")
FILLING = [
    Paper(f"Filling {n}", "Neural network learning", ("Ann Other",), keywords=("Zebrafish",))
    for n in range(60)
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(Paths.find(tmp_path_factory.mktemp("library"))) as library:
        library.add([VASWANI, ACL, OPEN, MED, NOT, *FILLING], "page")
        library.catch_up()
        yield library


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize(
    ("query", "paper"),
    [
        ("arXiv:1706.03762v7 [cs.CL] 2 Aug 2023", VASWANI),
        ("arXiv preprint arXiv:1706.03762", VASWANI),
        ("arxiv 1706.03762", VASWANI),
        ("1706.03762v5.pdf", VASWANI),
        ("[link](https://arxiv.org/abs/1706.03762)", VASWANI),
        ("see 1706.03762 ", VASWANI),
        ("vaswani 2017", VASWANI),
        ("(Vaswani et al., 2017)", VASWANI),
        ("@article{vaswani2017attention,", VASWANI),
        ("vaswani2017attention", VASWANI),
        ("attention_is_all_you_need.pdf", VASWANI),
        ("Vaswani et al. - 2017 - Attention is all you need.pdf", VASWANI),
        (
            'Vaswani, A. and Shazeer, N. (2017). "Attention is all you need." In: NIPS, 30.',
            VASWANI,
        ),
        ("2022.acl-long.375", ACL),
        ("acl 2022.acl-long.375 anthology", ACL),
        ("r1Aab85gg", OPEN),
        ("pmid:31452104", MED),
        ("cvpr", MED),
        ("Why a net does NOT learn: category:theory of (a:b)-nets", NOT),
    ],
)
def test_what_names_a_paper_finds_it_first(
    library: Library, query: str, paper: Paper, typing: bool
) -> None:
    results = library.search(Request(query, typing=typing))
    assert results[0].paper.title == paper.title


def test_the_librarys_own_keys_name_papers_too(library: Library) -> None:
    key = library.search(Request("zebrafish"))[0].key
    assert key.startswith("title:")
    assert [record.key for record in library.search(Request(key))] == [key]


def test_reading_a_query_as_text_is_said(library: Library) -> None:
    results = library.search(Request("Why a net does NOT learn: category:theory"))
    assert results.full == 1
    assert results.notices == ("nothing matches it as a query; read as plain text",)


def test_what_is_excluded_in_a_short_query_stays_out(library: Library) -> None:
    assert len(library.search(Request("attention -dominant"))) == 0


def test_a_paper_that_is_named_has_to_be_in_the_view(library: Library) -> None:
    assert len(library.search(Request("see 1706.03762", view=View.DONE))) == 0
    assert len(library.search(Request("see 1706.03762", ("year:2018..",)))) == 0
    assert len(library.search(Request("see 1706.03762", ("year:2017",)))) == 1


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("nueral netwrok", "neural network"),
        ("filing neural", "filling neural"),
        ("zebrafsh", "zebrafish"),
        ("cs.CL", "category:cs.CL"),
        ("xylophone", None),
        ("network", None),
    ],
)
def test_what_was_meant_finds_more(library: Library, query: str, suggestion: str | None) -> None:
    assert library.search(Request(query)).suggestion == suggestion


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("NeurIPS 2023", 'venue:"NeurIPS 2023"'),
        ("neurips2023", 'venue:"neurips 2023"'),
        ("Nature 2019", "venue:Nature year:2019"),
        ("Nature 2018", None),
        ("CVPR2016", "category:CVPR2016"),
        ("networks 2019", None),
        ("Nature 2019 networks", None),
    ],
)
def test_a_venue_with_its_year_is_offered_as_a_condition(
    tmp_path: Path, query: str, suggestion: str | None
) -> None:
    with Library(Paths.find(tmp_path)) as library:
        papers = [
            Paper("On networks", "Nature 2019; networks.", published="2019", venue="Nature"),
            Paper("Of networks", "CVPR2016, Nature.", venue="NeurIPS 2023"),
            Paper("With networks", categories=("cvpr2016",)),
        ]
        library.add(papers, "page")
        assert library.search(Request(query)).suggestion == suggestion
        if suggestion:
            assert library.search(Request(suggestion)).full == 1


def test_a_citation_means_its_author_unless_nobody_has_that_name(library: Library) -> None:
    assert library.search(Request("Vaswani et al 2017 dominant sequence learning"))[0].paper == (
        library.search(Request("1706.03762"))[0].paper
    )
    assert not library.search(Request("He et al 2016 dominant sequence learning")).full
    found = library.search(Request("Nobody et al. - 2017 - Attention Is All You Need.pdf"))
    assert found[0].paper.title == VASWANI.title


def test_a_tag_typed_as_words_is_offered_as_a_condition(library: Library) -> None:
    row = library.search(Request("zebrafish"))[0].row
    library.tag([row], ["to discuss"])
    assert library.search(Request("To Discuss")).suggestion == 'tag:"To Discuss"'
    assert library.search(Request('tag:"To Discuss"')).full == 1
    library.undo()
    assert library.search(Request("To Discuss")).suggestion is None


def test_what_is_typed_is_mended_when_asked(library: Library) -> None:
    results = library.search(Request("nueral", typing=True))
    assert results.suggestion is None
    assert library.suggestion(results) == "neural"
    assert results.suggesting("neural").suggestion == "neural"
    still_typed = library.search(Request("netwo", typing=True))
    assert library.suggestion(still_typed) is None


def test_only_full_matches_are_counted(library: Library) -> None:
    request = Request("attention neural")
    results = library.search(request)
    assert (results.full, len(results) > 10) == (0, True)
    assert library.facets(results) == []
    library.save_search("tail", request)
    [saved] = library.saved_searches()
    assert (saved.total, saved.unread) == (0, 0)
    library.forget_search("tail")


def test_the_command_line_marks_partial_matches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from paperreader.cli import main

    with Library(Paths.find(tmp_path)) as library:
        library.add([VASWANI, FILLING[0]], "page")
    search = ["--library", str(tmp_path), "search", "--json"]
    assert main([*search, "attention", "neural"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["full"] for line in lines] == [False, False]
    assert main([*search, "attention", "dominant"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["full"] is True
