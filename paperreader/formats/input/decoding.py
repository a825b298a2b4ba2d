"""Decode bytes to text: byte order marks, UTF-8 (slightly damaged too), and older encodings."""

import codecs
import re
import string
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # starts like UTF-16's, so it is tried first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"coding[:=]\s*((?:iso|cp|windows|latin|koi8|mac|gb|big5|shift|sjis|euc)[\w-]*)", re.IGNORECASE
)
_GUESS_BYTES = 256 * 1024
_PLAIN = f"{string.ascii_letters}{string.digits}% \n".encode()
# A text is damaged UTF-8 if at most one in this many of its non-ASCII characters is invalid.
_DAMAGED = 10


def marked_encoding(head: bytes) -> str:
    """Return the encoding of the byte order mark at the start, or an empty string without one."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def is_wide(head: bytes) -> bool:
    """Whether the text is in UTF-16 or UTF-32, where a newline is more than one byte."""
    return marked_encoding(head) in {"utf-16", "utf-32"}


def is_binary(head: bytes) -> bool:
    """Whether the bytes are not text."""
    return not is_wide(head) and (b"\0" in head or head.startswith(b"%PDF-"))


def decoded(data: bytes, *, cut: bool = False) -> str:
    """Return `data` as text with every line ended by a newline; never fails.

    With `cut` the data is only the start of a document, whose last character may be incomplete.
    """
    encoding = marked_encoding(data) or _encoding(data, cut=cut)
    text = data.decode(encoding, "replace")
    if cut:
        text = text.removesuffix("\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def line_decoder(head: bytes) -> Callable[[bytes], str]:
    """Return a function that decodes one line of a document that starts with `head`.

    A document that starts as UTF-8 may still hold lines in another encoding.
    """
    first = _encoding(head, cut=True)
    encoding = "cp1252" if first == "utf-8" else first

    def decode(line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return line.decode(encoding, "replace")

    return decode


def _encoding(data: bytes, *, cut: bool) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=not cut)
    except UnicodeDecodeError:
        return "utf-8" if _nearly_utf8(data) else _guessed(data[:_GUESS_BYTES])
    return "utf-8"


def _nearly_utf8(data: bytes) -> bool:
    """Whether the text is UTF-8 with a few invalid bytes, or truncated at its end."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken == 1 and text.endswith("\ufffd"):
        return True
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return foreign - broken >= broken * _DAMAGED


def _guessed(data: bytes) -> str:
    if declared := _declared(data):
        return declared
    from charset_normalizer import from_bytes

    matches = [match for match in from_bytes(data) if _keeps_ascii(match.encoding)]
    if not matches:
        return "cp1252"
    best = matches[0]
    # Many encodings decode a short text equally well; this is the most common of them.
    equal = (match for match in matches if match.chaos <= best.chaos)
    usual = any("cp1252" in match.could_be_from_charset for match in equal)
    return "cp1252" if usual else best.encoding


def _keeps_ascii(encoding: str) -> bool:
    """Whether letters and newlines have the same bytes as in ASCII, as they have not in EBCDIC."""
    return _PLAIN.decode(encoding, "replace") == _PLAIN.decode("ascii")


def _declared(data: bytes) -> str:
    """Return the encoding that the first lines declare, or an empty string if it does not fit.

    JabRef writes "% Encoding: Cp1252", editors look for "-*- coding: latin-1 -*-".
    """
    match = _DECLARED.search(data[:1000])
    if not match:
        return ""
    declared = match.group(1).decode("ascii").lower().removesuffix("-unix").removesuffix("-dos")
    try:
        encoding = codecs.lookup(declared.replace("latin-", "latin")).name
        data.decode(encoding)
    except (LookupError, UnicodeError):
        return ""
    if not _keeps_ascii(encoding):
        return ""  # the declaration itself was read as ASCII
    # Text declared as Latin-1 nearly always holds the quotation marks of Windows-1252.
    return "cp1252" if encoding == "iso8859-1" else encoding
