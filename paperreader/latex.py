"""LaTeX in titles and abstracts: where the formulas are."""

import re
from collections.abc import Iterator

# Between two signs: anything but a blank line; `\$` is a dollar and no end.
_FORMULA = re.compile(
    r"""
      \$\$ (?P<display> (?: \\. | [^$\\] ){1,2000}? ) \$\$
    | \$   (?P<inline>  (?: \\. | [^$\\] ){1,1000}? ) \$
    | \\\( (?: (?!\n\n). ){1,1000}? \\\)
    | \\\[ (?: (?!\n\n). ){1,2000}? \\\]
    """,
    re.VERBOSE | re.DOTALL,
)
_TEX_SIGN = re.compile(r"[\\^_={}<>~]")
# Short enough to be one even with spaces inside its signs: "$ G $", "$m $".
_SYMBOL = re.compile(r" \S{1,12} | ?[A-Za-z] ?")
# What only prose holds: three words in a row, or a sum of money and how it goes on.
_PROSE = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}|\n\n")
_MONEY = re.compile(r"\d[\d.,]*\s+[A-Za-z]{2,}\s[^\\]*")


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


def _is_formula(match: re.Match[str], text: str) -> bool:
    inside = match["inline"]
    if inside is None:
        return match["display"] is None or "\n\n" not in match["display"]
    if _PROSE.search(inside) or _MONEY.fullmatch(inside):
        return False
    tight = inside == inside.strip() and not text[match.end() : match.end() + 1].isdigit()
    return tight or bool(_TEX_SIGN.search(inside) or _SYMBOL.fullmatch(inside))
