from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from paperreader.formats.common.title_or_abstract import Part, abstract_score, likeliest_parts

T, A, F = Part


def test_a_title_scores_below_zero_and_an_abstract_above() -> None:
    assert abstract_score("Attention Is Not All: On the Reading of Papers") < 0
    assert abstract_score("Do people read?") < 0
    assert abstract_score("We show that people read papers, and that they are glad of it.") > 0


def test_titles_and_abstracts_take_turns_even_where_one_scores_like_the_other() -> None:
    assert likeliest_parts([-8, 9, -8, -2, -8, 9]) == [T, A, T, A, T, A]
    assert likeliest_parts([-8, 9, 1, 9, -8, 9]) == [T, A, T, A, T, A]


def test_a_second_abstract_is_a_further_paragraph() -> None:
    assert likeliest_parts([-8, 9, 9, 9, -8, 9]) == [T, A, F, F, T, A]


def test_two_titles_are_a_paper_without_abstract() -> None:
    assert likeliest_parts([-8, -8, 9, -8, 9]) == [T, T, A, T, A]


def test_a_list_of_titles_is_only_that() -> None:
    assert likeliest_parts([-6.0] * 9) == [T] * 9


@given(st.lists(st.floats(-12, 12), max_size=40))
def test_every_block_gets_a_part_and_no_paragraph_stands_alone(scores: list[float]) -> None:
    parts = likeliest_parts(scores)
    assert len(parts) == len(scores)
    assert parts[:1] != [F]
    assert all(part is not A or before is T for before, part in pairwise(parts))


@given(st.text())
def test_any_text_has_a_score(text: str) -> None:
    assert -12 <= abstract_score(text) <= 12
