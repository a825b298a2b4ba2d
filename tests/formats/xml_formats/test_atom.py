"""Atom as arXiv's API answers it, as its feeds have it, and as journals do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperreader.formats import Document, FormatError, read
from paperreader.formats.xml_formats.atom import Atom
from paperreader.papers.paper import LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/x</id>
  <title>arXiv Query: search_query=all:rivers</title>
  <updated>2026-04-12T22:09:27Z</updated>
  <opensearch:totalResults>{total}</opensearch:totalResults>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}</id>
    <title>{title}</title>
    <updated>2020-07-16T08:15:48Z</updated>
    <link href="https://arxiv.org/abs/{id}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{id}" rel="related" type="application/pdf" title="pdf"/>
    <summary>{summary}</summary>
    <category term="math.ST" scheme="http://arxiv.org/schemas/atom"/>
    <category term="math.CO" scheme="http://arxiv.org/schemas/atom"/>
    <category term="60J10, 05C81" scheme="http://arxiv.org/schemas/atom"/>
    <published>2019-05-26T17:59:46Z</published>
    <arxiv:comment>20 pages,
  3 figures</arxiv:comment>
    <arxiv:primary_category term="math.CO"/>
    <arxiv:journal_ref>J. Rivers 5 (2020) 1-9</arxiv:journal_ref>
    <author>
      <name>Caprice Stanley</name>
      <arxiv:affiliation>A House, Somewhere</arxiv:affiliation>
    </author>
    <author><name>Tobias Windisch</name></author>
    <arxiv:doi>10.1234/ABC.5</arxiv:doi>
    <link rel="related" href="https://doi.org/10.1234/ABC.5" title="doi"/>
  </entry>
"""


def entry(
    identifier: str = "1905.08386v2", title: str = "Rivers", summary: str = "We show."
) -> str:
    return ENTRY.format(id=identifier, title=title, summary=summary)


def feed(*entries: str, total: int = 10) -> str:
    return HEAD.format(total=total) + "".join(entries) + "</feed>\n"


def test_an_answer_of_the_api() -> None:
    summary = "  Rivers of $x &lt; y$ are\nstudied in depth.\n  We also show things."
    (paper,) = papers("q.xml", feed(entry(title="Heat-bath\n  walks", summary=summary)), "atom")
    assert paper.title == "Heat-bath walks"
    assert paper.abstract == "Rivers of $x < y$ are studied in depth.\n\nWe also show things."
    assert paper.authors == ("Caprice Stanley", "Tobias Windisch")
    assert (paper.published, paper.updated) == ("2019-05-26", "2020-07-16")
    assert paper.categories == ("math.CO", "math.ST")
    assert paper.keywords == ("60J10, 05C81",)
    assert paper.comment == "20 pages, 3 figures"
    assert paper.venue == "J. Rivers 5 (2020) 1-9"
    assert paper.identifiers == {"arxiv": "1905.08386", "doi": "10.1234/abc.5"}
    assert paper.link(LinkKind.PAGE) == "https://arxiv.org/abs/1905.08386"
    assert paper.link(LinkKind.PDF) == "https://arxiv.org/pdf/1905.08386"


def test_old_ids_and_a_title_of_one_figure() -> None:
    told = feed(entry("quant-ph/0201082v1", "0"), entry("math.GT/0309136v1"))
    first, second = papers("q.xml", told, "atom")
    assert (first.title, first.key) == ("0", "arxiv:quant-ph/0201082")
    assert second.key == "arxiv:math/0309136"


def test_an_error_is_told_with_its_reason() -> None:
    error = (
        "<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>"
        "<title>Error</title><summary>incorrect id format for abc</summary></entry>"
    )
    reading = read(Document.of_bytes("q.xml", feed(error, total=1).encode()))
    found = list(reading)
    assert [left.text for left in leftovers(found)] == ["incorrect id format for abc"]
    assert "incorrect id format for abc" in reading.why_empty()


@pytest.mark.parametrize(("total", "why"), [(0, "nothing fits"), (12, "past the last of 12")])
def test_no_entries_are_explained(total: int, why: str) -> None:
    reading = read(Document.of_bytes("q.xml", feed(total=total).encode()))
    assert not [item for item in reading if isinstance(item, Paper)]
    assert why in reading.why_empty()


def test_arxivs_own_feed_of_the_day() -> None:
    told = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <title>cs.AI updates on arXiv.org</title>
  <entry>
    <id>oai:arXiv.org:2509.13332v2</id>
    <title>Judges of Rivers</title>
    <updated>2025-09-18T04:00:02+00:00</updated>
    <link href="https://arxiv.org/abs/2509.13332" rel="alternate" type="text/html"/>
    <summary>arXiv:2509.13332v2 Announce Type: replace-cross
Abstract: As rivers &lt;b rise.</summary>
    <category term="cs.AI"/>
    <published>2025-09-18T00:00:00-04:00</published>
    <arxiv:announce_type>replace-cross</arxiv:announce_type>
    <dc:creator>Jane Doe, John Q. Roe</dc:creator>
  </entry>
</feed>"""
    (paper,) = papers("atom", told, "atom")
    assert paper.key == "arxiv:2509.13332"
    assert paper.abstract == "As rivers <b rise."
    assert paper.authors == ("Jane Doe", "John Q. Roe")
    # The day of the announcement is that of the change, not of the paper.
    assert (paper.published, paper.updated) == ("", "2025-09-18")


def test_a_journals_feed() -> None:
    told = """<?xml version="1.0"?><!-- made by hand -->
<atom:feed xmlns:atom="http://www.w3.org/2005/Atom" xmlns:prism="p">
  <atom:title>Journal of Beds</atom:title>
  <atom:entry>
    <atom:id>tag:x,2020:1</atom:id>
    <atom:title type="html">Beds &amp;amp; &lt;i&gt;Rivers&lt;/i&gt;</atom:title>
    <atom:link href="https://www.tandfonline.com/doi/full/10.1080/123.456?af=R"/>
    <atom:content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</atom:content>
    <atom:updated>2020-02-03T00:00:00Z</atom:updated>
    <atom:category term="Hydrology"/>
    <atom:author><atom:name>Doe, Jane</atom:name></atom:author>
    <prism:publicationName>Beds</prism:publicationName>
  </atom:entry>
</atom:feed>"""
    (paper,) = papers("x", told, "atom")
    assert (paper.title, paper.abstract) == ("Beds & Rivers", "One.\n\nTwo.")
    assert paper.authors == ("Jane Doe",)
    assert (paper.published, paper.venue) == ("2020-02-03", "Beds")
    assert paper.keywords == ("Hydrology",)
    assert paper.key == "doi:10.1080/123.456"


def test_what_xml_forbids_but_files_hold_is_mended() -> None:
    told = feed(entry(title="Beds & Rivers&nbsp;of\x0b M&uuml;nster", summary="R&D &unknown; x"))
    (paper,) = papers("q.xml", told, "atom")
    assert paper.title == "Beds & Rivers of Münster"
    assert paper.abstract == "R&D &unknown; x"


def test_reading_goes_on_after_a_broken_entry() -> None:
    parts = [entry(f"1905.0000{n}v1", f"Title {n}") for n in range(5)]
    parts[2] = parts[2].replace("</summary>", "")
    found = items("q.xml", feed(*parts), "atom")
    titles = [item.title for item in found if isinstance(item, Paper)]
    assert titles == ["Title 0", "Title 1", "Title 3", "Title 4"]
    (left,) = leftovers(found)
    line = feed(*parts).splitlines().index("  </entry>", 60) + 1
    assert left.location == f"line {line}"
    on_one_line = feed(*parts).replace("\n", " ")
    again = [item.title for item in items("q", on_one_line, "atom") if isinstance(item, Paper)]
    assert again == titles


def test_a_cut_file_keeps_its_whole_entries_and_says_so() -> None:
    whole = feed(*(entry(f"1905.0000{n}v1", f"Title {n}") for n in range(5)))
    found = items("q.xml", whole[: whole.index("Title 3") + 200], "atom")
    assert [i.title for i in found if isinstance(i, Paper)] == ["Title 0", "Title 1", "Title 2"]
    assert [left.location for left in leftovers(found)] == ["the end"]


def test_feeds_one_after_the_other_and_blank_lines_before() -> None:
    one, two = feed(entry("1905.00001")), feed(entry("1905.00002"), entry("1905.00003"))
    found = papers("q.xml", f"\n\n{one}{two}", "atom")
    assert [paper.key for paper in found] == [f"arxiv:1905.0000{n}" for n in (1, 2, 3)]


def test_a_feed_whose_beginning_is_broken() -> None:
    told = feed(*(entry(f"1905.0000{n}") for n in range(4))).replace("</title>", "</titel>", 1)
    found = items("q.xml", told, "atom")
    assert len([item for item in found if isinstance(item, Paper)]) == 4
    assert len(leftovers(found)) == 1


def test_entities_of_a_documents_own_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    told = feed(entry(title="&b;")).replace("<feed", bomb + "<feed", 1)
    with pytest.raises(FormatError, match="entities of its own"):
        list(read(Document.of_bytes("q.xml", told.encode())))


def test_the_feeds_name_is_a_heading() -> None:
    found = items("q.xml", feed(entry()), "atom")
    assert [h.text for h in headings(found)] == ["arXiv Query: search_query=all:rivers"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_feeds_raise_only_our_error(data: st.DataObject) -> None:
    whole = feed(entry(), entry("math/0309136", "(arXiv:1 [x])"))
    cut = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.text(alphabet="<>&;!?[]/\"'\x00 aentry", max_size=8))
    told = whole[:cut] + junk + whole[cut + data.draw(st.integers(0, 60)) :]
    try:
        for item in Atom().parse(Document.of_bytes("q.xml", told.encode())):
            assert not isinstance(item, Paper) or item.cleaned().keys
    except FormatError:
        pass


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("https://papers.cool/arxiv/2501.00801", {"arxiv": "2501.00801"}),
        ("https://scirate.com/arxiv/2501.00801", {"arxiv": "2501.00801"}),
        ("https://onlinelibrary.wiley.com/doi/full/10.1000/ab.3", {"doi": "10.1000/ab.3"}),
    ],
)
def test_addresses_on_other_sites_name_the_paper(address: str, named: dict[str, str]) -> None:
    told = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>AI</title>
<entry><id>{address}</id><title>Waves on Curved Gardens</title>
<updated>2025-01-30T18:59:30+00:00</updated><author><name>Chris A. Leo</name></author>
<link href="{address}"/><summary>We wave.</summary></entry></feed>"""
    (paper,) = papers("a.atom", told, "atom")
    assert (paper.identifiers, paper.published) == (named, "2025-01-30")


def test_the_facts_of_a_citation_in_a_journals_feed() -> None:
    source = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id><title>Beds</title>
<link href="https://doi.org/10.1000/x"/><prism:volume>3</prism:volume><prism:number>2</prism:number>
<prism:pageRange>1-9</prism:pageRange></entry></feed>"""
    (paper,) = papers("a.xml", source, "atom")
    assert paper.fields == {"volume": "3", "number": "2", "pages": "1-9"}
