"""A tolerant scanner for BibTeX files.

Comments after `%` may stand between the fields, as biber allows. A key may hold commas and
braces. A quotation mark inside a quoted value does not end it, nor does an escaped brace end a
braced value, if the text after it cannot be the next field. Scanning is linear in the text.
"""

import re
from collections.abc import Iterator

from paperreader.formats.bibtex.syntax import Broken, Field, Piece, RawEntry, Remark

_NAME = r"[^\W\d][\w:.+/-]*"
_FIELD = re.compile(rf"({_NAME})\s*=")
# White space and comments; the lookahead after a quotation mark is limited to a few comments.
_GAP = re.compile(r"(?:\s++|%[^\n]*+)*+")
_GAP_AND_COMMAS = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_SHORT_GAP = re.compile(r"[\s,]*+(?:%[^\n]{0,200}\n[\s,]*+){0,5}+")
_ENTRY = re.compile(r"@(?:\s|%[^\n]*\n)*+([^\W\d][\w-]*)(?:\s|%[^\n]*\n)*+([{(])")
_COMMENT = re.compile(r"@\s*comment\b[^\n{(]*(?![{(])", re.IGNORECASE)
# The braces that count: all, as in BibTeX itself, or only those without a backslash before them.
_BRACES = (re.compile(r"[{}]"), re.compile(r"\\.|[{}]", re.DOTALL))
_QUOTE_OR_BRACE = re.compile(r'\\.|[{}"]', re.DOTALL)
_BARE = re.compile(r"[^\s#,{}()\"%=“”„]+")
_LOOSE = re.compile(r"[{}()]|[,\n][\s,]*+")
_KEY_MARK = re.compile(r"[,\n{}()]")
_NOT_CLOSED = "the entry is not closed"
_LONGEST_KEY = 1000
_MOST_FIELDS = 5_000
_QUOTES = "\"“”„‟'‘’«»"


class _BrokenError(Exception):
    """An entry cannot be read: it or a value of it has no end, or it is too large."""


def scan(text: str, line: int) -> Iterator[RawEntry | Remark | Broken]:
    """Yield the blocks of a text that starts at line `line` of its file."""
    start = 0
    while start < len(text):
        at = text.find("@", start)
        match = _ENTRY.match(text, at) if at >= 0 else None
        end = at if at >= 0 else len(text)
        if match is None and at >= 0:
            comment = _COMMENT.match(text, at)
            end = comment.end() if comment else at + 1
        if remark := text[start:end].strip():
            yield Remark(line, "comment", remark)
        line += text.count("\n", start, end)
        start = end
        if match is None:
            continue
        scanner = _Scanner(text, line, match)
        try:
            yield scanner.block()
        except _BrokenError as error:
            yield Broken(line, str(error), text[start:])
            return
        line += text.count("\n", start, scanner.at)
        start = scanner.at


class _Scanner:
    """Reads one block from its opening to its closing brace; `at` is the current offset."""

    def __init__(self, text: str, line: int, opening: re.Match[str]) -> None:
        self.at = opening.end()
        self._text = text
        self._start = opening.start()
        self._line = line
        self._type = opening.group(1).lower()
        self._closing = "}" if opening.group(2) == "{" else ")"
        self._is_promising = dict.fromkeys(_BRACES, True)

    def block(self) -> RawEntry | Remark:
        """Return the block. Raises `_BrokenError` if it does not end."""
        if self._type == "preamble" and (preamble := self._preamble()):
            return preamble
        if self._type in ("comment", "preamble"):
            return self._remark()
        entry = RawEntry(self._line, self._type)
        if self._type != "string":
            entry.key = self._key()
        while not self._is_over():
            if len(entry.fields) > _MOST_FIELDS:
                raise _BrokenError(f"the entry has more than {_MOST_FIELDS:,} fields")
            if match := _FIELD.match(self._text, self.at):
                self.at = match.end()
                entry.fields.append(Field(match.group(1).lower(), self._value()))
            else:
                entry.junk.append(self._junk())
        entry.text = self._text[self._start : self.at]
        return entry

    def _preamble(self) -> RawEntry | None:
        """Return a preamble that is a value, as it should be, as its only field."""
        start = self.at
        try:
            pieces = self._value()
        except _BrokenError:
            pieces = []
        if pieces and self._text[self.at] == self._closing:
            self.at += 1
            text = self._text[self._start : self.at]
            return RawEntry(self._line, self._type, fields=[Field("", pieces)], text=text)
        self.at = start
        return None

    def _remark(self) -> Remark:
        end = self._braced_end(self.at - 1) if self._closing == "}" else -1
        if end < 0:
            end = self._text.find(self._closing, self.at) + 1
        if end <= 0:
            raise _BrokenError(_NOT_CLOSED)
        self.at = end
        return Remark(self._line, self._type, self._text[self._start : end])

    def _is_over(self) -> bool:
        """Go to the next field, or past the end of the entry; return whether it was the end."""
        self.at = self._skipped(_GAP_AND_COMMAS, self.at)
        if self.at >= len(self._text):
            raise _BrokenError(_NOT_CLOSED)
        if self._text[self.at] != self._closing:
            return False
        self.at += 1
        return True

    def _junk(self) -> Broken:
        start = self.at
        self.at = max(self._loose_end(start), start + 1)
        line = self._line + self._text.count("\n", self._start, start)
        return Broken(line, "this part of an entry is not a field", self._text[start : self.at])

    def _key(self) -> str:
        """Read the key, which may hold commas: it ends at the last one before a field."""
        self.at = start = self._skipped(_GAP, self.at)
        if _FIELD.match(self._text, start):
            return ""
        end = self._key_end(start)
        while self._text.startswith(",", end) and not self._begins_field(end):
            further = self._key_end(end + 1)
            if not self._text.startswith(",", further):
                break
            end = further
        self.at = end
        return self._text[start:end].strip()

    def _key_end(self, start: int) -> int:
        """Return the offset of the first comma, line end or closing delimiter outside braces."""
        depth = 0
        for match in _KEY_MARK.finditer(self._text, start, start + _LONGEST_KEY):
            mark = match.group()
            if mark == "{":
                depth += 1
            elif mark == "\n" or (not depth and mark in (",", self._closing)):
                return match.start()
            elif mark == "}" and depth:
                depth -= 1
        return min(start + _LONGEST_KEY, len(self._text))

    def _value(self) -> list[Piece]:
        """Read pieces up to a comma, the next field or the end of the entry."""
        pieces: list[Piece] = []
        is_joined = True
        while True:
            self.at = self._skipped(_GAP, self.at)
            if self._text.startswith("#", self.at):
                is_joined = True
                self.at += 1
            elif self._ends_value(self.at):
                return pieces
            else:
                piece = self._piece(is_joined)
                pieces.append(piece if is_joined else Piece(f" {piece.text}", is_macro=False))
                is_joined = False

    def _piece(self, is_joined: bool) -> Piece:
        start = self.at
        mark = self._text[start]
        if mark in '{"':
            self.at = self._braced_end(start) if mark == "{" else self._quoted_end(start)
            if self.at < 0:
                raise _BrokenError(_NOT_CLOSED)
            return Piece(self._text[start + 1 : self.at - 1], is_macro=False)
        bare = _BARE.match(self._text, start)
        if bare and is_joined and self._is_whole(bare.end()):
            self.at = bare.end()
            return Piece(bare.group(), is_macro=True)
        self.at = max(self._loose_end(start), start + 1)
        return Piece(self._text[start : self.at].strip().strip(_QUOTES), is_macro=False)

    def _braced_end(self, start: int) -> int:
        """Return the end of the group that opens at `start`, or -1 if it does not end.

        BibTeX counts every brace, people escape some: of both ways to count, the first is taken
        after which the entry continues correctly. One that failed is not tried again in this
        entry.
        """
        first = -1
        for braces in _BRACES:
            if self._is_promising[braces]:
                end = _matching(self._text, start, braces)
                if end >= 0 and self._is_whole(end):
                    return end
                self._is_promising[braces] = False
                first = end if first < 0 else first
        return first if first >= 0 else _matching(self._text, start, _BRACES[0])

    def _quoted_end(self, start: int) -> int:
        """Return the end of the value: the first quotation mark that a field may follow."""
        first, depth = -1, 0
        for match in _QUOTE_OR_BRACE.finditer(self._text, start + 1):
            mark = match.group()
            if mark == "{":
                depth += 1
            elif mark == "}":
                depth = max(depth - 1, 0)
            elif mark == '"' and not depth:
                if self._is_at_end_of_value(match.end()):
                    return match.end()
                first = match.end() if first < 0 else first
        return first

    def _loose_end(self, start: int) -> int:
        """Return the end of text without delimiters: the next field or the end of the entry."""
        depth = 0
        for match in _LOOSE.finditer(self._text, start):
            mark = match.group()[0]
            if mark == "{":
                depth += 1
            elif depth:
                depth -= mark == "}"
            elif mark == self._closing or (mark in ",\n" and self._begins_field(match.start())):
                return match.start()
        raise _BrokenError(_NOT_CLOSED)

    def _is_whole(self, end: int) -> bool:
        """Whether a piece of a value may end here, by the text that follows."""
        at = self._skipped(_GAP, end)
        is_cut = at >= len(self._text)
        return not is_cut and (self._text[at] == "#" or self._ends_value(at))

    def _ends_value(self, at: int) -> bool:
        if at >= len(self._text):
            raise _BrokenError(_NOT_CLOSED)
        is_mark = self._text[at] in (",", self._closing)
        return is_mark or _FIELD.match(self._text, at) is not None

    def _is_at_end_of_value(self, end: int) -> bool:
        at = self._skipped(_SHORT_GAP, end)
        return self._text.startswith(("#", "%"), at) or self._begins_field(end)

    def _begins_field(self, at: int) -> bool:
        """Whether a field, a comment or the end of the entry follows, after commas and comments."""
        at = self._skipped(_SHORT_GAP, at)
        if at >= len(self._text) or self._text[at] in ("%", self._closing):
            return True
        return _FIELD.match(self._text, at) is not None

    def _skipped(self, gap: re.Pattern[str], at: int) -> int:
        match = gap.match(self._text, at)
        return match.end() if match else at


def _matching(text: str, start: int, braces: re.Pattern[str]) -> int:
    """Return the end of the group that opens at `start`, by the braces that count, or -1."""
    depth = 0
    for match in braces.finditer(text, start):
        mark = match.group()
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if not depth:
                return match.end()
    return -1
