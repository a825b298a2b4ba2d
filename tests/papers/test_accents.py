"""Accents that stand beside their letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.papers.accents import accented_name, accented_words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Andre´ Weil", "André Weil"),
        ("Mu¨ller", "Müller"),
        ("M¨uller", "Müller"),
        ("Franc¸ois", "François"),
        ("Fran¸cois", "François"),
        ("Dvorˇa´k", "Dvořák"),
        ("Dvoˇr´ak", "Dvořák"),
        ("A˚ngstro¨m", "Ångström"),
        ("Nun˜ez", "Nuñez"),
        ("Nu˜nez", "Nuñez"),
        ("Jos´e Garc´ıa", "José García"),
        ("´Alvarez", "Álvarez"),
        ("Erdo˝s", "Erdős"),
        ("Gu¨nes¸", "Güneş"),
        ("Nicolo` Bee", "Nicolò Bee"),
        ("Krejcˇ´ı", "Krejčí"),
    ],
)
def test_an_accent_goes_on_its_letter(written: str, meant: str) -> None:
    assert accented_name(written) == meant


@pytest.mark.parametrize("name", ["L´Oreal", "d´Alembert", "O`Neil", "O'Neil", "´", "Müller", ""])
def test_an_apostrophe_stays(name: str) -> None:
    assert accented_name(name) == name


def test_in_a_title_only_the_accents_inside_words_count() -> None:
    assert accented_words("Schro¨dinger: f´ and 5´ of `x` in Poincare´") == (
        "Schrödinger: f´ and 5´ of `x` in Poincare´"
    )


@given(st.text("aen ´¨˜ˇ¸`ıXd"))
def test_nothing_but_marks_is_changed(name: str) -> None:
    def letters(text: str) -> list[str]:
        plain = unicodedata.normalize("NFD", text.replace("ı", "i"))
        return [character for character in plain if character.isascii() and character != "`"]

    assert letters(accented_name(name)) == letters(name)


@given(st.text("aeucsn ´¨˜ˇ¸`ˆ˘˙˛˝ıÉXdDO'"))
def test_nothing_changes_twice(name: str) -> None:
    for accented in (accented_name, accented_words):
        assert accented(accented(name)) == accented(name)
