import pytest

from paperreader.papers.paper import Paper
from paperreader.papers.placeholders import is_placeholder


@pytest.mark.parametrize(
    "text",
    ["[No abstract available]", "No abstract available.", "n/a", "N/A", "-", "–", "?", "None", "null",
     "[No author name available]", "Anonymous", "Anonymous Author(s)", "Abstract not available",
     "Abstract unavailable", "No abstract provided", "unknown", "TBA", "[Title not available]",
     "An abstract is not available for this content so a preview has been provided."],
)  # fmt: skip
def test_what_says_nothing(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["Nonetheless", "No Author Is an Island", "The unknown", "Ann Anon", "Na", "None of the above",
     "Abstract nonsense", "Anonymous networks", "A. N. Other"],
)  # fmt: skip
def test_what_says_something(text: str) -> None:
    assert not is_placeholder(text)


def test_a_paper_drops_placeholders() -> None:
    paper = Paper(
        "Preface",
        "[No abstract available]",
        ("[No author name available]", "Ann Lee"),
        venue="n/a",
        fields={"volume": "-", "pages": "1"},
        keywords=("none", "gardens"),
    ).cleaned()
    assert paper == Paper(
        "Preface", authors=("Ann Lee",), fields={"pages": "1"}, keywords=("gardens",)
    )


def test_a_title_stays_as_it_is() -> None:
    assert Paper("Unknown").cleaned().title == "Unknown"
    assert Paper("???").cleaned().title == "???"
