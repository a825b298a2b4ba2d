r"""From the text of a BibTeX field to the text that it prints.

Only what is safe to turn is turned: accents, special letters, escapes, dashes, quotation marks,
and the braces that protect capitals. Mathematics stays as it is written, and so does every macro
not known here with its arguments: a title that says `\foo{bar}` says so afterwards.
"""

import re
import unicodedata

from paperreader.latex_signs import ACCENTS, LOWERED, RAISED, SYMBOLS

# Written so, the accent is an apostrophe: "L{\'}Aquila".
_APOSTROPHES = frozenset("ĹĺḾḿŔŕǴǵẂẃ")
# What an accent leaves where there is no letter to carry it.
_ALONE = {"\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": '"'}
# Switches and commands that change how their argument looks, not what it says.
_LOOKS = frozenset(
    "textit textbf emph textsc texttt textrm textsf textsl textup textmd textnormal text mbox"
    " hbox fbox underline uline uppercase lowercase MakeUppercase MakeLowercase nocase path url"
    " it bf em sc rm tt sl sf itshape bfseries scshape rmfamily ttfamily sffamily slshape upshape"
    " mdseries normalfont normalsize small footnotesize tiny large Large protect relax selectfont"
    " foreignlanguage mkbibemph mkbibitalic mkbibbold textnohyphenation hyphenation NoCaseChange"
    " BibTitle bibname ignorespaces unskip xspace noindent centering mathrm textln oldstylenums"
    " textquote"
    .split()
)  # fmt: skip
# Commands whose argument is not printed.
_SILENT = frozenset("noopsort hspace vspace label footnote thanks bibstring cyr SortNoop".split())
_QUOTING = frozenset("enquote mkbibquote textquotedbl".split())
_KEPT = {"ensuremath": "$$", "script": "{}"}
_ESCAPED = {
    "\\": " ", ",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "!": "", "/": "", "-": "",
    "@": "", "*": "", "|": "", "(": "\\(", ")": "\\)", "[": "\\[", "]": "\\]",
}  # fmt: skip
_SHIFTED = {"textsuperscript": RAISED, "textsubscript": LOWERED}
_SHIFTABLE = re.compile(r"[0-9+\-=()]+")

_TOKEN = re.compile(
    r"""
      (?P<math> \$\$?(?:\\.|[^$\\])+\$\$?
              | \\\((?:[^\\]|\\[^()])*\\\)
              | \\\[(?:[^\\]|\\[^\[\]])*\\\] )
    | (?P<url> https?://[^\s{}<>"$]+ )
    | \\(?P<word> [A-Za-z]+ )\*?[ \t\n]*
    | \\(?P<sign> . )
    | (?P<script> [\^_](?={) )
    | (?P<brace> [{}] )
    | (?P<dash> ---? )
    | (?P<quote> `` | '' )
    | (?P<about> (?<![^\s(])~(?=[ ]?\d) )
    | (?P<tie> ~ )
    | (?P<plain> [^\\${}~`'\-h^_]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)  # fmt: skip
_INTERESTING = re.compile(r"[\\${}~`]|--|''")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*(?=\{)")
_ESCAPED_TWICE = re.compile(r"\\(?=\\['`\"^~]\{?\\?[A-Za-z])")


def printed(told: str) -> str:
    """Return what a field's text prints, with its mathematics as written."""
    if not _INTERESTING.search(told):
        return told
    # Programs that write BibTeX are known to escape the backslash of an accent once more.
    writer = _Writer(_ESCAPED_TWICE.sub("", told))
    return unicodedata.normalize("NFC", writer.written())


def verbatim(told: str) -> str:
    r"""Return the text of a field that holds an address or identifier: only escapes undone."""
    if "\\" not in told and "$" not in told and "{" not in told:
        return told
    told = told.replace("$<$", "<").replace("$>$", ">").replace("{\\textless}", "<")
    told = told.replace("{\\textgreater}", ">").replace("\\textless", "<")
    told = told.replace("$\\sim$", "~").replace("\\textasciitilde", "~").replace("\\~{}", "~")
    told = _HREF.sub(r"\1 ", re.sub(r"\\url\b", "", told))
    return told.replace("\\", "").replace("{", "").replace("}", "")


class _Writer:
    """One pass over a field's text. Accents wait for their letter; groups remember their end."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._out: list[str] = []
        self._accents = ""
        # For every open group: what began it, where its text begins in `_out`, and whether an
        # accent waited for it.
        self._groups: list[tuple[str, int, bool]] = []
        self._opener = ""

    def written(self) -> str:
        """Return the printed text."""
        told, place = self._told, 0
        while place < len(told):
            match = _TOKEN.match(told, place)
            if match is None:  # every character is a token; this only tells the type checker so
                break
            place = self._take(match)
        self._flush_accents()
        return "".join(self._out)

    def _take(self, match: re.Match[str]) -> int:
        """Write one token; return where to go on."""
        kind, piece, end = match.lastgroup, match.group(), match.end()
        opener, self._opener = self._opener, ""
        if kind == "word":
            return self._word(match)
        if kind == "brace":
            self._brace(piece, opener)
        elif kind == "math":
            if piece.count("{") != piece.count("}"):
                self._write("$" if piece[0] == "$" else piece[:2])
                return match.start() + (1 if piece[0] == "$" else 2)
            self._write(piece)
        elif kind == "url":
            self._write(re.sub(r"\\([_%&#~])", r"\1", piece))
        elif kind == "sign":
            self._sign(match.group("sign"))
        elif kind == "dash":
            self._write("—" if piece == "---" else "–")
        elif kind == "quote":
            self._write("“" if piece == "``" else "”")
        else:
            self._write(" " if kind == "tie" else piece)
            if kind == "script":  # "10^{11}" is mathematics, though nothing says so
                self._opener = kind
        return end

    def _write(self, piece: str) -> None:
        if self._accents and piece:
            if piece[0] in " \t\n":  # "\c c": the letter comes after the space
                piece = piece.lstrip()
                if not piece:
                    return
            letter = {"ı": "i", "ȷ": "j"}.get(piece[0], piece[0])
            piece = letter + self._accents + piece[1:]
            self._accents = ""
        self._out.append(piece)

    def _flush_accents(self) -> None:
        if self._accents:
            self._out.extend(_ALONE.get(mark, "") for mark in self._accents)
            self._accents = ""

    def _accent(self, macro: str) -> None:
        # No letter carries more.
        self._accents = ACCENTS[macro] + self._accents[:3]

    def _sign(self, sign: str) -> None:
        if sign in ACCENTS:
            self._accent(sign)
        else:
            self._write(_ESCAPED.get(sign, sign))

    def _word(self, match: re.Match[str]) -> int:
        word, end = match.group("word"), match.end()
        if word in ACCENTS:
            self._accent(word)
        elif word in SYMBOLS:
            self._write(SYMBOLS[word])
        elif word in _SHIFTED or word in _SILENT or word in _QUOTING:
            self._opener = word
        elif word == "href":
            self._opener = "hspace"  # the address is not printed, the text after it is
        elif word == "ensuremath":
            self._opener = word
        elif word not in _LOOKS:
            return self._unknown(match)
        return end

    def _unknown(self, match: re.Match[str]) -> int:
        """Write an unknown macro as it stands, with the groups right after it."""
        told, end = self._told, match.end()
        last = end
        while last < len(told) and told[last] == "{":
            closing = _closing_brace(told, last)
            if not closing:
                break
            last = closing
        self._write(told[match.start() : last])
        return last

    def _brace(self, brace: str, opener: str) -> None:
        if brace == "{":
            if opener in _QUOTING:
                self._write("“")
            elif opener in _KEPT:
                self._write(_KEPT[opener][0])
            self._groups.append((opener, len(self._out), bool(self._accents)))
            return
        opener, start, is_awaited = self._groups.pop() if self._groups else ("", 0, True)
        if is_awaited or start < len(self._out):
            self._flush_accents()
        elif self._accents and self._out and self._out[-1][-1:].isalpha():
            self._accent_the_letter_before()
        if opener in _SHIFTED:
            inner = "".join(self._out[start : start + 8])
            if len(self._out) - start <= 8 and _SHIFTABLE.fullmatch(inner):
                self._out[start:] = [inner.translate(_SHIFTED[opener])]
        elif opener in _SILENT:
            del self._out[start:]
        elif opener in _QUOTING:
            self._write("”")
        elif opener in _KEPT:
            self._write(_KEPT[opener][1])

    def _accent_the_letter_before(self) -> None:
        r"""Put an accent that is alone in its group, as in `Mu{\"}ller`, on the letter before."""
        accented = unicodedata.normalize("NFC", self._out[-1][-1] + self._accents)
        if len(accented) == 1 and accented not in _APOSTROPHES:
            self._out[-1] = self._out[-1][:-1] + accented
            self._accents = ""
        self._flush_accents()


def _closing_brace(told: str, start: int) -> int:
    """Return the place after the group that opens at `start`, 0 where it is not closed soon."""
    depth = 0
    for place in range(start, min(len(told), start + 500)):
        character = told[place]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if not depth:
                return place + 1
    return 0
