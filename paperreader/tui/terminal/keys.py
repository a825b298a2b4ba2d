"""Which keys were pressed, and what was pasted, from what the terminal sends."""

import sys
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

_ESCAPE = "\x1b"
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_OF_TERMINALS = {"\x7f", "\t"}
"""Behind Esc: Alt-Backspace, and what a Linux console sends for Shift-Tab."""


class KeyParser(XTermParser):
    """Textual's parser, which loses Esc before another key, and obeys escapes that are pasted.

    A terminal sends Esc and / as it sends Alt-/. No key of ours has Alt and a sign: it was Esc,
    then the sign. With a letter it may be a key of ours: see `ordering.behind_escape`.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_pasting = False
        self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Yield the messages of what the terminal sent; an empty text is its end."""
        known = self._with_plain_pastes(data)
        return super().feed(known) if known or not data else ()

    def _with_plain_pastes(self, data: str) -> str:
        """Return what was sent; in what is pasted, lines end as in a file, and no escape is a key.

        Most terminals send a return for the end of a line, as the key Enter does.
        """
        left, self._held = self._held + data, ""
        parts = []
        while left:
            if not self._is_pasting:
                keys, begins, left = left.partition(_PASTE_BEGINS)
                parts.append(keys + begins)
                self._is_pasting = bool(begins)
                continue
            text, ends, left = left.partition(_PASTE_ENDS)
            if not ends:
                self._held = _unfinished(text)
                text = text.removesuffix(self._held)
            text = text.replace(_ESCAPE, "").replace("\r\n", "\n").replace("\r", "\n")
            parts.append(text + ends)
            self._is_pasting = not ends
        return "".join(parts)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        behind = sequence if alt else sequence.removeprefix(_ESCAPE)
        is_pair = len(behind) == 1 and (alt or len(sequence) == 2)
        if not is_pair or behind.isalpha() or behind == _ESCAPE or behind in _OF_TERMINALS:
            yield from super()._sequence_to_key_events(sequence, alt)
        elif alt or behind != "[":  # which may be the beginning of a sequence
            yield events.Key("escape", _ESCAPE)
            yield from super()._sequence_to_key_events(behind)


def _unfinished(text: str) -> str:
    """Return the beginning of the end of a paste that a text ends in."""
    lengths = range(len(_PASTE_ENDS) - 1, 0, -1)
    return next((_PASTE_ENDS[:n] for n in lengths if text.endswith(_PASTE_ENDS[:n])), "")


def reading_keys(driver: type[Driver]) -> type[Driver]:
    """Let a driver of Textual's take its keys from `KeyParser`: it has no parameter for that."""
    module = sys.modules[driver.__module__]
    if hasattr(module, XTermParser.__name__):
        setattr(module, XTermParser.__name__, KeyParser)
    return driver
