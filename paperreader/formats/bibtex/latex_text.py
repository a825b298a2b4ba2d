r"""Convert the LaTeX of a BibTeX field to the text that it prints.

Only what is safe to convert is converted: accents, special letters, escapes, dashes, quotation
marks, and the braces that protect capitals. Mathematics stays as it is written, and so does every
unknown macro with its arguments: `\foo{bar}` in a title stays `\foo{bar}`.
"""

import re
import unicodedata

from paperreader.latex_signs import ACCENTS, LOWERED, RAISED, SYMBOLS

# With these letters the accent is meant as an apostrophe: "L{\'}Aquila".
_APOSTROPHES = frozenset("ĹĺḾḿŔŕǴǵẂẃ")
# What an accent prints without a letter to carry it.
_ALONE = {"\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0308": '"'}
# Switches and commands that change the style of their argument, not its text.
_LOOKS = frozenset(
    "textit textbf emph textsc texttt textrm textsf textsl textup textmd textnormal text mbox"
    " hbox fbox underline uline uppercase lowercase MakeUppercase MakeLowercase nocase path url"
    " it bf em sc rm tt sl sf itshape bfseries scshape rmfamily ttfamily sffamily slshape upshape"
    " mdseries normalfont normalsize small footnotesize tiny large Large protect relax selectfont"
    " foreignlanguage mkbibemph mkbibitalic mkbibbold textnohyphenation hyphenation NoCaseChange"
    " BibTitle bibname ignorespaces unskip xspace noindent centering mathrm textln oldstylenums"
    " textquote nolinkurl detokenize"
    .split()
)  # fmt: skip
# Commands whose argument does not appear in the output.
_SILENT = frozenset(
    "noopsort hspace vspace phantom hphantom vphantom label footnote thanks bibstring cyr SortNoop"
    .split()
)  # fmt: skip
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
# Commands around an address or an identifier; those of fonts only with a group after them.
_ADDRESS_COMMAND = re.compile(
    r"\\(?:(?:url|nolinkurl|detokenize)\b|(?:path|text[a-z]{2}|emph)(?=\s*\{))"
)
_DOI_COMMAND = re.compile(r"\\doi(?=\s*\{)")
_HREF = re.compile(r"\\href\s*\{([^{}]*)\}\s*(?=\{)")
_ESCAPED_TWICE = re.compile(r"\\(?=\\['`\"^~]\{?\\?[A-Za-z])")


def printed(latex: str) -> str:
    """Return the text that the LaTeX of a field prints, with its mathematics as written."""
    if not _INTERESTING.search(latex):
        return latex
    # Some programs that write BibTeX escape the backslash of an accent a second time.
    writer = _Writer(_ESCAPED_TWICE.sub("", latex))
    return unicodedata.normalize("NFC", writer.written())


def verbatim(latex: str) -> str:
    r"""Return the text of a field that holds an address or identifier: only escapes are undone."""
    if "\\" not in latex and "$" not in latex and "{" not in latex:
        return latex
    latex = latex.replace("$<$", "<").replace("$>$", ">").replace("{\\textless}", "<")
    latex = latex.replace("{\\textgreater}", ">").replace("\\textless", "<")
    latex = latex.replace("$\\sim$", "~").replace("\\textasciitilde", "~").replace("\\~{}", "~")
    latex = _HREF.sub(r"\1 ", _DOI_COMMAND.sub("doi:", _ADDRESS_COMMAND.sub("", latex)))
    return latex.replace("\\", "").replace("{", "").replace("}", "")


class _Writer:
    """One pass over the LaTeX of a field: pending accents, open groups, and the output so far."""

    def __init__(self, latex: str) -> None:
        self._latex = latex
        self._out: list[str] = []
        self._accents = ""
        # For every open group: the command before it, the index of its text in `_out`, and
        # whether an accent was pending before it.
        self._groups: list[tuple[str, int, bool]] = []
        self._opener = ""

    def written(self) -> str:
        """Return the printed text."""
        latex, position = self._latex, 0
        while position < len(latex):
            match = _TOKEN.match(latex, position)
            if match is None:  # for the type checker: every character is a token
                break
            position = self._take(match)
        self._flush_accents()
        return "".join(self._out)

    def _take(self, match: re.Match[str]) -> int:
        """Write one token; return the position of the next."""
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
            if kind == "script":  # "10^{11}" is mathematics even outside dollar signs
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
        # No letter carries more than four.
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
        elif word == "doi" and self._latex.startswith("{", end):
            self._write("doi:")
        elif word == "href":
            self._opener = "hspace"  # the address is dropped, the text after it is printed
        elif word == "ensuremath":
            self._opener = word
        elif word not in _LOOKS:
            return self._unknown(match)
        return end

    def _unknown(self, match: re.Match[str]) -> int:
        """Write an unknown macro unchanged, with the groups right after it."""
        latex, end = self._latex, match.end()
        last = end
        while last < len(latex) and latex[last] == "{":
            closing = _closing_brace(latex, last)
            if not closing:
                break
            last = closing
        self._write(latex[match.start() : last])
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


def _closing_brace(latex: str, start: int) -> int:
    """Return the index after the group that opens at `start`, or 0 if that is not near."""
    depth = 0
    for index in range(start, min(len(latex), start + 500)):
        character = latex[index]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if not depth:
                return index + 1
    return 0
