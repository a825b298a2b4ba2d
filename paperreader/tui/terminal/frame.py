"""What stands on the terminal, and the sequences that make something else of it."""

from collections.abc import Iterable, Sequence

from rich.segment import Segment

from paperreader.tui.terminal.abilities import Abilities
from paperreader.tui.terminal.cells import UNKNOWN, Cell, cells, differences, put
from paperreader.tui.terminal.ink import Ink, Inks
from paperreader.tui.terminal.pen import Pen

Change = tuple[int, int, Iterable[Segment]]
"""A line, the cell in it from which it is another, and what is to stand there."""

_NEAR = 4  # cells that are sent again rather than jumped over
_KEY = slice(4, 44)  # cells by which a line is known again
_LEAST_KEY = 8  # letters in them
_LEAST_MOVED = 3  # lines
_GAP = 1  # lines among them that are not known again


class Frame:
    """The cells of the screen, as far as they are known.

    As curses does, it sends the cells that differ, scrolls lines that stand elsewhere already, and
    sets colours only where they change.
    """

    def __init__(self, inks: Inks, abilities: Abilities) -> None:
        self._inks = inks
        self._abilities = abilities
        self._lines: list[list[Cell]] = []

    def forget(self) -> None:
        """Know nothing of what stands on the terminal: what is drawn next is sent whole."""
        self._lines = []

    def change(self, width: int, height: int, changes: Iterable[Change]) -> str:
        """Return the sequences that bring about `changes`; they leave the terminal's own ink."""
        if not self._lines or (len(self._lines), len(self._lines[0])) != (height, width):
            self._lines = [[UNKNOWN] * width for _ in range(height)]
        pen = Pen(erases=self._abilities.erases)
        lines = self._changed(changes)
        if self._abilities.scrolls:
            self._scroll(lines, pen)
        for y, line in lines.items():
            for start, end in differences(self._lines[y], line, _NEAR):
                pen.write(y, start, line[start:end])
            self._lines[y] = line
        return pen.finished()

    def _changed(self, changes: Iterable[Change]) -> dict[int, list[Cell]]:
        """Return the lines that change, as they are to be."""
        lines: dict[int, list[Cell]] = {}
        for y, x, segments in changes:
            if y not in lines:
                lines[y] = self._lines[y].copy()
            put(lines[y], x, cells(segments, self._inks)[: len(lines[y]) - x])
        return lines

    def _scroll(self, lines: dict[int, list[Cell]], pen: Pen) -> None:
        """Scroll the part of the screen in which most lines are to stand higher or lower."""
        first, last, by = self._moved(lines)
        if last - first < _LEAST_MOVED:
            return
        top, bottom = min(first, first + by), max(last, last + by)
        before = self._lines[top:bottom]
        if any(UNKNOWN in line for line in before):
            return
        for y, line in enumerate(before, top):
            lines.setdefault(y, line)
        background = before[0][-1][1].background
        pen.scroll(top, bottom - 1, by, background)
        fresh = [self._fresh(len(before[0]), background) for _ in range(abs(by))]
        self._lines[top:bottom] = before[by:] + fresh if by > 0 else fresh + before[:by]

    def _moved(self, lines: dict[int, list[Cell]]) -> tuple[int, int, int]:
        """Return the longest range of lines that stand so many lines below (or above) already."""
        stand = {key: y for y in lines if (key := _key(self._lines[y]))}
        longest = first, last, by = 0, 0, 0
        for y in sorted(lines):
            move = stand.get(_key(lines[y]), y) - y
            if not move:
                continue
            if move != by or y > last + _GAP:
                first, by = y, move
            last = y + 1
            if last - first > longest[1] - longest[0]:
                longest = first, last, by
        return longest

    def _fresh(self, width: int, background: str) -> list[Cell]:
        """Return a line as scrolling leaves it."""
        if self._abilities.erases:
            return [(" ", Ink(background=background))] * width
        return [UNKNOWN] * width


def _key(line: Sequence[Cell]) -> str:
    """Return what a line is known again by, '' where it has too little text."""
    text = "".join(letters for letters, _ in line[_KEY]).strip()
    return text if len(text) >= _LEAST_KEY else ""
