import json

from paperreader.formats import Document, read
from paperreader.papers.paper import Paper

FEED = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>query</title><entry>
<id>http://arxiv.org/abs/2202.00666v2</id><title>Locally
  Typical Sampling</title><summary>Words that are typical.</summary>
<published>2022-02-01T18:58:30Z</published><author><name>Clara Meister</name></author>
</entry></feed>"""


def papers(response: object) -> list[Paper]:
    document = Document.of_bytes("answer.json", json.dumps(response).encode())
    return [item for item in read(document) if isinstance(item, Paper)]


def test_the_body_of_a_recorded_answer_is_read() -> None:
    for body in (FEED, json.dumps([{"title": "Locally Typical Sampling", "abstract": "Words"}])):
        response = {"url": "https://export.arxiv.org/api/query", "status_code": 200, "body": body}
        assert [paper.title for paper in papers(response)] == ["Locally Typical Sampling"]


def test_what_only_looks_recorded_is_read_as_what_it_is() -> None:
    paper = {
        "title": "A title",
        "abstract": "Words.",
        "url": "https://a.org/b",
        "body": "The text.",
    }
    assert [paper.title for paper in papers([paper])] == ["A title"]
    assert [paper.title for paper in papers(paper)] == ["A title"]
