"""The last door before the terminal: what a widget shows is only text."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from paperreader.text import only_text
from paperreader.tui.terminal.letters import written_in


class OnlyText(LineFilter):
    """Takes what a terminal would obey out of every line that any widget draws.

    Papers are clean when they enter; a pasted query, a file name or a name in the settings file
    need not be. Such characters take no cell, so a line keeps its width. Where the terminal's
    `encoding` is not UTF-8, letters that it lacks are replaced: they would be written as escapes.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = "" if encoding.lower().replace("-", "") == "utf8" else encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` as only text."""
        return [
            segment._replace(text=self._written(segment.text)) if segment.text else segment
            for segment in segments
        ]

    def _written(self, text: str) -> str:
        text = only_text(text)
        return written_in(text, self._encoding) if self._encoding else text
