"""ACL Anthology XML, of today and of old."""

from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

TODAY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2022.acl">
  <volume id="long" type="proceedings" ingest-date="2022-05-15">
    <meta>
      <booktitle>Proceedings of the 60th Meeting (Volume 1: <fixed-case>L</fixed-case>ong)</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor>
      <month>May</month>
      <year>2022</year>
    </meta>
    <frontmatter><url hash="1">2022.acl-long.0</url></frontmatter>
    <paper id="1">
      <title><fixed-case>A</fixed-case>dap<fixed-case>L</fixed-case>e<fixed-case>R</fixed-case>: <i>Speeding</i> up <tex-math>O(n^2)</tex-math></title>
      <author id="x"><first>Ali</first><last>Modarressi</last><variant script="arab"><first>ع</first><last>م</last></variant></author>
      <author><first/><last>Mono</last></author>
      <pages>1-15</pages>
      <abstract>We use <tex-math>x &lt; \\frac{1}{2}</tex-math> and <b>bold</b>. See <url>https://github.com/a/x</url>.</abstract>
      <url hash="2">2022.acl-long.1</url>
      <doi>10.18653/v1/2022.acl-long.1</doi>
      <pwccode url="https://github.com/a/adapler" additional="false">a/adapler</pwccode>
      <attachment type="software" hash="3">x.zip</attachment>
    </paper>
    <paper id="2"><author><first>No</first><last>Title</last></author></paper>
  </volume>
  <volume id="findings"><meta><booktitle>F</booktitle><month>July 3-5</month><year>2022</year></meta>
    <paper id="7"><title>Without an Address</title></paper>
  </volume>
</collection>
"""


def test_a_collection_of_today() -> None:
    found = items("2022.acl.xml", TODAY, "acl-xml")
    paper, other = (item for item in found if isinstance(item, Paper))
    assert paper.title == "AdapLeR: Speeding up $O(n^2)$"
    assert paper.abstract == "We use $x < \\frac{1}{2}$ and bold. See https://github.com/a/x."
    assert paper.authors == ("Ali Modarressi", "Mono")
    assert paper.published == "2022-05"
    assert paper.venue == "Proceedings of the 60th Meeting (Volume 1: Long)"
    assert paper.identifiers == {
        "acl": "2022.acl-long.1",
        "doi": "10.18653/v1/2022.acl-long.1",
    }
    assert paper.link(LinkKind.PDF) == "https://aclanthology.org/2022.acl-long.1.pdf"
    assert Link(LinkKind.CODE, "https://github.com/a/adapler") in paper.links
    assert (other.key, other.published) == ("acl:2022.acl-findings.7", "2022-07-03")
    assert [left.text for left in leftovers(found)] == ["NoTitle"]
    kinds = [heading.kind for heading in headings(found)]
    assert kinds == ["volume", "front matter", "volume"]


def journal(collection: str, volume: str, number: str) -> Paper:
    told = (
        f'<collection id="{collection}"><volume id="{volume}"><meta><booktitle>Computational'
        " Linguistics, Volume 15, Number 1, March 1989</booktitle><year>1989</year></meta>"
        f'<paper id="{number}"><title>Idioms</title></paper></volume></collection>'
    )
    (paper,) = papers("x.xml", told, "acl-xml")
    return paper


def test_ids_of_old_collections() -> None:
    assert journal("J89", "1", "3").key == "acl:J89-1003"
    assert journal("W18", "63", "1").key == "acl:W18-6301"
    assert journal("D19", "50", "2").key == "acl:D19-5002"
    assert journal("D19", "1", "2").key == "acl:D19-1002"
    assert journal("J89", "1", "3").published == "1989-03"


def test_the_files_from_before_2019() -> None:
    told = (
        '<?xml version="1.0" encoding="UTF-8" ?><volume id="P08"><paper id="1001"><title>Old'
        "</title><author><first>A</first><last>B</last></author><year>2008</year><month>June"
        "</month><url>http://www.aclweb.org/anthology/P08-1001</url></paper></volume>"
    )
    (paper,) = papers("P08.xml", told, "acl-xml")
    assert (paper.key, paper.published, paper.authors) == ("acl:P08-1001", "2008-06", ("A B",))


def test_reading_goes_on_after_a_broken_paper_and_knows_its_volume() -> None:
    broken = TODAY.replace("</abstract>", "</abstrakt>")
    found = items("x.xml", broken, "acl-xml")
    assert [item.key for item in found if isinstance(item, Paper)] == ["acl:2022.acl-findings.7"]
    assert len(leftovers(found)) == 2


def test_the_facts_of_a_citation() -> None:
    found = items("2022.acl.xml", TODAY.replace('<url hash="2">', "<bibkey>m-2022-a</bibkey><url>"),
                  "acl-xml")  # fmt: skip
    paper = next(item for item in found if isinstance(item, Paper))
    assert (paper.kind, paper.citation_key, paper.editors) == (
        "inproceedings", "m-2022-a", ("Ed Itor",),
    )  # fmt: skip
    assert paper.fields == {"pages": "1-15"}
    journal = (
        '<collection id="J89"><volume id="1" type="journal"><meta><booktitle>Computational'
        " Linguistics, Volume 15, Number 1, March 1989</booktitle><year>1989</year>"
        "<journal-volume>15</journal-volume><journal-issue>1</journal-issue></meta>"
        '<paper id="1"><title>T</title><pages>1-18</pages></paper></volume></collection>'
    )
    (paper,) = papers("J89.xml", journal, "acl-xml")
    assert (paper.kind, paper.venue, paper.published) == (
        "article", "Computational Linguistics", "1989-03",
    )  # fmt: skip
    assert paper.fields == {"pages": "1-18", "volume": "15", "number": "1"}
