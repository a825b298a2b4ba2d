"""The fields of the index, as Whoosh knows them.

| field    | value handed to `add_document` | indexed                | kept           |
|----------|--------------------------------|------------------------|----------------|
| title    | text                           | stems, with positions  |                |
| abstract | text                           | stems, with positions  |                |
| authors  | names: a list, or lines        | words, with positions  |                |
| row      | the library's number           | whole, unique          | stored         |
| date     | ISO 8601, whole or cut         |                        | column, sorts  |

A field hands the codec one packed item for a paper, not one item for each word (`packed_text`),
so only `PaperCodec` can write this schema. Query words are analysed as the text was: by
`analysis`, through the analyzers below. In a query, a compound such as GPT-4 is the phrase of its
parts.
"""

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Never

with warnings.catch_warnings():
    # Whoosh 2.7.4 has literals that newer Pythons warn of when they compile it.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import columns, fields, formats
    from whoosh.analysis import Analyzer, IDAnalyzer, Token

import numpy as np

from paperreader.search import analysis
from paperreader.search.packed_text import pack
from paperreader.search.postings import GAP

# What the packed item is called where Whoosh expects a term; no term is empty.
PACKED = b""


class TextAnalyzer(Analyzer):
    """Whoosh's view of `analysis`: the English stems of folded words, with their positions.

    For a query the joined words of compounds are left out: the parts are looked for as a phrase.
    """

    def __call__(
        self,
        value: str,
        *,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Any]:
        """Yield the words of `value` in order, as one token that changes: Whoosh's custom."""
        token = Token(positions, chars, mode=mode)
        for word in analysis.tokens(value):
            if word.joined and mode == "query":
                continue
            token.text = self.term(word.word)
            token.boost = 1.0
            token.stopped = False
            if keeporiginal:
                token.original = value[word.start : word.end]
            if positions:
                token.pos = start_pos + word.position
            if chars:
                token.startchar = start_char + word.start
                token.endchar = start_char + word.end
            yield token

    def term(self, word: str) -> str:
        """Return what a folded word is indexed as."""
        return analysis.stem(word)


class NameAnalyzer(TextAnalyzer):
    """Folded words as they are; each line is a name of its own, a gap after the one before."""

    def __call__(
        self, value: str, *, start_pos: int = 0, start_char: int = 0, **kwargs: Any
    ) -> Iterator[Any]:
        """Yield the words of all names in `value` in order."""
        for line in value.split("\n"):
            yield from super().__call__(line, start_pos=start_pos, start_char=start_char, **kwargs)
            start_pos += len(analysis.words(line).words) + GAP
            start_char += len(line) + 1

    def term(self, word: str) -> str:
        """Return the word with its umlauts as they are: names have no English stems."""
        return analysis.name(word)


class PaperField(fields.FieldType):
    """Text that is found by its words, of which it hands the codec one packed item."""

    def __init__(self, analyzer: TextAnalyzer) -> None:
        """Analyse queries with `analyzer`, which reads text as `texts` splits it."""
        super().__init__(
            format=Positions(), analyzer=analyzer, scorable=True, multitoken_query="phrase"
        )

    def texts(self, value: Any) -> Sequence[str]:
        """Return the texts in a value, between which no phrase reaches: the value itself."""
        return (value,)

    def index(self, value: Any, **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield one item: the packed words, and how many there are, joined ones counted too."""
        texts = [analysis.words(text) for text in self.texts(value)]
        number = sum(len(text.words) + len(text.joined) for text in texts)
        if number:
            yield PACKED, number, 1.0, pack(texts)


class NamesField(PaperField):
    """Names of people, given as a sequence or one on each line."""

    def texts(self, value: str | Sequence[str]) -> Sequence[str]:
        """Return the names."""
        return value.split("\n") if isinstance(value, str) else value


class RowField(fields.FieldType):
    """The library's number of a paper; its postings are the stored numbers themselves."""

    def __init__(self) -> None:
        """Store a number that only one paper has."""
        super().__init__(
            format=formats.Existence(), analyzer=IDAnalyzer(), stored=True, unique=True
        )

    def index(self, value: int, **kwargs: Any) -> tuple[()]:
        """Return no items: the stored value is enough to find it by."""
        return ()

    def to_bytes(self, value: Any) -> bytes:
        """Return a number, or the digits of one, as a term."""
        return value if isinstance(value, bytes) else str(value).encode()

    def from_bytes(self, bs: bytes) -> int:
        """Return the number that a term is."""
        return int(bs)


class DateField(fields.FieldType):
    """The date of a paper: a column to sort and rank by, 20190501 for 2019-05-01."""

    indexed = False

    def __init__(self) -> None:
        """Keep a number, 0 for a paper without a date."""
        super().__init__(format=None, analyzer=None, sortable=columns.NumericColumn("i", default=0))

    def to_column_value(self, value: str) -> int:
        """Return an ISO 8601 date as a number that grows with it, 0 if it is none."""
        digits = value[:10].replace("-", "")[:8]
        return int(digits.ljust(8, "0")) if digits.isascii() and digits.isdigit() else 0

    def self_parsing(self) -> bool:
        """Say that the field reads its own queries."""
        return True

    def parse_query(self, fieldname: str, qstring: str, boost: float = 1.0) -> Never:
        """Refuse: the parser makes it a query that finds nothing and says why."""
        from whoosh.qparser.common import QueryParserError  # only who parses has loaded it

        raise QueryParserError("dates are not indexed: sort by them")

    def parse_range(self, fieldname: str, *bounds: Any, **options: Any) -> Never:
        """Refuse likewise."""
        self.parse_query(fieldname, "")

    def from_column_value(self, value: int) -> int:
        """Return the number itself."""
        return value


class Positions(formats.Positions):
    """How the codec tells positions to Whoosh's matchers: uint16 each, little endian."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Return positions as bytes."""
        return b"".join(position.to_bytes(2, "little") for position in poslist)

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions that were encoded."""
        positions: list[int] = np.frombuffer(valuestring, "<u2").tolist()
        return positions

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how many positions were encoded."""
        return len(valuestring) // 2


def paper_schema() -> fields.Schema:
    """Return the schema of the index."""
    return fields.Schema(
        title=PaperField(TextAnalyzer()),
        abstract=PaperField(TextAnalyzer()),
        authors=NamesField(NameAnalyzer()),
        row=RowField(),
        date=DateField(),
    )
