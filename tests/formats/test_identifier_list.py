import pytest

from paperreader.formats import FormatError
from paperreader.papers.paper import LinkKind
from tests.formats.outcome import read_text


@pytest.mark.parametrize(
    ("source", "identifiers"),
    [
        ("2404.19543", {"arxiv": "2404.19543"}),
        ("arXiv:1706.03762v5", {"arxiv": "1706.03762"}),
        ("astro-ph/0601001", {"arxiv": "astro-ph/0601001"}),
        ("math.GT/0309136", {"arxiv": "math/0309136"}),
        ("https://arxiv.org/pdf/2303.01566v2", {"arxiv": "2303.01566"}),
        ("arxiv.org/abs/2101.00001", {"arxiv": "2101.00001"}),
        ("https://huggingface.co/papers/2509.24002", {"arxiv": "2509.24002"}),
        ("https://hf.co/papers/2509.24002", {"arxiv": "2509.24002"}),
        ("doi:10.1145/3292500.3330701", {"doi": "10.1145/3292500.3330701"}),
        ("10.1000/(SICI)1097<1::AID>3.0.CO;2-A", {"doi": "10.1000/(sici)1097<1::aid>3.0.co;2-a"}),
        ("https://doi.org/10.18653/v1/2020.acl-main.1", {"doi": "10.18653/v1/2020.acl-main.1"}),
        ("https://aclanthology.org/2020.acl-main.1/", {"acl": "2020.acl-main.1"}),
        ("https://openreview.net/forum?id=abc-D_1", {"openreview": "abc-D_1"}),
        ("https://example.org/paper.html", {}),
    ],
)
def test_ids_and_addresses_become_papers_to_be_filled_in(
    source: str, identifiers: dict[str, str]
) -> None:
    read = read_text(source)
    assert read.format == "identifiers"
    [paper] = read.papers
    assert paper.pending
    assert paper.title == source
    assert paper.identifiers == identifiers


def test_an_address_of_anything_is_the_papers_page() -> None:
    [paper] = read_text("https://example.org/paper.html").papers
    assert paper.link(LinkKind.PAGE) == "https://example.org/paper.html"


def test_several_on_a_line_with_remarks_bullets_and_blank_lines() -> None:
    source = "# to read\n- 2404.19543, 2404.19544; doi:10.1145/1.\n\n* (see https://arxiv.org/abs/2303.01566)\n"
    read = read_text(source)
    assert read.titles == [
        "2404.19543",
        "2404.19544",
        "doi:10.1145/1",
        "https://arxiv.org/abs/2303.01566",
    ]
    assert read.papers[-1].comment == "see"
    assert read.headings == [("remark", "# to read")]
    assert read.leftovers == []


def test_a_line_without_any_is_left_over() -> None:
    read = read_text("2404.19543\n2404.19544\nthe one by Ann\n")
    assert len(read.papers) == 2
    [leftover] = read.leftovers
    assert (leftover.location, leftover.text) == ("line 3", "the one by Ann")


def test_prose_that_mentions_an_address_is_no_list() -> None:
    prose = "This is a text about reading, which one may find at https://example.org with the rest of it.\n"
    with pytest.raises(FormatError, match="looks like plain text"):
        read_text(prose * 3)
