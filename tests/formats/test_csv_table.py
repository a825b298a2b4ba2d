"""Tables: Zotero's, those of indexes, and anybody's own."""

import pytest

from paperreader.formats import Document
from paperreader.formats.csv_table import CsvTable
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

ZOTERO = (
    '\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","DOI",'
    '"Url","Abstract Note","Date","Manual Tags","Automatic Tags","Extra"\r\n'
    '"K","preprint","2017","Vaswani, Ashish; van der Berg, Jan","Attention","","",'
    '"10.48550/arXiv.1706.03762","http://arxiv.org/abs/1706.03762","The dominant\r\n""models"".",'
    '"2017-06-12","nlp; attention","CS - CL","arXiv:1706.03762 [cs]"\r\n'
    '"L","book","2009","","","","","","","","2009","","",""\r\n'
    '"M","journalArticle","2009","Doe, J","Two","Circulation","978-3-642-00230-4","","",""'
    ',"03/2009","","","PMID: 234"\r\n'
)


def test_zotero() -> None:
    found = items("a.csv", ZOTERO, "csv")
    one, two = (item for item in found if isinstance(item, Paper))
    assert one == Paper(
        "Attention",
        abstract='The dominant "models".',
        authors=("Ashish Vaswani", "Jan van der Berg"),
        published="2017-06-12",
        keywords=("nlp", "attention", "CS - CL"),
        links=(Link(LinkKind.PAGE, "http://arxiv.org/abs/1706.03762"),),
        identifiers={"arxiv": "1706.03762", "doi": "10.48550/arxiv.1706.03762"},
        kind="misc",
    )
    assert two == Paper(
        "Two",
        authors=("J Doe",),
        published="2009-03",
        venue="Circulation",
        identifiers={"pmid": "234", "isbn": "9783642002304"},
        kind="article",
    )
    assert [left.location for left in leftovers(found)] == ["line 4"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    source = "title,authors,year\nOne,Jane Doe,2020\n".replace(",", delimiter)
    (paper,) = papers("a.csv", source, "csv")
    assert paper == Paper("One", authors=("Jane Doe",), published="2020")


def test_scopus_with_full_names() -> None:
    (paper,) = papers(
        "scopus.csv",
        'Authors,"Author full names",Author(s) ID,Title,Year,Source title,DOI,Link,Abstract,'
        'Author Keywords\n"Smith J.; Doe K.A.","Smith, John (5719); Doe, Kate A. (12)","5; 12",'
        '"Things",2020,"J. Things",10.1016/j.x.1,https://www.scopus.com/x?eid=2,"A; b.","a; b"\n',
        "csv",
    )
    assert paper == Paper(
        "Things",
        abstract="A; b.",
        authors=("John Smith", "Kate A. Doe"),
        published="2020",
        venue="J. Things",
        keywords=("a", "b"),
        links=(Link(LinkKind.PAGE, "https://www.scopus.com/x?eid=2"),),
        identifiers={"doi": "10.1016/j.x.1"},
    )


def test_ieee_pubmed_springer_and_lines_above() -> None:
    ieee = '"Document Title",Authors,"Publication Year",PDF Link\n"Deep","J. Smith; K. Doe",2020,\n'
    pubmed = 'PMID,Title,Authors,Journal/Book,PMCID\n31,"A.","Raaij MJ, Doe K.",Nature,PMC1\n'
    springer = "Item Title,Publication Title,Item DOI,Publication Year\nOne,LNCS,10.1007/x,2019\n"
    dimensions = '"About the data: today"\nRank,Title,ArXiv ID\n1,One,1706.03762\n'
    assert papers("a.csv", ieee, "csv")[0].authors == ("J. Smith", "K. Doe")
    (medical,) = papers("a.csv", pubmed, "csv")
    assert medical.authors == ("M. J. Raaij", "K. Doe")
    assert (medical.venue, medical.identifiers) == ("Nature", {"pmid": "31", "pmcid": "PMC1"})
    (chapter,) = papers("a.csv", springer, "csv")
    assert (chapter.title, chapter.venue) == ("One", "LNCS")
    found = items("a.csv", dimensions, "csv")
    assert headings(found)[0].text.startswith('"About')
    assert found[-1] == Paper("One", identifiers={"arxiv": "1706.03762"})


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Jane Doe, John Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Doe, Jane and Roe, John", ("Jane Doe", "John Roe")),
        ("Doe, Jane", ("Jane Doe",)),
        ("['Jane Doe', 'John Roe']", ("Jane Doe", "John Roe")),
        ("Jane Doe|John Roe", ("Jane Doe", "John Roe")),
        ("Jane Doe, John Roe, and Bob Poe", ("Jane Doe", "John Roe", "Bob Poe")),
    ],
)
def test_names(cell: str, names: tuple[str, ...]) -> None:
    (paper,) = papers("a.csv", f'title,authors\nOne,"{cell}"\n', "csv")
    assert paper.authors == names


def test_short_and_long_rows_and_empty_lines() -> None:
    source = "title,year\n\nOne\nTwo,2020,more,and more\n  ,  \n"
    one, two = papers("a.csv", source, "csv")
    assert (one.title, two.published) == ("One", "2020")


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.csv", "name,age\nBob,3\n"),
        ("a.txt", "title\nauthors\n"),
        ("a.txt", "The title, as the authors say, is short.\n"),
        ("a.html", "<p>title,authors,year</p>"),
    ],
)
def test_what_is_no_table_of_papers(name: str, source: str) -> None:
    assert not CsvTable().recognises(Document.of_bytes(name, source.encode()))


@pytest.mark.parametrize(
    "names",
    [
        "display_name,doi,ids.pmid,primary_location.source.display_name,authorships.author.display_name,keywords.display_name",
        "title,doi,ids/pmid,journal/title,authors/name,keywords/value",
        "paper.title,paper.doi,paper.pmid,paper.venue.name,paper.authors.name,paper.keywords",
        "record__title,record__doi,record__pubmed_id,record__source__title,record__authors,record__keywords",
    ],
)
def test_columns_may_be_named_by_their_path(names: str) -> None:
    (paper,) = papers(
        "works.csv",
        f"{names}\nOpen gardens,https://doi.org/10.1000/oa.1,https://pubmed.ncbi.nlm.nih.gov/32000109,"
        "Journal of Gardens,Ann Bee|Cee Dee,garden|open\n",
        "csv",
    )
    assert (paper.title, paper.authors, paper.venue) == (
        "Open gardens",
        ("Ann Bee", "Cee Dee"),
        "Journal of Gardens",
    )
    assert paper.keywords == ("garden", "open")
    assert paper.identifiers == {"doi": "10.1000/oa.1", "pmid": "32000109"}


@pytest.mark.parametrize(
    "names",
    [
        "author1,author2,author3",
        "Author 1,Author 2,Author 3",
        "authors.0.name,authors.1.name,authors.2.name",
    ],
)
def test_a_column_for_each_author(names: str) -> None:
    (paper,) = papers("a.csv", f'title,year,{names}\nT,2020,Ann Bee,"Dee, Cee",\n', "csv")
    assert paper.authors == ("Ann Bee", "Cee Dee")


def test_files_and_notes_of_zotero_are_no_papers() -> None:
    found = items(
        "zotero.csv",
        'Key,Item Type,Title,Author,Publication Year\nA,journalArticle,T,"Bee, Ann",2020\n'
        "B,attachment,Full Text PDF,,\nC,note,,,\n",
        "csv",
    )
    assert [item.title for item in found if isinstance(item, Paper)] == ["T"]
    assert [heading.kind for heading in headings(found)] == ["attachment", "note"]
