import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader import text

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)


@given(any_text)
def test_nothing_that_acts_on_a_terminal_is_left(told: str) -> None:
    clean = text.clean(told)
    for c in clean:
        assert c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(c) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI")
    clean.encode()


@given(any_text)
def test_cleaning_twice_is_cleaning_once(told: str) -> None:
    for cleaned in (text.clean, text.line, text.paragraphs):
        assert cleaned(cleaned(told)) == cleaned(told)


@given(any_text)
def test_a_line_is_one_line(told: str) -> None:
    line = text.line(told)
    assert line.splitlines() in ([], [line])
    assert "  " not in line


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=100))
def test_letters_digits_and_signs_stay(told: str) -> None:
    kept = unicodedata.normalize("NFC", told)
    assert text.clean(told) == kept.translate(dict.fromkeys(range(0xFFF9, 0xFFFC)))


def test_an_escape_sequence_loses_its_escape() -> None:
    assert text.line("a\x1b]0;owned\x07b\x9b31m\x85c\u202ed") == "a]0;ownedb31m cd"


def test_what_cannot_be_seen_is_deleted() -> None:
    hidden = "hy\u00adphen zero\u200bwidth word\u2060join mongol\u180eian t\U000e0041ag \ufeffbom"
    assert text.line(hidden) == "hyphen zerowidth wordjoin mongolian tag bom"
    assert text.only_text(hidden) == text.line(hidden)


def test_paragraphs_are_unwrapped_and_kept_apart() -> None:
    assert text.paragraphs("one\r\nline \r\n \r\nand\tanother\n") == "one line\n\nand another"


def test_accents_are_composed_and_joiners_kept() -> None:
    assert text.line("Mu\u0308ller 👩\u200d🔬") == "Müller 👩\u200d🔬"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("at https://github.com/a/NFE.", ["https://github.com/a/NFE"]),
        ("(see https://a.org/b)", ["https://a.org/b"]),
        ("https://a.org/b_(c).", ["https://a.org/b_(c)"]),
        ("<https://a.org/b>, HTTP://C.org!", ["https://a.org/b", "HTTP://C.org"]),
        ("https://a.org/x/.", ["https://a.org/x/"]),
        ("https:// and http://... nothing", []),
        ("javascript:alert(1) ftp://a.org", []),
    ],
)
def test_addresses_are_found_without_the_sentence_around_them(told: str, found: list[str]) -> None:
    assert list(text.urls(told)) == found


@pytest.mark.parametrize("told", ["javascript:x", "file:///etc/passwd", "https://a b", "", "a.org"])
def test_only_web_addresses_are_web_addresses(told: str) -> None:
    assert not text.is_web_address(told)


def test_addresses_without_a_blank_between_them_are_several() -> None:
    assert list(
        text.urls("http://a.org/b;https://c.org/d,http://e.org|https://f.org/g?h=1,2;3.")
    ) == [
        "http://a.org/b",
        "https://c.org/d",
        "http://e.org",
        "https://f.org/g?h=1,2;3",
    ]
    archived = "https://web.archive.org/web/2020/https://a.org/b"
    assert list(text.urls(archived)) == [archived]


def test_the_brackets_behind_an_address_are_the_sentences() -> None:
    assert list(text.urls("(see https://a.org/b_(c)), [https://d.org/e].")) == [
        "https://a.org/b_(c)",
        "https://d.org/e",
    ]
