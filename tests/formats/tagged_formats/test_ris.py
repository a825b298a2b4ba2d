"""RIS as publishers, indexes and managers export it, and its two relatives."""

import pytest

from paperreader.formats import Document
from paperreader.formats.tagged_formats.ris import EndNote, Ris, WebOfScience
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

WILEY = """TY  - JOUR
T1  - Mice &amp; men <i>in vivo</i>
AU  - Smith, John A., Jr.
AU  - van Doe, Jane
Y1  - 2020/01/05
PY  - 2020
DA  - 2020/01/05
N1  - doi: 10.1002/abc.123
DO  - https://doi.org/10.1002/ABC.123
T2  - Journal of Mice
JO  - J Mice
KW  - mice
KW  - men; women
N2  - We did
it.

Second paragraph.
UR  - https://doi.org/10.1002/abc.123
L1  - file:///home/me/a.pdf
L1  - https://x.org/a.pdf
Y2  - 2021/02/03
ER  -\x20
"""


def test_a_record_of_a_publisher() -> None:
    (paper,) = papers("a.ris", WILEY, "ris")
    assert paper == Paper(
        "Mice & men in vivo",
        abstract="We did it.\n\nSecond paragraph.",
        authors=("John A. Smith Jr.", "Jane van Doe"),
        published="2020-01-05",
        venue="Journal of Mice",
        keywords=("mice", "men", "women"),
        links=(
            Link(LinkKind.PAGE, "https://doi.org/10.1002/abc.123"),
            Link(LinkKind.PDF, "https://x.org/a.pdf"),
        ),
        identifiers={"doi": "10.1002/abc.123"},
        kind="article",
        fields={"shortjournal": "J Mice"},
    )


def test_tags_without_any_blanks() -> None:
    source = (
        "TY-JOUR\nAU-Bee, Ann\nTI-No blanks\nPY-2019/03/05\nSP-1\nER-\n\nTY-BOOK\nT1-Two\nER-\n"
    )
    one, two = papers("a.ris", source, "ris")
    assert (one.title, one.authors, one.published) == ("No blanks", ("Ann Bee",), "2019-03-05")
    assert (two.title, two.kind) == ("Two", "book")


def test_a_line_of_prose_is_no_tag() -> None:
    source = "TY  - JOUR\nTI  - MRI\nAB  - We use images that are\nT2-weighted, and more.\nER  - \n"
    (paper,) = papers("a.ris", source, "ris")
    assert paper.abstract == "We use images that are T2-weighted, and more."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks(end: str, mark: str) -> None:
    source = mark + WILEY.replace("\n", end)
    assert papers("export.txt", source, "ris")[0].title == "Mice & men in vivo"


def test_text_around_records_and_missing_ends() -> None:
    found = items(
        "a.txt",
        "Provider: JSTOR http://www.jstor.org\nDatabase: JSTOR\n\n1.\nTY  - JOUR\nTI  - One\n\n"
        "TY  - JOUR\nTI  - Two,\n wrapped\nER  -\n\n2.\nTY  - JOUR\nAU  - Doe, Jane\nER  - \n"
        "TY  - JOUR\nTI  - Three",
        "ris",
    )
    assert [item.title for item in found if isinstance(item, Paper)] == [
        "One",
        "Two, wrapped",
        "Three",
    ]
    assert [left.location for left in leftovers(found)] == ["line 14"]
    assert [heading.text.split()[0] for heading in headings(found)] == ["Provider:", "2."]


def test_a_record_without_its_type() -> None:
    (paper,) = papers("a.ris", "\ufeff\nJF  - J\nT1  - One\nPY  - 2001/09/01/\nER  -\n", "ris")
    assert (paper.title, paper.published) == ("One", "2001-09-01")


def test_one_space_instead_of_two() -> None:
    (paper,) = papers("a.ris", "TY - JOUR\nTI - One\nAB - Of IL\n- and so on\nER -\n", "ris")
    assert (paper.title, paper.abstract) == ("One", "Of IL - and so on")


def test_records_of_one_file_may_write_their_tags_with_different_spaces() -> None:
    marks = ("  - ", " - ", "   - ", "  -", "\t-\t")
    told = "".join(
        f"TY{mark}JOUR\nTI{mark}Beds {number}\nAU{mark}Bee, Ann\nER{mark}\n\n"
        for number, mark in enumerate(marks)
    )
    found = papers("a.ris", told, "ris")
    assert [paper.title for paper in found] == [f"Beds {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ("JO  - arXiv preprint arXiv:1706.03762", {"arxiv": "1706.03762"}),
        ("UR  - http://arxiv.org/abs/1706.03762v5", {"arxiv": "1706.03762"}),
        ("N1  - arXiv:1706.03762 [cs]", {"arxiv": "1706.03762"}),
        ("M3  - 10.1000/x", {"doi": "10.1000/x"}),
        ("N1  - doi:10.1000/x", {"doi": "10.1000/x"}),
        ("L3  - 10.1000/x", {"doi": "10.1000/x"}),
        ("UR  - https://link.springer.com/article/10.1007/s1-2", {"doi": "10.1007/s1-2"}),
        ("AN  - 123\nDB  - PubMed", {"pmid": "123"}),
        ("AN  - 123\nDB  - Scopus", {}),
        ("C2  - PMC123", {"pmcid": "PMC123"}),
        ("UR  - https://pubmed.ncbi.nlm.nih.gov/123/", {"pmid": "123"}),
        ("SN  - 978-3-642-00230-4", {"isbn": "9783642002304"}),
        ("SN  - 1234-5678", {}),
    ],
)
def test_identifiers(fields: str, identifiers: dict[str, str]) -> None:
    (paper,) = papers("a.ris", f"TY  - JOUR\nTI  - T\n{fields}\nER  -\n", "ris")
    assert paper.identifiers == identifiers


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("PY  - 1948/07//", "1948-07"),
        ("PY  - 2015\nY1  - 2015/09/10", "2015-09-10"),
        ("Y1  - 2015/october", "2015-10"),
        ("PY  - 2019\nY1  - 15-20 June 2019", "2019-06-15"),
        ("PY  - 2019\nDA  - Jul 15", "2019-07-15"),
        ("PY  - 2019\nDA  - 2020/01/02", "2019"),
        ("DA  - 2020/01/02/", "2020-01-02"),
        ("Y2  - 2020/01/02/", ""),
    ],
)
def test_dates(fields: str, date: str) -> None:
    assert papers("a.ris", f"TY  - JOUR\nTI  - T\n{fields}\nER  -\n", "ris")[0].published == date


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("A1  - Doe, Jane\nAU  - Roe, Bob", ("Jane Doe", "Bob Roe")),
        ("AU  - J. Smith\nAU  - K. van Doe", ("J. Smith", "K. van Doe")),
        ("AU  - Smith JA\nAU  - Doe K", ("J. A. Smith", "K. Doe")),
        ("AU  - Google AI", ("Google AI",)),
        ("AU  - Smith, J.; Doe, K.", ("J. Smith", "K. Doe")),
        ("AU  - World Health\nOrganization", ("World Health Organization",)),
        ("A2  - Doe, Jane", ()),
    ],
)
def test_names(fields: str, names: tuple[str, ...]) -> None:
    assert papers("a.ris", f"TY  - JOUR\nTI  - T\n{fields}\nER  -\n", "ris")[0].authors == names


def test_web_of_science() -> None:
    one, two = papers(
        "savedrecs.txt",
        "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Huang, Y\n   Smith, JA\n"
        "AF Huang, Yi\n   Smith, John A.\nTI Foo in the\n   bar\nSO NATURE\nDE alpha; beta;\n"
        "   gamma\nAB We did it.\nPD JAN 15\nPY 2020\nDI 10.1038/s1\nPM 312\nER\n\n"
        "PT J\nAU Doe, J\nTI Second\nPY 2019\nER\n\nEF\n",
        "web-of-science",
    )
    assert one.title == "Foo in the bar"
    assert one.authors == ("Yi Huang", "John A. Smith")
    assert one.published == "2020-01-15"
    assert one.keywords == ("alpha", "beta", "gamma")
    assert one.identifiers == {"doi": "10.1038/s1", "pmid": "312"}
    assert (two.title, two.authors) == ("Second", ("J Doe",))


def test_endnote() -> None:
    one, two = papers(
        "scholar.enw",
        "%0 Journal Article\n%T Attention\n%A Vaswani, Ashish\n%A Shazeer, Noam\n%J NeurIPS\n"
        "%D 2017\n%X We propose.\n%R 10.5555/abc\n%U https://x.org/a\n\n"
        "%0 Conference Proceedings\n%T Second\n%8 May 12, 2019\n%D 2019\n%K a\nb\n",
        "endnote",
    )
    assert one == Paper(
        "Attention",
        abstract="We propose.",
        authors=("Ashish Vaswani", "Noam Shazeer"),
        published="2017",
        venue="NeurIPS",
        links=(Link(LinkKind.PAGE, "https://x.org/a"),),
        identifiers={"doi": "10.5555/abc"},
        kind="article",
    )
    assert (two.published, two.keywords) == ("2019-05-12", ("a", "b"))


def test_other_text_is_not_taken_for_these() -> None:
    prose = Document.of_bytes("a.txt", b"Some TY  - words.\n%0 of them\nPT is a tag.\n")
    quoting = Document.of_bytes("a.txt", b"line\n" * 40 + b"TY  - JOUR\nTI  - One\nER  -\n")
    for form in (Ris(), WebOfScience(), EndNote()):
        assert not form.recognises(prose)
        assert not form.recognises(quoting)


@pytest.mark.parametrize(
    "source",
    [
        "TY - JOUR\nAU - Jones, Al\nTI - Gates\nPY - 2019\nAB - An abstract.\nER -\n",
        "TY- JOUR\nAU- Jones, Al\nTI- Gates\nPY- 2019\nAB- An abstract.\nER-\n",
        "TY  – JOUR\nAU  – Jones, Al\nTI  – Gates\nPY  – 2019\nAB  – An abstract.\nER  –\n",
        " TY\t- JOUR\n AU\t- Jones, Al\n TI\t- Gates\n PY\t- 2019\n AB\t- An abstract.\n ER\t-\n",
    ],
)
def test_records_of_one_file_may_write_their_tags_differently(source: str) -> None:
    usual = "TY  - JOUR\nTI  - First\nAB  - It is\nUK - based.\nER  - \n\n"
    for text in (usual + source, source + usual):
        titles = {paper.title: paper for paper in papers("a.ris", text, "ris")}
        second = titles["Gates"]
        assert (second.authors, second.published, second.abstract) == (
            ("Al Jones",),
            "2019",
            "An abstract.",
        )
        assert titles["First"].abstract == "It is UK - based."


def test_two_addresses_in_one_field_are_two_links() -> None:
    (paper,) = papers(
        "a.ris",
        "TY  - JOUR\nTI  - T\nUR  - http://example.org/gates;https://doi.org/10.1000/g.1\nER  - \n",
        "ris",
    )
    assert [link.url for link in paper.links] == [
        "http://example.org/gates",
        "https://doi.org/10.1000/g.1",
    ]
    assert paper.identifiers == {"doi": "10.1000/g.1"}


@pytest.mark.parametrize("tag", "+ ( ) ] & < = ~ | : 3 H Q".split())
def test_every_tag_of_endnote_is_one(tag: str) -> None:
    (paper,) = papers(
        "a.enw",
        f"%0 Journal Article\n%A Able, Ann\n%A 李四\n%{tag} 北京; Somewhere, Department\n%T A title\n",
        "endnote",
    )
    assert (paper.title, paper.authors) == ("A title", ("Ann Able", "李四"))


def test_names_in_the_order_of_an_index_are_turned_alone_and_in_lists() -> None:
    alone, listed = papers(
        "a.ris",
        "TY  - JOUR\nT1  - A\nA1  - Sorrel E.\nER  - \n\nTY  - JOUR\nT1  - B\nA1  - Sorrel E.\n"
        "A1  - van der Berg J.-P.\nA1  - Garden Study Group\nER  - \n",
        "ris",
    )
    assert alone.authors == ("E. Sorrel",)
    assert listed.authors == ("E. Sorrel", "J.-P. van der Berg", "Garden Study Group")
