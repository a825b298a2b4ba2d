"""PubMed's XML: articles, chapters, broken ones, and traps."""

from paperreader.papers.paper import Paper
from tests.formats.reading import items, leftovers, papers

HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "http://x/y.dtd">\n'
    "<PubmedArticleSet>\n"
)
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">29872490</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2018</Year><Month>May</Month><Day>15</Day></PubDate>
</JournalIssue><Title>Oncotarget</Title></Journal>
<ArticleTitle>Risk on chromosome 19 and the <i>APOE</i>
 locus, H<sub>2</sub>O &amp; more.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.18632/Onco.1</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">The <i>APOE</i> gene.</AbstractText>
<AbstractText Label="RESULTS">P &lt; 0.5.</AbstractText></Abstract>
<AuthorList><Author><LastName>Moreno-Grau</LastName><ForeName>Sonia</ForeName></Author>
<Author><LastName>Gibb</LastName><ForeName>F W</ForeName><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>The Initiative</CollectiveName></Author></AuthorList></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Female</DescriptorName></MeshHeading></MeshHeadingList>
<KeywordList><Keyword>risk</Keyword></KeywordList>
<CommentsCorrectionsList><CommentsCorrections><PMID>1</PMID></CommentsCorrections>
</CommentsCorrectionsList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">29872490</ArticleId>
<ArticleId IdType="pmc">PMC5973862</ArticleId></ArticleIdList><ReferenceList><Reference>
<ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference>
</ReferenceList></PubmedData></PubmedArticle>"""


def test_an_article() -> None:
    (paper,) = papers("a.xml", f"{HEAD}{ARTICLE}</PubmedArticleSet>", "pubmed-xml")
    assert paper == Paper(
        "Risk on chromosome 19 and the APOE locus, H2O & more.",
        abstract="BACKGROUND: The APOE gene.\n\nRESULTS: P < 0.5.",
        authors=("Sonia Moreno-Grau", "F. W. Gibb Jr", "The Initiative"),
        published="2018-05-15",
        venue="Oncotarget",
        keywords=("risk", "Female"),
        identifiers={"doi": "10.18632/onco.1", "pmcid": "PMC5973862", "pmid": "29872490"},
        kind="article",
    )


def test_a_chapter_and_a_date_in_words() -> None:
    book, article = papers(
        "a.xml",
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>2</PMID><ArticleIdList>"
        '<ArticleId IdType="doi">10.1000/b</ArticleId></ArticleIdList><Book><BookTitle>The Book'
        "</BookTitle><PubDate><Year>2009</Year><Month>02</Month></PubDate>"
        '<AuthorList Type="editors"><Author><LastName>Ed</LastName></Author></AuthorList></Book>'
        "<ArticleTitle>Chapter</ArticleTitle></BookDocument></PubmedBookArticle>"
        "<PubmedArticle><MedlineCitation><Article><Journal><JournalIssue><PubDate><MedlineDate>"
        "1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue></Journal><ArticleTitle/>"
        "<VernacularTitle>Titre</VernacularTitle></Article></MedlineCitation></PubmedArticle>",
        "pubmed-xml",
    )
    assert (book.title, book.venue, book.published, book.authors) == (
        "Chapter",
        "The Book",
        "2009-02",
        (),
    )
    assert book.identifiers == {"doi": "10.1000/b", "pmid": "2"}
    assert (article.title, article.published) == ("Titre", "1998-12")


def test_broken_articles_spoil_no_others() -> None:
    unclosed = ARTICLE.replace("</PubmedArticle>", "")
    wrong = ARTICLE.replace("</Abstract>", "")
    untitled = "<PubmedArticle><MedlineCitation><Article/></MedlineCitation></PubmedArticle>"
    told = "\n".join([HEAD, unclosed, ARTICLE, wrong, untitled, ARTICLE, unclosed[:400]])
    found = items("a.xml", told, "pubmed-xml")
    assert len([item for item in found if isinstance(item, Paper)]) == 2
    reasons = [left.reason for left in leftovers(found)]
    assert [reason.partition(":")[0] for reason in reasons] == [
        "the record is not closed",
        "the XML is broken",
        "the article has no title",
        "the XML ends too early",
    ]
    assert leftovers(found)[0].location == "line 5"


def test_entities_are_never_expanded() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "aaaaaaaa">'
        '<!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><PubmedArticleSet>'
    )
    trap = ARTICLE.replace("Oncotarget", "&b;&f;")
    found = items("a.xml", bomb + trap + ARTICLE, "pubmed-xml")
    assert not leftovers(found)
    venues = [item.venue for item in found if isinstance(item, Paper)]
    assert venues == ["&b;&f;", "Oncotarget"]


def test_citations_without_the_envelope() -> None:
    citation = ARTICLE[len("<PubmedArticle>") : ARTICLE.index("</MedlineCitation>")]
    told = f"<MedlineCitationSet>{citation}</MedlineCitation></MedlineCitationSet>"
    assert papers("a.xml", told, "pubmed-xml")[0].identifiers["pmid"] == "29872490"
