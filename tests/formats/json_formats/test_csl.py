"""CSL-JSON, as Zotero, pandoc, doi.org and Crossref write it."""

import json
from typing import Any

import pytest

from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import items, leftovers, papers


def one(**record: Any) -> Paper:
    told = json.dumps([{"id": "a", "type": "article-journal", "title": "T", **record}])
    (paper,) = papers("a.json", told, "json")
    return paper


def test_an_item_of_zotero() -> None:
    assert (
        one(
            title='The <span class="nocase">A</span> of <i>B</i>',
            abstract="<jats:p>One.</jats:p><jats:p>Two &lt; three.</jats:p>",
            author=[
                {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
                {"family": '"de la Mare"', "given": "Walter"},
                {"family": "King", "given": "M. L.", "suffix": "Jr."},
                {"literal": "The Group"},
            ],
            issued={"date-parts": [["2017", 6, 12]]},
            **{"container-title": "J"},
            DOI="10.1000/X",
            URL="https://x.org/a",
            ISBN="978-3-642-00230-4 123",
            note="PMID: 123\nPMCID: PMC45\narXiv:1706.03762 [cs]",
            keyword="a, b",
        )
        == Paper(
            "The A of B",
            abstract="One.\n\nTwo < three.",
            authors=("Ludwig van Beethoven", "Walter de la Mare", "M. L. King Jr.", "The Group"),
            published="2017-06-12",
            venue="J",
            keywords=("a", "b"),
            links=(Link(LinkKind.PAGE, "https://x.org/a"),),
            identifiers={
                "pmid": "123",
                "pmcid": "PMC45",
                "arxiv": "1706.03762",
                "doi": "10.1000/x",
                "isbn": "9783642002304",
            },
            kind="article",
            citation_key="a",
            fields={"note": "PMID: 123 PMCID: PMC45 arXiv:1706.03762 [cs]"},
        ).cleaned()
    )


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2019]]}, "2019"),
        ({"date-parts": [["2019", "5"]]}, "2019-05"),
        ({"date-parts": [[2011, 5, 25], [2012, 6, 26]], "circa": True}, "2011-05-25"),
        ({"date-parts": [[2017]], "season": 2}, "2017"),
        ({"date-parts": [[-333]]}, ""),
        ({"date-parts": [[None]]}, ""),
        ({"raw": "12 May 2010"}, "2010-05-12"),
        ({"literal": "circa 1685"}, "1685"),
        ("2019-05-01~/2020", "2019-05-01"),
        ("2017-21", "2017"),
    ],
)
def test_dates(issued: object, date: str) -> None:
    assert one(issued=issued, author=[{"family": "Doe"}]).published == date


def test_an_answer_of_crossref() -> None:
    told = {
        "status": "ok",
        "message": {
            "type": "journal-article",
            "title": ["Main"],
            "subtitle": ["And more"],
            "container-title": ["Journal"],
            "author": [{"given": "Jane", "family": "Doe", "affiliation": []}, {"name": "Group"}],
            "issued": {"date-parts": [[None]]},
            "published-print": {"date-parts": [[2020, 3]]},
            "DOI": "10.1000/x",
            "link": [{"URL": "https://x.org/a.pdf", "content-type": "application/pdf"}],
        },
    }
    (paper,) = papers("a.json", json.dumps(told), "json")
    assert paper == Paper(
        "Main: And more",
        authors=("Jane Doe", "Group"),
        published="2020-03",
        venue="Journal",
        links=(Link(LinkKind.PDF, "https://x.org/a.pdf"),),
        identifiers={"doi": "10.1000/x"},
        kind="article",
        fields={"subtitle": "And more"},
    )


def test_items_without_a_title_are_left_over() -> None:
    found = items("a.json", '[{"id":"a","type":"book","citation-key":"a"}]', "json")
    assert len(leftovers(found)) == 1


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ([{"date-parts": [2006]}], "2006"),
        ([{"date-parts": [2018, 2, 1]}, {"date-parts": [2018, 2, 2]}], "2018-02-01"),
        ([{"year": 2014, "month": 3, "day": 27}], "2014-03-27"),
        ({"year": "2014", "month": "March"}, "2014-03"),
        ({"date-parts": [2018, 2]}, "2018-02"),
        ({"date-parts": [["2018", "2", "1"]]}, "2018-02-01"),
        ({"date-parts": [[2018, 2], [2018, 4]]}, "2018-02"),
        ({"literal": "Spring 2014"}, "2014"),
        ({"raw": "2014-03"}, "2014-03"),
        ("2014-03-27/2014-04", "2014-03-27"),
        ([], ""),
        ({"date-parts": [[None]]}, ""),
    ],
)
def test_dates_in_all_the_shapes_of_tools(issued: object, date: str) -> None:
    record = {"id": "x", "type": "article-journal", "title": "T", "author": [{"family": "A"}]}
    (paper,) = papers("a.json", json.dumps([{**record, "issued": issued}]), "json")
    assert paper.published == date
