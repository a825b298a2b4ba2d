import pytest

from paperreader.papers.months import ABBREVIATED, ENGLISH, month_number


def test_every_english_name_and_its_abbreviation_is_a_month() -> None:
    assert [month_number(name) for name in ENGLISH] == list(range(1, 13))
    assert [month_number(name) for name in ABBREVIATED] == list(range(1, 13))


@pytest.mark.parametrize(
    ("word", "number"),
    [("März", 3), ("DEC", 12), ("sept", 9), ("juil", 7), ("août", 8), ("ma", 0), ("monday", 0)],
)
def test_names_and_prefixes_of_other_languages(word: str, number: int) -> None:
    assert month_number(word) == number
