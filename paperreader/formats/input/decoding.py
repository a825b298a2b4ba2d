"""From bytes to text: byte order marks, UTF-8 whole or a little damaged, and older encodings."""

import codecs
import re
import string
from collections.abc import Callable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it has to be looked at first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"coding[:=]\s*((?:iso|cp|windows|latin|koi8|mac|gb|big5|shift|sjis|euc)[\w-]*)", re.IGNORECASE
)
_GUESS_BYTES = 256 * 1024
_PLAIN = f"{string.ascii_letters}{string.digits}% \n".encode()
# Where a text is UTF-8 but for at most one character in so many, it is damaged UTF-8.
_DAMAGED = 10


def marked_encoding(head: bytes) -> str:
    """Return the encoding that a byte order mark at the start tells, or an empty text."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")


def is_wide(head: bytes) -> bool:
    """Whether the text is in UTF-16 or UTF-32, where a newline is more than one byte."""
    return marked_encoding(head) in {"utf-16", "utf-32"}


def is_binary(head: bytes) -> bool:
    """Whether these are no characters at all."""
    return not is_wide(head) and (b"\0" in head or head.startswith(b"%PDF-"))


def decoded(data: bytes, *, cut: bool = False) -> str:
    """Return `data` as text with every line ended by a newline; never fails.

    `cut` tells that the data goes on, so that its last character may be torn.
    """
    encoding = marked_encoding(data) or _encoding(data, cut=cut)
    told = data.decode(encoding, "replace")
    if cut:
        told = told.removesuffix("\ufffd")
    return told.replace("\r\n", "\n").replace("\r", "\n")


def line_decoder(head: bytes) -> Callable[[bytes], str]:
    """Return what decodes one line of a document that starts with `head`.

    A document that starts as UTF-8 may still hold a line in another encoding further on.
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
    """Whether the text is UTF-8 with a few bytes broken, or broken off at its end."""
    told = data.decode("utf-8", "replace")
    broken = told.count("\ufffd")
    if broken == 1 and told.endswith("\ufffd"):
        return True
    foreign = len(told) - len(told.encode("ascii", "ignore"))
    return foreign - broken >= broken * _DAMAGED


def _guessed(data: bytes) -> str:
    if declared := _declared(data):
        return declared
    from charset_normalizer import from_bytes

    matches = [match for match in from_bytes(data) if _keeps_ascii(match.encoding)]
    if not matches:
        return "cp1252"
    best = matches[0]
    # Of many encodings that read a short text as well as each other, this one is the usual one.
    equal = (match for match in matches if match.chaos <= best.chaos)
    usual = any("cp1252" in match.could_be_from_charset for match in equal)
    return "cp1252" if usual else best.encoding


def _keeps_ascii(encoding: str) -> bool:
    """Whether letters and newlines are the bytes that they are in ASCII: not so in EBCDIC."""
    return _PLAIN.decode(encoding, "replace") == _PLAIN.decode("ascii")


def _declared(data: bytes) -> str:
    """Return the encoding that the first lines tell, where the text is in it, or an empty text.

    JabRef writes "% Encoding: Cp1252", editors look for "-*- coding: latin-1 -*-".
    """
    match = _DECLARED.search(data[:1000])
    if not match:
        return ""
    told = match.group(1).decode("ascii").lower().removesuffix("-unix").removesuffix("-dos")
    try:
        encoding = codecs.lookup(told.replace("latin-", "latin")).name
        data.decode(encoding)
    except (LookupError, UnicodeError):
        return ""
    if not _keeps_ascii(encoding):
        return ""  # the declaration itself was read as ASCII
    # What calls itself Latin-1 nearly always has the quotation marks of Windows too.
    return "cp1252" if encoding == "iso8859-1" else encoding
