"""Writing cells: moves, colours and text, and nothing that is so already."""

from collections.abc import Sequence

from paperreader.tui.terminal.cells import Cell
from paperreader.tui.terminal.ink import PLAIN, Ink

_ERASED_FROM = 10  # blanks that cost more than erasing them and a move


class Pen:
    """Collects the sequences of an update; the ink is the terminal's own before and after it."""

    def __init__(self, *, erases: bool) -> None:
        self._erases = erases
        self._parts: list[str] = []
        self._ink = PLAIN
        self._at: tuple[int, int] | None = None

    def scroll(self, top: int, bottom: int, by: int, background: str) -> None:
        """Scroll the lines from `top` to `bottom` up, or down if `by` is negative."""
        self._take(self._ink.erasing(background))
        self._parts.append(f"\x1b[{top + 1};{bottom + 1}r")
        where, step = (bottom, "\n") if by > 0 else (top, "\x1bM")
        self._parts += [f"\x1b[{where + 1}H", step * abs(by), "\x1b[r"]
        self._at = None

    def write(self, y: int, x: int, text: Sequence[Cell]) -> None:
        """Write cells from the cell `x` of the line `y` on."""
        end = x + len(text)
        while x < end:
            letters, ink = text[x - end]
            blanks = _blanks(text[x - end :]) if letters == " " and self._erases else 0
            if blanks >= _ERASED_FROM:
                self._go(y, x)
                self._take(self._ink.erasing(ink.background))
                self._parts.append(f"\x1b[{blanks}X")
                x += blanks
                continue
            if letters:
                self._go(y, x)
                if letters != " " or self._ink.blank != ink:
                    self._take(ink)
                self._parts.append(letters)
            x += 1
            self._at = (y, x) if len(letters) == 1 else None

    def finished(self) -> str:
        """Return the sequences."""
        if self._ink.link:
            self._take(self._ink._replace(link=""))
        if self._ink != PLAIN:
            self._parts.append("\x1b[m")
        return "".join(self._parts)

    def _go(self, y: int, x: int) -> None:
        if self._at == (y, x):
            return
        same_line = self._at is not None and self._at[0] == y
        self._parts.append(f"\x1b[{x + 1}G" if same_line else f"\x1b[{y + 1};{x + 1}H")
        self._at = (y, x)

    def _take(self, ink: Ink) -> None:
        if ink != self._ink:
            self._parts.append(ink.sequence(self._ink))
            self._ink = ink


def _blanks(text: Sequence[Cell]) -> int:
    """Return how many cells are blank as the first is, and without anything to be seen."""
    first = text[0]
    if first[1].attributes or first[1].link:
        return 0
    return next((n for n, cell in enumerate(text) if cell != first), len(text))
