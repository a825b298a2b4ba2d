"""Text as the cells of a line of the screen."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment

from paperreader.tui.terminal.ink import PLAIN, Ink, Inks

Cell = tuple[str, Ink]
"""The text that begins in a cell, '' where it began further left, and its ink."""

UNKNOWN: Cell = ("\0", PLAIN)
"""A cell of which nothing is known; no text has such a one."""


def cells(segments: Iterable[Segment], inks: Inks) -> list[Cell]:
    """Return the cells of segments.

    Where letters take no cell or two, a whole segment is one text: terminals do not agree on how
    wide its parts are.
    """
    line: list[Cell] = []
    for segment in segments:
        text, ink = segment.text, inks.of(segment.style)
        if text.isascii() or all(cell_len(letter) == 1 for letter in text):
            blank = (" ", ink.blank)
            line += [blank if letter == " " else (letter, ink) for letter in text]
        elif width := cell_len(text):
            line.append((text, ink))
            line += [("", ink)] * (width - 1)
        elif line and line[-1][0]:  # an accent apart from its letter
            line[-1] = (line[-1][0] + text, line[-1][1])
    return line


def put(line: list[Cell], x: int, text: list[Cell]) -> None:
    """Put a text into a line; of a text that it cuts in two nothing is known any more."""
    end = x + len(text)
    for at in range(end, len(line)):
        if line[at][0]:
            break
        line[at] = UNKNOWN
    if x < len(line) and not line[x][0]:
        while not line[x - 1][0]:
            x -= 1
            line[x] = UNKNOWN
        line[x - 1] = UNKNOWN
    line[end - len(text) : end] = text


def differences(old: list[Cell], new: list[Cell], near: int) -> list[tuple[int, int]]:
    """Return the ranges of cells in which two lines differ; those at most `near` apart are one.

    Behind a difference in a line with a text that may be wider on the terminal than it is taken
    for, or that had one, all cells count as others.
    """
    if old == new:
        return []
    uncertain = any(len(letters) != 1 for line in (old, new) for letters, _ in line)
    ranges: list[tuple[int, int]] = []
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if after is UNKNOWN or (before == after and not (uncertain and ranges)):
            continue
        start = x
        while not new[start][0]:  # a text is written whole
            start -= 1
        if ranges and start - ranges[-1][1] <= near and UNKNOWN not in new[ranges[-1][1] : start]:
            start, _ = ranges.pop()
        ranges.append((start, x + 1))
    return ranges
