"""Whatever changes in whatever order, the terminal shows what was to be shown."""

from dataclasses import dataclass

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from paperreader.tui.terminal.abilities import Abilities
from paperreader.tui.terminal.frame import Change, Frame
from paperreader.tui.terminal.ink import Inks

WIDTH, HEIGHT = 50, 12
PAPER = Style.parse("#d0d0d0 on #202020")
STYLES = [
    PAPER,
    Style.parse("bold #e0e0e0 on #202020"),
    Style.parse("underline #e0b000 on #202020"),
    Style.parse("#ffffff on #304050"),
    Style.parse("dim italic on #202020"),
    Style.parse("reverse"),
]
TITLES = [f"{letter * 3} {letter * 8} of numbers and neighbours" for letter in "ABCDEFGHIJKLMNOP"]
TEXTS = [*TITLES, "", "x", "日本語の題名 and more", "e\u0301tude", "a        b"]


def new(*, scrolls: bool = False, erases: bool = False) -> Frame:
    return Frame(Inks(ColorSystem.TRUECOLOR, links=False), Abilities(scrolls, erases))


def line(text: str, style: Style = PAPER) -> list[Segment]:
    """Return a text as a line of the whole width."""
    return Segment.adjust_line_length([Segment(text, style)], WIDTH, PAPER)


def screen() -> tuple[pyte.Screen, pyte.Stream]:
    shown = pyte.Screen(WIDTH, HEIGHT)
    return shown, pyte.Stream(shown)


def look(shown: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """Return what is to be seen in each cell: of a blank not the colour of its letter."""
    return [
        [
            (cell.data, cell.bg, cell.underscore, cell.reverse)
            if cell.data == " " and not cell.underscore and not cell.reverse
            else cell
            for cell in (shown.buffer[y][x] for x in range(WIDTH))
        ]
        for y in range(HEIGHT)
    ]


def plainly(changes: list[Change]) -> str:
    """Return the sequences of changes as they are without a frame."""
    return "".join(
        f"\x1b[{y + 1};{x + 1}H"
        + "".join((each.style or Style()).render(each.text) for each in segments)
        for y, x, segments in changes
    )


@dataclass
class Lists:
    """Draws changes of a screen: some lines, a list that scrolls, a few cells."""

    draw: st.DrawFn

    def of(self, shape: str) -> list[Change]:
        if shape == "scroll":
            first = self.draw(st.integers(0, len(TITLES) - 1))
            top, bottom = sorted(self.draw(st.tuples(*[st.integers(0, HEIGHT)] * 2)))
            titles = [TITLES[(first + y) % len(TITLES)] for y in range(top, bottom)]
            return [(y, 0, line(f"    {title}")) for y, title in enumerate(titles, top)]
        y, style = self.draw(st.integers(0, HEIGHT - 1)), self.draw(st.sampled_from(STYLES))
        text = self.draw(st.sampled_from(TEXTS))
        if shape == "line":
            return [(y, 0, line(text, style))]
        x = self.draw(st.integers(0, 20))
        return [(y, x, Segment.adjust_line_length([Segment(text, style)], 25, style))]


@st.composite
def updates(draw: st.DrawFn) -> list[list[Change]]:
    shapes = st.lists(st.sampled_from(["scroll", "scroll", "line", "cells"]), min_size=1)
    everything: list[Change] = [(y, 0, line(TITLES[y])) for y in range(HEIGHT)]
    return [everything, *(Lists(draw).of(shape) for shape in draw(shapes))]


@given(updates(), st.booleans())
def test_the_terminal_shows_what_was_to_be_shown(
    changes: list[list[Change]],
    scrolls: bool,
) -> None:
    # pyte erases to the background that is set, but does not scroll to it.
    frame = new(scrolls=scrolls, erases=not scrolls)
    (shown, stream), (wanted, plain) = screen(), screen()
    for update in changes:
        stream.feed(frame.change(WIDTH, HEIGHT, update))
        plain.feed(plainly(update))
    for y, (line_shown, line_wanted) in enumerate(zip(look(shown), look(wanted), strict=True)):
        assert line_shown == line_wanted, y


def test_nothing_is_sent_where_nothing_changes() -> None:
    frame, page = new(), [(y, 0, line(TITLES[y])) for y in range(HEIGHT)]
    assert frame.change(WIDTH, HEIGHT, page)
    assert frame.change(WIDTH, HEIGHT, page) == ""


def test_what_was_forgotten_is_sent_again() -> None:
    frame, page = new(), [(y, 0, line(TITLES[y])) for y in range(HEIGHT)]
    first = frame.change(WIDTH, HEIGHT, page)
    frame.forget()
    assert frame.change(WIDTH, HEIGHT, page) == first


def test_a_screen_of_another_size_is_sent_whole() -> None:
    frame = new()
    frame.change(WIDTH, HEIGHT, [(y, 0, line(TITLES[y])) for y in range(HEIGHT)])
    assert TITLES[0] in frame.change(WIDTH, HEIGHT + 1, [(0, 0, line(TITLES[0]))])


def test_nothing_stays_of_a_text_that_is_wider_than_it_was_taken_for() -> None:
    frame, (shown, stream) = new(erases=True), screen()
    stream.feed(frame.change(WIDTH, HEIGHT, [(y, 0, line("")) for y in range(HEIGHT)]))
    for text in ("x \U0001f469\u200d\U0001f4bb code", "x"):  # pyte does not join the two
        stream.feed(frame.change(WIDTH, HEIGHT, [(3, 0, line(text))]))
    assert shown.display[3].rstrip() == "x"


def test_one_letter_that_changes_is_sent_alone() -> None:
    frame = new()
    frame.change(WIDTH, HEIGHT, [(y, 0, line("")) for y in range(HEIGHT)])
    frame.change(WIDTH, HEIGHT, [(3, 0, line("12 / 59 papers"))])
    sent = frame.change(WIDTH, HEIGHT, [(3, 0, line("13 / 59 papers"))])
    assert sent == "\x1b[4;2H\x1b[38;2;208;208;208;48;2;32;32;32m3\x1b[m"


def test_a_list_that_moves_on_is_scrolled() -> None:
    frame, plain = new(scrolls=True), new()
    for each in (frame, plain):
        each.change(WIDTH, HEIGHT, [(y, 0, line(TITLES[y])) for y in range(HEIGHT)])
    onward = [(y, 0, line(TITLES[y + 1])) for y in range(HEIGHT)]
    sent = frame.change(WIDTH, HEIGHT, onward)
    assert "\x1b[1;12r\x1b[12H\n\x1b[r" in sent
    assert TITLES[HEIGHT] in sent
    assert TITLES[HEIGHT - 1] not in sent
    assert len(sent) < len(plain.change(WIDTH, HEIGHT, onward)) / 2
    back = frame.change(WIDTH, HEIGHT, [(y, 0, line(TITLES[y])) for y in range(HEIGHT)])
    assert "\x1b[1;12r\x1b[1H\x1bM\x1b[r" in back
