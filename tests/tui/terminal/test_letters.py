"""What is shown where the locale is not UTF-8."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from paperreader.tui.only_text import OnlyText
from paperreader.tui.terminal.letters import written_in


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        ("▌● Études …", "ascii", ">* Etudes ~"),
        ("▌● Études …", "latin-1", ">* Études ~"),
        ("深層 Σ⁰", "ascii", "???? ?0"),
        ("👩‍👩‍👧‍👦 family", "ascii", "?? family"),
        ("plain", "ascii", "plain"),
    ],
)
def test_letters_that_the_terminal_lacks(text: str, encoding: str, written: str) -> None:
    assert written_in(text, encoding) == written


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40))
def test_a_text_keeps_its_width_and_can_be_written(text: str) -> None:
    (before,) = OnlyText().apply([Segment(text)], Color(0, 0, 0))
    (after,) = OnlyText("ascii").apply([Segment(text)], Color(0, 0, 0))
    assert after.text.isascii()
    assert len(after.text) == cell_len(before.text)
