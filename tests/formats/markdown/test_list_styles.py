"""Lists of papers in the ways that people write them."""

import pytest

from paperreader.formats.base import Unparsed
from paperreader.papers.paper import Paper
from tests.formats.reading import items, papers

ARXIV = "https://arxiv.org/abs/"


@pytest.mark.parametrize(
    ("line", "title", "authors", "published"),
    [
        ("**Bold Frames for Winters** (2013), Q. Elm et al. ", "Bold Frames for Winters", ("Q. Elm",), "2013"),
        ("**Bold Frames for Falls**, 2013, Q. Elm, T. Oak ", "Bold Frames for Falls", ("Q. Elm", "T. Oak"), "2013"),
        ("Cold frames for warm winters S. Elm, T. Oak. ", "Cold frames for warm winters", ("S. Elm", "T. Oak"), ""),
        ("Jan Elm, Yi Li and Tim Oak, Fast Beds, CVPR, 2014. ", "Fast Beds", ("Jan Elm", "Yi Li", "Tim Oak"), "2014"),
        ("Elm, Jan, Tim Oak, and Una Yew, Slow Beds with Roots, ICONG, 2014. ", "Slow Beds with Roots",
         ("Jan Elm", "Tim Oak", "Una Yew"), "2014"),
        ("Jan Elm, Tim Oak, Aligning Beds and Rows: Towards Order, 2015. ", "Aligning Beds and Rows: Towards Order",
         ("Jan Elm", "Tim Oak"), "2015"),
        ("Jan Elm, Anton van dan Oak, Efficient rows of beds. ", "Efficient rows of beds",
         ("Jan Elm", "Anton van dan Oak"), ""),
        ("Jan Elm and Tim Oak, *Fast Beds in Rows*, ICML 2014 ", "Fast Beds in Rows", ("Jan Elm", "Tim Oak"), "2014"),
        ('Jan Elm, Tim "Oaky" Oak, *Fast Beds in Rows*, 2014 ', "Fast Beds in Rows", ("Jan Elm",), "2014"),
        ("**Jan Elm, Tim Oak.** Fast beds at night. *J. Beds* 2019. ", "Fast beds at night", ("Jan Elm", "Tim Oak"), "2019"),
        ('Elm, et al. "**“Fast beds at night**." ICML (2014) ', "Fast beds at night", ("Elm",), "2014"),
        ("🔥**Fast Beds at Night** ", "Fast Beds at Night", (), ""),
        (":game_die: <b>BEDS (2018)</b> ", "BEDS", (), "2018"),
        ("<b>Fast Beds at Night (2017 CVPR)</b> ", "Fast Beds at Night", (), "2017"),
        ("**[FBN]** Fast Beds at Night (**ICVG(Oral)**) ", "Fast Beds at Night", (), ""),
        ("Fast Beds at Night (ICML) ", "Fast Beds at Night", (), ""),
        ("Fast Beds at Night (FBN) ", "Fast Beds at Night (FBN)", (), ""),
        ("**Fast Beds at Night (@oakhouse)** ", "Fast Beds at Night", (), ""),
    ],
)  # fmt: skip
def test_a_line(line: str, title: str, authors: tuple[str, ...], published: str) -> None:
    (paper,) = papers("x.md", f"# Deep gardens\n\n- {line}[[pdf]]({ARXIV}1702.00302)\n", "markdown")
    assert (paper.title, paper.published) == (title, published)
    assert paper.authors[: len(authors)] == authors


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ('Elm, Jan, and Tim Oak. "Fast beds." In Proc. of Beds, pp. 1-2. 2018', "Fast beds with roots", ("Jan Elm", "Tim Oak")),
        ('Elm, Jan. "Fast beds." J. Beds 70 (1983): 41-55', "Fast beds with roots", ("Jan Elm",)),
        ("Elm, J. K., & Oak, T. (2015). Fast beds. Annals of Beds, 9(1)", "Fast beds with roots", ("J. K. Elm", "T. Oak")),
        ("Elm, J., & Oak, T. (2021, April). Fast beds. In Beds 21", "Fast beds with roots", ("J. Elm", "T. Oak")),
        ("Jan Elm, Tim Oak. 2018. Fast beds. In Proceedings of Beds", "Fast beds with roots", ("Jan Elm", "Tim Oak")),
        ("Elm, Jan, et al. Fast beds. No. w2. Bureau of Beds, 2019", "Fast beds with roots", ("Jan Elm",)),
        ("Fast beds ICML'18", "Fast beds with roots", ()),
        ("The “Fast” beds: a survey", "The “Fast” beds: a survey", ()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_table", [True, False])
def test_a_link_that_is_a_whole_reference(
    text: str, title: str, authors: tuple[str, ...], in_table: bool
) -> None:
    text = text.replace("Fast beds", "Fast beds with roots")
    link = f"[{text}]({ARXIV}1702.00302)"
    table = f"| Name | Paper |\n| --- | --- |\n| FB | {link} |\n"
    (paper,) = papers("x.md", table if in_table else f"- {link}\n", "markdown")
    assert (paper.title, paper.authors) == (title, authors)


def test_references_without_a_link() -> None:
    source = """# [Beds](https://example.org)

* Jan Elm, Tim Oak, and Una Yew: Fast Beds with Roots, JBED 2015.
* Jan Elm et al. "Slow beds without roots." Bed Letters (2016).
* Jan Elm, Tim C.N. Oak: Beds for Everyone, 2017.
* Jan Elm, Tim Oak, and Una Yew, 2016
* Thanks to Jan Elm and Tim Oak for their help in 2019
* A workshop on beds and roots, 2020
"""
    found = [item for item in items("x.md", source, "markdown") if isinstance(item, Paper)]
    assert [(paper.title, paper.authors[0], paper.published) for paper in found] == [
        ("Fast Beds with Roots", "Jan Elm", "2015"),
        ("Slow beds without roots", "Jan Elm", "2016"),
        ("Beds for Everyone", "Jan Elm", "2017"),
    ]


@pytest.mark.parametrize("about", ["spring flowers", "what they need in spring", "one for all"])
@pytest.mark.parametrize("dash", [" — ", " - ", " – "])
def test_a_name_and_a_few_words_about_it(dash: str, about: str) -> None:
    (paper,) = papers("x.md", f"- Bulbs{dash}{about}. [[paper]]({ARXIV}1702.00302)\n", "markdown")
    assert paper.title == "Bulbs"


@pytest.mark.parametrize("line", ["Elm et al. 2017", "Elm & Oak (2018)", "Elm, Oak and Yew, 2019"])
def test_authors_and_year_are_no_title(line: str) -> None:
    (paper,) = papers("x.md", f"# Beds\n\n- {line} [[pdf]]({ARXIV}1702.00302)\n", "markdown")
    assert paper.pending
    assert paper.identifiers == {"arxiv": "1702.00302"}


def test_a_doi_without_a_link() -> None:
    line = "Bee A, Dee C. Gardens at noon. J Gardens. 2019;3(4):5-9. doi:10.1000/xyz.2."
    (paper,) = papers("x.md", f"# [Beds](https://example.org)\n\n1. {line}\n", "markdown")
    assert (paper.title, paper.authors) == ("Gardens at noon", ("A. Bee", "C. Dee"))
    assert paper.identifiers == {"doi": "10.1000/xyz.2"}


def test_the_date_in_words_is_the_more_precise() -> None:
    source = f"**one pot** \\\n*Ivo Alder* \\\narXiv 2023. [[Paper]({ARXIV}2301.00601)] \\\n26 Jan 2023\n"
    (paper,) = papers("x.md", source, "markdown")
    assert (paper.title, paper.published) == ("one pot", "2023-01-26")


@pytest.mark.parametrize(
    "names", [" - <em>Ann Bee, Cee Dee</em>", " by <em>Ann Bee and Cee Dee</em>"]
)
def test_names_in_a_summary(names: str) -> None:
    source = f"""# Beds
<details>
<summary><strong>Beds on Hills</strong>{names}</summary>

[Paper]({ARXIV}2501.00005) | [Code](https://github.com/x/z)

</details>
"""
    (paper,) = papers("x.md", source, "markdown")
    assert (paper.title, paper.authors) == ("Beds on Hills", ("Ann Bee", "Cee Dee"))


def test_links_of_one_row_are_of_one_paper() -> None:
    source = f"""# Beds
| Year | Name | What it is | Cited |
| ---- | ---- | ---------- | ----- |
| 2016 | [BED]({ARXIV}1606.00001) | Single stage | [![citations](b.svg)](https://www.semanticscholar.org/paper/b) |
| 2017 | [ROW]({ARXIV}1606.00002) | Anchor Free | [pdf](https://www.nature.com/articles/s41598-1.pdf) |

- [On Beds](https://www.nature.com/articles/s41598-022-1) ([Paper](https://www.nature.com/articles/s41598-022-1.pdf))`House`
"""
    found = papers("x.md", source, "markdown")
    assert [(paper.title, paper.authors) for paper in found] == [
        ("BED", ()),
        ("ROW", ()),
        ("On Beds", ()),
    ]
    assert found[2].identifiers == {"doi": "10.1038/s41598-022-1"}


def test_a_row_without_its_first_bar() -> None:
    source = f"""| Title | Venue |
| ----- | ----- |
| [Beds in Rows]({ARXIV}1606.00001) | ICML |
[Rows in Beds]({ARXIV}1606.00002) | ICML |
| [Beds alone]({ARXIV}1606.00003) | ICML |
"""
    titles = [paper.title for paper in papers("x.md", source, "markdown")]
    assert titles == ["Beds in Rows", "Rows in Beds", "Beds alone"]


def test_a_table_in_html() -> None:
    rows = "\n".join(
        f"""<tr>
  {'<td rowspan="2">Open</td>' if number == 1 else "<!-- Open -->"}
  <td><b>BED-{number}</b></td><td>2019/10</td><td>11</td>
  <td><a href="{ARXIV}1606.0000{number}">Paper</a></td>
</tr>"""
        for number in (1, 2)
    )
    source = f"""# Beds
<table>
<thead><tr><th>Kind</th><th>Model</th><th>Release</th><th>Size</th><th>Link</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
"""
    found = papers("x.md", source, "markdown")
    assert [(paper.title, paper.published) for paper in found] == [
        ("BED-1", "2019-10"),
        ("BED-2", "2019-10"),
    ]


@pytest.mark.parametrize(
    "mark", [" ", ",", "( ", "A. Bee, ", "Ann Bee and ", ":x:", "a. 2018. ", "Bee: "]
)
@pytest.mark.parametrize(
    "where", ["[a{}b](URL)", "a{}b [pdf](URL)", "**a{}b** [pdf](URL)", "[T](URL) a{}b et al"]
)
def test_long_runs_end(where: str, mark: str) -> None:
    line = where.replace("URL", f"{ARXIV}1702.00302").format(mark * (30_000 // len(mark)))
    assert items("x.md", f"- {line}\n", "markdown")


def test_front_pages_and_addresses_as_text_are_no_papers() -> None:
    source = """# Beds with Papers and more

> older lists: https://github.com/x/daily-paper-beds

- [NIPS Proceedings](https://papers.nips.cc/) - NIPS papers on the web
- [alphaXiv](https://www.alphaxiv.org/) (a layer)
- [The SIGGRAPH paper pages on the web](http://kesen.example.org/)
"""
    assert not [paper for paper in items("x.md", source, "markdown") if isinstance(paper, Paper)]


def test_a_title_below_a_name_and_an_author_by_the_address() -> None:
    source = f"""# Beds
* FarBed, Elm House [[Paper]({ARXIV}1312.00001)]
  * FarBed: Beds seen from Afar, ICLR, 2014.
* Jan Elm: Fast Beds with Roots. IJBED, 2001. [[Paper]](http://www.example.org/elm/papers/b01.pdf)
* Fast Roots: Beds with Depth. IJBED, 2001. [[Paper]](http://www.example.org/elm/papers/b02.pdf)
"""
    found = papers("x.md", source, "markdown")
    assert [(paper.title, paper.authors) for paper in found] == [
        ("FarBed: Beds seen from Afar", ()),
        ("Fast Beds with Roots", ("Jan Elm",)),
        ("Fast Roots: Beds with Depth", ()),
    ]


def test_two_papers_below_one_name() -> None:
    source = f"""# Beds
* House + Garden [[Web](http://example.org/r)] [[Paper-arXiv1]({ARXIV}1410.00001)], [[Paper-arXiv2]({ARXIV}1412.00002)]
  * Jan Elm, Tim Oak, *Beds in Rows*, arXiv:1410.00001
  * Jan Elm, Una Yew, *Rows in Beds*, arXiv:1412.00002
"""
    found = items("x.md", source, "markdown")
    assert not [item for item in found if isinstance(item, Unparsed)]
    read = [item for item in found if isinstance(item, Paper)]
    assert [(paper.title, paper.identifiers) for paper in read] == [
        ("Beds in Rows", {"arxiv": "1410.00001"}),
        ("Rows in Beds", {"arxiv": "1412.00002"}),
    ]


def test_a_title_that_is_a_link_with_its_year_and_short_names_of_authors() -> None:
    source = f"""- [Beds (CVPR 2017)]({ARXIV}1803.00001)
- [Beds at Night]({ARXIV}1803.00002) - Lu J et al, `CVPR 2018`. [[code]](https://github.com/x/y)
- [Rows (2010-2016)]({ARXIV}1803.00003) *Kim de Elm d'Oak, Yen-Chi Yew*
- [Ziv, Elm (1977)]({ARXIV}1803.00004) - Beds in Lines
"""
    found = papers("x.md", source, "markdown")
    assert [(paper.title, paper.authors, paper.published, paper.venue) for paper in found] == [
        ("Beds", (), "2017", "CVPR 2017"),
        ("Beds at Night", ("Lu J",), "2018", "CVPR 2018"),
        ("Rows (2010-2016)", ("Kim de Elm d'Oak", "Yen-Chi Yew"), "", ""),
        ("Beds in Lines", (), "", ""),
    ]
