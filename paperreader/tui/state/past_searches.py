"""Walking through the searches of the past, as a shell walks through its commands."""

from collections.abc import Callable, Sequence


class PastSearches:
    """The past searches while the person walks through them, and what was typed before."""

    def __init__(self) -> None:
        self._texts: Sequence[str] = ()
        self._index = 0

    @property
    def is_open(self) -> bool:
        """Whether the person is among the past searches."""
        return bool(self._texts)

    def older(self, typed: str, read: Callable[[], Sequence[str]]) -> str | None:
        """Return the search before; the last is read first, and `typed` is come back to."""
        if not self._texts:
            past = [text for text in read() if text != typed]
            if not past:
                return None
            self._texts, self._index = [typed, *past], 0
        if self._index + 1 == len(self._texts):
            return None
        self._index += 1
        return self._texts[self._index]

    def newer(self) -> str | None:
        """Return the search after; in the end what was typed before."""
        self._index -= 1
        text = self._texts[self._index]
        if not self._index:
            self._texts = ()
        return text

    def typed(self, text: str) -> None:
        """Begin again where something else was typed."""
        if self._texts and text != self._texts[self._index]:
            self._texts, self._index = (), 0
