"""Saved web pages of papers and of lists of papers, in the forms in which sites write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.formats import Document, FormatError, read
from paperreader.formats.web_pages.web_page import WebPage
from paperreader.papers.paper import LinkKind, Paper


def page(head: str, body: str = "") -> str:
    return f"<!DOCTYPE html>\n<html lang='en'><head><title>Site</title>{head}</head><body>{body}</body></html>"


def meta(*pairs: tuple[str, str], attribute: str = "name") -> str:
    return "".join(f'<meta {attribute}="{name}" content="{value}" />\n' for name, value in pairs)


def all_of(markup: str) -> list[Paper]:
    reading = read(Document.of_bytes("saved.html", markup.encode()))
    assert reading.format is not None
    assert reading.format.name == "web-page"
    return [item for item in reading if isinstance(item, Paper)]


def only(markup: str) -> Paper:
    (paper,) = all_of(markup)
    return paper


ARXIV = meta(
    ("citation_title", "Gardens with Nets &amp; Gates"),
    ("citation_author", "Bee, Ann"),
    ("citation_author", "Dee, Cee"),
    ("citation_date", "2021/01/25"),
    ("citation_arxiv_id", "2101.00999"),
    ("citation_pdf_url", "https://arxiv.org/pdf/2101.00999"),
    ("citation_abstract", "We study gardens."),
)


def test_a_page_of_arxiv() -> None:
    paper = only(page(ARXIV))
    assert paper.title == "Gardens with Nets & Gates"
    assert paper.authors == ("Ann Bee", "Cee Dee")
    assert (paper.published, paper.abstract) == ("2021-01-25", "We study gardens.")
    assert paper.identifiers == {"arxiv": "2101.00999"}
    assert paper.link(LinkKind.PDF) == "https://arxiv.org/pdf/2101.00999"


@pytest.mark.parametrize(
    ("markup", "identifiers"),
    [
        (("citation_doi", "10.1000/X.1"), {"doi": "10.1000/x.1"}),
        (("citation_doi", "doi:10.1000/x.1"), {"doi": "10.1000/x.1"}),
        (("citation_pmid", "31000201"), {"pmid": "31000201"}),
        (("DC.Identifier", "info:doi/10.1000/x.1"), {"doi": "10.1000/x.1"}),
        (("dc.identifier", "https://doi.org/10.1000/x.1"), {"doi": "10.1000/x.1"}),
        (("DCTERMS.identifier", "10.1000/x.1"), {"doi": "10.1000/x.1"}),
        (("prism.doi", "10.1000/x.1"), {"doi": "10.1000/x.1"}),
        (("og:url", "https://aclanthology.org/2022.acl-long.1/"), {"acl": "2022.acl-long.1"}),
        (("citation_pdf_url", "https://openreview.net/pdf?id=Ab-c_1"), {"openreview": "Ab-c_1"}),
        (("citation_reference", "doi=10.1000/another"), {}),
    ],
)
def test_the_identifiers_of_a_page_are_those_of_its_paper(
    markup: tuple[str, str], identifiers: dict[str, str]
) -> None:
    paper = only(page(meta(("citation_title", "T"), ("citation_author", "Ann Bee"), markup)))
    assert paper.identifiers == identifiers


def test_a_page_of_a_journal_keeps_the_whole_record() -> None:
    paper = only(
        page(
            meta(
                ("citation_title", "T"),
                ("citation_authors", "Bee A; Dee C;"),
                ("citation_journal_title", "Journal of Gardens"),
                ("citation_volume", "7"),
                ("citation_issue", "2"),
                ("citation_firstpage", "11"),
                ("citation_lastpage", "19"),
                ("citation_issn", "1234-5678"),
                ("citation_publisher", "Garden Press"),
                ("citation_publication_date", "2019 Mar"),
                ("citation_keywords", "beds; hoses"),
            ),
            '<div class="abstract-content" id="eng-abstract"><p>We water <i>beds</i>.</p><div>Twice.</div></div><div>No</div>',
        )
    )
    assert (paper.venue, paper.kind, paper.published) == (
        "Journal of Gardens",
        "article",
        "2019-03",
    )
    assert paper.authors == ("A. Bee", "C. Dee")
    assert paper.keywords == ("beds", "hoses")
    assert paper.abstract == "We water beds.\n\nTwice."
    assert paper.fields == {
        "volume": "7",
        "number": "2",
        "pages": "11--19",
        "issn": "1234-5678",
        "publisher": "Garden Press",
    }


@pytest.mark.parametrize("prefix", ["DC.", "dc.", "dc:", "DCTERMS.", "dcterms:"])
@pytest.mark.parametrize("attribute", ["name", "property"])
def test_dublin_core(prefix: str, attribute: str) -> None:
    markup = meta(
        (f"{prefix}title", "Gardens"),
        (f"{prefix}creator", "Bee, Ann"),
        (f"{prefix}creator", "Dee, Cee"),
        (f"{prefix}date", "2020-05-06"),
        (f"{prefix}identifier", "10.1000/x"),
        attribute=attribute,
    )
    paper = only(page(markup))
    assert (paper.title, paper.authors, paper.published) == (
        "Gardens",
        ("Ann Bee", "Cee Dee"),
        "2020-05-06",
    )
    assert paper.identifiers == {"doi": "10.1000/x"}


ARTICLE: dict[str, object] = {
    "@type": "ScholarlyArticle",
    "headline": "Gardens <i>of</i> JSON",
    "author": [{"@type": "Person", "name": "Ann Bee"}, {"givenName": "Cee", "familyName": "Dee"}],
    "datePublished": "2020-05-06T00:00:00Z",
    "isPartOf": {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {"@type": "Periodical", "name": "Journal of Gardens", "volumeNumber": 7},
    },
    "sameAs": "https://doi.org/10.1000/x",
    "description": "We write gardens.",
}


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [{"@type": "WebSite", "name": "Site"}, ARTICLE],
        {"@graph": [{"@type": "Organization", "name": "Press"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Article", "ScholarlyArticle"]},
        {**ARTICLE, "@type": "Article"},
    ],
)
def test_json_for_search_engines(value: object) -> None:
    script = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    paper = only(page(script))
    assert (paper.title, paper.authors) == ("Gardens of JSON", ("Ann Bee", "Cee Dee"))
    assert (paper.venue, paper.published) == ("Journal of Gardens", "2020-05-06")
    assert paper.identifiers == {"doi": "10.1000/x"}
    assert paper.abstract == "We write gardens."


def test_a_listing_of_arxiv() -> None:
    markup = page(
        "",
        """<dl id='articles'>
<dt><a name='item1'>[1]</a><a href ="/abs/2501.00001" title="Abstract">arXiv:2501.00001</a>
 [<a href="/pdf/2501.00001" title="Download PDF">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> First garden</div>
<div class='list-authors'><a href="x">Ann Bee</a>, <a href="y">Cee Dee</a></div>
<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 9 pages</div>
<div class='list-subjects'><span class='descriptor'>Subjects:</span>
<span class="primary-subject">Gardens (cs.GR)</span>; Learning (cs.LG)</div>
<p class='mathjax'>We water.</p></div></dd>
<dt><a href ="/abs/2501.00002">arXiv:2501.00002</a></dt>
<dd><div class='list-title mathjax'><span class='descriptor'>Title:</span> Second</div>
<div class='list-authors'><a href="x">Eve Eff</a></div></dd></dl>""",
    )
    first, second = all_of(markup)
    assert (first.title, first.authors, first.abstract) == (
        "First garden",
        ("Ann Bee", "Cee Dee"),
        "We water.",
    )
    assert (first.comment, first.categories) == ("9 pages", ("cs.GR", "cs.LG"))
    assert (second.title, second.identifiers) == ("Second", {"arxiv": "2501.00002"})


def test_a_search_of_arxiv() -> None:
    markup = page(
        "",
        """<ol class="breathe-horizontal"><li class="arxiv-result"><div><p class="list-title is-inline-block">
<a href="https://arxiv.org/abs/2501.00001">arXiv:2501.00001</a></p></div>
<p class="title is-5 mathjax">A <span class="search-hit mathjax">garden</span></p>
<p class="authors"><span class="has-text-black-bis">Authors:</span> <a href="x">Ann Bee</a>, <a>Cee Dee</a></p>
<p class="abstract mathjax"><span class="abstract-short">We…</span><span class="abstract-full">We water.
<a class="is-size-7">△ Less</a></span></p>
<p class="is-size-7"><span>Submitted</span> 3 January, 2025; originally announced January 2025.</p></li></ol>""",
    )
    paper = only(markup)
    assert (paper.title, paper.authors, paper.published) == (
        "A garden",
        ("Ann Bee", "Cee Dee"),
        "2025-01-03",
    )


def test_a_page_that_lists_papers() -> None:
    markup = page(
        '<link rel="canonical" href="https://aclanthology.org/events/acl-2022/">',
        """<p><span><a href="https://aclanthology.org/2022.acl-long.1.pdf">pdf</a></span>
<span><strong><a href="/2022.acl-long.1/">Gardens of Words</a></strong><br><a href="/people/a">Ann Bee</a> | <a href="/people/b">Cee Dee</a></span></p>
<ul><li><a href="https://arxiv.org/abs/2501.00002">Second Garden of Words</a> by Eve Eff</li>
<li><a href="https://example.org">Elsewhere</a></li></ul>""",
    )
    assert [paper.title for paper in all_of(markup)] == [
        "Gardens of Words",
        "Second Garden of Words",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<html><title>My page</title><body>x</body></html>",
        page(meta(("DC.title", "Town hall"), ("DC.language", "en"))),
        page(
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "N"}</script>'
        ),
        page('<script type="application/ld+json">{broken</script>'),
    ],
)
def test_a_page_of_no_paper_says_what_would_work(markup: str) -> None:
    with pytest.raises(FormatError, match=r"describes no paper.*BibTeX.*DOI") as error:
        list(read(Document.of_bytes("saved.html", markup.encode())))
    assert "a web page titled" in str(error.value)
    assert "arXiv pages" not in str(error.value)


HOSTILE = st.lists(
    st.sampled_from(
        ["<a ", "<", ">", '"', "'", "<meta name=citation_title content=", "<!--", "-->", "</", "<p>",
         '<script type="application/ld+json">', "{", "[", "</script>", "<dt>", "<dd>", "&#", "\n", "x",
         "<div class='list-title'>", "<div class=abstract>", "</div>", "<a href='/abs/2501.00001'>"]
    ),
    max_size=60,
)  # fmt: skip


@given(HOSTILE)
def test_whatever_a_page_holds_it_is_read_or_refused(pieces: list[str]) -> None:
    document = Document.of_bytes("saved.html", ("<html>" + "".join(pieces)).encode())
    try:
        items = list(WebPage().parse(document))
    except FormatError:
        return
    assert items


def metas(**values: str) -> str:
    return "".join(f'<meta name="{k}" content="{v}">' for k, v in values.items())


def page_of(head: str, body: str = "") -> Paper:
    source = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    (paper,) = read(Document.of_bytes("a.html", source.encode()))
    assert isinstance(paper, Paper)
    return paper


def test_the_table_on_a_page_of_arxiv_is_kept() -> None:
    paper = page_of(
        metas(citation_title="Beds", citation_author="Bee, Ann", citation_arxiv_id="2101.00999"),
        '<table><tr><td class="tablecell comments mathjax">9 pages</td></tr><tr><td class="tablecell'
        ' subjects"><span class="primary-subject">Machine Learning (cs.LG)</span>; Fluids'
        ' (physics.flu-dyn)</td></tr><tr><td class="tablecell jref">J. Gard. 3 (2021)</td></tr>'
        "</table>",
    )
    assert (paper.comment, paper.venue) == ("9 pages", "J. Gard. 3 (2021)")
    assert paper.categories == ("cs.LG", "physics.flu-dyn")


def test_a_page_of_pubmed_has_american_dates_and_two_ids() -> None:
    paper = page_of(
        metas(
            citation_title="Beds",
            citation_author="Ann Bee",
            citation_date="03/05/2020",
            citation_pmid="31000201",
            keywords="pmid:31000201, PMC6000201, doi:10.1000/p, Beds",
        )
    )
    assert paper.published == "2020-03-05"
    assert paper.identifiers == {"pmid": "31000201", "pmcid": "PMC6000201"}


@pytest.mark.parametrize(
    "body",
    [
        "<section><h2>Abstract</h2><div><p>We garden.</p></div></section><p>More</p>",
        "<h4>Abstract</h4><p>We garden.</p><h4>References</h4><p>One</p>",
        '<div id="Abs1-content"><p>We garden.</p></div>',
        '<div class="abstract author"><h2>Abstract</h2><p>We garden.</p></div>',
        "<h3> SUMMARY: </h3>We garden.<footer>All rights</footer>",
    ],
)
def test_an_abstract_is_found_by_its_mark_or_its_heading(body: str) -> None:
    assert (
        page_of(metas(citation_title="B", citation_doi="10.1000/x"), body).abstract == "We garden."
    )


def test_names_in_the_body_count_where_the_metadata_has_none() -> None:
    body = (
        '<span class="given-name">Ann</span> <span class="text surname">Bee</span>,'
        ' <span class="given-name">Cee</span> <span class="text surname">van Dee</span>'
    )
    paper = page_of(metas(citation_title="Beds", citation_doi="10.1016/x"), body)
    assert paper.authors == ("Ann Bee", "Cee van Dee")


def test_the_object_in_a_script_of_ieee_xplore() -> None:
    record = {
        "title": "Beds", "authors": [{"name": "Ann Bee"}], "doi": "10.1109/x", "volume": "3",
        "publicationTitle": "IEEE Trans. Gard.", "startPage": "1", "endPage": "9",
        "publicationYear": "2020", "abstract": "We garden.",
    }  # fmt: skip
    script = f"<script>var x;xplGlobal.document.metadata={json.dumps(record)};</script>"
    paper = page_of("<title>Beds | IEEE</title>", script)
    assert (paper.authors, paper.venue) == (("Ann Bee",), "IEEE Trans. Gard.")
    assert paper.fields == {"volume": "3", "pages": "1--9"}
    assert paper.identifiers == {"doi": "10.1109/x"}


def test_dublin_core_of_open_journal_systems() -> None:
    names = {
        "DC.Title": "Beds", "DC.Creator.PersonalName": "Ann Bee", "DC.Identifier.DOI": "10.1000/o",
        "DC.Source": "J. Gard.", "DC.Source.Volume": "3", "DC.Source.Issue": "2",
        "DC.Identifier.pageNumber": "1-9", "DC.Date.issued": "2020-03-05",
    }  # fmt: skip
    paper = page_of(metas(**names))
    assert (paper.authors, paper.venue, paper.published) == (("Ann Bee",), "J. Gard.", "2020-03-05")
    assert paper.fields == {"volume": "3", "number": "2", "pages": "1-9"}


def test_the_scheme_of_an_identifier_counts() -> None:
    head = metas(citation_title="Beds") + (
        '<meta name="dc.Identifier" scheme="publisher-id" content="10.1145/other.1">'
        '<meta name="dc.Identifier" scheme="doi" content="10.1145/123.456">'
    )
    assert page_of(head).identifiers == {"doi": "10.1145/123.456"}
