"""Names of people, turned to be shown."""

import pytest

from paperreader.formats.common.names import display_name, initials_last, with_points


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Shannon,Claude E.", "Claude E. Shannon"),
        ("van Beethoven, Ludwig", "Ludwig van Beethoven"),
        ("Smith, John, Jr.", "John Smith Jr."),
        ("Smith, Jr., John", "John Smith Jr."),
        ("Doe, John A 3rd", "John A Doe 3rd"),
        ("World Health Organization", "World Health Organization"),
        (", John", "John"),
        ("", ""),
    ],
)
def test_display_name(told: str, shown: str) -> None:
    assert display_name(told) == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("van Raaij MJ", "M. J. van Raaij"),
        ("Smith JA Jr", "J. A. Smith Jr"),
        ("Selvamani", "Selvamani"),
        ("World Health Organization", "World Health Organization"),
    ],
)
def test_initials_last(told: str, shown: str) -> None:
    assert initials_last(told) == shown


def test_with_points() -> None:
    assert with_points("Jimmy T") == "Jimmy T."
