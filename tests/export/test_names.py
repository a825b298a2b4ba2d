"""Display names taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.export.names import Name, split


@pytest.mark.parametrize(
    ("name", "sorted_name"),
    [
        ("Donald E. Knuth", "Knuth, Donald E."),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Jan van den Berg", "van den Berg, Jan"),
        ("Martin Luther King Jr.", "King Jr., Martin Luther"),
        ("Plato", "Plato"),
        ("ATLAS Collaboration", "ATLAS Collaboration"),
        ("Research and Development", "Research and Development"),
        ("李 明", "明, 李"),
        ("de Finetti", "Finetti, de"),
        ("", ""),
    ],
)
def test_a_name_is_sorted_by_its_family(name: str, sorted_name: str) -> None:
    assert split(name).sorted == sorted_name


@given(st.lists(st.sampled_from(["van", "de", "Jr.", "A.", "Knuth", "III", "Team", ","])))
def test_the_parts_joined_are_the_name(words: list[str]) -> None:
    parts: Name = split(" ".join(words))
    told = [parts.given, parts.particle, parts.family, parts.suffix]
    assert " ".join(part for part in told if part) == " ".join(words)
