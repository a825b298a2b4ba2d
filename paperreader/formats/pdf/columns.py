"""The columns of a page: texts side by side, with gaps between them wider than a space."""

import re
from statistics import median_low

_GAP = re.compile(r" +")
# A gap is this many times as wide as the usual one of its line.
_WIDE = 3
# Lines with more words hold no authors.
_MOST_WORDS = 80
_NO_LETTER = re.compile(r"[\W\d_]+")


class Columns:
    """The columns in a page's text, laid out with spaces as wide as on the page."""

    def __init__(self, layout: str = "") -> None:
        """Find the columns in `layout`, a text in which the width of gaps is kept."""
        lines = [line.strip() for line in layout.split("\n")]
        widths = [len(gap.group()) for line in lines for gap in _GAP.finditer(line)]
        usual = median_low(widths) if widths else 1
        self.rows = [row for line in lines if (row := _columns_of(line, usual))]
        """The letters of each column, row by row."""
        self._columns = {column for row in self.rows for column in row}

    def split(self, text: str) -> list[str] | None:
        """Return the columns of a line of the page, or None if it is not in the layout."""
        words, columns = text.split(), []
        if len(words) > _MOST_WORDS:
            return None
        while words:
            lengths = range(len(words), 0, -1)
            end = next((n for n in lengths if letters(" ".join(words[:n])) in self._columns), 0)
            if not end:
                return None
            columns.append(" ".join(words[:end]))
            words = words[end:]
            while words and not letters(words[0]):
                columns[-1] = f"{columns[-1]} {words.pop(0)}"
        return columns or None


def letters(text: str) -> str:
    """Return the letters of a text in lower case: marks and spaces differ between layouts."""
    return _NO_LETTER.sub("", text).casefold()


def _columns_of(line: str, usual: int) -> list[str]:
    """Return the letters of the columns of a line; `usual` is the width of a gap on the page."""
    gaps = list(_GAP.finditer(line))
    if gaps:
        # A large font has wider gaps, but every gap of a line may be one between columns.
        usual = min(2 * usual, median_low([len(gap.group()) for gap in gaps]))
    cuts = [gap for gap in gaps if len(gap.group()) >= _WIDE * usual]
    ends = [*(gap.start() for gap in cuts), len(line)]
    starts = [0, *(gap.end() for gap in cuts)]
    columns = (letters(line[start:end]) for start, end in zip(starts, ends, strict=True))
    return [column for column in columns if column]
