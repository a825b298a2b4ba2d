"""RSS as arXiv writes and wrote it, and as journals do."""

from paperreader.formats import Document, read
from paperreader.papers.paper import LinkKind, Paper
from tests.formats.reading import papers

TODAY = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>cs.AI updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.AI</link>
    <atom:link href="http://rss.arxiv.org/rss/cs.AI" rel="self" type="application/rss+xml"/>
    <pubDate>Thu, 18 Sep 2025 00:00:00 -0400</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>
    {items}
  </channel>
</rss>"""
ITEM = """<item>
      <title>{title}</title>
      <link>https://arxiv.org/abs/2509.13332</link>
      <description>arXiv:2509.13332v1 Announce Type: {kind}
Abstract: As models judge,
we judge them: $a &lt; b$.</description>
      <guid isPermaLink="false">oai:arXiv.org:2509.13332v1</guid>
      <category>cs.AI</category>
      <category>cs.CL</category>
      <pubDate>Thu, 18 Sep 2025 00:00:00 -0400</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>
      <dc:creator>Jane Doe, Li Wei (MIT), John Q. Roe</dc:creator>
      <arxiv:DOI>10.1234/x.y</arxiv:DOI>
      <arxiv:journal_reference>J. Judges 5</arxiv:journal_reference>
    </item>"""


def today(kind: str = "new") -> Paper:
    items = ITEM.format(title="Explicit\n Judges", kind=kind)
    (paper,) = papers("cs.AI", TODAY.format(items=items), "rss")
    return paper


def test_the_feed_of_today() -> None:
    paper = today()
    assert paper.title == "Explicit Judges"
    assert paper.abstract == "As models judge, we judge them: $a < b$."
    assert paper.authors == ("Jane Doe", "Li Wei", "John Q. Roe")
    assert (paper.published, paper.updated) == ("2025-09-18", "")
    assert paper.categories == ("cs.AI", "cs.CL")
    assert paper.identifiers == {"arxiv": "2509.13332", "doi": "10.1234/x.y"}
    assert paper.venue == "J. Judges 5"
    assert paper.link(LinkKind.PDF) == "https://arxiv.org/pdf/2509.13332"


def test_the_day_of_an_announcement_is_not_always_that_of_the_paper() -> None:
    assert (today("replace").published, today("replace").updated) == ("", "2025-09-18")
    assert (today("cross").published, today("cross").updated) == ("", "")


def test_a_feed_of_the_weekend_is_explained() -> None:
    reading = read(Document.of_bytes("cs.AI", TODAY.format(items="").encode()))
    assert not [item for item in reading if isinstance(item, Paper)]
    assert "weekends" in reading.why_empty()


OLD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/">
<title>cs.CL updates on arXiv.org</title>
<dc:date>2021-01-04T20:30:00-05:00</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/2101.00010" /></rdf:Seq></items>
<image rdf:resource="http://arxiv.org/icons/sfx.gif" />
</channel>
<image rdf:about="http://arxiv.org/icons/sfx.gif"><title>arXiv.org</title></image>
<item rdf:about="http://arxiv.org/abs/2101.00010">
<title>Rivers &amp; Beds. (arXiv:2101.00010v1 [cs.CL])</title>
<link>http://arxiv.org/abs/2101.00010</link>
<description rdf:parseType="Literal">&lt;p&gt;We show &lt;a href="http://x"&gt;things&lt;/a&gt;
that hold.
&lt;/p&gt;
</description>
<dc:creator> &lt;a href="http://arxiv.org/find/cs/1/au:+Doe_J/0/1/0/all/0/1"&gt;Jane Doe&lt;/a&gt;,
&lt;a href="http://arxiv.org/find/cs/1/au:+Roe_R/0/1/0/all/0/1"&gt;R. Roe&lt;/a&gt;</dc:creator>
</item>
<item rdf:about="http://arxiv.org/abs/1901.00011">
<title>Is It? (arXiv:1901.00011v3 [cs.LG] UPDATED)</title>
<link>http://arxiv.org/abs/1901.00011</link>
<description>&lt;p&gt;It is.&lt;/p&gt;</description>
<dc:creator>&lt;a href="http://x"&gt;Ann Other&lt;/a&gt;</dc:creator>
</item>
</rdf:RDF>"""


def test_the_feed_of_old() -> None:
    first, second = papers("old.rdf", OLD, "rss")
    assert first.title == "Rivers & Beds"
    assert first.abstract == "We show things that hold."
    assert first.authors == ("Jane Doe", "R. Roe")
    assert first.categories == ("cs.CL",)
    assert (first.key, first.published) == ("arxiv:2101.00010", "2021-01-04")
    assert second.title == "Is It?"
    assert (second.published, second.updated) == ("", "2021-01-04")


def test_a_journals_feed() -> None:
    told = """<rss version="2.0"><channel><title>Nature</title><item>
<title><![CDATA[Beds & <i>Rivers</i>]]></title>
<link>https://www.nature.com/articles/s41586-020-1</link>
<content:encoded><![CDATA[<p>We dig.</p><p>&nbsp;Deep &amp; wide.</p>]]></content:encoded>
<dc:creator>Jane Doe</dc:creator><dc:creator>Roe, John</dc:creator>
<dc:identifier>doi:10.1038/s41586-020-1</dc:identifier>
<dc:date>2020-03-18</dc:date>
<prism:publicationName>Nature</prism:publicationName>
</item><item><link>http://x</link></item></channel></rss>"""
    reading = read(Document.of_bytes("nature.rss", told.encode()))
    (paper,) = (item for item in reading if isinstance(item, Paper))
    assert (paper.title, paper.abstract) == ("Beds & Rivers", "We dig.\n\nDeep & wide.")
    assert paper.authors == ("Jane Doe", "John Roe")
    assert (paper.published, paper.venue) == ("2020-03-18", "Nature")
    assert paper.key == "doi:10.1038/s41586-020-1"
    assert reading.leftovers == 1


def test_a_preprint_servers_feed() -> None:
    told = """<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><item rdf:about="x">
<title>Cells</title><link>http://biorxiv.org/cgi/content/short/2025.03.10.642394v1?rss=1</link>
<description>Cells live.</description>
<dc:creator>Doe, J., Roe, R. Q.</dc:creator><dc:date>2025-03-12</dc:date>
<dc:identifier>doi:10.1101/2025.03.10.642394</dc:identifier></item></rdf:RDF>"""
    (paper,) = papers("biorxiv", told, "rss")
    assert paper.authors == ("J. Doe", "R. Q. Roe")
    assert paper.key == "doi:10.1101/2025.03.10.642394"


def test_the_facts_of_a_citation_in_a_journals_feed() -> None:
    source = """<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:prism="p" xmlns:dc="d">
<item rdf:about="x"><title>Beds</title><link>https://doi.org/10.1000/x</link>
<prism:publicationName>J. Gard.</prism:publicationName><prism:volume>3</prism:volume>
<prism:number>2</prism:number><prism:startingPage>1</prism:startingPage>
<prism:endingPage>9</prism:endingPage><prism:issn>1234-5678</prism:issn>
<prism:coverDate>2020-03-05</prism:coverDate><dc:publisher>Beds</dc:publisher></item></rdf:RDF>"""
    (paper,) = papers("a.xml", source, "rss")
    assert paper.published == "2020-03-05"
    assert paper.fields == {
        "volume": "3", "number": "2", "pages": "1--9", "issn": "1234-5678", "publisher": "Beds",
    }  # fmt: skip
