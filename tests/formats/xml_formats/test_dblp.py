"""DBLP's XML: the dump, a person, the search; and its search as JSON."""

import json

from paperreader.formats import Document, read
from paperreader.papers.paper import Link, LinkKind, Paper
from tests.formats.reading import headings, items, leftovers, papers

DUMP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<inproceedings mdate="2024-01-05" key="conf/gard/BeeM17">
<author orcid="0000-0001-2345-6789">Ann Bee 0001</author><author>J&uuml;rgen M&uuml;ller</author>
<title>Gardens are <i>All</i> You Need: H<sub>2</sub>O.</title>
<pages>5998-6008</pages><year>2017</year><booktitle>GARDENS</booktitle>
<ee type="oa">https://example.org/gardens.html</ee><ee>https://doi.org/10.1000/x</ee>
<crossref>conf/gard/2017</crossref><url>db/conf/gard/gard2017.html#BeeM17</url>
</inproceedings>
<article mdate="2020-01-01" key="journals/corr/abs-2001-00001" publtype="informal">
<author>Cee Dee</author><title>Why?</title><journal>CoRR</journal><volume>abs/2001.00001</volume>
<year>2020</year><month>March</month><ee>https://arxiv.org/abs/2001.00001</ee></article>
<proceedings key="conf/gard/2017"><editor>Eff Gee</editor><title>Proceedings of GARDENS.</title>
<publisher>Beds</publisher><year>2017</year><isbn>978-3-16-148410-0</isbn></proceedings>
<www key="homepages/b/AnnBee"><author>Ann Bee</author><title>Home Page</title></www>
<article key="journals/x/Y"><author>No Title</author></article>
</dblp>
"""
HIT = {
    "authors": {"author": [{"@pid": "1", "text": "Ann Bee 0001"}]},
    "title": "Gardens in DBLP.",
    "venue": "J. Gard.",
    "volume": "3",
    "pages": "1-9",
    "year": "2020",
    "type": "Journal Articles",
    "key": "journals/g/Bee20",
    "doi": "10.1000/DBLP.1",
    "ee": "https://doi.org/10.1000/DBLP.1",
    "url": "https://dblp.org/rec/journals/g/Bee20",
}


def test_the_dump() -> None:
    found = items("dblp.xml", DUMP, "dblp-xml")
    paper, preprint, volume = (item for item in found if isinstance(item, Paper))
    assert paper == Paper(
        "Gardens are All You Need: H2O",
        authors=("Ann Bee", "Jürgen Müller"),
        published="2017",
        venue="GARDENS",
        links=(
            Link(LinkKind.PAGE, "https://example.org/gardens.html"),
            Link(LinkKind.PAPER, "https://doi.org/10.1000/x"),
        ),
        identifiers={"doi": "10.1000/x", "dblp": "conf/gard/BeeM17"},
        kind="inproceedings",
        fields={"pages": "5998-6008"},
        citation_key="DBLP:conf/gard/BeeM17",
    )
    assert (preprint.title, preprint.published, preprint.venue) == ("Why?", "2020-03", "")
    assert preprint.identifiers["arxiv"] == "2001.00001"
    assert (volume.editors, volume.identifiers["isbn"]) == (("Eff Gee",), "9783161484100")
    assert [heading.kind for heading in headings(found)] == ["person"]
    assert [each.reason for each in leftovers(found)] == ["the record has no title"]


def test_a_person_and_a_search() -> None:
    person = DUMP.replace("<dblp>", "<dblpperson name='Ann Bee'><r>").replace(
        "</dblp>", "</r></dblpperson>"
    )
    assert len([i for i in items("a.xml", person, "dblp-xml") if isinstance(i, Paper)]) == 3
    author = "<authors><author pid='1'>Ann Bee 0001</author></authors>"
    facts = "".join(f"<{k}>{v}</{k}>" for k, v in HIT.items() if isinstance(v, str))
    search = f"<result><hits total='1'><hit><info>{author}{facts}</info></hit></hits></result>"
    (by_xml,) = papers("a.xml", search, "dblp-xml")
    (by_json,) = papers(
        "a.json", json.dumps({"result": {"hits": {"hit": [{"info": HIT}]}}}), "json"
    )
    for paper in (by_xml, by_json):
        assert (paper.title, paper.authors) == ("Gardens in DBLP", ("Ann Bee",))
        assert (paper.kind, paper.citation_key) == ("article", "DBLP:journals/g/Bee20")
        assert (paper.fields["volume"], paper.fields["pages"]) == ("3", "1-9")
        assert paper.links == (Link(LinkKind.PAGE, "https://doi.org/10.1000/DBLP.1"),)


def test_a_result_without_hits_is_explained() -> None:
    reading = read(Document.of_bytes("a.xml", b"<dblp></dblp>"))
    assert list(reading) == []
    assert "DBLP XML without records" in reading.why_empty()
