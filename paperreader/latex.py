r"""LaTeX in titles and abstracts: finding formulas, and converting LaTeX to Unicode for display.

Sources write `\emph{very}`, `Erd\H{o}s`, `$\alpha_1$`, or the same without the backslashes. The
stored text is not changed; `to_unicode` is for display, and leaves alone what is uncertain.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from paperreader.latex_signs import ACCENTS, LOWERED, RAISED, SYMBOLS

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

# Between the delimiters: anything but a blank line; `\$` is a dollar sign, not the end.
_FORMULA = re.compile(
    r"""
      \$\$ (?P<display> (?: \\. | [^$\\] ){1,2000}? ) \$\$
    | \$   (?P<inline>  (?: \\. | [^$\\] ){1,1000}? ) \$
    | \\\( (?: (?!\n\n|\\\(). ){1,1000}? \\\)
    | \\\[ (?: (?!\n\n|\\\[). ){1,2000}? \\\]
    """,
    re.VERBOSE | re.DOTALL,
)
_TEX_SIGN = re.compile(r"[\\^_={}<>~]")
# Short enough to be a formula even with spaces inside the dollar signs: "$ G $", "$m $".
_SYMBOL = re.compile(r" \S{1,12} | ?[A-Za-z] ?")
# Found only in prose: three words in a row, or a sum of money and what follows it.
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}|\n\n")
_MONEY = re.compile(r"\d[\d.,]*\s+[A-Za-z]{2,}\s[^\\]*")

# Longer than any title or abstract, whose longest of 574,000 has 6,100 characters.
_LONGEST = 20_000
# Depth of nested groups that are converted.
_DEPTH = 4
_TELLS = re.compile(r"[\\$]|``|''|--|\{|math[a-z]+\{|\dtimes")
_MACRO = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
# Replacements for macros that the library does not know, and for those without visible effect.
_ALIASES = {
    **dict.fromkeys(["cal", "Cal", "mathscr"], r"\mathcal"),
    "Bbb": r"\mathbb",
    **dict.fromkeys(["frak", "goth"], r"\mathfrak"),
    **{name: rf"\mathbb{{{name}}}" for name in "RZCNQ"},
    **{2 * name: rf"\mathbb{{{name}}}" for name in "RZCNQ"},
    **dict.fromkeys(["mbox", "hbox", "textup", "operatorname"], r"\text"),
    **dict.fromkeys(["tfrac", "dfrac"], r"\frac"),
    **dict.fromkeys(["bf", "rm", "it", "sf", "tt", "sl", "em", "boldsymbol", "bm", "pmb"], ""),
    **dict.fromkeys(["left", "right", "middle", "limits", "nolimits", "displaystyle"], ""),
    **dict.fromkeys(["big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr"], ""),
    **{name: name for name in ("dim", "det", "gcd", "lg", "deg", "Re", "Im", "Pr", "mod", "ker")},
    "eps": r"\epsilon",
    "lt": "<",
    "gt": ">",
    "bot": "⊥",
    "colon": ":",
    "|": "‖",
    "ne": "≠",
    "imath": "ı",
    "triangle": "△",
    "Box": "□",
}
_NOTHING = re.compile(r"\\(?:left|right)\s*\.")
# A script right after a macro would be read as a letter of its name.
_BEFORE_SCRIPT = re.compile(r"(\\[A-Za-z]+)(?=\s*[_^])")
_SCRIPT = re.compile(r"(?<!\\)([_^])\s*(?:\{([^{}]*)\}|(\\circ(?![A-Za-z])|[^\\{}\s()]))")
_CAN_MOVE = {"^": re.compile(r"[\d+\-=ni]+"), "_": re.compile(r"[\d+\-=ijkmn]+")}
# A binary operator followed by a space that only ended its macro.
_LOPSIDED = re.compile(r"(?:(?<=\S)|^)([⟨∈∉⊂⊆⊃⊇≤≥≪≫≲≳≈∼≃≅≡≠→←↦×·±∝∩∪∖⊗⊕∗]) (?=\S)| (?=⟩)")

_ACCENT = re.compile(
    r"""\\(?: (?:["'`^~=.]|[uvHtcdbkr](?![A-Za-z])) \s* (?: \{ \s* (?:\\[ij]|[A-Za-z]{1,2}) \s* \}
    | \\[ij](?![A-Za-z]) | (?<=\W) [A-Za-z] | (?<=\s) [A-Za-z] )
    | (?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i)(?![A-Za-z]) (?:\s*\{\}|\s+(?=[a-z]))? )""",
    re.VERBOSE,
)
_NAMED_SIGN = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_ALONE_IN_BRACES = re.compile(r"\{([^\x00-\x7f])\}")
_INSIDE = r"\{((?:[^{}]|\{[^{}]{0,400}\}){0,1000})\}"
_STYLED = re.compile(
    r"\\(?:emph|text(?:it|bf|tt|sc|sf|sl|rm|up|md|normal)?|mbox|underline|url)\s*"
    + _INSIDE
    + r"|\{\s*\\(?:em|it|bf|sc|tt|sf|sl|rm)(?![A-Za-z])\s*((?:[^{}]|\{[^{}]{0,400}\}){0,1000})\}"
)
_ESCAPED = re.compile(r"\\([%&#_${}])")
_SPACE = re.compile(r"\\[ ,;:]")
# Remains of formulas without backslashes and dollar signs.
_LOST_STYLE = re.compile(
    r"(?:(?<![\\A-Za-z])(?:math(?:cal|bb|bf|rm|it|sf|frak|scr)|boldsymbol|operatorname)"
    r"|(?<=[A-Z])small)" + _INSIDE
)
_LOST_SIZE = re.compile(r"\{\\?(?:scriptsize|footnotesize|small|tiny)\s+([^{}]*)\}")
_LOST_TIMES = re.compile(r"(?<=\d)times(?![A-Za-z])")
_LOST_SCRIPT = re.compile(r"(?<=[A-Za-z0-9)])([_^])\{([\d+\-]+)()\}")
_QUOTED = re.compile(r"``(.{1,300}?)''|(?<!\w)''(?=\w)([^']{1,80})''(?!\w)", re.DOTALL)
_DASHES = re.compile(r"(?<=\w)---?(?=\w)|(?<= )---?(?= )")


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    r"""Split the text into formulas and the rest; yield (is_formula, piece).

    A formula is `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. A dollar sign for money ("costs $5 and
    $10") does not start one. The pieces joined are the text.
    """
    start = offset = 0
    while match := _FORMULA.search(text, offset):
        if text.endswith("\\", start, match.start()) or not _is_formula(match, text):
            offset = match.start() + 1
            continue
        if match.start() > start:
            yield False, text[start : match.start()]
        yield True, match.group()
        start = offset = match.end()
    if start < len(text):
        yield False, text[start:]


def to_unicode(text: str) -> str:
    """Return the text for display: formulas, accents and styles of LaTeX as Unicode.

    What is not understood is left as written. Text without LaTeX is returned unchanged.
    """
    if _TELLS.search(text) is None or len(text) > _LONGEST:
        return text
    shown = "".join(
        _formula(part) if is_formula else _words(part) for is_formula, part in pieces(text)
    )
    shown = _QUOTED.sub(lambda match: f"“{match[1] or match[2]}”", shown)
    return unicodedata.normalize("NFC", shown)


def _is_formula(match: re.Match[str], text: str) -> bool:
    inside = match["inline"]
    if inside is None:
        return match["display"] is None or "\n\n" not in match["display"]
    if _PROSE.search(inside) or _MONEY.fullmatch(inside):
        return False
    tight = inside == inside.strip() and not text[match.end() : match.end() + 1].isdigit()
    return tight or bool(_TEX_SIGN.search(inside) or _SYMBOL.fullmatch(inside))


def _formula(source: str) -> str:
    """Return a formula as Unicode, or its source if that is not possible."""
    inside = source.strip("$") if source[0] == "$" else source[2:-2]
    inside = re.sub(r"(?<!\\)%", r"\\%", _NOTHING.sub("", inside))
    inside = _MACRO.sub(lambda match: _ALIASES.get(match[1], match[0]), inside)
    inside = _BEFORE_SCRIPT.sub(r"\1{}", inside)
    for _ in range(_DEPTH):
        inside = _SCRIPT.sub(_script, inside)
    shown = _plain(f"${inside}$") if re.search(r"[\\{}~]", inside) else " ".join(inside.split())
    return _LOPSIDED.sub(lambda match: match[1] or "", shown) or source


def _script(match: re.Match[str]) -> str:
    """Return a superscript or subscript as Unicode scripts, else in brackets if it is long."""
    sign, group, single = match.groups()
    script_text = (single if group is None else group).strip()
    if sign == "^" and script_text in {r"\circ", r"\prime", "*"}:
        return {r"\circ": "°", r"\prime": "′", "*": "*"}[script_text]
    if _CAN_MOVE[sign].fullmatch(script_text):
        return script_text.translate(RAISED if sign == "^" else LOWERED)
    if group is None or re.fullmatch(r"\w*|\\[A-Za-z]+", script_text):
        return match[0]
    if re.fullmatch(r"\([^()]*\)", script_text):
        return sign + script_text
    return f"{sign}({script_text})"


def _words(source: str) -> str:
    """Return the text between formulas as Unicode."""
    shown = _ACCENT.sub(_accented, source)
    shown = _NAMED_SIGN.sub(_sign, shown)
    shown = _ALONE_IN_BRACES.sub(r"\1", shown)
    for _ in range(_DEPTH):
        shown = _STYLED.sub(lambda match: match[1] or match[2] or "", shown)
    shown = _LOST_SIZE.sub(r"\1", _LOST_STYLE.sub(r"\1", shown))
    shown = _LOST_SCRIPT.sub(_script, _LOST_TIMES.sub("×", shown))
    shown = _SPACE.sub(" ", _ESCAPED.sub(r"\1", shown))
    return _DASHES.sub(lambda match: "—" if len(match[0]) == 3 else "–", shown)


def _accented(match: re.Match[str]) -> str:
    r"""Return the letter of an accent such as `\'{e}` or a letter's name such as `\ss`."""
    macro = _MACRO.match(match[0])
    name = macro[1] if macro else ""
    if name in SYMBOLS:
        return SYMBOLS[name]
    letters = match[0][len(name) + 1 :].strip("{} \t\n")
    letters = {r"\i": "i", r"\j": "j"}.get(letters, letters)
    accented = f"{letters[:1]}{ACCENTS.get(name, '')}{letters[1:]}"
    return unicodedata.normalize("NFC", accented) if name in ACCENTS else match[0]


def _sign(match: re.Match[str]) -> str:
    r"""Return the character of a macro such as `\alpha`, or the macro."""
    shown = _plain(match[0]) if match[1] not in _ALIASES else ""
    return shown if len(shown) == 1 and not shown.isascii() else match[0]


def _plain(latex: str) -> str:
    """Return the LaTeX as Unicode; empty if the library does not know all of it, or fails."""
    from pylatexenc.latexwalker import LatexWalkerError

    library, known = _library()
    if not all(name in known for name in re.findall(r"\\([A-Za-z]+)", latex)):
        return ""
    try:
        shown = library.latex_to_text(latex, tolerant_parsing=False)
    except (LatexWalkerError, RecursionError, LookupError):  # IndexError: \\href without its two
        return ""
    shown = unicodedata.normalize("NFC", " ".join(shown.split()))
    return shown if shown.isprintable() else ""


@cache
def _library() -> tuple["LatexNodes2Text", frozenset[str]]:
    """Return the converter, loaded on first use (29 ms), and the macros that it knows."""
    import logging

    from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

    # Its warnings would be written over the screen.
    log = logging.getLogger("pylatexenc")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    known = get_default_latex_context_db()
    names = frozenset(spec.macroname for spec in known.iter_macro_specs())
    return LatexNodes2Text(latex_context=known, math_mode="text"), names
