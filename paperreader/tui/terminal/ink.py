"""How text is drawn, as the parameters of the sequences (SGR, OSC 8) that set it."""

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style

_ATTRIBUTES = (
    ("bold", "1", "22"),
    ("dim", "2", "22"),
    ("italic", "3", "23"),
    ("underline", "4", "24"),
    ("blink", "5", "25"),
    ("reverse", "7", "27"),
    ("conceal", "8", "28"),
    ("strike", "9", "29"),
)
_OFF = {on: off for _, on, off in _ATTRIBUTES}
_KEPT = 4_096  # styles; those of selectable text tell, too, where it stands
_SEEN_ON_BLANKS = {"4", "5", "7", "9"}


class Ink(NamedTuple):
    """Attributes, colours and link of a piece of text; without any, as the terminal has it."""

    attributes: tuple[str, ...] = ()
    colour: str = "39"
    background: str = "49"
    link: str = ""

    @property
    def blank(self) -> "Ink":
        """The ink of a blank: without what is not seen on it."""
        if self.link or not _SEEN_ON_BLANKS.isdisjoint(self.attributes):
            return self
        return Ink(background=self.background)

    def erasing(self, background: str) -> "Ink":
        """The ink nearest to this one that leaves nothing but a background."""
        attributes = tuple(each for each in self.attributes if each not in _SEEN_ON_BLANKS)
        return self._replace(attributes=attributes, background=background, link="")

    def sequence(self, before: "Ink") -> str:
        """Return what changes the ink from `before` to this one: only what differs."""
        off = {_OFF[each] for each in before.attributes if each not in self.attributes}
        kept = [each for each in before.attributes if _OFF[each] not in off]
        codes = sorted(off) + [each for each in self.attributes if each not in kept]
        if self.colour != before.colour:
            codes.append(self.colour)
        if self.background != before.background:
            codes.append(self.background)
        sequence = f"\x1b[{';'.join(codes)}m" if codes else ""
        if self.link != before.link:
            sequence += f"\x1b]8;;{self.link}\x1b\\"
        return sequence


PLAIN = Ink()


class Inks:
    """The inks of styles, by the colours that the terminal has."""

    def __init__(self, colours: ColorSystem, *, links: bool) -> None:
        self._colours = colours
        self._links = links
        self.of = lru_cache(_KEPT)(self._of)

    def _of(self, style: Style | None) -> Ink:
        """Return the ink of a style."""
        if style is None:
            return PLAIN
        return Ink(
            tuple(on for name, on, _ in _ATTRIBUTES if getattr(style, name)),
            self._codes(style.color, foreground=True),
            self._codes(style.bgcolor, foreground=False),
            (style.link or "") if self._links else "",
        )

    def _codes(self, color: Color | None, *, foreground: bool) -> str:
        if color is None:
            return PLAIN.colour if foreground else PLAIN.background
        return ";".join(color.downgrade(self._colours).get_ansi_codes(foreground))
