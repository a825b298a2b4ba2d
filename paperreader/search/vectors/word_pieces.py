"""WordPiece: how BERT splits a word that it does not know into pieces that it knows."""

from collections.abc import Sequence

_UNKNOWN = "[UNK]"
_CONTINUED = "##"


class WordPieces:
    """A vocabulary of pieces, each known by its number.

    A piece that starts with `##` continues a word. The longest piece that fits is taken, from the
    start of the word on (Wu et al. 2016, as in BERT); a word that cannot be split is `[UNK]`.
    """

    def __init__(self, pieces: Sequence[str], first: int = 0) -> None:
        """Number `pieces` in their order, from `first` on."""
        self._numbers = {piece: number for number, piece in enumerate(pieces, first)}
        self._longest = max(map(len, pieces), default=0)

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self._numbers)

    def number(self, piece: str) -> int:
        """Return the number of a piece of the vocabulary."""
        return self._numbers[piece]

    def split(self, word: str) -> list[int]:
        """Return the numbers of the pieces of a folded word."""
        numbers: list[int] = []
        start = 0
        while start < len(word):
            prefix = _CONTINUED if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self._numbers.get(prefix + word[start:end])
                if number is not None:
                    break
            else:
                return [self._numbers[_UNKNOWN]]
            numbers.append(number)
            start = end
        return numbers
