from paperreader.papers.facts import record_facts
from paperreader.papers.paper import Paper


def test_everything_that_one_cites_by_is_shown_and_nothing_for_programs() -> None:
    paper = Paper(
        "A",
        kind="incollection",
        editors=("Eve Eff", "Gil Gee"),
        fields={"volume": "7", "foo": "bar", "file": "a.pdf", "bdsk-file-1": "x"},
        citation_key="doe:2019",
        identifiers={"doi": "10.1000/x"},
        other_titles=("B", "C"),
    )
    assert list(record_facts(paper)) == [
        ("also", "B / C"),
        ("type", "incollection"),
        ("editors", "Eve Eff, Gil Gee"),
        ("doi", "10.1000/x"),
        ("volume", "7"),
        ("foo", "bar"),
        ("cite as", "doe:2019"),
    ]
    assert list(record_facts(Paper("A"))) == []
