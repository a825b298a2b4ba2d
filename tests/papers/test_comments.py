"""What of a comment is worth searching."""

import pytest

from paperreader.papers.comments import telling


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("Accepted at CVPR 2018, 12 pages, 5 figures", "at CVPR"),
        ("12 pages, LaTeX2e; v2: typos fixed", ""),
        ("Code: https://example.org/a-b see www.x.org", "Code see"),
        ("ICLR'19 best-paper, Montréal", "ICLR'19 best-paper Montréal"),
        ("", ""),
    ],
)
def test_how_many_pages_it_has_says_nothing(comment: str, words: str) -> None:
    assert telling(comment) == words
