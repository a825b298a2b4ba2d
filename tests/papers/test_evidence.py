"""What makes two records one paper, and what keeps them apart."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from paperreader.papers.evidence import Evidence, compare
from paperreader.papers.generic_titles import is_generic
from paperreader.papers.paper import Paper
from paperreader.papers.traits import Traits
from tests.export.samples import papers, some

ABSTRACT = "We study how words are chosen when text is made one word at a time, and find a limit."
OTHER = "Galaxies rotate faster than their visible mass allows; we measure forty of them anew."
BEE, DEE, LEE = ("Ann Bee",), ("Cee Dee",), ("Ann Lee", "Bo Chen")
DOI = {"doi": "10.1007/978-3-000-00001-1"}
TITLE = "Gardens of the Far North"


def paper(title: str = TITLE, *authors: str, **values: Any) -> Paper:
    fields: dict[str, str] = {
        name: values.pop(name) for name in ["pages", "volume", "edition"] if name in values
    }
    return Paper(title, authors=authors, fields=fields, **values)


SAME = {
    "an arXiv id, whatever the DOI": (
        paper(identifiers={"arxiv": "1706.03762", "doi": "10.1/journal"}),
        paper(identifiers={"arxiv": "1706.03762", "doi": "10.48550/arxiv.1706.03762"}),
    ),
    "an id and no word else": (
        Paper("arXiv:1706.03762", identifiers={"arxiv": "1706.03762"}, pending=True),
        paper(*LEE, identifiers={"arxiv": "1706.03762"}),
    ),
    "a new title and the same people": (
        paper("A Garden", *LEE, identifiers={"arxiv": "1706.03762"}, abstract=ABSTRACT),
        paper("Flowers in Nets", *LEE, identifiers={"arxiv": "1706.03762"}, abstract=OTHER),
    ),
    "an added author": (
        paper("A Garden", *LEE, identifiers=DOI),
        paper("A Garden", *LEE, "Cy Eff", identifiers=DOI),
    ),
    "the name that a list gives": (
        paper("FLOWERNET", identifiers={"arxiv": "1706.03762"}),
        paper("A Net for Flowers", *LEE, identifiers={"arxiv": "1706.03762"}),
    ),
    "letters with and without their marks": (
        paper("Gates of the north", "Bjørn Møller", "Al Straßer", published="2021"),
        paper("Gates of the North", "Bjorn Moller", "Al Strasser", identifiers=DOI),
    ),
    "names in the order of indexes": (
        paper("Gates of the north", *BEE, "Cee Dee", identifiers={"arxiv": "1706.03762"}),
        paper("Gates of the north", "Bee A", "Dee C", venue="GardenConf", identifiers=DOI),
    ),
    "an extended version": (
        paper(f"{TITLE} (extended version)", *LEE, identifiers={"arxiv": "1706.03762"}),
        paper(TITLE, *LEE, venue="GardenConf", identifiers=DOI),
    ),
    "a volume with its word": (
        paper(TITLE, *LEE, venue="Journal of Gardens", published="2021", volume="Vol. 12"),
        paper(TITLE, *LEE, venue="Journal of Gardens", published="2021", volume="12"),
    ),
    "mathematics": (
        paper(r"An $\mathcal{O}(n \log n)$ Gate and $\alpha$-Flowers", *BEE, published="2021"),
        paper("An O(n log n) Gate and α-Flowers", *BEE, published="2021", identifiers=DOI),
    ),
    "some of the authors": (
        paper("Gardens at Scale", "Ann Bee", "Cee Dee", venue="CoRR", published="2021"),
        paper("Gardens at Scale", "A. Bee", "C. Dee", "E. Eff", venue="GardenConf", identifiers=DOI),
    ),
    "a preprint and its publication": (
        paper("Gardens with Nets", *LEE, published="2021", abstract=ABSTRACT,
              identifiers={"arxiv": "2101.00961"}),
        paper("Gardens With Nets", "A. Lee", "B. Chen", published="2022", abstract=OTHER,
              venue="Journal of Gardens", identifiers=DOI),
    ),
    "the DOI of another preprint server": (
        paper(*LEE, published="2021", identifiers={"doi": "10.1101/2021.01.02.123456"}),
        paper(*LEE, published="2022", venue="Journal of Gardens", identifiers=DOI),
    ),
    "a subtitle": (
        paper(TITLE, *LEE, published="2021"),
        paper(f"{TITLE}: A Study", *LEE, published="2021", identifiers=DOI),
    ),
    "turned Chinese names": (
        paper("花园图像研究", "三 张", "四 李", published="2017"),
        paper("花园图像研究", "张三", "李四", published="2017"),
    ),
    "a copied abstract": (paper(abstract=ABSTRACT), paper(abstract=ABSTRACT[:60] + "…")),
    "an abbreviated venue": (
        paper(*LEE, published="2021", venue="J. Gard.", pages="12--15"),
        paper(*LEE, published="2021", venue="Journal of Gardening", pages="12-15"),
    ),
    "a generic title where all agrees": (
        paper("Editorial", *BEE, published="2021", venue="Journal of Gardens", volume="3"),
        paper("Editorial", "A. Bee", published="2021-03", venue="J. Gardens", volume="3"),
    ),
}  # fmt: skip

APART = {
    "two arXiv ids": (
        paper(*LEE, identifiers={"arxiv": "1706.03762"} | DOI),
        paper(*LEE, identifiers={"arxiv": "1706.03763"} | DOI),
    ),
    "chapters with the DOI of the book": (
        paper("Roses in the north", *BEE, kind="incollection", venue="Flowers", identifiers=DOI),
        paper("Tulips in the south", *DEE, kind="incollection", venue="Flowers", identifiers=DOI),
    ),
    "chapters of one author with the DOI of the book": (
        paper("Roses", *BEE, kind="incollection", pages="1--20", identifiers=DOI),
        paper("Tulips", *BEE, kind="incollection", pages="21--40", identifiers=DOI),
    ),
    "a book and its chapter": (
        paper("Flowers", kind="book", identifiers=DOI),
        paper("Roses in the north", *BEE, venue="Flowers", identifiers=DOI),
    ),
    "a copied DOI": (
        paper("Roses in the north", *BEE, published="2021", identifiers=DOI),
        paper("Quantum computers", *LEE, published="2021", identifiers=DOI),
    ),
    "editorials": (
        paper("Editorial", *BEE, venue="Journal of Gardens", volume="1", published="2001"),
        paper("Editorial", *BEE, venue="Journal of Gardens", volume="9", published="2009"),
    ),
    "front matter": (
        paper("Front Matter", venue="Journal of Gardens", published="2001"),
        paper("Front Matter", venue="Annals of Flowers", published="2015"),
    ),
    "introductions": (
        paper("Introduction", "Cy Cole", venue="Handbook of Gardens", published="2003"),
        paper("Introduction", venue="Handbook of Flowers", published="2011"),
    ),
    "other people": (paper("A Long Road to Rome", *BEE), paper("A Long Road to Rome", *DEE)),
    "another year": (
        paper(*LEE, venue="Journal of Gardens", published="2001"),
        paper(*LEE, venue="Journal of Gardens", published="2004"),
    ),
    "another venue and nobody named": (
        paper(venue="Journal of Gardens"), paper(venue="Annals of Flowers"),
    ),
    "another ISBN": (
        paper(*LEE, kind="book", identifiers={"isbn": "9783000000011"}),
        paper(*LEE, kind="book", identifiers={"isbn": "9783000000028"}),
    ),
    "a comment with the DOI of its paper": (
        paper(*LEE, identifiers=DOI),
        paper(f"Comment on “{TITLE}”", *BEE, identifiers=DOI),
    ),
    "an erratum with the DOI of its paper": (
        paper(*LEE, identifiers=DOI), paper(f"{TITLE} (Erratum)", *LEE, identifiers=DOI),
    ),
    "another edition": (paper(*LEE, edition="1"), paper(*LEE, edition="2")),
    "other pages": (
        paper(*LEE, venue="V", published="2001", pages="1--9"),
        paper(*LEE, venue="V", published="2001", pages="30--39"),
    ),
    "other abstracts and nobody named": (paper(abstract=ABSTRACT), paper(abstract=OTHER)),
    "a thesis": (paper(*BEE, kind="phdthesis"), paper(*BEE, kind="article", venue="V")),
    "data": (paper(*BEE, kind="dataset"), paper(*BEE, kind="article", venue="V")),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAME)
def test_one_paper(kind: str) -> None:
    one, other = map(Traits, SAME[kind])
    assert compare(one, other) > Evidence.NOTHING
    assert compare(other, one) == compare(one, other)


@pytest.mark.parametrize("kind", APART)
def test_two_papers(kind: str) -> None:
    one, other = map(Traits, APART[kind])
    assert compare(one, other) < Evidence.NOTHING
    assert compare(other, one) == compare(one, other)


def test_a_part_is_not_the_whole_with_a_subtitle() -> None:
    for part in ("Part II", "2. Roses", "Volume 3"):
        whole, other = Traits(paper(TITLE, *LEE)), Traits(paper(f"{TITLE}: {part}", *LEE))
        assert compare(whole, other) is Evidence.NOTHING


@some
@given(papers, papers)
def test_the_evidence_is_the_same_from_both_sides(one: Paper, other: Paper) -> None:
    assert compare(Traits(one), Traits(other)) == compare(Traits(other), Traits(one))
    assert compare(Traits(one), Traits(replace(other, title=one.title))) == compare(
        Traits(replace(other, title=one.title)), Traits(one)
    )


@pytest.mark.parametrize(
    "title",
    ["Editorial", "EDITORIAL.", "The Introduction", "A Survey", "Reply", "Vorwort", "编者按", "…",
     "Letter to the Editor", "Editor's Note", "Preface to Volume 12", "Chapter 3", "Front-Matter",
     "Message from the Program Chairs", "Éditorial", "Author index"],
)  # fmt: skip
def test_a_title_that_names_no_work(title: str) -> None:
    assert is_generic(title)


@pytest.mark.parametrize(
    "title",
    ["A Reply to Able", "A Survey of Gardens", "T", "Gardens", "V", "花园图像研究", "GPT-4"],
)
def test_a_title_that_names_a_work(title: str) -> None:
    assert not is_generic(title)
