"""Sanitising text from outside; finding web addresses in it.

Terminals obey escape sequences: one in a title could move the cursor or rename the window. All
input passes through `clean` once, and is harmless from then on.
"""

import re
import unicodedata
from collections.abc import Iterator

# Deleted: C0 and C1 controls except tab and newline, DEL, the byte order mark, bidirectional
# controls (which can make a line look different from what it is), what is invisible or of a width
# that terminals do not agree on (soft hyphens, zero-width spaces, tags; joiners are needed in some
# scripts) and lone surrogates (which cannot be encoded). Replaced by a newline: carriage return,
# vertical tab, form feed, NEL, U+2028, U+2029.
_DELETED = [
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0x00AD,
    0x061C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x206A),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xD800, 0xE000),
    *range(0xE0000, 0xE0080),
]
_UNSAFE: dict[int, str | None] = dict.fromkeys(_DELETED)
_UNSAFE |= dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_UNSAFE |= {0x09: " ", 0xA0: " "}

# What `only_text` deletes, besides a carriage return that is not part of a line end.
_ACTING: dict[int, str | None] = dict.fromkeys([*_DELETED, 0x0B, 0x0C, 0x2028, 0x2029])

# Letters that Unicode does not decompose, and Greek by name, as LaTeX spells it.
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
    " sigma sigma tau upsilon phi chi psi omega"
).split()
_SPECIAL = dict(zip("øłœæđðþıħŋȷ", "o l oe ae d d th i h n j".split(), strict=True))
_SPECIAL |= {chr(0x3B1 + at): name for at, name in enumerate(_GREEK)}
_SPECIAL |= dict.fromkeys("‐–−", "-") | dict.fromkeys("’ʼ", "'") | {"∞": "infinity"}

_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_URL = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
_TRAILING = ".,;:!?*_~"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_BETWEEN_URLS = re.compile(r"[;,|]+(?=https?://)", re.IGNORECASE)


def clean(text: str) -> str:
    """Return `text` without terminal controls, with line ends as newlines, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = text.translate(_UNSAFE)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def only_text(text: str) -> str:
    """Return `text` for output on a terminal, without controls.

    Unlike `clean`, it leaves everything else unchanged, including tabs and the line ends of CSV.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_ACTING)
    return re.sub(r"\r(?!\n)", "", text) if "\r" in text else text


def line(text: str) -> str:
    """Return `text` cleaned and on one line, every run of white space as one space."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> str:
    """Return `text` cleaned, its paragraphs unwrapped and separated by one empty line."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH_BREAK.split(clean(text)))
    return "\n\n".join(part for part in parts if part)


class _Folding(dict[int, str]):
    """A cache of folded characters, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if "\uac00" <= character <= "\ud7a3":  # Hangul syllables would be decomposed.
        return character
    parts = unicodedata.normalize("NFKD", character).casefold()
    parts = unicodedata.normalize("NFKD", parts)
    # Marks are accents; formats (Cf) are soft hyphens, zero-width spaces and joiners.
    return "".join(
        _SPECIAL.get(c, c)
        for c in parts
        if (category := unicodedata.category(c))[0] != "M" and category != "Cf"
    )


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` in lower case, without accents and invisible characters; LaTeX is kept.

    Words, names, tags and venues are compared in this form by search and filters.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def urls(text: str) -> Iterator[str]:
    """Yield the http and https addresses in `text`, without the sentence's punctuation."""
    for match in _URL.finditer(text):
        for url in _BETWEEN_URLS.split(match.group()):
            trimmed = without_sentence(url)
            if trimmed.partition("://")[2]:
                yield trimmed


def without_sentence(address: str) -> str:
    """Return an address or identifier without the punctuation of the sentence around it.

    A closing bracket is kept only if its opening one is part of the address too.
    """
    surplus = {mark: address.count(mark) - address.count(_PAIRS[mark]) for mark in _PAIRS}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return address[:end]


def is_web_address(url: str) -> bool:
    """Whether `url` is an http or https address: the only kind that is ever opened."""
    return _URL.fullmatch(url) is not None
