import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.formats import Document, FormatError

TOLD = "Café über naïve Ångström: a résumé\nof Łukasz"


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", TOLD),
        ("utf-8-sig", TOLD),
        ("utf-16", TOLD),
        ("utf-32", TOLD),
        ("cp1252", "Une étude sur la lecture, où l'on a trouvé que les élèves préfèrent le café."),
        (
            "gb18030",
            "我们研究读者如何在许多论文中找到重要的少数论文。我们的方法按照词语对每一篇进行排序。",
        ),
    ],
)
def test_text_comes_out_as_it_went_in(encoding: str, content: str) -> None:
    document = Document.of_bytes("x", content.encode(encoding))
    assert document.text == content
    assert list(document.lines()) == content.split("\n")
    assert document.start == content


def test_line_ends_of_every_kind() -> None:
    document = Document.of_bytes("x", b"a\r\nb\rc\n\nd")
    assert document.text == "a\nb\nc\n\nd"
    assert list(document.lines()) == ["a", "b", "c", "", "d"]


def test_a_text_cut_inside_a_character_stays_utf8() -> None:
    data = ("é" * 100).encode()[:-1]
    assert Document.of_bytes("x", data).text == "é" * 99 + "\ufffd"


def test_a_few_broken_bytes_in_utf8_do_not_change_the_encoding() -> None:
    data = ("é" * 100).encode() + b"\xff" + ("è" * 100).encode()
    assert Document.of_bytes("x", data).text == "é" * 100 + "\ufffd" + "è" * 100


def test_a_line_in_an_older_encoding_far_down_is_read_too() -> None:
    data = b"plain\n" * 20_000 + "café\n".encode("cp1252")
    assert list(Document.of_bytes("x", data).lines())[-1] == "café"


def test_what_is_no_text_has_none() -> None:
    document = Document.of_bytes("x.bin", b"\0\1\2")
    assert document.start == ""
    with pytest.raises(FormatError, match=r"x\.bin is not a text file"):
        assert document.text


def test_the_head_ends_within_a_character() -> None:
    data = b"a" * (64 * 1024 - 1) + "é".encode() * 10
    document = Document.of_bytes("x", data)
    assert document.start == "a" * (64 * 1024 - 1)
    assert list(document.lines()) == ["a" * (64 * 1024 - 1) + "é" * 10]


def test_no_guess_takes_ascii_for_something_else() -> None:
    document = Document.of_bytes("x", b"\x05\x05%??\x80?")
    assert [line[2:5] for line in document.lines()] == ["%??"]
    document = Document.of_bytes("x", b"coding: cp037\n%\xd8%\n")
    assert list(document.lines()) == ["coding: cp037", "%Ø%"]


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    document = Document.of_bytes("x", data)
    try:
        lines = list(document.lines())
    except FormatError:
        return
    assert "".join(lines).count("\n") == 0
    assert isinstance(document.text, str)
