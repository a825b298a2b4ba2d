"""LaTeX as it is read on the screen."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def readable(text: str) -> str:
    """Return text with its LaTeX as Unicode; the library for it is loaded at the first need."""
    from paperreader.latex import to_unicode

    return to_unicode(text)
