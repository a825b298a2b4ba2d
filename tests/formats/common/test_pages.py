"""Pages as PubMed writes them."""

import pytest

from paperreader.formats.common.pages import article_number, whole_pages


@pytest.mark.parametrize(
    ("given", "whole"),
    [
        ("6913-7", "6913-6917"),
        ("475-82", "475-482"),
        ("S12-4", "S12-S14"),
        ("e1-e9", "e1-e9"),
        ("12-24", "12-24"),
        ("99-105", "99-105"),
        ("205-7, 210", "205-207, 210"),
        ("1-2-3", "1-2-3"),
        ("e42692", "e42692"),
        ("", ""),
    ],
)
def test_the_last_page_is_whole(given: str, whole: str) -> None:
    assert whole_pages(given) == whole


def test_only_short_numbers_stand_for_pages() -> None:
    assert article_number("e42692") == "e42692"
    assert article_number("S1080-6032(22)00139-9") == ""
