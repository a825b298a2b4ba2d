"""Letters that a terminal lacks, by those that it has: for locales that are not UTF-8."""

import re
import unicodedata
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_INSTEAD = {
    **dict.fromkeys("●★•", "*"),
    **dict.fromkeys("✓☑", "v"),
    **dict.fromkeys("○☐", "o"),
    **dict.fromkeys("✕×", "x"),
    **dict.fromkeys("▌▎→›", ">"),
    **dict.fromkeys("←‹", "<"),
    **dict.fromkeys("▲↑", "^"),
    **dict.fromkeys("│┃", "|"),
    **dict.fromkeys("─━▔–—·", "-"),
    **dict.fromkeys("╭╮╰╯█", "#"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‘’", "'"),
    "◆": "+",
    "↓": "v",
    "…": "~",
}


def written_in(text: str, encoding: str) -> str:
    """Return a text in letters of an encoding, as wide as it was."""

    def written(match: re.Match[str]) -> str:
        letters = "".join(_letter(letter, encoding) for letter in match[0])
        return set_cell_size(letters, cell_len(match[0]))  # several letters may be one sign

    return text if text.isascii() else _BEYOND_ASCII.sub(written, text)


@lru_cache(maxsize=2_000)
def _letter(letter: str, encoding: str) -> str:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        cells = cell_len(letter)
        plain = _INSTEAD.get(letter) or unicodedata.normalize("NFKD", letter)
        plain = plain.encode("ascii", "ignore").decode()
        return plain if len(plain) == cells else "?" * cells
    return letter
