"""Names of people: turned to be shown, taken apart, compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.papers.names import (
    Name,
    display_name,
    initials_last,
    same_person,
    shared_people,
    split,
    with_points,
)


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
        ("李 明", "李 明"),
        ("de Finetti", "Finetti, de"),
        ("", ""),
    ],
)
def test_a_name_is_sorted_by_its_family(name: str, sorted_name: str) -> None:
    assert split(name).sorted == sorted_name


@given(st.lists(st.sampled_from(["van", "de", "Jr.", "A.", "Knuth", "III", "Team", ","])))
def test_the_parts_joined_are_the_name(words: list[str]) -> None:
    parts: Name = split(" ".join(words))
    written = [parts.given, parts.particle, parts.family, parts.suffix]
    assert " ".join(part for part in written if part) == " ".join(words)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Shannon,Claude E.", "Claude E. Shannon"),
        ("van Beethoven, Ludwig", "Ludwig van Beethoven"),
        ("Smith, John, Jr.", "John Smith Jr."),
        ("Smith, Jr., John", "John Smith Jr."),
        ("Doe, John A 3rd", "John A Doe 3rd"),
        ("World Health Organization", "World Health Organization"),
        ("张, 三", "张三"),
        ("Kim, 민", "민 Kim"),
        (", John", "John"),
        ("", ""),
    ],
)
def test_display_name(written: str, shown: str) -> None:
    assert display_name(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("van Raaij MJ", "M. J. van Raaij"),
        ("Smith JA Jr", "J. A. Smith Jr"),
        ("Selvamani", "Selvamani"),
        ("World Health Organization", "World Health Organization"),
    ],
)
def test_initials_last(written: str, shown: str) -> None:
    assert initials_last(written) == shown


def test_with_points() -> None:
    assert with_points("Jimmy T") == "Jimmy T."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bjørn Møller", "Bjorn Moller"),
        ("Jürgen Müller", "J. Mueller"),
        ("Al Straßer", "Al Strasser"),
        ("Łukasz Kaiser", "L Kaiser"),
        ("Lærke Ågård", "Laerke Aagaard"),
        ("Joseph Reag Jr.", "Joseph Reag"),
        ("张三", "三 张"),
        ("Xiaolin Wang", "Wang Xiaolin"),
        ("Gabriel García Márquez", "Gabriel García"),
        ("Kate O’Neil", "K. O'Neil"),
        ("Ludwig van Beethoven", "L. Beethoven"),
        ("Lovelace", "Ada Lovelace"),
    ],
)
def test_one_person_in_two_spellings(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "Bo Lee"),
        ("Ann Lee", "Ann Bee"),
        ("James Smith", "Lee James"),
        ("张三", "李四"),
        ("", "Ann Lee"),
        ("Joseph Reag Jr.", "Martin King Jr."),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


def test_a_person_is_shared_once() -> None:
    assert shared_people(["A. Lee", "Bo Lee"], ["Ann Lee", "Cy Dee", "Bo Lee"]) == 2
    assert shared_people(["Ann Lee", "Ann Lee"], ["Ann Lee", "Cy Dee"]) == 1
