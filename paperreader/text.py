"""Text from outside, made safe; web addresses found in it.

A terminal obeys what is written to it, so a title that holds an escape sequence could move the
cursor or rename the window. Everything that enters passes through `clean` once, and from then on
is only text.
"""

import re
import unicodedata
from collections.abc import Iterator

# Deleted: C0 and C1 controls but for tab and newline, DEL, the byte order mark, bidirectional
# controls (which can make a line read other than it is) and lone surrogates (which cannot be
# encoded). Turned into a newline: carriage return, vertical tab, form feed, NEL, U+2028, U+2029.
_DELETED = [
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *range(0xD800, 0xE000),
    *range(0xE0000, 0xE0080),
]
_UNSAFE: dict[int, str | None] = dict.fromkeys(_DELETED)
_UNSAFE |= dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_UNSAFE |= {0x09: " ", 0xA0: " "}

# What `only_text` deletes, beside a carriage return that ends no line.
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
    """Return `text` without what could act on a terminal, line ends as newlines, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    text = text.translate(_UNSAFE)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def only_text(text: str) -> str:
    """Return `text`, on its way to a terminal, without what could act on it.

    Other than `clean` it leaves everything else as it is, also tabs and the line ends of CSV.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_ACTING)
    return re.sub(r"\r(?!\n)", "", text) if "\r" in text else text


def line(text: str) -> str:
    """Return `text` cleaned and on one line, every run of white space one space."""
    return " ".join(clean(text).split())


def paragraphs(text: str) -> str:
    """Return `text` cleaned, its paragraphs unwrapped and parted by one empty line."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH_BREAK.split(clean(text)))
    return "\n\n".join(part for part in parts if part)


class _Folding(dict[int, str]):
    """What each character folds to, worked out when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if "\uac00" <= character <= "\ud7a3":  # Hangul syllables would fall apart.
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
    """Return `text` in lower case, without accents and invisible characters; LaTeX stays.

    Whatever is searched for or filtered by is compared so: words, names, tags, venues.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def urls(text: str) -> Iterator[str]:
    """Yield the http and https addresses in `text`, without the sentence's punctuation."""
    for match in _URL.finditer(text):
        for url in _BETWEEN_URLS.split(match.group()):
            trimmed = without_sentence(url)
            if trimmed.partition("://")[2]:
                yield trimmed


def without_sentence(found: str) -> str:
    """Return an address or identifier without the punctuation of the sentence around it.

    A closing bracket belongs to it only where its opening one is in it too.
    """
    surplus = {mark: found.count(mark) - found.count(_PAIRS[mark]) for mark in _PAIRS}
    end = len(found)
    while end and (found[end - 1] in _TRAILING or surplus.get(found[end - 1], 0) > 0):
        if found[end - 1] in surplus:
            surplus[found[end - 1]] -= 1
        end -= 1
    return found[:end]


def is_web_address(url: str) -> bool:
    """Whether `url` is an http or https address: the only kind that is ever opened."""
    return _URL.fullmatch(url) is not None
