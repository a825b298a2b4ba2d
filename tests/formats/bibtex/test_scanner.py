"""The grammar of BibTeX with the liberties that people and programs take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.formats.bibtex.scanner import scan
from paperreader.formats.bibtex.syntax import Broken, RawEntry, Remark
from paperreader.papers.paper import Paper
from tests.formats.reading import items, leftovers, papers


def only(source: str) -> Paper:
    (paper,) = papers("a.bib", source, "bibtex")
    return paper


@pytest.mark.parametrize(
    "source",
    [
        "@article{a,\n author={Bee, Ann},\n title={T}, % to check\n year={2020}, % really\n doi={10.1000/x}\n}",
        "@article{a, % the key of the old file\n author={Bee, Ann}, title={T},\n % checked\n doi={10.1000/x}, year=2020}",
        "@article{a, author={Bee, Ann}, year=2020,\n %\n title={T},\n doi={10.1000/x}}",
        "@article{a, author={Bee, Ann}, year=2020,\n % see also: {braces} and, commas = here\n title={T}, doi={10.1000/x}}",
        "@article{a, author={Bee, Ann}, year=2020 % a year\n, title={T} % }\n, doi={10.1000/x} %\n}",
        '@article{a, author="Bee, Ann", % "quoted"\n year="2020", title="T", doi="10.1000/x" % last\n}',
        "@article{a,\n % author = {Dee, Cee},\n author={Bee, Ann}, title={T}, year=2020, doi={10.1000/x}\n % year = 1999,\n}",
        "@article % a type\n{a, author={Bee, Ann}, title={T}, year=2020, doi={10.1000/x}}",
        "@article{a, title = % the title\n {T}, year = 2020, author={Bee} # {, } # % joined\n {Ann}, doi={10.1000/x}}",
    ],
)
def test_a_comment_between_fields_takes_nothing_with_it(source: str) -> None:
    paper = only(source)
    assert (paper.title, paper.authors, paper.published) == ("T", ("Ann Bee",), "2020")
    assert paper.identifiers == {"doi": "10.1000/x"}


def test_a_percent_sign_inside_a_value_is_one() -> None:
    paper = only('@article{a, title={100% sure\n % of it}, author="A B", note="50% % done"}')
    assert (paper.title, paper.comment) == ("100% sure % of it", "50% % done")


@pytest.mark.parametrize(
    "key",
    [
        't{\\"u}rk2023which',
        "\\nt{\\'e}l2020",
        "GardenCommission,T2019",
        "Doe, Jane 2019",
        "DBLP:conf/x/{A,B}",
        "key with blanks",
        "10.1000/x(1)",
        "doe:2019#1",
        "o'neil+2019&more",
        "ключ",
        "a=",
        "",
    ],
)
def test_a_key_may_be_anything(key: str) -> None:
    for source in (
        f"@article{{{key},\n title={{T}},\n year={{2020}}\n}}",
        f"@book{{{key}, title={{T}}, year=2020}}",
    ):
        paper = only(source.replace("\\n", "\n"))
        assert (paper.title, paper.published) == ("T", "2020")


def test_a_key_alone_on_its_line_without_a_comma() -> None:
    assert only("@article{doe2020\n title={T},\n year=2020}").title == "T"


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ('"Gates "inside" gardens"', 'Gates "inside" gardens'),
        ('"Gates, "inside", gardens"', 'Gates, "inside", gardens'),
        ('"The "Gate""', 'The "Gate"'),
        ('"A \\"u{\\"u} b"', "A üü b"),
        ("“Curly gates in gardens”", "Curly gates in gardens"),
        ("„Gates“", "Gates"),
        ("Gates in gardens", "Gates in gardens"),
        ("{a \\} b}", "a } b"),
        ("{a \\{ b}", "a { b"),
        ("{Gates} in {gardens}", "Gates in gardens"),
        ("{Gates} {in gardens}", "Gates in gardens"),
        ('"Gates" # " and " # {gardens}', "Gates and gardens"),
        ("{Gates {\\textbf{in} gardens}}", "Gates in gardens"),
    ],
)
def test_a_value_is_whole_whatever_stands_inside(value: str, title: str) -> None:
    for source in (
        f"@book{{a, title = {value}, year=2020}}",
        f"@book{{a, year=2020, title = {value}\n}}",
    ):
        paper = only(source)
        assert (paper.title, paper.published) == (title, "2020")


def test_a_path_of_windows_ends_with_its_brace() -> None:
    assert only("@book{a, file={C:\\papers\\}, title={T}, year=2020}").title == "T"


def test_what_is_no_field_is_left_over_and_the_entry_read() -> None:
    found = items("a.bib", "@book{a, title={T},\n some words, year=2020}", "bibtex")
    (paper,) = [item for item in found if isinstance(item, Paper)]
    assert (paper.title, paper.published) == ("T", "2020")
    assert [(left.location, left.text) for left in leftovers(found)] == [("line 2", "some words")]


@given(st.text(alphabet='@{}()",=#% \n\\abT', max_size=80))
def test_nothing_is_dropped(source: str) -> None:
    """Every character except white space is in one of the blocks."""
    blocks = list(scan(source, 1))
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(source.split())
    for block in blocks:
        assert isinstance(block, RawEntry | Remark | Broken)
        assert 1 <= block.line <= 1 + source.count("\n")
