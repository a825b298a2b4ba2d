"""Lists of people in the ways in which fields hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.formats.bibtex import names as bibtex_names
from paperreader.formats.common.people import people, people_in
from paperreader.papers.bounds import MOST_PEOPLE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("John Smith, Peter Jones and Kate O'Neil", ["John Smith", "Peter Jones", "Kate O'Neil"]),
        ("John Smith, Peter Jones, and Kate O'Neil", ["John Smith", "Peter Jones", "Kate O'Neil"]),
        ("Anna Ito / Bernd Ito", ["Anna Ito", "Bernd Ito"]),
        ("Anna Ito|Bernd Ito", ["Anna Ito", "Bernd Ito"]),
        ("Anna Ito & Bernd Ito", ["Anna Ito", "Bernd Ito"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三，李四，王五 等", ["张三", "李四", "王五"]),
        ("Ann Bee · Cee Dee", ["Ann Bee", "Cee Dee"]),
        ("Bee, Ann; Dee, Cee", ["Ann Bee", "Cee Dee"]),
        ("Bee, Ann and Dee, Cee", ["Ann Bee", "Cee Dee"]),
        ("Bee, Ann und Dee, Cee", ["Ann Bee", "Cee Dee"]),
        ("Bee, A., Dee, C. D.", ["A. Bee", "C. D. Dee"]),
        ("Bee, Ann, Dee, Cee", ["Ann Bee", "Cee Dee"]),
        ("Ann Bee, Jr., Cee Dee", ["Ann Bee Jr.", "Cee Dee"]),
        ("van der Berg, Jan", ["Jan van der Berg"]),
        ("Ann Bee et.al.", ["Ann Bee"]),
        ("Ann Bee et al", ["Ann Bee"]),
        ("Ann Bee, Cee Dee, et al.", ["Ann Bee", "Cee Dee"]),
        ("Ann Bee and others", ["Ann Bee"]),
        ("Ann Bee and 12 others", ["Ann Bee"]),
        ("Ann Bee, +3 more others", ["Ann Bee"]),
        ("Ann Bee, ...", ["Ann Bee"]),
        ("Bee A.; Dee C.-D.; van der Eff E.F.", ["A. Bee", "C.-D. Dee", "E.F. van der Eff"]),
        ("Sorrel E.", ["E. Sorrel"]),
        ("Bee, Ann (57200000001); Dee, Cee (57200000002)", ["Ann Bee", "Cee Dee"]),
        ("Ann Bee (MIT), Cee Dee (ETH (Zurich))", ["Ann Bee", "Cee Dee"]),
        ("Ann Bee 0001; Cee Dee 0023", ["Ann Bee", "Cee Dee"]),
        ("Garden Lab; :; -; Ida Aa", ["Garden Lab", "Ida Aa"]),
        ("Team A", ["Team A"]),
        ("", []),
    ],
)
def test_a_list_in_one_text(text: str, names: list[str]) -> None:
    assert list(people_in(text)) == names


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([{"family": "张", "given": "三"}, {"family": "Bee", "given": "Ann"}], ["张三", "Ann Bee"]),
        ([["张", "三"], ["Bee", "Ann", "Jr."]], ["张三", "Ann Bee Jr."]),
        (["Bee, Ann", "Cee Dee 0004"], ["Ann Bee", "Cee Dee"]),
        ([{"text": "Ann Bee 0001", "@pid": "1"}], ["Ann Bee"]),
        ([{"lastName": "Council on A, B", "firstName": ""}], ["Council on A, B"]),
        (
            [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
            ["Jan van den Berg"],
        ),
        ({"author": [{"name": "Ann Bee"}]}, ["Ann Bee"]),
        ([None, 3, {"x": 1}, []], []),
    ],
)
def test_a_list_in_json(value: object, names: list[str]) -> None:
    assert [name for name in people(value) if name != "3"] == names


@given(st.text(alphabet="Ab .,;&|()\n等and[]01'{}/-"))
def test_names_have_letters_and_no_marks_around_them(text: str) -> None:
    for name in people_in(text):
        assert any(map(str.isalpha, name))
        assert name == name.strip()


def test_of_more_names_than_a_paper_keeps_one_more_is_read() -> None:
    assert len(people([f"Ann Lee{n}" for n in range(MOST_PEOPLE + 100)])) == MOST_PEOPLE + 1
    field = " and ".join(["Ann Lee"] * (MOST_PEOPLE + 100))
    assert len(bibtex_names.people(field)) == MOST_PEOPLE + 1
