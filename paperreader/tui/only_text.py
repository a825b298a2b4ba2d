"""The last door before the terminal: what a widget shows is only text."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from paperreader.text import only_text


class OnlyText(LineFilter):
    """Takes what a terminal would obey out of every line that any widget draws.

    Papers are clean when they enter; a pasted query, a file name or a name in the settings file
    need not be. Such characters take no cell, so a line keeps its width.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` as only text."""
        return [
            segment._replace(text=only_text(segment.text)) if segment.text else segment
            for segment in segments
        ]
