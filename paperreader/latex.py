r"""LaTeX in titles and abstracts: where the formulas are, and what to show for them.

Sources tell the same paper with `\emph{very}`, `Erd\H{o}s`, `$\alpha_1$`, or with what is left when
somebody took the backslashes away. What is stored stays as it came; `to_unicode` is for the paper
that is being looked at. Where it is not sure, it leaves the text alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from paperreader.latex_signs import ACCENTS, LOWERED, RAISED, SYMBOLS

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

# Between two signs: anything but a blank line; `\$` is a dollar and no end.
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
# Short enough to be one even with spaces inside its signs: "$ G $", "$m $".
_SYMBOL = re.compile(r" \S{1,12} | ?[A-Za-z] ?")
# What only prose holds: three words in a row, or a sum of money and how it goes on.
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}|\n\n")
_MONEY = re.compile(r"\d[\d.,]*\s+[A-Za-z]{2,}\s[^\\]*")

# Longer than any title or abstract, whose longest of 574,000 has 6,100 characters.
_LONGEST = 20_000
# How many groups inside each other are undone.
_DEPTH = 4
_TELLS = re.compile(r"[\\$]|``|''|--|\{|math[a-z]+\{|\dtimes")
_MACRO = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
# Written otherwise for the library: macros it does not know, and those that say nothing.
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
# A small sign right after a macro would be taken for a letter of its name.
_BEFORE_SCRIPT = re.compile(r"(\\[A-Za-z]+)(?=\s*[_^])")
_SCRIPT = re.compile(r"(?<!\\)([_^])\s*(?:\{([^{}]*)\}|(\\circ(?![A-Za-z])|[^\\{}\s()]))")
_CAN_MOVE = {"^": re.compile(r"[\d+\-=ni]+"), "_": re.compile(r"[\d+\-=ijkmn]+")}
# A sign between two things, with a space after it that only ended its macro.
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
# What is left of formulas where somebody took the backslashes and dollar signs away.
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
    r"""Cut the text into formulas and what is between; yield whether it is a formula, and it.

    A formula is `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. A dollar sign that stands for money ("costs
    $5 and $10") opens none. The pieces joined are the text.
    """
    start = place = 0
    while match := _FORMULA.search(text, place):
        if text.endswith("\\", start, match.start()) or not _is_formula(match, text):
            place = match.start() + 1
            continue
        if match.start() > start:
            yield False, text[start : match.start()]
        yield True, match.group()
        start = place = match.end()
    if start < len(text):
        yield False, text[start:]


def to_unicode(text: str) -> str:
    """Return the text as it is to be read: formulas, accents and styles of LaTeX as plain signs.

    What is not understood stays as it is written. Text without LaTeX comes back as it is.
    """
    if _TELLS.search(text) is None or len(text) > _LONGEST:
        return text
    shown = "".join(
        _formula(part) if is_formula else _words(part) for is_formula, part in pieces(text)
    )
    shown = _QUOTED.sub(lambda found: f"“{found[1] or found[2]}”", shown)
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
    """Return what to show for a formula, or its source where that cannot be told."""
    inside = source.strip("$") if source[0] == "$" else source[2:-2]
    inside = re.sub(r"(?<!\\)%", r"\\%", _NOTHING.sub("", inside))
    inside = _MACRO.sub(lambda found: _ALIASES.get(found[1], found[0]), inside)
    inside = _BEFORE_SCRIPT.sub(r"\1{}", inside)
    for _ in range(_DEPTH):
        inside = _SCRIPT.sub(_script, inside)
    shown = _plain(f"${inside}$") if re.search(r"[\\{}~]", inside) else " ".join(inside.split())
    return _LOPSIDED.sub(lambda found: found[1] or "", shown) or source


def _script(found: re.Match[str]) -> str:
    """Return a superscript or subscript as small signs, else in brackets if it is long."""
    sign, group, single = found.groups()
    told = (single if group is None else group).strip()
    if sign == "^" and told in {r"\circ", r"\prime", "*"}:
        return {r"\circ": "°", r"\prime": "′", "*": "*"}[told]
    if _CAN_MOVE[sign].fullmatch(told):
        return told.translate(RAISED if sign == "^" else LOWERED)
    if group is None or re.fullmatch(r"\w*|\\[A-Za-z]+", told):
        return found[0]
    return f"{sign}({told})"


def _words(source: str) -> str:
    """Return what to show for text between formulas."""
    shown = _ACCENT.sub(_accented, source)
    shown = _NAMED_SIGN.sub(_sign, shown)
    shown = _ALONE_IN_BRACES.sub(r"\1", shown)
    for _ in range(_DEPTH):
        shown = _STYLED.sub(lambda found: found[1] or found[2] or "", shown)
    shown = _LOST_SIZE.sub(r"\1", _LOST_STYLE.sub(r"\1", shown))
    shown = _LOST_SCRIPT.sub(_script, _LOST_TIMES.sub("×", shown))
    shown = _SPACE.sub(" ", _ESCAPED.sub(r"\1", shown))
    return _DASHES.sub(lambda found: "—" if len(found[0]) == 3 else "–", shown)


def _accented(found: re.Match[str]) -> str:
    r"""Return the letter of an accent such as `\'{e}` or a letter's name such as `\ss`."""
    macro = _MACRO.match(found[0])
    name = macro[1] if macro else ""
    if name in SYMBOLS:
        return SYMBOLS[name]
    letters = found[0][len(name) + 1 :].strip("{} \t\n")
    letters = {r"\i": "i", r"\j": "j"}.get(letters, letters)
    accented = f"{letters[:1]}{ACCENTS.get(name, '')}{letters[1:]}"
    return unicodedata.normalize("NFC", accented) if name in ACCENTS else found[0]


def _sign(found: re.Match[str]) -> str:
    r"""Return the sign that a macro such as `\alpha` stands for, or the macro."""
    shown = _plain(found[0]) if found[1] not in _ALIASES else ""
    return shown if len(shown) == 1 and not shown.isascii() else found[0]


def _plain(latex: str) -> str:
    """Return the LaTeX as Unicode; empty where the library does not know it all, or fails."""
    from pylatexenc.latexwalker import LatexWalkerError

    library, known = _library()
    if not all(name in known for name in re.findall(r"\\([A-Za-z]+)", latex)):
        return ""
    try:
        shown = library.latex_to_text(latex, tolerant_parsing=False)
    except (LatexWalkerError, RecursionError):
        return ""
    shown = unicodedata.normalize("NFC", " ".join(shown.split()))
    return shown if shown.isprintable() else ""


@cache
def _library() -> tuple["LatexNodes2Text", frozenset[str]]:
    """The converter, loaded at the first need (29 ms), and the macros it knows."""
    from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

    known = get_default_latex_context_db()
    names = frozenset(spec.macroname for spec in known.iter_macro_specs())
    return LatexNodes2Text(latex_context=known, math_mode="text"), names
