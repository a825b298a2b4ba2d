"""Keys and pastes, from what a terminal sends for them."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from paperreader.tui.terminal.keys import KeyParser


def read(*packets: str) -> list[str]:
    """Return the keys, and what was pasted, in angle brackets."""
    return [_shown(message) for message in _read(*packets)]


def _read(*packets: str) -> Iterable[object]:
    parser = KeyParser()
    for packet in (*packets, ""):
        yield from parser.feed(packet)


def _shown(message: object) -> str:
    return f"<{message.text}>" if isinstance(message, events.Paste) else message.key  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("\x1b/graph", ["escape", "slash", "g", "r", "a", "p", "h"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b j", ["escape", "space", "j"]),
        ("\x1b1", ["escape", "1"]),
        ("\x1b=", ["escape", "equals_sign"]),
        ("\x1b?", ["escape", "question_mark"]),
        ("\x1b\x04", ["escape", "ctrl+d"]),
        ("\x1b\x1b/", ["escape", "escape", "slash"]),
        ("\x1b\x1b[A", ["escape", "up"]),
        ("\x1b[", ["escape", "left_square_bracket"]),
    ],
)
def test_escape_before_another_key_is_not_lost(sent: str, keys: list[str]) -> None:
    assert read(sent) == keys


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1b", "escape"),
        ("\x1bx", "alt+x"),
        ("\x1bG", "alt+shift+g"),
        ("\x1bb", "ctrl+left"),
        ("\x1b\x7f", "ctrl+w"),
        ("\x1b\t", "shift+tab"),
        ("\x1b[A", "up"),
        ("\x1bOA", "up"),
        ("\x1b[1;3A", "alt+up"),
    ],
)
def test_one_key_stays_one(sent: str, key: str) -> None:
    assert read(sent) == [key]


def test_escapes_in_what_is_pasted_are_not_keys() -> None:
    pasted = (
        "\x1b[200~a \x1b[31mqAD, and more words than an escape can have\x1b[0m\n\x1b/b\x1b[201~x"
    )
    assert read(pasted) == [
        "<a [31mqAD, and more words than an escape can have[0m\n/b>",
        "x",
    ]


def test_lines_of_what_is_pasted_end_as_in_a_file() -> None:
    assert read("\x1b[200~a\rb\r\nc\nd\x1b[201~") == ["<a\nb\nc\nd>"]
    assert read("\r") == ["enter"]


@given(st.text("ab\x1b[]~/ 201", max_size=30), st.lists(st.integers(0, 40), max_size=4))
def test_a_paste_is_only_text_however_it_is_cut_into_packets(text: str, cuts: list[int]) -> None:
    text = text.replace("\x1b[201~", "")
    sent, begin = f"{text}\x1b[201~j", 0
    packets = ["\x1b[200~"]
    for cut in [*sorted(cuts), len(sent)]:
        if packet := sent[begin:cut]:
            packets.append(packet)
            begin = cut
    *pasted, key = read(*packets)
    assert key == "j"
    assert pasted in ([], [f"<{text.replace(chr(27), '')}>"])
